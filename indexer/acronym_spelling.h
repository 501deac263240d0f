/* How well words spell a short form, and where its long form begins. */
#ifndef INDEXER_ACRONYM_SPELLING_H
#define INDEXER_ACRONYM_SPELLING_H

#include "indexer/acronym_window.h"

enum { ACRONYM_LETTERS = 12 /* of a short form, that count */ };

/* What letters a short form wants spelt, folded. */
struct acronym_letters {
    char of[ACRONYM_LETTERS + 1];
    size_t count, capitals;
};

/* The first part of the long form, or window->count when there is none. letters
 * may come back with their digits read ("B3W" as "bbbw"). */
size_t acronym_long_start(const struct acronym_window *window,
                          struct acronym_letters *letters);

/* Does the long form fill the window but for a leading "the"? */
bool acronym_fills(const struct acronym_window *window,
                   struct acronym_letters *letters);

#endif
