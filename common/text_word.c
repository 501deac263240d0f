/* Text goes in, words come out: nearly all are ASCII and take a table, the others
 * the long way. */
#include "common/text_part.h"

#include <string.h>
#include <unictype.h>

static bool is_word_character(uint32_t c)
{
    if (c < 0x80)
        return text_is_letter(c) || text_is_digit(c);
    return text_is_letter(c) || text_is_number_long(c) || c == 0x200c ||
           c == 0x200d || c == 0xad;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x02bc;
}

/* Letters from `at` on, counted up to three. */
static unsigned letters_at(const char *text, size_t length, size_t at)
{
    unsigned count = 0;
    for (size_t size; count < 3; at += size, count++) {
        uint32_t c = text_next(text, length, at, &size);
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
    uint32_t after = text_at(text, length, next);
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
        uint32_t c = text_next(text, length, at, &size);
        if (!size || !text_is_letter(c) || text_is_ideograph(c) ||
            is_word_character(text_at(text, length, at + size)))
            break;
        end = at + size;
        if (text_at(text, length, end) != '.') {
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
    text_next(text, length, at, &size);
    for (at += size; at < length; at += size) {
        uint32_t c = text_next(text, length, at, &size);
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
        uint32_t c = text_next(text, length, at, &size);
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
    size_t length = text_fold_word(folded, sizeof folded, text + word->start,
                                   bytes);
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
    word->capital = letters && text_is_upper((unsigned char)text[word->start]);
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
    } while (uc_is_general_category_withtable(text_at(text, length, before),
                                              UC_CATEGORY_MASK_M));
    word->joined = text_is_ideograph(text_at(text, length, before));
}

static void word_general(struct text_word *word, const char *text, size_t length)
{
    size_t initialism = 0;
    if (text_is_ideograph(text_at(text, length, word->start))) {
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
