/* What a program says of itself and of others: one line each, and nothing that
 * came from outside reaches a terminal as a control character. */
#include "common/option_row.h"

#include "common/arena.h"
#include "common/text.h"

#include <stdarg.h>
#include <string.h>

void option_show(FILE *to, const char *text)
{
    struct buffer clean = {0};
    text_escape(&clean, text ? text : "", text ? strlen(text) : 0);
    fwrite(clean.bytes, 1, clean.length, to);
    buffer_free(&clean);
}

/* JSON is UTF-8 (RFC 8259), so bytes that are none become U+FFFD. */
void option_show_json(FILE *to, const char *text)
{
    if (!text) {
        fputs("null", to);
        return;
    }
    size_t length = strlen(text);
    putc('"', to);
    for (size_t i = 0, size; i < length; i += size) {
        char utf8[4];
        uint32_t c = text_decode(text + i, length - i, &size);
        if (c == '"' || c == '\\')
            fprintf(to, "\\%c", (char)c);
        else if (c < 0x20 || c == 0x7f)
            fprintf(to, "\\u%04x", (unsigned)c);
        else
            fwrite(utf8, 1, text_encode(utf8, c), to);
    }
    putc('"', to);
}

int option_fail(const struct option_program *program, const char *format, ...)
{
    char raw[4096];
    va_list args;
    va_start(args, format);
    vsnprintf(raw, sizeof raw, format, args);
    va_end(args);
    fprintf(stderr, "%s: ", program->name);
    option_show(stderr, raw);
    putc('\n', stderr);
    return 2;
}

int option_columns(const char *text, size_t length)
{
    int sum = 0;
    for (size_t i = 0, size; i < length; i += size)
        sum += text_columns(text_decode(text + i, length - i, &size));
    return sum;
}

void option_point(FILE *to, const char *text, size_t at)
{
    enum { BEFORE = 40, AFTER = 32 };
    size_t length = strlen(text);
    at = at < length ? text_boundary(text, length, at) : length;
    size_t begin = text_boundary(text, length, at > BEFORE ? at - BEFORE : 0);
    size_t rest = length - at < AFTER ? length : at + AFTER;
    size_t end = text_boundary(text, length, rest);
    struct buffer left = {0}, right = {0};
    if (begin)
        buffer_text(&left, "...");
    text_escape(&left, text + begin, at - begin);
    text_escape(&right, text + at, end - at);
    if (end < length)
        buffer_text(&right, "...");
    fprintf(to, "  %.*s%.*s\n  %*s^\n", (int)left.length,
            left.length ? left.bytes : "", (int)right.length,
            right.length ? right.bytes : "",
            option_columns(left.bytes, left.length), "");
    buffer_free(&left);
    buffer_free(&right);
}
