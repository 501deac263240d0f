/* Valid UTF-8 goes in; words, sentences, folded and harmless text come out.
 * ASCII takes a table, the rest libunistring's. */
#include "common/text.h"

#include "common/language.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

/* ------------------------------------------------------------- characters */

uint32_t text_decode_long(const char *text, size_t length, size_t *size)
{
    ucs4_t character;
    int bytes = u8_mbtoucr(&character, (const uint8_t *)text, length);
    if (bytes <= 0) {
        *size = 1;
        return 0xfffd;
    }
    *size = (size_t)bytes;
    return character;
}

/* Eight bytes at a time: one has its high bit set when it is over 0x7f, and
 * gets it by the subtraction when it is 0. */
size_t text_ascii(const char *bytes, size_t length)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t at = 0;
    for (uint64_t eight; at + sizeof eight <= length; at += sizeof eight) {
        memcpy(&eight, bytes + at, sizeof eight);
        if ((eight | (eight - ones)) & (ones << 7))
            break;
    }
    while (at < length && (unsigned char)bytes[at] - 1u < 0x7f)
        at++;
    return at;
}

size_t text_encode(char *out, uint32_t character)
{
    int bytes = u8_uctomb((uint8_t *)out, character, 4);
    return bytes > 0 ? (size_t)bytes : text_encode(out, 0xfffd);
}

bool text_is_space_long(uint32_t c)
{
    return c == 0xa0 || c == 0x85 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

bool text_is_letter_long(uint32_t c)
{
    return uc_is_general_category_withtable(
        c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M);
}

bool text_is_digit_long(uint32_t c)
{
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Nd);
}

bool text_is_upper_long(uint32_t c)
{
    return uc_is_general_category_withtable(
        c, UC_CATEGORY_MASK_Lu | UC_CATEGORY_MASK_Lt);
}

/* Scripts written without spaces, and Hangul, whose particles stick to words:
 * Unicode blocks, in order. */
bool text_is_ideograph(uint32_t c)
{
    static const uint32_t ranges[][2] = {
        {0x0e00, 0x0eff},   {0x1000, 0x109f},   {0x1100, 0x11ff},
        {0x1780, 0x17ff},   {0x3005, 0x3007},   {0x3040, 0x30ff},
        {0x3130, 0x318f},   {0x31f0, 0x31ff},   {0x3400, 0x4dbf},
        {0x4e00, 0x9fff},   {0xac00, 0xd7af},   {0xf900, 0xfaff},
        {0xff66, 0xff9f},   {0x20000, 0x3ffff},
    };
    if (c < ranges[0][0])
        return false;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c <= ranges[i][1])
            return c >= ranges[i][0];
    return false;
}

bool text_is_invisible_long(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0) ||
           c == 0xad || c == 0x34f || c == 0x61c || c == 0x180e ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
           (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

bool text_is_valid(const char *bytes, size_t length)
{
    return !u8_check((const uint8_t *)bytes, length);
}

size_t text_boundary(const char *text, size_t length, size_t at)
{
    if (at >= length)
        return length;
    while (at && ((unsigned char)text[at] & 0xc0) == 0x80)
        at--;
    return at;
}

int text_columns(uint32_t c)
{
    if (c >= 0x20 && c < 0x7f)
        return 1;
    int width = uc_width(c, "UTF-8");
    return width < 0 ? 0 : width;
}

/* ---------------------------------------------------------------- folding */

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

static size_t fold_word(char *out, size_t room, const char *text, size_t length)
{
    if (run_is_plain(text, length))
        return fold_run(out, room, text, length);
    size_t composed_length;
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
        } else if (text_is_space_ascii(text[at])) {
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
    size_t squeezed;
    char *narrow = text_squeeze(arena, text, length, &squeezed);
    char *composed = NULL;
    size_t composed_length = squeezed;
    if (!run_is_plain(narrow, squeezed))
        composed = normal_form(narrow, squeezed, &composed_length);
    size_t room = 2 * composed_length + 5;
    char *out = arena_bytes(arena, room);
    out[fold_run(out, room - 1, composed ? composed : narrow, composed_length)] = '\0';
    squeeze_spaces(out);
    free(composed);
    return out;
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
        c = c == 0xf8 ? 'o' : c == 0x142 ? 'l' : c == 0x131 ? 'i' : c == 0x111 ? 'd' : c;
        wrote += text_encode(out + wrote, c);
    }
    out[wrote] = '\0';
    free(apart);
    return out;
}

/* ------------------------------------------------------------------ words */

static bool is_word_character(uint32_t c)
{
    if (c < 0x80)
        return text_is_letter(c) || text_is_digit(c);
    return uc_is_general_category_withtable(
               c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N) ||
           c == 0x200c || c == 0x200d || c == 0xad;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x02bc;
}

/* The character at `at`, or 0 at the end. */
static uint32_t peek(const char *text, size_t length, size_t at, size_t *size)
{
    *size = 0;
    return at < length ? text_decode(text + at, length - at, size) : 0;
}

static uint32_t peek_only(const char *text, size_t length, size_t at)
{
    size_t size;
    return peek(text, length, at, &size);
}

/* Letters from `at` on, counted up to three. */
static unsigned letters_at(const char *text, size_t length, size_t at)
{
    unsigned count = 0;
    for (size_t size; count < 3; at += size, count++) {
        uint32_t c = peek(text, length, at, &size);
        if (!size || !text_is_letter(c) || text_is_ideograph(c))
            break;
    }
    return count;
}

/* Does the mark c, between `before` and what stands at `next`, belong to the
 * word? Contractions and possessives stay whole ("don't", "people's"), elisions
 * part ("l'homme", "dell'arte", "O'Brien"); "1,000.5" and "AT&T" stay whole. */
static bool is_inside(uint32_t c, uint32_t before, unsigned letters,
                      const char *text, size_t length, size_t next)
{
    uint32_t after = peek_only(text, length, next);
    if (c == '.' || c == ',')
        return text_is_digit(before) && text_is_digit(after);
    if (c == '&')
        return text_is_upper(before) && text_is_upper(after);
    return is_apostrophe(c) && text_is_letter(before) && letters > 1 &&
           !text_is_ideograph(after) && letters_at(text, length, next) > 0 &&
           letters_at(text, length, next) < 3;
}

/* "U.S.", "e.g.": single letters with points between. The byte where it ends,
 * or 0 when none begins at `at`. */
static size_t initialism_end(const char *text, size_t length, size_t at)
{
    unsigned letters = 0;
    size_t end = 0;
    for (size_t size;; letters++) {
        uint32_t c = peek(text, length, at, &size);
        if (!size || !text_is_letter(c) || text_is_ideograph(c) ||
            is_word_character(peek_only(text, length, at + size)))
            break;
        end = at + size;
        if (peek_only(text, length, end) != '.') {
            letters++;
            break;
        }
        at = ++end;
    }
    return letters > 1 ? end : 0;
}

static size_t ideograph_end(const char *text, size_t length, size_t at)
{
    size_t size;
    peek(text, length, at, &size);
    for (at += size; at < length; at += size) {
        uint32_t c = peek(text, length, at, &size);
        if (c < 0x300 || !uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M))
            break;
    }
    return at;
}

/* The end of a word that begins at `at`; notes what it is made of. */
static size_t word_end(struct text_word *word, const char *text, size_t length,
                       size_t at)
{
    unsigned letters = 0, uppers = 0;
    uint32_t before = 0;
    for (size_t size; at < length; at += size) {
        uint32_t c = peek(text, length, at, &size);
        if (is_word_character(c) && !(c >= 0xe00 && text_is_ideograph(c))) {
            bool upper = text_is_upper(c);
            word->digit |= text_is_digit(c);
            word->capital |= !letters && upper;
            letters += text_is_letter(c);
            uppers += upper;
            before = c;
        } else if (!is_inside(c, before, letters, text, length, at + size)) {
            break;
        }
    }
    word->upper = uppers > 1 && uppers == letters;
    return at;
}

/* The folded term, without "'s" at its end, points of initialisms and commas
 * of numbers. */
static void term_fold(struct text_word *word, const char *text, bool initialism)
{
    size_t bytes = word->end - word->start;
    if (bytes > 4 * TEXT_TERM_BYTES)
        bytes = text_boundary(text + word->start, bytes, 4 * TEXT_TERM_BYTES);
    char folded[2 * 4 * TEXT_TERM_BYTES + 8];
    size_t length = fold_word(folded, sizeof folded, text + word->start, bytes);
    size_t wrote = 0;
    for (size_t i = 0; i < length; i++)
        if (!(initialism && folded[i] == '.') && !(word->digit && folded[i] == ','))
            folded[wrote++] = folded[i];
    if (wrote > 2 && !memcmp(folded + wrote - 2, "'s", 2))
        wrote -= 2;
    if (wrote >= TEXT_TERM_BYTES)
        wrote = text_boundary(folded, wrote, TEXT_TERM_BYTES - 1);
    memcpy(word->term, folded, wrote);
    word->term[wrote] = '\0';
    word->length = (uint8_t)wrote;
}

/* After `count` ASCII letters: may the word go on past the mark at `at`? */
static bool ends_unclear(const char *text, size_t length, size_t at, size_t count)
{
    unsigned char c = (unsigned char)text[at];
    if (c == '.' || c == ',')
        return count < 2 || (at + 1 < length && text[at + 1] > ' ');
    return c >= 0x80 || c == '\'' || c == '&';
}

/* ASCII letters, small, and digits; 0: any other byte. */
static const char word_bytes[256] = {
    ['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
    ['A'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm',
    'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
    ['a'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm',
    'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
};

/* The everyday case, on its own because nearly every word is one: ASCII
 * letters and digits, then a space or such. False: take the long way. */
static bool word_ascii(struct text_word *word, const char *text, size_t length)
{
    size_t at = word->start;
    unsigned letters = 0, uppers = 0, digits = 0;
    for (; at < length; at++) {
        char c = text[at], low = word_bytes[(unsigned char)c];
        if (!low)
            break;
        if (at - word->start >= TEXT_TERM_BYTES - 1)
            return false;
        uppers += c != low;
        digits += low <= '9';
        word->term[at - word->start] = low;
    }
    letters = (unsigned)(at - word->start) - digits;
    if (at < length && ends_unclear(text, length, at, at - word->start))
        return false;
    word->end = at;
    word->length = (uint8_t)(at - word->start);
    word->term[word->length] = '\0';
    word->digit = digits;
    word->capital = text[word->start] < 'a' && letters && !text_is_digit((unsigned char)text[word->start]);
    word->upper = uppers > 1 && uppers == letters;
    return true;
}

/* A character of a script without spaces, marks and all. */
static void word_ideograph(struct text_word *word, const char *text, size_t length)
{
    word->ideograph = true;
    word->end = ideograph_end(text, length, word->start);
    size_t before = word->start;
    do {
        if (!before)
            return;
        before = text_boundary(text, length, before - 1);
    } while (uc_is_general_category_withtable(peek_only(text, length, before),
                                              UC_CATEGORY_MASK_M));
    word->joined = text_is_ideograph(peek_only(text, length, before));
}

static void word_general(struct text_word *word, const char *text, size_t length)
{
    size_t initialism = 0;
    if (text_is_ideograph(peek_only(text, length, word->start))) {
        word_ideograph(word, text, length);
    } else {
        word->end = word_end(word, text, length, word->start);
        initialism = initialism_end(text, length, word->start);
        if (initialism > word->end)
            word->end = initialism;
        word->upper |= initialism && word->capital;
    }
    term_fold(word, text, initialism);
}

/* Where the next character of a word is, at or after `at`. */
static size_t word_start(const char *text, size_t length, size_t at)
{
    for (size_t size; at < length; at += size) {
        size = 1;
        if (word_bytes[(unsigned char)text[at]])
            break;
        if ((unsigned char)text[at] < 0x80)
            continue;
        uint32_t c = text_decode(text + at, length - at, &size);
        if (is_word_character(c) && !text_is_invisible(c))
            break;
    }
    return at;
}

bool text_word(struct text_word *word, const char *text, size_t length,
               size_t *at)
{
    while ((*at = word_start(text, length, *at)) < length) {
        *word = (struct text_word){.start = *at};
        if ((unsigned char)text[*at] >= 0x80 || !word_ascii(word, text, length)) {
            *word = (struct text_word){.start = *at};
            word_general(word, text, length);
        }
        *at = word->end;
        if (word->length)
            return true;
    }
    return false;
}

/* Past the ASCII word at `at`, or `at` where it is not clear that it is one. */
static size_t plain_word_end(const char *text, size_t length, size_t at)
{
    size_t end = at;
    while (end < length && word_bytes[(unsigned char)text[end]])
        end++;
    return end < length && ends_unclear(text, length, end, end - at) ? at : end;
}

/* Nearly every word is counted without being folded. */
size_t text_count(const char *text, size_t length)
{
    struct text_word word;
    size_t at = 0, count = 0;
    while ((at = word_start(text, length, at)) < length) {
        size_t end = plain_word_end(text, length, at);
        if (end == at && !text_word(&word, text, length, &end))
            break;
        at = end;
        count++;
    }
    return count;
}

/* -------------------------------------------------------------- sentences */

static bool is_full_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x61f ||
           c == 0x6d4 || c == 0x964 || c == 0x3002 || c == 0xff01 || c == 0xff1f;
}

static bool is_closing(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 ||
           c == 0x201d || c == 0xbb || c == 0x300d || c == 0x300f || c == 0x201c;
}

/* The point at `at` ends no sentence: an abbreviation, an initial, or the day
 * of a German date before its month. */
static bool point_is_inside(const char *text, size_t start, size_t at, size_t next,
                            size_t length, const struct language *language)
{
    size_t begin = at;
    while (begin > start && !text_is_space_ascii(text[begin - 1]) &&
           text[begin - 1] != '(' && at - begin < TEXT_TERM_BYTES)
        begin--;
    struct text_word word, following;
    size_t from = begin;
    if (!text_word(&word, text, at, &from))
        return false;
    if (word.end == at && word.start == begin && word.capital &&
        at - begin == 1 && text_is_upper((unsigned char)text[begin]))
        return true;
    if (memchr(text + begin, '.', at - begin) && word.length < 4)
        return !text_is_upper(peek_only(text, length, next)) || word.upper;
    if (text_list_has(language ? language->abbreviations : NULL, word.term))
        return true;
    from = next;
    return word.digit && word.length <= 2 &&
           text_word(&following, text, length, &from) &&
           language_month(NULL, following.term);
}

bool text_sentence(size_t *start, size_t *end, const char *text, size_t length,
                   size_t *at, const char *language)
{
    const struct language *row = language ? language_find(language) : NULL;
    size_t size, here = *at;
    while (here < length && text_is_space(peek(text, length, here, &size)))
        here += size;
    if (here >= length)
        return *at = length, false;
    *start = here;
    while (here < length) {
        uint32_t c = peek(text, length, here, &size);
        if (c == '\n')
            break;
        size_t stop = here;
        here += size;
        if (!is_full_stop(c))
            continue;
        while (here < length && (is_full_stop(c = peek(text, length, here, &size)) ||
                                 is_closing(c)))
            here += size;
        uint32_t last = peek_only(text, length, text_boundary(text, length, here - 1));
        bool wide = last >= 0x3000 && last < 0xffff;
        size_t next = here;
        while (next < length && (c = peek(text, length, next, &size)) != '\n' &&
               text_is_space(c))
            next += size;
        if (next == here && next < length && c != '\n' && !wide)
            continue;
        uint32_t following = peek_only(text, length, next);
        if (next < length && following < 0x80 && following >= 'a' && following <= 'z')
            continue;
        if (text[stop] == '.' &&
            point_is_inside(text, *start, stop, next, length, row))
            continue;
        break;
    }
    *at = here;
    while (here > *start) {
        size_t before = text_boundary(text, length, here - 1);
        if (!text_is_space(peek_only(text, length, before)))
            break;
        here = before;
    }
    *end = here;
    return true;
}

/* --------------------------------------------------------- safe to show */

char *text_repair(struct arena *arena, const char *bytes, size_t length,
                  size_t *repaired)
{
    struct buffer out = {0};
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t c = text_decode(bytes + at, length - at, &size);
        bool whole = c && (c != 0xfffd || size == 3);
        buffer_add(&out, whole ? bytes + at : "\xef\xbf\xbd", whole ? size : 3);
    }
    char *copy = arena_copy(arena, out.bytes, out.length);
    *repaired = out.length;
    buffer_free(&out);
    return copy;
}

static void escape_character(struct buffer *out, uint32_t c)
{
    static const char letters[] = "abtnvfr"; /* from \x07 on */
    if (c >= '\a' && c <= '\r')
        buffer_format(out, "\\%c", letters[c - '\a']);
    else if (c < 0x100)
        buffer_format(out, "\\x%02x", (unsigned)c);
    else
        buffer_format(out, "\\u{%x}", (unsigned)c);
}

void text_escape(struct buffer *out, const char *bytes, size_t length)
{
    size_t plain = 0; /* where the run of plain text began */
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t c = text_decode(bytes + at, length - at, &size);
        bool broken = c == 0xfffd && size == 1;
        if (!broken && c >= 0x20 && (c == 0x200c || c == 0x200d || !text_is_invisible(c)) &&
            c != 0x2028 && c != 0x2029)
            continue;
        buffer_add(out, bytes + plain, at - plain);
        escape_character(out, broken ? (unsigned char)bytes[at] : c);
        plain = at + size;
    }
    buffer_add(out, bytes + plain, length - plain);
}

/* ------------------------------------------------------------------ ASCII */

bool text_equal_ascii(const char *a, const char *b)
{
    while (*a && text_lower_ascii(*a) == text_lower_ascii(*b))
        a++, b++;
    return text_lower_ascii(*a) == text_lower_ascii(*b);
}

/* A place in a set of 1,024 bits for two letters, small or capital; others may
 * share it. */
static unsigned pair_bit(char first, char second)
{
    return (((unsigned char)first | 0x20u) * 33u + ((unsigned char)second | 0x20u)) & 1023;
}

const char *text_find_any(const char *text, size_t length, const char *const *needles)
{
    uint64_t begins[16] = {0}; /* the first two letters of a needle */
    for (const char *const *needle = needles; *needle; needle++) {
        unsigned bit = pair_bit((*needle)[0], (*needle)[1]);
        begins[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    for (const char *at = text, *end = text + length; end - at >= 2; at++) {
        unsigned bit = pair_bit(at[0], at[1]);
        if (!(begins[bit / 64] >> bit % 64 & 1))
            continue;
        char first = text_lower_ascii(*at);
        for (const char *const *needle = needles; *needle; needle++) {
            size_t wanted = **needle == first ? strlen(*needle) : SIZE_MAX;
            if (wanted <= (size_t)(end - at) && !strncasecmp(at, *needle, wanted))
                return at;
        }
    }
    return NULL;
}

const char *text_find_ascii(const char *text, size_t length, const char *needle)
{
    size_t wanted = strlen(needle);
    if (!wanted)
        return text;
    char first = text_lower_ascii(*needle);
    const char *end = length < wanted ? text : text + length - wanted + 1;
    for (const char *at = text; at < end; at++)
        if ((*at == first || text_lower_ascii(*at) == first) &&
            !strncasecmp(at, needle, wanted))
            return at;
    return NULL;
}

bool text_list_has(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; at && length && (at = strstr(at, word)); at += length)
        if ((at == list || at[-1] == ' ') && (!at[length] || at[length] == ' '))
            return true;
    return false;
}
