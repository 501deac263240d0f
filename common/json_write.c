/* Whether a comma is due shows in the last byte: a value ends in none of those
 * that stand before the first. Scalars are jansson's. */
#include "common/json_write.h"

#include "common/text.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

/* ---------------------------------------------------------------- scalars */

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

static void dump(struct buffer *out, json_t *value)
{
    enum { DIGITS = 7 };
    json_dump_callback(value, dump_piece, out,
                       JSON_ENCODE_ANY | JSON_REAL_PRECISION(DIGITS));
    json_decref(value);
}

static void quote(struct buffer *out, const char *text, size_t length)
{
    if (text_is_valid(text, length)) {
        dump(out, json_stringn_nocheck(text, length));
        return;
    }
    struct arena arena = ARENA_INIT;
    size_t repaired;
    const char *whole = text_repair(&arena, text, length, &repaired);
    dump(out, json_stringn_nocheck(whole, repaired));
    arena_release(&arena);
}

/* --------------------------------------------------------------- structure */

/* What comes before a value: a comma unless it is the first, and its name. */
static void begin(struct buffer *out, const char *key)
{
    char last = out->length ? out->bytes[out->length - 1] : '\n';
    if (!strchr("{[\n", last))
        buffer_byte(out, ',');
    if (key) {
        quote(out, key, strlen(key));
        buffer_byte(out, ':');
    }
}

void json_open(struct buffer *out, const char *key, char bracket)
{
    begin(out, key);
    buffer_byte(out, bracket);
}

void json_close(struct buffer *out, char bracket)
{
    buffer_byte(out, bracket);
}

void json_add_text(struct buffer *out, const char *key, const char *text,
                   size_t length)
{
    begin(out, key);
    quote(out, text, length);
}

void json_add_string(struct buffer *out, const char *key, const char *string)
{
    begin(out, key);
    if (string)
        quote(out, string, strlen(string));
    else
        buffer_text(out, "null");
}

void json_add_integer(struct buffer *out, const char *key, uint64_t value)
{
    begin(out, key);
    buffer_format(out, "%" PRIu64, value);
}

void json_add_real(struct buffer *out, const char *key, double value)
{
    begin(out, key);
    dump(out, isfinite(value) ? json_real(value) : json_null());
}

void json_add_truth(struct buffer *out, const char *key, bool value)
{
    begin(out, key);
    buffer_text(out, value ? "true" : "false");
}

void json_line_open(struct buffer *out, const char *type)
{
    json_open(out, NULL, '{');
    json_add_integer(out, "v", 1);
    json_add_string(out, "type", type);
}

void json_line_close(struct buffer *out)
{
    json_close(out, '}');
    buffer_byte(out, '\n');
}
