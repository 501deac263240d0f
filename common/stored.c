/* A passage or an article and all its facts go in, bytes come out, and back.
 *
 *   version kind | facts | rest | checksum
 *
 * Numbers are LEB128. Whatever a damaged disk holds, reading ends with
 * DATELINE_CORRUPT or with structs that are sound: spans within the text, on
 * characters' bounds, types and roles that exist, valid UTF-8. */
#include "common/stored.h"

#include "common/error.h"
#include "common/field.h"
#include "common/text.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { STORED_VERSION = 3, CHECKSUM_BYTES = 4, LAST_DAY = 31 };
enum { KIND_PASSAGE = 'P', KIND_ARTICLE = 'A' };

/* --------------------------------------------------------------------- form */

dateline_status stored_form_check(const char *form, bool older,
                                  const char *path, dateline_error *error)
{
    long ours = strtol(STORED_FORM, NULL, 10), found = strtol(form, NULL, 10);
    if (found == ours || (older && found < ours && found >= 0))
        return DATELINE_OK;
    return error_set(error, DATELINE_VERSION,
                     "%s: the index is of form %.20s, this program knows form "
                     "%s; %s", path, form, STORED_FORM,
                     found < ours ? "dateline-index --reindex brings it there "
                                    "and needs no pages"
                                  : "use a newer dateline, or make it anew in "
                                    "an empty folder");
}

/* ---------------------------------------------------------------- writing */

void stored_write_number(struct buffer *out, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        buffer_byte(out, (char)(number | 0x80));
    buffer_byte(out, (char)number);
}

void stored_write_string(struct buffer *out, const char *bytes, size_t length)
{
    if (!bytes) {
        stored_write_number(out, 0);
        return;
    }
    stored_write_number(out, length + 1);
    buffer_add(out, bytes, length);
    buffer_byte(out, '\0');
}

static void write_text(struct buffer *out, const char *text)
{
    stored_write_string(out, text, text ? strlen(text) : 0);
}

/* Added to the precision of a day in the future. */
enum { FUTURE = DATELINE_DAY + 1 };

static void write_date(struct buffer *out, const dateline_date *date)
{
    stored_write_number(out, date->precision + (date->future ? FUTURE : 0u));
    if (date->precision == DATELINE_NO_DATE)
        return;
    stored_write_number(out, date->from);
    stored_write_number(out, (uint64_t)date->year);
    stored_write_number(out, (uint64_t)date->month);
    stored_write_number(out, (uint64_t)date->day);
    write_text(out, date->time);
}

static void write_list(struct buffer *out, const char *const *items,
                       size_t count)
{
    stored_write_number(out, count);
    for (size_t i = 0; i < count; i++)
        write_text(out, items[i]);
}

static void write_field(struct buffer *out, const struct field *field,
                        const dateline_facts *facts)
{
    size_t count;
    const char *const *list;
    switch (field->shape) {
    case FIELD_TEXT:
        write_text(out, field_text(field, facts));
        break;
    case FIELD_LIST:
        list = field_list(&count, field, facts);
        write_list(out, list, count);
        break;
    case FIELD_DATE:
        write_date(out, field_date(field, facts));
        break;
    case FIELD_NOT_FACT:
        break;
    }
}

/* The rows of the table, then the dateline. */
static void write_facts(struct buffer *out, const dateline_facts *facts)
{
    size_t count;
    const struct field *fields = field_all(&count);
    for (size_t i = 0; i < count; i++)
        write_field(out, &fields[i], facts);
    write_date(out, &facts->dateline.date);
    stored_write_number(out, facts->dateline.end);
}

static void write_more_facts(struct buffer *out, const dateline_facts *facts)
{
    write_text(out, facts->contact.name);
    write_text(out, facts->contact.organisation);
    write_text(out, facts->contact.phone);
    write_text(out, facts->contact.mail);
    stored_write_number(out, facts->date_count);
    for (size_t i = 0; i < facts->date_count; i++)
        write_date(out, &facts->dates[i]);
    stored_write_number(out, facts->alias_count);
    for (size_t i = 0; i < facts->alias_count; i++) {
        write_text(out, facts->aliases[i].short_form);
        write_text(out, facts->aliases[i].long_form);
    }
}

static void write_entity(struct buffer *out, const dateline_entity *entity)
{
    stored_write_number(out, entity->type);
    stored_write_number(out, entity->by);
    write_text(out, entity->name);
    write_text(out, entity->value);
}

/* Entities and where they are, in order. */
static void write_spans(struct buffer *out, const dateline_entity *entities,
                        size_t count)
{
    size_t last = 0;
    stored_write_number(out, count);
    for (size_t i = 0; i < count; i++) {
        const dateline_entity *entity = &entities[i];
        stored_write_number(out, entity->start - last);
        stored_write_number(out, entity->end - entity->start);
        write_entity(out, entity);
        last = entity->start;
    }
}

static size_t begin(struct buffer *out, char kind)
{
    size_t start = out->length;
    buffer_byte(out, STORED_VERSION);
    buffer_byte(out, kind);
    return start;
}

static void checksum(char out[CHECKSUM_BYTES], const char *bytes, size_t length)
{
    uint64_t hash = XXH3_64bits(bytes, length);
    for (int i = 0; i < CHECKSUM_BYTES; i++)
        out[i] = (char)(hash >> 8 * i);
}

static void finish(struct buffer *out, size_t start)
{
    char sum[CHECKSUM_BYTES];
    checksum(sum, out->bytes + start, out->length - start);
    buffer_add(out, sum, sizeof sum);
}

void stored_write_passage(struct buffer *out,
                          const struct stored_passage *passage)
{
    size_t start = begin(out, KIND_PASSAGE);
    write_text(out, passage->language);
    write_text(out, passage->title);
    write_text(out, passage->day);
    stored_write_number(out, passage->number);
    stored_write_number(out, passage->start);
    stored_write_number(out, passage->role);
    stored_write_string(out, passage->text, passage->length);
    write_spans(out, passage->entities, passage->entity_count);
    finish(out, start);
}

void stored_write_article(struct buffer *out,
                          const struct stored_article *article)
{
    size_t start = begin(out, KIND_ARTICLE);
    write_facts(out, &article->facts);
    write_more_facts(out, &article->facts);
    stored_write_number(out, article->block_count);
    for (size_t i = 0; i < article->block_count; i++) {
        const dateline_block *block = &article->blocks[i];
        stored_write_number(out, block->start);
        stored_write_number(out, block->end - block->start);
        stored_write_number(out, block->role);
    }
    stored_write_number(out, article->passage_count);
    stored_write_number(out, article->hash[0]);
    stored_write_number(out, article->hash[1]);
    stored_write_number(out, article->passage_length);
    stored_write_number(out, article->article_length);
    stored_write_number(out, article->name_count);
    for (size_t i = 0; i < article->name_count; i++)
        write_entity(out, &article->names[i]);
    stored_write_number(out, article->fingerprint_count);
    for (size_t i = 0; i < article->fingerprint_count; i++)
        stored_write_number(out, article->fingerprints[i]);
    stored_write_number(out, article->body_length);
    stored_write_string(out, article->between, article->between_length);
    write_spans(out, article->loose, article->loose_count);
    finish(out, start);
}

/* ---------------------------------------------------------------- reading */

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

static void read_entity(dateline_entity *entity, struct reader *reader)
{
    entity->type = read_below(reader, DATELINE_ENTITY_TYPE_COUNT);
    entity->by = read_below(reader, DATELINE_BY_ALIAS + 1);
    entity->name = read_text(reader);
    entity->value = read_text(reader);
}

static bool on_boundary(const char *text, size_t length, size_t at)
{
    return at == length || ((unsigned char)text[at] & 0xc0) != 0x80;
}

/* Entities within `length` bytes, of which text is known or NULL. */
static const dateline_entity *read_spans(size_t *count, struct reader *reader,
                                         const char *text, size_t length)
{
    *count = read_count(reader);
    dateline_entity *entities =
        arena_array(reader->arena, dateline_entity, *count);
    size_t last = 0;
    for (size_t i = 0; i < *count; i++) {
        size_t start = read_number(reader), size = read_number(reader);
        read_entity(&entities[i], reader);
        if (bad_if(reader, start > length - last) ||
            bad_if(reader, size > length - last - start))
            break;
        entities[i].start = last += start;
        entities[i].end = last + size;
        bad_if(reader, text && (!on_boundary(text, length, last) ||
                                !on_boundary(text, length, last + size)));
    }
    return entities;
}

static dateline_status corrupt(dateline_error *error)
{
    return error_set(error, DATELINE_CORRUPT,
                     "the index is damaged (a stored text cannot be read); "
                     "make it anew");
}

/* Ends before the checksum, when that is right. */
static dateline_status open_bytes(struct reader *reader, struct arena *arena,
                                  const char *bytes, size_t length, char kind,
                                  dateline_error *error)
{
    if (length < 2 + CHECKSUM_BYTES)
        return corrupt(error);
    char sum[CHECKSUM_BYTES];
    length -= CHECKSUM_BYTES;
    checksum(sum, bytes, length);
    if (memcmp(sum, bytes + length, sizeof sum) || bytes[1] != kind)
        return corrupt(error);
    if (bytes[0] != STORED_VERSION)
        return error_set(error, DATELINE_VERSION,
                         "the index was written by another version of "
                         "Dateline; make it anew");
    *reader = (struct reader){bytes + 2, bytes + length, arena, false};
    return DATELINE_OK;
}

static dateline_status close_bytes(const struct reader *reader,
                                   dateline_error *error)
{
    return reader->bad || reader->at != reader->end ? corrupt(error)
                                                    : DATELINE_OK;
}

dateline_status stored_read_passage(struct stored_passage *out,
                                    struct arena *arena, const char *bytes,
                                    size_t length, dateline_error *error)
{
    struct reader reader;
    dateline_status status =
        open_bytes(&reader, arena, bytes, length, KIND_PASSAGE, error);
    if (status)
        return status;
    struct stored_passage passage = {0};
    passage.language = read_text(&reader);
    passage.title = read_text(&reader);
    passage.day = read_text(&reader);
    passage.number = read_number(&reader);
    passage.start = read_number(&reader);
    passage.role = read_below(&reader, DATELINE_ROLE_END + 1);
    passage.text = read_string(&reader, &passage.length);
    bad_if(&reader, !passage.text);
    passage.entities = read_spans(&passage.entity_count, &reader, passage.text,
                                  passage.length);
    status = close_bytes(&reader, error);
    if (!status)
        *out = passage;
    return status;
}

static void read_blocks(struct stored_article *out, struct reader *reader)
{
    out->block_count = read_count(reader);
    dateline_block *blocks =
        arena_array(reader->arena, dateline_block, out->block_count);
    for (size_t i = 0; i < out->block_count; i++) {
        blocks[i].start = read_number(reader);
        size_t length = read_number(reader);
        bad_if(reader, length > SIZE_MAX - blocks[i].start);
        blocks[i].end = blocks[i].start + length;
        blocks[i].role = read_below(reader, DATELINE_ROLE_END + 1);
    }
    out->blocks = blocks;
}

/* An article that was stored before there were any ends here. */
static void read_fingerprints(struct stored_article *out,
                              struct reader *reader)
{
    if (reader->at == reader->end)
        return;
    out->fingerprint_count = read_count(reader);
    uint32_t *all =
        arena_array(reader->arena, uint32_t, out->fingerprint_count);
    for (size_t i = 0; i < out->fingerprint_count; i++)
        all[i] = (uint32_t)read_number(reader);
    out->fingerprints = all;
}

/* Bytes of version 1 end before it. */
static void read_remainder(struct stored_article *out, struct reader *reader)
{
    if (!reader->bad && reader->at == reader->end)
        return;
    out->body_length = read_number(reader);
    out->between = read_string(reader, &out->between_length);
    out->loose =
        read_spans(&out->loose_count, reader, NULL, out->body_length);
}

dateline_status stored_read_article(struct stored_article *out,
                                    struct arena *arena, const char *bytes,
                                    size_t length, dateline_error *error)
{
    struct reader reader;
    dateline_status status =
        open_bytes(&reader, arena, bytes, length, KIND_ARTICLE, error);
    if (status)
        return status;
    struct stored_article article = {0};
    read_facts(&article.facts, &reader);
    read_more_facts(&article.facts, &reader);
    read_blocks(&article, &reader);
    article.passage_count = read_number(&reader);
    article.hash[0] = read_number(&reader);
    article.hash[1] = read_number(&reader);
    article.passage_length = read_number(&reader);
    article.article_length = read_number(&reader);
    article.name_count = read_count(&reader);
    dateline_entity *names =
        arena_array(arena, dateline_entity, article.name_count);
    for (size_t i = 0; i < article.name_count; i++)
        read_entity(&names[i], &reader);
    article.names = names;
    read_fingerprints(&article, &reader);
    read_remainder(&article, &reader);
    status = close_bytes(&reader, error);
    if (!status)
        *out = article;
    return status;
}

bool stored_is_article(const char *bytes, size_t length)
{
    return length > 1 && bytes[1] == KIND_ARTICLE;
}
