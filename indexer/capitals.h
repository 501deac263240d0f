/* Runs of capitalised words -> labels, by what stands in and before them. */
#ifndef INDEXER_CAPITALS_H
#define INDEXER_CAPITALS_H

#include "indexer/label.h"
#include "indexer/token.h"

/* Adds labels by DATELINE_BY_LIST; weak ones where only the capitals speak for
 * a name. nouns: the language writes every noun with a capital. */
void capitals_find(struct labels *labels, const struct tokens *tokens,
                   const char *text, bool nouns);

#endif
