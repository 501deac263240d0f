/* The table of the fields, and how a value becomes a term. */
#include "common/field.h"

#include "common/arena.h"
#include "common/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define AT(member) offsetof(dateline_facts, member)

static const struct field fields[] = {
    {"id", "XI", FIELD_TEXT, FIELD_FILTER | FIELD_EXACT, AT(id), 0,
     "the article's id, its address or its path"},
    {"url", "U", FIELD_TEXT, FIELD_FILTER, AT(url), 0,
     "where the page was found"},
    {"path", "P", FIELD_TEXT, FIELD_FILTER, AT(path), 0,
     "the file it was read from"},
    {"title", FIELD_TITLE, FIELD_TEXT, FIELD_FILTER | FIELD_WORDS, AT(title), 0,
     "words of the title"},
    {"site", "H", FIELD_TEXT, FIELD_FILTER | FIELD_FACET | FIELD_HOSTS,
     AT(site), 0, "name of the site, its host or a parent domain"},
    {"author", "A", FIELD_LIST, FIELD_FILTER | FIELD_FACET,
     AT(authors), AT(author_count), "who wrote it"},
    {"place", "XP", FIELD_TEXT, FIELD_FILTER | FIELD_FACET | FIELD_PARTS,
     AT(dateline.place), 0, "where the dateline says it was written"},
    {"wire", "XG", FIELD_TEXT, FIELD_FILTER | FIELD_FACET,
     AT(dateline.wire), 0, "the news wire that sent it out"},
    {"lang", FIELD_LANGUAGE, FIELD_TEXT, FIELD_FILTER | FIELD_FACET,
     AT(language), 0, "code of its language: en, de, fa"},
    {"date", FIELD_DAY, FIELD_DATE, FIELD_FILTER | FIELD_FACET,
     AT(published), 0, "a day, month, year, or range of them"},
    {"entity", FIELD_ENTITY, FIELD_NOT_FACT, FIELD_FILTER | FIELD_FACET, 0, 0,
     "a name that the passage mentions, by any of its aliases"},
    {"type", FIELD_TYPE, FIELD_NOT_FACT, FIELD_FILTER | FIELD_FACET, 0, 0,
     "a type of entity in the passage: person, money"},
    {"role", FIELD_ROLE, FIELD_NOT_FACT, FIELD_FILTER, 0, 0,
     "what the passage is for: body, about, contact"},
    {"section", "XN", FIELD_TEXT, FIELD_FILTER | FIELD_FACET, AT(section), 0,
     "section of the site"},
    {"keyword", "XK", FIELD_LIST, FIELD_FILTER | FIELD_FACET, AT(keywords),
     AT(keyword_count), "a keyword that the page gives"},
};

enum { FIELD_COUNT = sizeof fields / sizeof *fields, HASH_DIGITS = 32,
       FIELD_ARTICLE_BYTES = 12 /* of a hash, in an article's key */ };

const struct field *field_all(size_t *count)
{
    *count = FIELD_COUNT;
    return fields;
}

const struct field *field_find(const char *name, size_t length)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (strlen(fields[i].name) == length &&
            !memcmp(fields[i].name, name, length))
            return &fields[i];
    return NULL;
}

static void hash_write(char out[HASH_DIGITS], const char *bytes, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    XXH128_canonical_t hash;
    XXH128_canonicalFromHash(&hash, XXH3_128bits(bytes, length));
    for (size_t i = 0; i < sizeof hash.digest; i++) {
        out[2 * i] = digits[hash.digest[i] >> 4];
        out[2 * i + 1] = digits[hash.digest[i] & 15];
    }
}

/* omega parts a prefix of several letters from a value that would be read as
 * more of it. */
static bool wants_colon(const char *prefix, const char *value, size_t length)
{
    return length && strlen(prefix) > 1 &&
           ((value[0] >= 'A' && value[0] <= 'Z') || value[0] == ':');
}

size_t field_key(char *out, const char *prefix, const char *value,
                 size_t length)
{
    size_t at = strlen(prefix);
    assert(at < 8);
    memcpy(out, prefix, at);
    if (wants_colon(prefix, value, length))
        out[at++] = ':';
    size_t room = FIELD_TERM_PLAIN - at;
    size_t plain = length;
    if (length > room)
        plain = text_boundary(value, length, room - HASH_DIGITS);
    if (plain)
        memcpy(out + at, value, plain);
    at += plain;
    if (plain < length) {
        hash_write(out + at, value, length);
        at += HASH_DIGITS;
    }
    out[at] = '\0';
    return at;
}

/* Six bits a character: RFC 4648's alphabet for addresses. */
size_t field_article(char *out, const char *id, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                 "qrstuvwxyz0123456789-_";
    XXH128_canonical_t hash;
    size_t at = strlen(FIELD_KEY);
    memcpy(out, FIELD_KEY, at);
    XXH128_canonicalFromHash(&hash, XXH3_128bits(id, length));
    for (size_t i = 0; i + 3 <= FIELD_ARTICLE_BYTES; i += 3) {
        const unsigned char *b = hash.digest + i;
        unsigned bits = (unsigned)b[0] << 16 | (unsigned)b[1] << 8 | b[2];
        for (int shift = 18; shift >= 0; shift -= 6)
            out[at++] = digits[bits >> shift & 63];
    }
    out[at] = '\0';
    return at;
}

size_t field_term(char *out, const char *prefix, const char *value,
                  size_t length)
{
    struct arena arena = ARENA_INIT;
    if (!text_is_valid(value, length))
        value = text_repair(&arena, value, length, &length);
    const char *folded = text_fold_marks(&arena, value, length);
    size_t size = strlen(folded);
    if (size)
        size = field_key(out, prefix, folded, size);
    else
        out[0] = '\0';
    arena_release(&arena);
    return size;
}

size_t field_value_term(char *out, const struct field *field,
                        const char *value, size_t length)
{
    return field->use & FIELD_EXACT
               ? field_key(out, field->prefix, value, length)
               : field_term(out, field->prefix, value, length);
}

bool field_is_name(dateline_entity_type type)
{
    return type == DATELINE_PERSON || type == DATELINE_ORG ||
           type == DATELINE_PLACE || type == DATELINE_NORP ||
           type == DATELINE_MISC;
}

const char *field_type_text(dateline_entity_type type)
{
    static const char *const texts[] = {
#define X(name, letter, colour, text) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    return texts[type];
}

const char *field_role_text(dateline_role role)
{
    static const char *const texts[] = {
#define X(name, text) text,
        DATELINE_ROLES(X)
#undef X
    };
    return texts[role];
}

bool field_is_aside(dateline_role role)
{
    return role == DATELINE_ROLE_ABOUT || role == DATELINE_ROLE_CONTACT ||
           role == DATELINE_ROLE_END;
}

void field_day_write(char out[FIELD_DAY_BYTES + 1], const dateline_date *date)
{
    *out = '\0';
    if (date->precision != DATELINE_NO_DATE)
        snprintf(out, FIELD_DAY_BYTES + 1, "%04d%02d%02d", date->year % 10000,
                 date->month % 100, date->day % 100);
}

bool field_is_identity(const char *name, size_t length)
{
    if (length != FIELD_IDENTITY_BYTES)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!name[i] || !strchr("0123456789abcdef", name[i]))
            return false;
    return true;
}

void field_run_write(char out[FIELD_RUN_BYTES + 1], const char *identity,
                     uint64_t run)
{
    assert(run <= UINT32_MAX);
    snprintf(out, FIELD_RUN_BYTES + 1, "%.16s%08" PRIx32, identity,
             (uint32_t)run);
}

bool field_run_read(uint64_t *run, const char *identity, const char *value,
                    size_t length)
{
    char digits[FIELD_RUN_BYTES - FIELD_IDENTITY_BYTES + 1] = {0}, *end;
    if (length != FIELD_RUN_BYTES ||
        memcmp(value, identity, FIELD_IDENTITY_BYTES))
        return false;
    memcpy(digits, value + FIELD_IDENTITY_BYTES, sizeof digits - 1);
    *run = strtoull(digits, &end, 16);
    return !*end;
}

size_t field_copy(char *out, uint32_t fingerprint)
{
    return (size_t)snprintf(out, LIMIT_TERM_BYTES + 1, FIELD_COPY "%08x",
                            (unsigned)fingerprint);
}

static const void *member(const dateline_facts *facts, size_t offset)
{
    return (const char *)facts + offset;
}

const char *field_text(const struct field *field, const dateline_facts *facts)
{
    assert(field->shape == FIELD_TEXT);
    return *(const char *const *)member(facts, field->offset);
}

const char *const *field_list(size_t *count, const struct field *field,
                              const dateline_facts *facts)
{
    assert(field->shape == FIELD_LIST);
    *count = *(const size_t *)member(facts, field->count);
    return *(const char *const *const *)member(facts, field->offset);
}

const dateline_date *field_date(const struct field *field,
                                const dateline_facts *facts)
{
    assert(field->shape == FIELD_DATE);
    return member(facts, field->offset);
}
