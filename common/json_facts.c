/* Facts and entities go in, members of a JSON object come out. */
#include "common/json_facts.h"

#include "common/date.h"
#include "common/text.h"

#include <string.h>

void json_add_span(struct buffer *out, const char *key, size_t start,
                   size_t end)
{
    json_open(out, key, '[');
    json_add_integer(out, NULL, start);
    json_add_integer(out, NULL, end);
    json_close(out, ']');
}

void json_add_list(struct buffer *out, const char *key,
                   const char *const *items, size_t count)
{
    json_open(out, key, '[');
    for (size_t i = 0; i < count; i++)
        json_add_string(out, NULL, items[i]);
    json_close(out, ']');
}

/* ------------------------------------------------------------------- dates */

/* "2021-10-17", as far as it is known, else null. */
static void add_day(struct buffer *out, const char *key,
                    const dateline_date *date)
{
    char day[16];
    date_format(day, date);
    json_add_string(out, key, *day ? day : NULL);
}

void json_add_date(struct buffer *out, const char *key,
                   const dateline_date *date, bool whole)
{
    static const char *const precisions[] = {NULL, "year", "month", "day"};
    json_open(out, key, '{');
    add_day(out, "date", date);
    if (whole) {
        json_add_string(out, "time", date->time);
        json_add_string(out, "precision", precisions[date->precision]);
    }
    json_add_string(out, "from",
                    date->precision ? date_origin_text(date->from) : NULL);
    if (date->future)
        json_add_truth(out, "future", true);
    json_close(out, '}');
}

/* ------------------------------------------------------------------- facts */

/* Bytes that may stand in a URI as they are (RFC 3986, pchar and "/"). */
static bool is_uri_byte(unsigned char c)
{
    return c < 0x80 && (text_is_letter(c) || text_is_digit(c) ||
                        (c && strchr("-._~/!$&'()*+,;=:@", c)));
}

/* A path that is not UTF-8, so that it can be opened all the same. */
static void add_uri(struct buffer *out, const char *path)
{
    struct buffer uri = {0};
    buffer_text(&uri, "file://");
    for (const unsigned char *at = (const unsigned char *)path; *at; at++)
        if (is_uri_byte(*at))
            buffer_byte(&uri, (char)*at);
        else
            buffer_format(&uri, "%%%02X", *at);
    json_add_string(out, "uri", uri.bytes);
    buffer_free(&uri);
}

static void add_dateline(struct buffer *out, const dateline_facts *facts)
{
    if (!facts->dateline.place && !facts->dateline.wire &&
        !facts->dateline.date.precision) {
        json_add_string(out, "dateline", NULL);
        return;
    }
    json_open(out, "dateline", '{');
    json_add_string(out, "place", facts->dateline.place);
    add_day(out, "date", &facts->dateline.date);
    json_add_string(out, "wire", facts->dateline.wire);
    json_add_integer(out, "end", facts->dateline.end);
    json_close(out, '}');
}

void json_add_facts(struct buffer *out, const dateline_facts *facts)
{
    json_add_string(out, "id", facts->id);
    json_add_string(out, "path", facts->path);
    if (facts->path && !text_is_valid(facts->path, strlen(facts->path)))
        add_uri(out, facts->path);
    json_add_string(out, "url", facts->url);
    json_add_string(out, "title", facts->title);
    json_add_list(out, "author", facts->authors, facts->author_count);
    json_add_string(out, "site", facts->site);
    json_add_string(out, "language", facts->language);
    json_add_date(out, "published", &facts->published, true);
    add_dateline(out, facts);
}

/* ---------------------------------------------------------------- entities */

void json_add_entities(struct buffer *out, const char *key,
                       const dateline_entity *entities, size_t count,
                       const char *text)
{
    static const char *const types[] = {
#define X(name, letter, colour, words) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    static const char *const stages[] = {
#define X(name, words) words,
        DATELINE_STAGES(X)
#undef X
    };
    json_open(out, key, '[');
    for (size_t i = 0; i < count; i++) {
        const dateline_entity *e = &entities[i];
        json_open(out, NULL, '{');
        json_add_integer(out, "start", e->start);
        json_add_integer(out, "end", e->end);
        json_add_string(out, "type", types[e->type]);
        json_add_text(out, "text", text + e->start, e->end - e->start);
        if (e->name)
            json_add_string(out, "name", e->name);
        if (e->value)
            json_add_string(out, "value", e->value);
        json_add_string(out, "by", stages[e->by]);
        json_close(out, '}');
    }
    json_close(out, ']');
}
