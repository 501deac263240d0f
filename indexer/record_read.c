/* A flat record, from a reader process, goes in; its structs come out. */
#include "indexer/record.h"

#include "common/stored.h"

struct reader {
    const char *at, *end;
    struct arena *arena;
    bool bad;
};

static uint64_t number_read(struct reader *reader)
{
    uint64_t number;
    if (stored_read_number(&number, &reader->at, reader->end))
        return number;
    reader->bad = true;
    reader->at = reader->end;
    return 0;
}

/* Each item that is counted takes a byte at least. */
static size_t count_read(struct reader *reader)
{
    uint64_t count = number_read(reader);
    if (count <= (size_t)(reader->end - reader->at))
        return (size_t)count;
    reader->bad = true;
    return 0;
}

static struct xapian_bytes bytes_read(struct reader *reader)
{
    struct xapian_bytes out = {NULL, 0};
    if (!stored_read_string(&out.bytes, &out.length, &reader->at,
                            reader->end)) {
        reader->bad = true;
        reader->at = reader->end;
        return (struct xapian_bytes){NULL, 0};
    }
    return out;
}

static void term_read(struct xapian_term *term, struct reader *reader)
{
    struct xapian_bytes name = bytes_read(reader);
    term->bytes = name.bytes;
    term->length = name.length;
    term->frequency = (uint32_t)number_read(reader);
}

static void document_read(struct xapian_document *document,
                          struct reader *reader)
{
    document->data = bytes_read(reader);
    document->value_count = count_read(reader);
    struct xapian_value *values =
        arena_array(reader->arena, struct xapian_value, document->value_count);
    for (size_t i = 0; i < document->value_count; i++) {
        values[i].slot = (unsigned)number_read(reader);
        struct xapian_bytes value = bytes_read(reader);
        values[i].bytes = value.bytes;
        values[i].length = value.length;
    }
    document->values = values;
    document->term_count = count_read(reader);
    struct xapian_term *terms =
        arena_array(reader->arena, struct xapian_term, document->term_count);
    for (size_t i = 0; i < document->term_count; i++)
        term_read(&terms[i], reader);
    document->terms = terms;
}

static void words_read(struct record *out, struct reader *reader)
{
    out->word_count = count_read(reader);
    struct record_word *words =
        arena_array(reader->arena, struct record_word, out->word_count);
    for (size_t i = 0; i < out->word_count; i++) {
        struct xapian_bytes word = bytes_read(reader);
        words[i] = (struct record_word){word.bytes, word.length,
                                        (uint32_t)number_read(reader)};
    }
    out->words = words;
}

bool record_read(struct record *out, struct arena *arena, const char *bytes,
                 size_t length)
{
    struct reader reader = {bytes, bytes + length, arena, false};
    *out = (struct record){.key = bytes_read(&reader)};
    out->id = bytes_read(&reader).bytes;
    out->language = bytes_read(&reader).bytes;
    out->hash[0] = number_read(&reader);
    out->hash[1] = number_read(&reader);
    out->passage_count = (size_t)number_read(&reader);
    out->passage_words = number_read(&reader);
    out->terms = number_read(&reader);
    document_read(&out->document, &reader);
    words_read(out, &reader);
    return !reader.bad && reader.at == reader.end && out->key.bytes && out->id;
}
