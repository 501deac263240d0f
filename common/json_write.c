/* Whether a comma is due shows in the last byte: a value ends in none of those
 * that stand before the first. Real numbers are jansson's. */
#include "common/json_write.h"

#include "common/text.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/* ---------------------------------------------------------------- scalars */

/* Control characters, DEL too: JSON lets it pass, terminals do not. */
static void escape(struct buffer *out, unsigned char byte)
{
    static const char letters[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                   ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'};
    char letter = byte < sizeof letters ? letters[byte] : '\0';
    if (letter)
        buffer_add(out, (char[]){'\\', letter}, 2);
    else
        buffer_format(out, "\\u%04x", byte);
}

static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f;
}

/* text: valid UTF-8 */
static void quote_valid(struct buffer *out, const char *text, size_t length)
{
    size_t plain = 0; /* where the stretch of plain bytes began */
    buffer_byte(out, '"');
    for (size_t at = 0; at < length; at++) {
        if (is_plain((unsigned char)text[at]))
            continue;
        buffer_add(out, text + plain, at - plain);
        escape(out, (unsigned char)text[at]);
        plain = at + 1;
    }
    buffer_add(out, text + plain, length - plain);
    buffer_byte(out, '"');
}

static void quote(struct buffer *out, const char *text, size_t length)
{
    if (text_is_valid(text, length)) {
        quote_valid(out, text, length);
        return;
    }
    struct arena arena = ARENA_INIT;
    size_t repaired;
    const char *whole = text_repair(&arena, text, length, &repaired);
    quote_valid(out, whole, repaired);
    arena_release(&arena);
}

static int dump_piece(const char *bytes, size_t length, void *out)
{
    buffer_add(out, bytes, length);
    return 0;
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
    buffer_decimal(out, value);
}

void json_add_real(struct buffer *out, const char *key, double value)
{
    enum { DIGITS = 7 };
    begin(out, key);
    json_t *real = isfinite(value) ? json_real(value) : json_null();
    json_dump_callback(real, dump_piece, out, JSON_ENCODE_ANY | JSON_REAL_PRECISION(DIGITS));
    json_decref(real);
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
