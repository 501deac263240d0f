/* JSON bytes go in, our own small tree comes out; jansson does the reading. */
#include "common/json.h"

#include "common/ascii.h"
#include "common/error.h"

#include <jansson.h>
#include <string.h>

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
            while (next < end && ascii_is_space(*next))
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
