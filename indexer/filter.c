/* A fact in, its terms out: the value folded, and what its field adds to it. */
#include "indexer/filter.h"

#include "common/field.h"

#include <string.h>

static void value_add(struct filters *filters, const char *prefix,
                      const char *value, size_t length, uint32_t frequency)
{
    char term[LIMIT_TERM_BYTES + 1];
    size_t size = field_term(term, prefix, value, length);
    if (size)
        postings_add(filters->to, arena_copy(filters->arena, term, size), size,
                     frequency);
}

static void filter_add(struct filters *filters, const char *prefix,
                       const char *value, size_t length)
{
    value_add(filters, prefix, value, length, 0);
}

/* A value that needs no folding. */
static void filter_raw(struct filters *filters, const char *prefix,
                       const char *value, int length)
{
    const char *term =
        arena_format(filters->arena, "%s%.*s", prefix, length, value);
    postings_add(filters->to, term, strlen(term), 0);
}

/* "https://user@news.example.org:80/x" -> news.example.org */
static const char *host_of(const char *url, size_t *length)
{
    const char *at = strstr(url, "://");
    if (!at)
        return NULL;
    at += 3;
    *length = strcspn(at, "/?#");
    const char *user = memchr(at, '@', *length);
    if (user) {
        *length -= (size_t)(user + 1 - at);
        at = user + 1;
    }
    const char *port = memchr(at, ':', *length);
    if (port)
        *length = (size_t)(port - at);
    return at;
}

/* news.example.org: itself, then example.org; a top domain alone is none. */
static void hosts_add(struct filters *filters, const char *prefix,
                      const char *host, size_t length)
{
    const char *point;
    while (length && (point = memchr(host, '.', length))) {
        filter_add(filters, prefix, host, length);
        length -= (size_t)(point + 1 - host);
        host = point + 1;
    }
}

static void parts_add(struct filters *filters, const char *prefix,
                      const char *value)
{
    for (const char *at = value; *at;) {
        size_t length = strcspn(at, ",;/");
        filter_add(filters, prefix, at, length);
        at += length + (at[length] != '\0');
    }
}

static void text_field_add(struct filters *filters,
                           const struct field *field, const char *value)
{
    char term[LIMIT_TERM_BYTES + 1];
    if (!value)
        return;
    size_t size = field_value_term(term, field, value, strlen(value));
    if (size)
        postings_add(filters->to, arena_copy(filters->arena, term, size), size,
                     0);
    if (field->use & FIELD_PARTS)
        parts_add(filters, field->prefix, value);
    if ((field->use & FIELD_HOSTS) && !strpbrk(value, " /"))
        hosts_add(filters, field->prefix, value, strlen(value));
}

/* "20211017" for D, its beginning for M and Y, as far as the day is known. */
static void date_add(struct filters *filters, const dateline_date *date)
{
    char day[FIELD_DAY_BYTES + 1];
    field_day_write(day, date);
    if (!*day)
        return;
    filter_raw(filters, FIELD_YEAR, day, 4);
    if (date->precision >= DATELINE_MONTH)
        filter_raw(filters, FIELD_MONTH, day, 6);
    if (date->precision >= DATELINE_DAY)
        filter_raw(filters, FIELD_DAY, day, 8);
}

static void field_add(struct filters *filters, const struct field *field,
                      const dateline_facts *facts)
{
    size_t count;
    const char *const *list;
    switch (field->shape) {
    case FIELD_TEXT:
        text_field_add(filters, field, field_text(field, facts));
        break;
    case FIELD_LIST:
        list = field_list(&count, field, facts);
        for (size_t i = 0; i < count; i++)
            text_field_add(filters, field, list[i]);
        break;
    case FIELD_DATE:
        date_add(filters, field_date(field, facts));
        break;
    case FIELD_NOT_FACT:
        break;
    }
}

void filter_facts(struct filters *filters, const dateline_facts *facts)
{
    size_t count, length;
    const struct field *fields = field_all(&count);
    for (size_t i = 0; i < count; i++)
        if ((fields[i].use & FIELD_FILTER) && !(fields[i].use & FIELD_WORDS))
            field_add(filters, &fields[i], facts);
    const char *url = facts->url;
    const char *host = url ? host_of(url, &length) : NULL;
    if (host)
        hosts_add(filters, field_find("site", 4)->prefix, host, length);
}

static bool is_name(dateline_entity_type type)
{
    return type == DATELINE_PERSON || type == DATELINE_ORG ||
           type == DATELINE_PLACE || type == DATELINE_NORP ||
           type == DATELINE_MISC;
}

static const char *type_text(dateline_entity_type type)
{
    static const char *const texts[] = {
#define X(name, letter, colour, text) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    return texts[type];
}

static const char *role_text(dateline_role role)
{
    static const char *const texts[] = {
#define X(name, text) text,
        DATELINE_ROLES(X)
#undef X
    };
    return texts[role];
}

static bool is_first(unsigned *met, unsigned bit)
{
    bool first = !(*met >> bit & 1);
    *met |= 1u << bit;
    return first;
}

void filter_entity(struct filters *filters, const dateline_entity *entity,
                   const char *name)
{
    const char *type = type_text(entity->type);
    if (is_first(&filters->types, entity->type))
        filter_add(filters, FIELD_TYPE, type, strlen(type));
    if (is_name(entity->type))
        /* what an alias means is ranked by how often it is meant */
        value_add(filters, FIELD_ENTITY, name, strlen(name),
                  entity->by == DATELINE_BY_ALIAS);
}

void filter_role(struct filters *filters, dateline_role role)
{
    const char *text = role_text(role);
    if (is_first(&filters->roles, role))
        filter_add(filters, FIELD_ROLE, text, strlen(text));
}

void filter_copy(struct filters *filters, uint32_t fingerprint)
{
    char term[LIMIT_TERM_BYTES + 1];
    size_t size = field_copy(term, fingerprint);
    postings_add(filters->to, arena_copy(filters->arena, term, size), size, 0);
}
