/* An article and all its facts go in, bytes come out. */
#include "common/stored_part.h"

#include "common/compress.h"
#include "common/field.h"
#include "common/limit.h"

#include <string.h>
#include <xxhash.h>

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

static void write_blocks(struct buffer *out, const dateline_block *blocks,
                         size_t count)
{
    stored_write_number(out, count);
    for (size_t i = 0; i < count; i++) {
        stored_write_number(out, blocks[i].start);
        stored_write_number(out, blocks[i].end - blocks[i].start);
        stored_write_number(out, blocks[i].role);
    }
}

static void write_passages(struct buffer *out,
                           const struct stored_article *article)
{
    stored_write_number(out, article->passage_count);
    for (size_t i = 0; i < article->passage_count; i++) {
        const dateline_passage *passage = &article->passages[i];
        stored_write_number(out, passage->start);
        stored_write_number(out, passage->end - passage->start);
        stored_write_number(out, passage->role);
        stored_write_number(out, article->words[i]);
    }
}

/* Where they are, in order. */
static void write_entities(struct buffer *out, const dateline_entity *entities,
                           size_t count)
{
    size_t last = 0;
    stored_write_number(out, count);
    for (size_t i = 0; i < count; i++) {
        const dateline_entity *entity = &entities[i];
        stored_write_number(out, entity->start - last);
        stored_write_number(out, entity->end - entity->start);
        stored_write_number(out, entity->type);
        stored_write_number(out, entity->by);
        write_text(out, entity->name);
        write_text(out, entity->value);
        last = entity->start;
    }
}

static void write_fingerprints(struct buffer *out, const uint32_t *items,
                               size_t count)
{
    stored_write_number(out, count);
    for (size_t i = 0; i < count; i++)
        stored_write_number(out, items[i]);
}

void stored_checksum(char out[CHECKSUM_BYTES], const char *bytes, size_t length)
{
    uint64_t hash = XXH3_64bits(bytes, length);
    for (int i = 0; i < CHECKSUM_BYTES; i++)
        out[i] = (char)(hash >> 8 * i);
}

static void write_packed(struct buffer *out, const struct buffer *plain)
{
    size_t start = out->length;
    if (plain->length <= LIMIT_FILE_BYTES) {
        stored_write_number(out, plain->length);
        if (compress_write(out, plain->bytes, plain->length))
            return;
        out->length = start;
    }
    stored_write_number(out, 0);
    buffer_add(out, plain->bytes, plain->length);
}

void stored_write_plain(struct buffer *out,
                        const struct stored_article *article)
{
    write_facts(out, &article->facts);
    write_more_facts(out, &article->facts);
    stored_write_number(out, article->terms);
    write_fingerprints(out, article->fingerprints, article->fingerprint_count);
    stored_write_string(out, article->body ? article->body : "",
                        article->length);
    write_blocks(out, article->blocks, article->block_count);
    write_passages(out, article);
    write_entities(out, article->entities, article->entity_count);
}

void stored_pack(struct buffer *out, const uint64_t hash[2],
                 const struct buffer *plain)
{
    size_t start = out->length;
    char sum[CHECKSUM_BYTES];
    buffer_byte(out, STORED_VERSION);
    stored_write_number(out, hash[0]);
    stored_write_number(out, hash[1]);
    write_packed(out, plain);
    stored_checksum(sum, out->bytes + start, out->length - start);
    buffer_add(out, sum, sizeof sum);
}

void stored_write(struct buffer *out, const struct stored_article *article)
{
    struct buffer plain = {0};
    stored_write_plain(&plain, article);
    stored_pack(out, article->hash, &plain);
    buffer_free(&plain);
}

void stored_write_runs(struct buffer *out, const char *identity,
                       const uint64_t *runs, size_t count)
{
    char newest[FIELD_RUN_BYTES + 1];
    uint64_t last = 0, first = UINT64_MAX;
    for (size_t i = 0; i < count; i++) {
        last = runs[i] > last ? runs[i] : last;
        first = runs[i] < first ? runs[i] : first;
    }
    field_run_write(newest, identity, last);
    buffer_add(out, newest, FIELD_RUN_BYTES);
    for (size_t i = 0; i < count && first < last; i++)
        stored_write_number(out, last - runs[i]);
}
