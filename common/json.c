/* JSON bytes go in, our own small tree comes out; facts, passages and entities
 * go in, lines of JSON come out. jansson does the reading and the writing. */
#include "common/json.h"

#include "common/date.h"
#include "common/error.h"
#include "common/text.h"

#include <jansson.h>
#include <string.h>

/* ---------------------------------------------------------------- reading */

/* How deep brackets nest outside strings. */
static unsigned depth_of(const char *bytes, size_t length)
{
    unsigned depth = 0, deepest = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        char c = bytes[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == '{') && ++depth > deepest)
            deepest = depth;
        else if (!quoted && (c == ']' || c == '}') && depth)
            depth--;
    }
    return deepest;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Cuts the wrappers that pages put around a script's JSON: comments, CDATA
 * marks, a semicolon at the end. */
static void cut_wrapper(const char **bytes, size_t *length)
{
    const char *start = *bytes, *end = start + *length;
    while (start < end && *start != '{' && *start != '[')
        start++;
    while (end > start && end[-1] != '}' && end[-1] != ']')
        end--;
    *bytes = start;
    *length = (size_t)(end - start);
}

static bool hex_is(const char *at, const char *end, char first, const char *second)
{
    return end - at >= 6 && at[0] == '\\' && at[1] == 'u' &&
           (at[2] | 0x20) == first && strchr(second, at[3] | 0x20);
}

/* One escape of a string: kept where JSON allows it, else mended. Returns how
 * many bytes of `at` it used. */
static size_t mend_escape(struct buffer *out, const char *at, const char *end)
{
    if (end - at < 2)
        return 1;
    if (hex_is(at, end, 'd', "89ab") && hex_is(at + 6, end, 'd', "cdef"))
        return buffer_add(out, at, 12), 12;
    if (hex_is(at, end, 'd', "89abcdef"))
        return buffer_text(out, "\\ufffd"), 6;
    bool hex = at[1] == 'u' && end - at >= 6 &&
               strspn(at + 2, "0123456789abcdefABCDEF") >= 4;
    if (hex)
        return buffer_add(out, at, 6), 6;
    if (strchr("\"\\/bfnrt", at[1]))
        return buffer_add(out, at, 2), 2;
    return buffer_byte(out, at[1] == 'u' ? ' ' : at[1]), 2;
}

/* What strict readers refuse and pages contain: raw control characters in
 * strings, commas before a closing bracket, wrong escapes. */
static void mend(struct buffer *out, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    bool quoted = false;
    for (const char *at = bytes; at < end;) {
        char c = *at;
        if (quoted && c == '\\') {
            at += mend_escape(out, at, end);
            continue;
        }
        if (c == '"')
            quoted = !quoted;
        if (!quoted && c == ',') {
            const char *next = at + 1;
            while (next < end && is_blank(*next))
                next++;
            if (next < end && (*next == '}' || *next == ']')) {
                at = next;
                continue;
            }
        }
        buffer_byte(out, (unsigned char)c < 0x20 ? ' ' : c);
        at++;
    }
}

static void keep_text(struct json *to, struct arena *arena, const char *text,
                      size_t length)
{
    char *copy = arena_copy(arena, text, length);
    for (char *nul; (nul = memchr(copy, '\0', length));)
        *nul = ' '; /* strings of C end at one */
    to->text = copy;
    to->length = length;
}

/* Nesting was bounded before, so this recursion is. */
static struct json *copy_value(struct arena *arena, const json_t *from)
{
    struct json *to = arena_new(arena, struct json);
    const struct json **link = &to->child;
    size_t index;
    const char *key;
    json_t *value;
    switch (json_typeof(from)) {
    case JSON_OBJECT:
        to->kind = JSON_IS_OBJECT;
        json_object_foreach((json_t *)from, key, value) {
            struct json *member = copy_value(arena, value);
            member->key = arena_string(arena, key);
            *link = member;
            link = &member->next;
        }
        break;
    case JSON_ARRAY:
        to->kind = JSON_IS_ARRAY;
        json_array_foreach(from, index, value) {
            struct json *item = copy_value(arena, value);
            *link = item;
            link = &item->next;
        }
        break;
    case JSON_STRING:
        to->kind = JSON_IS_STRING;
        keep_text(to, arena, json_string_value(from), json_string_length(from));
        break;
    case JSON_INTEGER:
        to->kind = JSON_IS_NUMBER;
        to->number = (double)json_integer_value(from);
        to->text = arena_format(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(from));
        to->length = strlen(to->text);
        break;
    case JSON_REAL:
        to->kind = JSON_IS_NUMBER;
        to->number = json_real_value(from);
        to->text = arena_format(arena, "%.17g", to->number);
        to->length = strlen(to->text);
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        to->kind = JSON_IS_BOOLEAN;
        to->number = json_is_true(from);
        break;
    case JSON_NULL:
        to->kind = JSON_IS_NULL;
        break;
    }
    return to;
}

/* Integers past 64 bits are read as what they nearly are. */
static json_t *load(const char *bytes, size_t length, json_error_t *why)
{
    size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL;
    json_t *root = json_loadb(bytes, length, flags, why);
    if (!root && json_error_code(why) == json_error_numeric_overflow)
        root = json_loadb(bytes, length, flags | JSON_DECODE_INT_AS_REAL, why);
    return root;
}

dateline_status json_read(const struct json **out, struct arena *arena,
                          const char *bytes, size_t length, unsigned max_depth,
                          bool lenient, dateline_error *error)
{
    struct buffer mended = {0};
    if (lenient) {
        cut_wrapper(&bytes, &length);
        mend(&mended, bytes, length);
        bytes = mended.bytes ? mended.bytes : "";
        length = mended.length;
    }
    dateline_status status = DATELINE_OK;
    json_error_t why;
    json_t *root = NULL;
    if (depth_of(bytes, length) > max_depth)
        status = error_set(error, DATELINE_LIMIT,
                           "JSON is nested deeper than %u levels", max_depth);
    else if (!(root = load(bytes, length, &why)))
        status = error_set(error, DATELINE_BAD_INPUT, "not JSON: %s (byte %d)",
                           why.text, why.position);
    else
        *out = copy_value(arena, root);
    json_decref(root);
    buffer_free(&mended);
    return status;
}

const struct json *json_member(const struct json *object, const char *key)
{
    if (!object || object->kind != JSON_IS_OBJECT)
        return NULL;
    for (const struct json *m = object->child; m; m = m->next)
        if (!strcmp(m->key, key))
            return m;
    return NULL;
}

const char *json_text(const struct json *object, const char *key)
{
    const struct json *member = json_member(object, key);
    return member && member->kind == JSON_IS_STRING && member->length ? member->text
                                                                      : NULL;
}

/* ---------------------------------------------------------------- writing */

/* A string that is valid whatever it is given; NULL gives null. */
static json_t *text_value(const char *text, size_t length)
{
    if (text_is_valid(text, length))
        return json_stringn_nocheck(text, length);
    struct arena arena = ARENA_INIT;
    size_t repaired;
    const char *whole = text_repair(&arena, text, length, &repaired);
    json_t *value = json_stringn_nocheck(whole, repaired);
    arena_release(&arena);
    return value;
}

static json_t *string_value(const char *text)
{
    return text ? text_value(text, strlen(text)) : json_null();
}

static void set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new_nocheck(object, key, value);
}

static json_t *list_value(const char *const *items, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, string_value(items[i]));
    return list;
}

static json_t *span_value(size_t start, size_t end)
{
    json_t *pair = json_array();
    json_array_append_new(pair, json_integer((json_int_t)start));
    json_array_append_new(pair, json_integer((json_int_t)end));
    return pair;
}

static json_t *day_value(const dateline_date *date)
{
    char day[16];
    date_format(day, date);
    return *day ? json_string_nocheck(day) : json_null();
}

static json_t *date_value(const dateline_date *date, bool whole)
{
    static const char *const precisions[] = {NULL, "year", "month", "day"};
    json_t *object = json_object();
    set(object, "date", day_value(date));
    if (whole) {
        set(object, "time", string_value(date->time));
        set(object, "precision", string_value(precisions[date->precision]));
    }
    set(object, "from", date->precision ? string_value(date_origin_text(date->from))
                                        : json_null());
    return object;
}

static json_t *dateline_value(const dateline_facts *facts)
{
    if (!facts->dateline.place && !facts->dateline.wire &&
        !facts->dateline.date.precision)
        return json_null();
    json_t *object = json_object();
    set(object, "place", string_value(facts->dateline.place));
    set(object, "date", day_value(&facts->dateline.date));
    set(object, "wire", string_value(facts->dateline.wire));
    set(object, "end", json_integer((json_int_t)facts->dateline.end));
    return object;
}

static json_t *contact_value(const dateline_facts *facts)
{
    const char *const pairs[][2] = {{"name", facts->contact.name},
                                    {"organisation", facts->contact.organisation},
                                    {"phone", facts->contact.phone},
                                    {"mail", facts->contact.mail}};
    json_t *object = json_object();
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][1])
            set(object, pairs[i][0], string_value(pairs[i][1]));
    if (json_object_size(object))
        return object;
    json_decref(object);
    return json_null();
}

/* Bytes that may stand in a URI as they are (RFC 3986, pchar and "/"). */
static bool is_uri_byte(unsigned char c)
{
    return c < 0x80 && (text_is_letter(c) || text_is_digit(c) ||
                        (c && strchr("-._~/!$&'()*+,;=:@", c)));
}

static json_t *uri_value(const char *path)
{
    struct buffer uri = {0};
    buffer_text(&uri, "file://");
    for (const unsigned char *at = (const unsigned char *)path; *at; at++)
        if (is_uri_byte(*at))
            buffer_byte(&uri, (char)*at);
        else
            buffer_format(&uri, "%%%02X", *at);
    json_t *value = json_stringn_nocheck(uri.bytes, uri.length);
    buffer_free(&uri);
    return value;
}

/* What both programs say of an article. */
static void set_facts(json_t *object, const dateline_facts *facts)
{
    set(object, "id", string_value(facts->id));
    set(object, "path", string_value(facts->path));
    if (facts->path && !text_is_valid(facts->path, strlen(facts->path)))
        set(object, "uri", uri_value(facts->path));
    set(object, "url", string_value(facts->url));
    set(object, "title", string_value(facts->title));
    set(object, "author", list_value(facts->authors, facts->author_count));
    set(object, "site", string_value(facts->site));
    set(object, "language", string_value(facts->language));
    set(object, "published", date_value(&facts->published, true));
    set(object, "dateline", dateline_value(facts));
}

static json_t *entities_value(const dateline_entity *entities, size_t count,
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
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        const dateline_entity *e = &entities[i];
        json_t *object = json_object();
        set(object, "start", json_integer((json_int_t)e->start));
        set(object, "end", json_integer((json_int_t)e->end));
        set(object, "type", json_string_nocheck(types[e->type]));
        set(object, "text", text_value(text + e->start, e->end - e->start));
        if (e->name)
            set(object, "name", string_value(e->name));
        if (e->value)
            set(object, "value", string_value(e->value));
        set(object, "by", json_string_nocheck(stages[e->by]));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *blocks_value(const struct json_article *article)
{
    static const char *const roles[] = {
#define X(name, words) words,
        DATELINE_ROLES(X)
#undef X
    };
    json_t *list = json_array();
    for (size_t i = 0; i < article->block_count; i++) {
        const dateline_block *block = &article->blocks[i];
        json_t *object = json_object();
        set(object, "start", json_integer((json_int_t)block->start));
        set(object, "end", json_integer((json_int_t)block->end));
        set(object, "role", json_string_nocheck(roles[block->role]));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *passages_value(const struct json_article *article)
{
    json_t *list = json_array();
    for (size_t i = 0; i < article->passage_count; i++)
        json_array_append_new(list, span_value(article->passages[i].start,
                                               article->passages[i].end));
    return list;
}

static json_t *aliases_value(const dateline_facts *facts)
{
    json_t *list = json_array();
    for (size_t i = 0; i < facts->alias_count; i++) {
        json_t *object = json_object();
        set(object, "short", string_value(facts->aliases[i].short_form));
        set(object, "long", string_value(facts->aliases[i].long_form));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *dates_value(const dateline_facts *facts)
{
    json_t *list = json_array();
    for (size_t i = 0; i < facts->date_count; i++)
        json_array_append_new(list, date_value(&facts->dates[i], false));
    return list;
}

static json_t *line_new(const char *type)
{
    json_t *line = json_object();
    set(line, "v", json_integer(1));
    set(line, "type", json_string_nocheck(type));
    return line;
}

static int dump_piece(const char *bytes, size_t length, void *context)
{
    struct buffer *out = context;
    for (const char *end = bytes + length; bytes < end;) {
        const char *del = memchr(bytes, 0x7f, (size_t)(end - bytes));
        buffer_add(out, bytes, (size_t)((del ? del : end) - bytes));
        if (!del)
            break;
        buffer_text(out, "\\u007f"); /* JSON lets it pass, terminals do not */
        bytes = del + 1;
    }
    return 0;
}

static void line_write(struct buffer *out, json_t *line)
{
    json_dump_callback(line, dump_piece, out, JSON_COMPACT | JSON_REAL_PRECISION(7));
    buffer_byte(out, '\n');
    json_decref(line);
}

void json_write_article(struct buffer *out, const struct json_article *article)
{
    const dateline_facts *facts = article->facts;
    json_t *line = line_new("article");
    set_facts(line, facts);
    set(line, "section", string_value(facts->section));
    set(line, "keywords", list_value(facts->keywords, facts->keyword_count));
    set(line, "body", text_value(article->body, article->length));
    set(line, "passages", passages_value(article));
    set(line, "entities",
        entities_value(article->entities, article->entity_count, article->body));
    set(line, "aliases", aliases_value(facts));
    set(line, "dates", dates_value(facts));
    set(line, "contact", contact_value(facts));
    set(line, "blocks", blocks_value(article));
    line_write(out, line);
}

static json_t *copies_value(const dateline_hit *hit)
{
    json_t *list = json_array();
    for (size_t i = 0; i < hit->copy_count; i++) {
        json_t *copy = json_object();
        set(copy, "id", string_value(hit->copies[i]->id));
        set(copy, "url", string_value(hit->copies[i]->url));
        set(copy, "site", string_value(hit->copies[i]->site));
        set(copy, "published", date_value(&hit->copies[i]->published, true));
        json_array_append_new(list, copy);
    }
    return list;
}

static json_t *passage_value(const dateline_hit *hit)
{
    json_t *passage = json_object(), *matches = json_array();
    set(passage, "text", text_value(hit->text, hit->length));
    for (size_t i = 0; i < hit->match_count; i++)
        json_array_append_new(matches,
                              span_value(hit->matches[i].start, hit->matches[i].end));
    set(passage, "matches", matches);
    set(passage, "entities", entities_value(hit->entities, hit->entity_count, hit->text));
    return passage;
}

static json_t *neighbours_value(const dateline_hit *hits, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *passage = passage_value(&hits[i]);
        set(passage, "number", json_integer((json_int_t)hits[i].passage));
        json_array_append_new(array, passage);
    }
    return array;
}

static json_t *context_value(const dateline_hit *hit)
{
    json_t *context = json_object();
    set(context, "before", neighbours_value(hit->before, hit->before_count));
    set(context, "after", neighbours_value(hit->after, hit->after_count));
    return context;
}

void json_write_hit(struct buffer *out, const dateline_hit *hit)
{
    json_t *line = line_new("hit"), *facts = json_object();
    struct buffer id = {0};
    buffer_format(&id, "%s#%zu", hit->article->id ? hit->article->id : "", hit->passage);
    set(line, "rank", json_integer((json_int_t)hit->rank));
    set(line, "score", json_real(hit->score));
    set(line, "id", string_value(id.bytes));
    buffer_free(&id);
    json_t *passage = passage_value(hit);
    set(passage, "window", span_value(hit->window.start, hit->window.end));
    set(line, "passage", passage);
    if (hit->before_count || hit->after_count)
        set(line, "context", context_value(hit));
    set_facts(facts, hit->article);
    set(line, "article", facts);
    if (hit->copies)
        set(line, "copies", copies_value(hit));
    if (hit->saved) {
        set(line, "saved", string_value(hit->saved));
        set(line, "why", list_value(hit->why, hit->why_count));
    }
    line_write(out, line);
}

void json_write_text(struct buffer *out, const char *text, size_t length)
{
    json_t *value = text_value(text, length);
    json_dump_callback(value, dump_piece, out, JSON_ENCODE_ANY);
    json_decref(value);
}

void json_write_facet(struct buffer *out, const char *field, const char *value,
                      size_t articles)
{
    json_t *line = line_new("facet");
    set(line, "field", string_value(field));
    set(line, "value", string_value(value));
    set(line, "articles", json_integer((json_int_t)articles));
    line_write(out, line);
}

void json_write_pairs(struct buffer *out, const char *type,
                      const char *const pairs[][2], size_t count)
{
    json_t *line = line_new(type);
    for (size_t i = 0; i < count; i++)
        set(line, pairs[i][0], string_value(pairs[i][1]));
    line_write(out, line);
}
