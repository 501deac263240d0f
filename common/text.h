/* The one tokeniser: words with byte offsets, for indexing, asking and matching
 * alike, so that a highlighted range is exactly what was indexed. Also
 * sentences, folding, and making any text safe to show.
 *
 * Everything here takes valid UTF-8 except text_repair and text_escape. */
#ifndef COMMON_TEXT_H
#define COMMON_TEXT_H

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A word: a run of letters, digits and marks. An apostrophe, or a point or
 * comma between digits, or the points of "U.S.", stay inside; hyphens part.
 * Chinese, Japanese, Thai, Lao, Khmer and Burmese have no spaces: there each
 * character is a word, `joined` when it follows its neighbour directly (the
 * index then also holds the pair as one term). */
enum { TEXT_TERM_BYTES = 64 };

struct text_word {
    size_t start, end;           /* bytes of the text */
    char term[TEXT_TERM_BYTES];  /* folded, not stemmed, ended by NUL */
    uint8_t length;              /* of term; longer words are cut there */
    bool ideograph;              /* a character without spaces around it */
    bool joined;                 /* follows an ideograph directly */
    bool capital;                /* its first letter is upper case */
    bool upper;                  /* all its letters are, and there are two */
    bool digit;                  /* holds a digit */
};

/* The first word at or after *at; false at the end. Moves *at past it. */
bool text_word(struct text_word *word, const char *text, size_t length,
               size_t *at);

/* Words of the text, ideographs counted one each. */
size_t text_count(const char *text, size_t length);

/* The first sentence at or after *at, without white space around; false at the
 * end. A full stop after an abbreviation of the language ("Dr.", "z.", "No.")
 * or an initial ends none; a newline always does. language may be NULL. */
bool text_sentence(size_t *start, size_t *end, const char *text, size_t length,
                   size_t *at, const char *language);

/* Folds for comparing: NFKC, full case folding, typographic quotes and dashes
 * to ASCII, Arabic and Persian letter variants to one form, without harakat,
 * tatweel, soft hyphens, zero-width characters and direction marks. White
 * space becomes one space each and is cut at both ends. In the arena. */
char *text_fold(struct arena *arena, const char *text, size_t length);
/* The same, diacritics dropped too: for names in lists and aliases. */
char *text_fold_marks(struct arena *arena, const char *text, size_t length);

/* One code point at text, its length in bytes in *size (1 and U+FFFD for a byte
 * that is not UTF-8; length > 0). Nearly all text is ASCII, so that case is
 * decided where it is asked; text_decode_long takes the rest. */
uint32_t text_decode_long(const char *text, size_t length, size_t *size);
static inline uint32_t text_decode(const char *text, size_t length, size_t *size)
{
    unsigned char first = (unsigned char)*text;
    if (first >= 0x80)
        return text_decode_long(text, length, size);
    *size = 1;
    return first;
}

/* How many bytes from the front are ASCII, but for NUL. */
size_t text_ascii(const char *bytes, size_t length);

/* Writes the UTF-8 of a code point, returns its length, at most 4. */
size_t text_encode(char *out, uint32_t character);

/* As with text_decode, what is beyond ASCII is asked of the ..._long ones. */
bool text_is_space_long(uint32_t character);
bool text_is_letter_long(uint32_t character);
bool text_is_digit_long(uint32_t character);
bool text_is_upper_long(uint32_t character);
bool text_is_invisible_long(uint32_t character);

/* Unicode white space, NBSP too. */
static inline bool text_is_space(uint32_t c)
{
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : text_is_space_long(c);
}

/* Letters and marks. */
static inline bool text_is_letter(uint32_t c)
{
    return c < 0x80 ? (c | 0x20) - 'a' < 26 : text_is_letter_long(c);
}

static inline bool text_is_digit(uint32_t c)
{
    return c < 0x80 ? c - '0' < 10 : text_is_digit_long(c);
}

static inline bool text_is_upper(uint32_t c)
{
    return c < 0x80 ? c - 'A' < 26 : text_is_upper_long(c);
}

/* Never shown: soft hyphen, zero-width, direction marks, BOM, controls. */
static inline bool text_is_invisible(uint32_t c)
{
    return (c < 0x20 || c >= 0x7f) && text_is_invisible_long(c);
}

bool text_is_ideograph(uint32_t character); /* scripts without spaces */

/* Nothing but white space. */
bool text_is_blank(const char *text, size_t length);

/* True when every byte belongs to well-formed UTF-8 (RFC 3629). */
bool text_is_valid(const char *bytes, size_t length);

/* Copies, each ill-formed sequence and each NUL replaced by U+FFFD. */
char *text_repair(struct arena *arena, const char *bytes, size_t length,
                  size_t *repaired);

/* White space runs to one space, cut at both ends, invisible characters dropped
 * but for joiners where they are spelling. In the arena; *squeezed is the new
 * length (may be NULL). */
char *text_squeeze(struct arena *arena, const char *text, size_t length,
                   size_t *squeezed);

/* For terminals and messages: controls, escapes, direction marks and invisible
 * characters as visible escapes (\n \t \x1b \u{202e}), other bytes that are not
 * UTF-8 as \xff. Plain text passes untouched. Appends. */
void text_escape(struct buffer *out, const char *bytes, size_t length);

/* Columns on a terminal: 0 for marks, 2 for wide characters, else 1. */
int text_columns(uint32_t character);

/* Moves at back or forth to a character's first byte. */
size_t text_boundary(const char *text, size_t length, size_t at);

/* Is word, which holds no space, one of those in the list, which are parted by
 * one space? The list may be NULL. */
bool text_list_has(const char *list, const char *word);

#endif
