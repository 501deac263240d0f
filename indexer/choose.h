/* Labels that overlap -> those that stay. */
#ifndef INDEXER_CHOOSE_H
#define INDEXER_CHOOSE_H

#include "indexer/label.h"

/* Cuts "the", quotes and 's off the labels of names, then keeps the best of
 * every overlap: addresses and document numbers, then aliases, then figures and
 * dates, then names. taught: the text is in the language that the tagger was
 * taught in; then its word on names is the last. Elsewhere definitions and lists
 * come before it. Acronyms joined by slashes are of one kind. Sorted, none
 * overlaps another. n log n for the sort, else linear. */
void choose_labels(struct labels *labels, const char *text, size_t length,
                   bool taught);

#endif
