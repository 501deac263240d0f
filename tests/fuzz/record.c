/* Any bytes are refused or read as a record, or as what is known of a path; and
 * what was read can be written and read again. */
#include "indexer/known.h"
#include "indexer/record.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile size_t touched;

static void touch(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        touched += (unsigned char)bytes[i];
}

static void document_check(const struct xapian_document *document)
{
    touch(document->data.bytes, document->data.length);
    for (size_t i = 0; i < document->value_count; i++)
        touch(document->values[i].bytes, document->values[i].length);
    for (size_t i = 0; i < document->term_count; i++)
        touch(document->terms[i].bytes, document->terms[i].length);
}

static void record_check(const char *bytes, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct record record;
    if (record_read(&record, &arena, bytes, size)) {
        touch(record.id, strlen(record.id));
        document_check(&record.document);
        for (size_t i = 0; i < record.word_count; i++)
            touch(record.words[i].bytes, record.words[i].length);
    }
    arena_release(&arena);
}

/* bytes have room for a checksum behind them. */
static void known_check(char *bytes, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct known known;
    struct buffer again = {0};
    uint64_t hash = XXH3_64bits(bytes, size);
    for (size_t i = 0; i < 4; i++)
        bytes[size + i] = (char)(hash >> 8 * i);
    if (known_read(&known, &arena, (struct xapian_bytes){bytes, size + 4})) {
        known_write(&again, &known);
        if (!known_read(&known, &arena,
                        (struct xapian_bytes){again.bytes, again.length}))
            abort();
        touch(known.path, strlen(known.path));
    }
    buffer_free(&again);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size + 4);
    if (size)
        memcpy(bytes, data, size);
    record_check(bytes, size);
    known_check(bytes, size);
    free(bytes);
    return 0;
}
