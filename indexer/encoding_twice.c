/* Somebody took the bytes of a character for windows-1252 or Latin-1, and made
 * each of them a character: "’" is e2 80 99, so "â", "€" or U+0080, "™" or
 * U+0099. Back, such a run of characters gives the bytes of exactly one. */
#include "indexer/encoding_twice.h"

#include "common/text.h"

#include <string.h>

/* The byte that is shown as this character, or 0. */
static unsigned char byte_of(uint32_t c)
{
    static const uint16_t from_80[] = { /* windows-1252 (WHATWG); 0: as Latin-1 */
        0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
        0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
        0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
        0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
    };
    if (c < 0x100)
        return c < 0x80 ? 0 : (unsigned char)c;
    for (unsigned i = 0; i < sizeof from_80 / sizeof *from_80; i++)
        if (from_80[i] == c)
            return (unsigned char)(0x80 + i);
    return 0;
}

/* A character, and the text that stands for it. */
struct twice {
    char bytes[4];
    size_t count; /* bytes of it, and so characters of the text */
    size_t length; /* of the text */
};

/* Does the text begin with one? Controls (U+0080 to U+009F) are none. */
static bool twice_read(struct twice *out, const char *text, size_t length)
{
    size_t size, wanted = 1;
    *out = (struct twice){0};
    while (out->count < wanted && out->length < length) {
        uint32_t c = text_decode(text + out->length, length - out->length, &size);
        unsigned char byte = byte_of(c);
        if (!out->count)
            wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        else if (byte < 0x80 || byte > 0xbf)
            return false;
        out->bytes[out->count++] = (char)byte;
        out->length += size;
    }
    return out->count == wanted && text_is_valid(out->bytes, wanted) &&
           memcmp(out->bytes, "\xc2\xa0", 2) >= 0;
}

/* The next one at or after *at, which moves to it; false at the end. They begin
 * with U+00C2 to U+00F4, and those with the byte c3. */
static bool twice_next(struct twice *out, size_t *at, const char *text, size_t length)
{
    const char *found;
    while ((found = memchr(text + *at, 0xc3, length - *at))) {
        *at = (size_t)(found - text);
        if (twice_read(out, found, length - *at))
            return true;
        ++*at;
    }
    return false;
}

static size_t count_beyond_ascii(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += (unsigned char)text[i] >= 0xc0;
    return count;
}

/* In good text they are chance, "É” -" in capitals, and others stand around. */
static bool is_certain(const char *text, size_t length)
{
    enum { LEAST = 2 };
    struct twice one;
    size_t count = 0, characters = 0;
    for (size_t at = 0; twice_next(&one, &at, text, length); at += one.length) {
        count++;
        characters += one.count;
    }
    return count >= LEAST && count > count_beyond_ascii(text, length) - characters;
}

size_t encoding_undo_twice(char *text, size_t length)
{
    struct twice one;
    size_t wrote = 0, from = 0;
    if (!is_certain(text, length))
        return length;
    for (size_t at = 0; twice_next(&one, &at, text, length); from = at) {
        memmove(text + wrote, text + from, at - from);
        wrote += at - from;
        memcpy(text + wrote, one.bytes, one.count);
        wrote += one.count;
        at += one.length;
    }
    memmove(text + wrote, text + from, length - from);
    return wrote + length - from;
}
