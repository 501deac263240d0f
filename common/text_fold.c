/* Text goes in; the same comes out in the form in which texts are compared, or
 * with the white space and without the characters that nobody sees. */
#include "common/text_part.h"

#include "common/ascii.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* Arabic and Persian write one letter in several ways; digits of all scripts
 * are the same digits; quotes and dashes are typography. */
static uint32_t fold_variant(uint32_t c)
{
    switch (c) {
    case 0x0622: case 0x0623: case 0x0625: case 0x0671: return 0x0627;
    case 0x0649: case 0x06cc: case 0x06d2: return 0x064a;
    case 0x06a9: return 0x0643;
    case 0x0629: case 0x06c0: case 0x06c1: case 0x06d5: return 0x0647;
    case 0x2018: case 0x2019: case 0x201a: case 0x201b: case 0x2032: case 0x02bc:
    case 0x00b4: case 0x0060: return '\'';
    case 0x201c: case 0x201d: case 0x201e: case 0x201f: case 0x2033: case 0x00ab:
    case 0x00bb: case 0x300c: case 0x300d: return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015:
    case 0x2212: return '-';
    case 0x03c2: return 0x03c3;
    default: break;
    }
    if (text_is_digit(c))
        return '0' + (uint32_t)uc_decimal_value(c);
    return c;
}

/* Harakat, and the stroke that only stretches a word. */
static bool is_arabic_ornament(uint32_t c)
{
    return (c >= 0x064b && c <= 0x065f) || c == 0x0670 || c == 0x0640;
}

/* Characters that NFKC or canonical composition may change. The others of
 * everyday Latin, Greek, Cyrillic, Arabic and Chinese text keep their form. */
static bool needs_normal_form(uint32_t c)
{
    static const uint32_t ranges[][2] = {
        {0x00a8, 0x00aa}, {0x00af, 0x00af}, {0x00b2, 0x00b5}, {0x00b8, 0x00ba},
        {0x00bc, 0x00be}, {0x0132, 0x0133}, {0x013f, 0x0140}, {0x0149, 0x0149},
        {0x017f, 0x017f}, {0x01c4, 0x01cc}, {0x01f1, 0x01f3}, {0x02b0, 0x02b8},
        {0x0300, 0x036f}, {0x0653, 0x0655}, {0x0675, 0x0678}, {0x093c, 0x093c},
        {0x0e33, 0x0e33}, {0x0eb3, 0x0eb3}, {0x1100, 0x11ff}, {0x1e9a, 0x1e9b},
        {0x2002, 0x200a}, {0x2024, 0x2026}, {0x2070, 0x218f}, {0x2460, 0x24ff},
        {0x2e80, 0x2fdf}, {0x3099, 0x309c}, {0x30ff, 0x30ff}, {0x3131, 0x33ff},
        {0xf900, 0xffef}, {0x1d400, 0x1d7ff}, {0x2f800, 0x2fa1f},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c <= ranges[i][1])
            return c >= ranges[i][0];
    return false;
}

static char fold_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == '`' ? '\'' : c;
}

/* Appends the folded form of one character beyond ASCII to out, which has room
 * for it. */
static size_t fold_character(char *out, uint32_t c)
{
    if (c == 0xdf || c == 0x1e9e) {
        memcpy(out, "ss", 2);
        return 2;
    }
    if (is_arabic_ornament(c) || text_is_invisible(c))
        return 0;
    return text_encode(out, fold_variant(uc_tolower(c)));
}

/* Folds length bytes into out, which has room for 2 * length + 4 bytes unless
 * the slow path is taken; that one writes at most `room`. */
static size_t fold_run(char *out, size_t room, const char *text, size_t length)
{
    size_t wrote = 0;
    for (size_t at = 0, size; at < length && wrote + 4 <= room; at += size) {
        if ((unsigned char)text[at] < 0x80)
            out[wrote++] = fold_ascii(text[at]), size = 1;
        else
            wrote += fold_character(out + wrote,
                                    text_decode(text + at, length - at, &size));
    }
    return wrote;
}

static bool run_is_plain(const char *text, size_t length)
{
    for (size_t at = text_ascii(text, length), size; at < length; at += size) {
        uint32_t c = text_decode(text + at, length - at, &size);
        if (c >= 0x80 && needs_normal_form(c))
            return false;
    }
    return true;
}

/* The composed compatibility form; NULL when memory is short. free() it. */
static char *normal_form(const char *text, size_t length, size_t *result)
{
    return (char *)u8_normalize(UNINORM_NFKC, (const uint8_t *)text, length, NULL,
                                result);
}

/* What becomes of the characters of two bytes, looked up once: one character of
 * at most two bytes, or 0 where it is not as simple as that. */
enum { KNOWN = 0x800 };

static uint16_t known[KNOWN];
static pthread_once_t known_once = PTHREAD_ONCE_INIT;

static void known_fill(void)
{
    for (uint32_t c = 0x80; c < KNOWN; c++) {
        char bytes[8];
        size_t size, length = fold_character(bytes, c);
        if (length && !needs_normal_form(c) && c != 0xdf) {
            uint32_t folded = text_decode(bytes, length, &size);
            known[c] = folded < KNOWN ? (uint16_t)folded : 0;
        }
    }
}

/* Han and Hangul but for the blocks at their edges, where all stay as they are. */
static bool is_kept(unsigned char first)
{
    return (first >= 0xe4 && first <= 0xe9) || first == 0xeb || first == 0xec;
}

/* Folds into out, which is as long as text, what is simple; *wrote bytes. False
 * where something is not: then out says nothing. */
static bool fold_simple(char *out, size_t *wrote, const char *text,
                        size_t length)
{
    size_t to = 0;
    pthread_once(&known_once, known_fill);
    for (size_t at = 0, size; at < length; at += size) {
        unsigned char first = (unsigned char)text[at];
        size = 1;
        if (first < 0x80) {
            out[to++] = fold_ascii(text[at]);
            continue;
        }
        uint32_t c = text_decode(text + at, length - at, &size);
        if (size == 3 && is_kept(first)) {
            memcpy(out + to, text + at, size);
            to += size;
        } else if (c < KNOWN && known[c] >= 0x80) {
            out[to++] = (char)(0xc0 | known[c] >> 6);
            out[to++] = (char)(0x80 | (known[c] & 0x3f));
        } else if (c < KNOWN && known[c]) {
            out[to++] = (char)known[c];
        } else {
            return false;
        }
    }
    *wrote = to;
    return true;
}

size_t text_fold_word(char *out, size_t room, const char *text, size_t length)
{
    size_t composed_length, simple;
    if (length <= room && fold_simple(out, &simple, text, length))
        return simple;
    if (run_is_plain(text, length))
        return fold_run(out, room, text, length);
    char *composed = normal_form(text, length, &composed_length);
    if (!composed)
        return fold_run(out, room, text, length);
    size_t wrote = fold_run(out, room, composed, composed_length);
    free(composed);
    return wrote;
}

/* Joiners are spelling after Arabic and Indic letters, and part of pictures:
 * "می‌خواهم", a family of three. */
static bool is_joiner_after(uint32_t c, uint32_t before)
{
    return (c == 0x200c || c == 0x200d) &&
           ((before >= 0x600 && before < 0x2000) || before >= 0x2600);
}

/* Printable and no space: nearly every byte of a text. */
static bool is_ascii_ink(char byte)
{
    return (unsigned char)byte - 0x21u < 0x5e;
}

char *text_squeeze(struct arena *arena, const char *text, size_t length,
                   size_t *squeezed)
{
    char *out = arena_bytes(arena, length + 1);
    size_t wrote = 0;
    bool space = false;
    uint32_t before = 0;
    for (size_t at = 0, size; at < length; at += size) {
        for (; at < length && is_ascii_ink(text[at]) && !space; at++)
            before = (unsigned char)(out[wrote++] = text[at]);
        if (at == length)
            break;
        uint32_t c = text_decode(text + at, length - at, &size);
        if (text_is_space(c)) {
            space = wrote > 0;
            before = c;
        } else if (!text_is_invisible(c) || is_joiner_after(c, before)) {
            before = c;
            if (space)
                out[wrote++] = ' ';
            space = false;
            memcpy(out + wrote, text + at, size);
            wrote += size;
        }
    }
    out[wrote] = '\0';
    if (squeezed)
        *squeezed = wrote;
    return out;
}

/* A compatibility form may begin with a space of its own ("´" is one with an
 * accent), and between spaces may have stood only what folding drops: one space
 * between words again, none at the ends. */
static void squeeze_spaces(char *text)
{
    char *out = text;
    for (const char *at = text; *at; at++)
        if (*at != ' ' || (out > text && out[-1] != ' '))
            *out++ = *at;
    if (out > text && out[-1] == ' ')
        out--;
    *out = '\0';
}

/* Text that is ASCII throughout is squeezed and folded in one go. */
static char *fold_plain(struct arena *arena, const char *text, size_t length)
{
    char *out = arena_bytes(arena, length + 1);
    size_t wrote = 0;
    bool space = false;
    for (size_t at = 0; at < length; at++) {
        if (is_ascii_ink(text[at])) {
            if (space)
                out[wrote++] = ' ';
            space = false;
            out[wrote++] = fold_ascii(text[at]);
        } else if (ascii_is_space(text[at])) {
            space = wrote > 0;
        }
    }
    out[wrote] = '\0';
    return out;
}

char *text_fold(struct arena *arena, const char *text, size_t length)
{
    if (text_ascii(text, length) == length)
        return fold_plain(arena, text, length);
    size_t squeezed, simple;
    char *narrow = text_squeeze(arena, text, length, &squeezed);
    char *composed = NULL;
    if (fold_simple(narrow, &simple, narrow, squeezed)) {
        narrow[simple] = '\0';
        squeeze_spaces(narrow);
        return narrow;
    }
    size_t composed_length = squeezed;
    if (!run_is_plain(narrow, squeezed))
        composed = normal_form(narrow, squeezed, &composed_length);
    size_t room = 2 * composed_length + 5;
    char *out = arena_bytes(arena, room);
    size_t wrote = fold_run(out, room - 1, composed ? composed : narrow,
                            composed_length);
    out[wrote] = '\0';
    squeeze_spaces(out);
    free(composed);
    return out;
}

/* Letters whose mark is part of them, so that no normal form takes it off:
 * ø, ł, đ, and the i without a dot. */
static uint32_t without_stroke(uint32_t c)
{
    return c == 0xf8    ? 'o'
           : c == 0x142 ? 'l'
           : c == 0x131 ? 'i'
           : c == 0x111 ? 'd'
                        : c;
}

char *text_fold_marks(struct arena *arena, const char *text, size_t length)
{
    char *folded = text_fold(arena, text, length);
    size_t folded_length = strlen(folded), apart_length;
    size_t plain = 0;
    while (plain < folded_length && !((unsigned char)folded[plain] & 0x80))
        plain++;
    if (plain == folded_length)
        return folded;
    char *apart = (char *)u8_normalize(UNINORM_NFKD, (const uint8_t *)folded,
                                       folded_length, NULL, &apart_length);
    if (!apart)
        return folded;
    char *out = arena_alloc(arena, apart_length + 1);
    size_t wrote = 0;
    for (size_t at = 0, size; at < apart_length; at += size) {
        uint32_t c = text_decode(apart + at, apart_length - at, &size);
        if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Mn))
            continue;
        wrote += text_encode(out + wrote, without_stroke(c));
    }
    out[wrote] = '\0';
    free(apart);
    return out;
}
