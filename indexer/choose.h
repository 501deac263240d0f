/* Labels that overlap -> those that stay. */
#ifndef INDEXER_CHOOSE_H
#define INDEXER_CHOOSE_H

#include "indexer/label.h"

/* Cuts "the", quotes and 's off the labels of names, then keeps the best of
 * every overlap: addresses and document numbers, then aliases, then figures and
 * dates, then the tagger's, then the lists', then weak ones. Sorted, none
 * overlaps another. n log n for the sort, else linear. */
void choose_labels(struct labels *labels, const char *text, size_t length);

#endif
