/* Rows: what Dateline knows of each language. Adding one is one row. */
#ifndef COMMON_LANGUAGE_H
#define COMMON_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct language {
    const char *code;    /* ISO 639-1 */
    const char *name;    /* in English */
    const char *stemmer; /* Xapian's name of it, or "none" */
    bool day_first;      /* 3/4/2021 is 3 April */
    /* Space-separated, folded as text_word folds, points dropped. */
    const char *stop_words;
    const char *months[12];    /* all forms, genitives and short ones: "jan january";
                                  a name of two words has a line between */
    const char *weekdays;      /* all forms */
    const char *abbreviations; /* before a full stop that ends no sentence */
    const char *bylines;       /* what stands before an author: "by von par";
                                  two words have a line between */
};

/* The row of "en", "en-GB", "EN_us"; NULL when there is none. */
const struct language *language_find(const char *code);

/* All rows, and how many. */
const struct language *language_all(size_t *count);

/* word: folded, as text_word gives it. */
bool language_is_stop_word(const struct language *language, const char *word);

/* The languages whose stop word it is: bit i stands for row i. */
uint64_t language_stop_word_rows(const char *word);

/* Is it the name of a weekday, in any language? word: folded. */
bool language_is_weekday(const char *word);

/* 1 to 12 for a folded month name of the language (NULL: of any), else 0. */
int language_month(const struct language *language, const char *word);

#endif
