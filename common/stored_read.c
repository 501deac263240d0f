/* Bytes go in, an article and all its facts come out. Whatever a damaged disk
 * holds, reading ends with DATELINE_CORRUPT or with structs that are sound: spans
 * within the text, on characters' bounds, types and roles that exist, valid
 * UTF-8. */
#include "common/stored_part.h"

#include "common/compress.h"
#include "common/error.h"
#include "common/field.h"
#include "common/limit.h"
#include "common/text.h"

#include <string.h>

enum { LAST_DAY = 31 };

bool stored_read_number(uint64_t *out, const char **at, const char *end)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && *at < end; shift += 7) {
        unsigned char byte = (unsigned char)*(*at)++;
        if (shift == 63 && byte > 1)
            return false;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = number;
            return true;
        }
    }
    return false;
}

bool stored_read_string(const char **out, size_t *length, const char **at,
                        const char *end)
{
    uint64_t size;
    if (!stored_read_number(&size, at, end))
        return false;
    *out = NULL;
    *length = 0;
    if (!size)
        return true;
    if (size > (size_t)(end - *at) || (*at)[size - 1] != '\0')
        return false;
    *out = *at;
    *length = (size_t)size - 1;
    *at += size;
    return true;
}

/* What is being read. Every step after a bad one reads zeros and NULL, so the
 * callers read on as a paragraph and ask `bad` once. */
struct reader {
    const char *at, *end;
    struct arena *arena;
    bool bad;
};

static bool bad_if(struct reader *reader, bool wrong)
{
    if (wrong) {
        reader->bad = true;
        reader->at = reader->end;
    }
    return wrong;
}

static size_t read_number(struct reader *reader)
{
    uint64_t number;
    bool good = stored_read_number(&number, &reader->at, reader->end);
    return bad_if(reader, !good) ? 0 : (size_t)number;
}

/* A number below `limit`, else bad. */
static unsigned read_below(struct reader *reader, size_t limit)
{
    size_t number = read_number(reader);
    return bad_if(reader, number >= limit) ? 0 : (unsigned)number;
}

/* How many items follow; each takes a byte at least, so memory is bounded. */
static size_t read_count(struct reader *reader)
{
    size_t count = read_number(reader);
    return bad_if(reader, count > (size_t)(reader->end - reader->at)) ? 0
                                                                      : count;
}

/* Bytes as the system gave them: a path. */
static const char *read_bytes(struct reader *reader, size_t *length)
{
    const char *bytes;
    bool good = stored_read_string(&bytes, length, &reader->at, reader->end);
    if (!bad_if(reader, !good))
        return bytes;
    *length = 0;
    return NULL;
}

static const char *read_string(struct reader *reader, size_t *length)
{
    const char *text = read_bytes(reader, length);
    if (text && bad_if(reader, !text_is_valid(text, *length)))
        return NULL;
    return text;
}

static const char *read_text(struct reader *reader)
{
    size_t length;
    return read_string(reader, &length);
}

static void read_date(dateline_date *date, struct reader *reader)
{
    static const int origins = DATELINE_FROM_TEXT + 1;
    unsigned precision = read_below(reader, 2 * FUTURE);
    bad_if(reader, precision == FUTURE);
    *date = (dateline_date){.precision = precision % FUTURE, .future = precision > FUTURE};
    if (date->precision == DATELINE_NO_DATE)
        return;
    date->from = read_below(reader, origins);
    date->year = (int)read_below(reader, 10000);
    date->month = (int)read_below(reader, 13);
    date->day = (int)read_below(reader, LAST_DAY + 1);
    date->time = read_text(reader);
    bad_if(reader, !date->year || !date->month || !date->day);
}

static const char *const *read_list(size_t *count, struct reader *reader)
{
    *count = read_count(reader);
    const char **items = arena_array(reader->arena, const char *, *count);
    for (size_t i = 0; i < *count; i++)
        bad_if(reader, !(items[i] = read_text(reader)));
    return items;
}

static void read_field(dateline_facts *facts, const struct field *field,
                       struct reader *reader)
{
    char *base = (char *)facts;
    void *to = base + field->offset;
    size_t length;
    switch (field->shape) {
    case FIELD_TEXT:
        *(const char **)to = field->offset == offsetof(dateline_facts, path)
                                 ? read_bytes(reader, &length)
                                 : read_text(reader);
        break;
    case FIELD_LIST:
        *(const char *const **)to =
            read_list((size_t *)(void *)(base + field->count), reader);
        break;
    case FIELD_DATE:
        read_date(to, reader);
        break;
    case FIELD_NOT_FACT:
        break;
    }
}

static void read_facts(dateline_facts *facts, struct reader *reader)
{
    size_t count;
    const struct field *fields = field_all(&count);
    for (size_t i = 0; i < count; i++)
        read_field(facts, &fields[i], reader);
    read_date(&facts->dateline.date, reader);
    facts->dateline.end = read_number(reader);
}

static void read_more_facts(dateline_facts *facts, struct reader *reader)
{
    facts->contact.name = read_text(reader);
    facts->contact.organisation = read_text(reader);
    facts->contact.phone = read_text(reader);
    facts->contact.mail = read_text(reader);
    facts->date_count = read_count(reader);
    dateline_date *dates =
        arena_array(reader->arena, dateline_date, facts->date_count);
    for (size_t i = 0; i < facts->date_count; i++)
        read_date(&dates[i], reader);
    facts->dates = dates;
    facts->alias_count = read_count(reader);
    dateline_alias *aliases =
        arena_array(reader->arena, dateline_alias, facts->alias_count);
    for (size_t i = 0; i < facts->alias_count; i++) {
        aliases[i].short_form = read_text(reader);
        aliases[i].long_form = read_text(reader);
        bad_if(reader, !aliases[i].short_form || !aliases[i].long_form);
    }
    facts->aliases = aliases;
}

static bool on_boundary(const char *text, size_t length, size_t at)
{
    return at == length || ((unsigned char)text[at] & 0xc0) != 0x80;
}

/* [start, start + length) of the body, on characters' bounds, behind `least`. */
static void read_span(size_t *start, size_t *end, struct reader *reader,
                      const struct stored_article *article, size_t least)
{
    size_t from = read_number(reader), size = read_number(reader);
    *start = *end = 0;
    if (bad_if(reader, from < least || from > article->length ||
                           size > article->length - from ||
                           !on_boundary(article->body, article->length, from) ||
                           !on_boundary(article->body, article->length,
                                        from + size)))
        return;
    *start = from;
    *end = from + size;
}

static void read_blocks(struct stored_article *out, struct reader *reader)
{
    out->block_count = read_count(reader);
    dateline_block *blocks =
        arena_array(reader->arena, dateline_block, out->block_count);
    for (size_t i = 0, last = 0; i < out->block_count; i++) {
        read_span(&blocks[i].start, &blocks[i].end, reader, out, last);
        blocks[i].role = read_below(reader, DATELINE_ROLE_END + 1);
        last = blocks[i].end;
    }
    out->blocks = blocks;
}

static void read_passages(struct stored_article *out, struct reader *reader)
{
    out->passage_count = read_count(reader);
    bad_if(reader, !out->passage_count);
    dateline_passage *passages =
        arena_array(reader->arena, dateline_passage, out->passage_count);
    uint32_t *words = arena_array(reader->arena, uint32_t, out->passage_count);
    for (size_t i = 0, last = 0; i < out->passage_count; i++) {
        read_span(&passages[i].start, &passages[i].end, reader, out, last);
        passages[i].role = read_below(reader, DATELINE_ROLE_END + 1);
        words[i] = (uint32_t)read_number(reader);
        last = passages[i].end;
    }
    out->passages = passages;
    out->words = words;
}

static void read_entities(struct stored_article *out, struct reader *reader)
{
    out->entity_count = read_count(reader);
    dateline_entity *entities =
        arena_array(reader->arena, dateline_entity, out->entity_count);
    size_t last = 0, length = out->length;
    for (size_t i = 0; i < out->entity_count; i++) {
        size_t start = read_number(reader), size = read_number(reader);
        if (bad_if(reader, start > length - last) ||
            bad_if(reader, size > length - last - start))
            break;
        entities[i].start = last += start;
        entities[i].end = last + size;
        bad_if(reader, !on_boundary(out->body, length, last) ||
                           !on_boundary(out->body, length, last + size));
        entities[i].type = read_below(reader, DATELINE_ENTITY_TYPE_COUNT);
        entities[i].by = read_below(reader, DATELINE_BY_ALIAS + 1);
        entities[i].name = read_text(reader);
        entities[i].value = read_text(reader);
    }
    out->entities = entities;
}

static void read_fingerprints(struct stored_article *out,
                              struct reader *reader)
{
    out->fingerprint_count = read_count(reader);
    uint32_t *all =
        arena_array(reader->arena, uint32_t, out->fingerprint_count);
    for (size_t i = 0; i < out->fingerprint_count; i++)
        all[i] = (uint32_t)read_number(reader);
    out->fingerprints = all;
}

static dateline_status corrupt(dateline_error *error)
{
    return error_set(error, DATELINE_CORRUPT,
                     "the index is damaged (a stored text cannot be read); "
                     "make it anew");
}

/* Ends before the checksum, when that is right. */
static dateline_status open_bytes(struct reader *reader, struct arena *arena,
                                  const char *bytes, size_t length,
                                  dateline_error *error)
{
    if (length < 1 + CHECKSUM_BYTES)
        return corrupt(error);
    char sum[CHECKSUM_BYTES];
    length -= CHECKSUM_BYTES;
    stored_checksum(sum, bytes, length);
    if (memcmp(sum, bytes + length, sizeof sum))
        return corrupt(error);
    if (bytes[0] != STORED_VERSION)
        return error_set(error, DATELINE_VERSION,
                         "the index was written by another version of "
                         "Dateline; make it anew");
    *reader = (struct reader){bytes + 1, bytes + length, arena, false};
    return DATELINE_OK;
}

/* The reader goes on in the plain bytes, which live in its arena. */
static void read_packed(struct reader *reader)
{
    size_t size = read_number(reader);
    size_t given = (size_t)(reader->end - reader->at);
    if (bad_if(reader, size > LIMIT_FILE_BYTES))
        return;
    const char *bytes = reader->at;
    char *plain = arena_bytes(reader->arena, size ? size : given);
    reader->at = plain;
    reader->end = plain + (size ? size : given);
    if (size)
        bad_if(reader, !compress_read(plain, size, bytes, given));
    else if (given)
        memcpy(plain, bytes, given);
}

dateline_status stored_read(struct stored_article *out, struct arena *arena,
                            const char *bytes, size_t length,
                            dateline_error *error)
{
    struct reader reader;
    dateline_status status = open_bytes(&reader, arena, bytes, length, error);
    if (status)
        return status;
    struct stored_article article = {0};
    article.hash[0] = read_number(&reader);
    article.hash[1] = read_number(&reader);
    read_packed(&reader);
    read_facts(&article.facts, &reader);
    read_more_facts(&article.facts, &reader);
    article.terms = read_number(&reader);
    read_fingerprints(&article, &reader);
    article.body = read_string(&reader, &article.length);
    if (bad_if(&reader, !article.body))
        return corrupt(error);
    read_blocks(&article, &reader);
    read_passages(&article, &reader);
    read_entities(&article, &reader);
    if (reader.bad || reader.at != reader.end)
        return corrupt(error);
    *out = article;
    return DATELINE_OK;
}

bool stored_read_runs(uint64_t *runs, size_t count, const char *identity,
                      const char *bytes, size_t length)
{
    const char *at = bytes + FIELD_RUN_BYTES, *end = bytes + length;
    uint64_t last = 0, earlier;
    memset(runs, 0, count * sizeof *runs);
    if (length < FIELD_RUN_BYTES ||
        !field_run_read(&last, identity, bytes, FIELD_RUN_BYTES))
        return false;
    bool differ = at < end;
    for (size_t i = 0; i < count; i++) {
        earlier = 0;
        if (differ && !stored_read_number(&earlier, &at, end))
            return false;
        runs[i] = earlier < last ? last - earlier : 0;
    }
    return at == end;
}
