/* The words before a bracket, as an acronym may be made of them. */
#ifndef INDEXER_ACRONYM_WINDOW_H
#define INDEXER_ACRONYM_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ACRONYM_PARTS = 32 /* words before the bracket, hyphens split */ };

/* A word, or a piece of one between hyphens. */
struct acronym_part {
    size_t start, end; /* bytes of the text, without marks */
    char folded[32];   /* letters and digits only */
    size_t length;     /* of folded */
    bool first;        /* of its word, not after a hyphen */
    bool capital;
    bool stop;         /* "of", "the", "and": may be skipped */
    bool joins;        /* may stand inside a name: "of", not "by" */
    bool possessive;   /* ends with 's */
    bool comma;        /* a comma follows */
};

struct acronym_window {
    struct acronym_part parts[ACRONYM_PARTS];
    size_t count;
};

/* Where the words that may be a long form begin: after the last newline, bracket
 * or sentence end before the bracket, and not before `from`; a few hundred bytes
 * are looked at. */
size_t acronym_window_start(const char *text, size_t from, size_t bracket);

/* The last words of text[start, end). */
void acronym_window_read(struct acronym_window *window, const char *text,
                         size_t start, size_t end);

/* Fills folded and length from start and end. */
void acronym_part_fold(struct acronym_part *part, const char *text);

bool acronym_tells_name(const struct acronym_part *part); /* "Ministry" */
bool acronym_is_title(const struct acronym_part *part);   /* "Director" */
bool acronym_is_owner(const struct acronym_part *part);   /* "People's" */

/* Does text[start, end) end with 's? */
bool acronym_is_possessive(const char *text, size_t start, size_t end);
/* The character at `at` is no letter, digit or "&"; its length in *size. */
bool acronym_is_mark(const char *text, size_t at, size_t end, size_t *size);
/* Where the character that ends at `at` begins. */
size_t acronym_before(const char *text, size_t at);

#endif
