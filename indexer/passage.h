/* blocks -> passages. */
#ifndef INDEXER_PASSAGE_H
#define INDEXER_PASSAGE_H

#include "common/arena.h"

#include <dateline.h>

/* A passage is a paragraph, or neighbours joined to about 60 to 150 words, never
 * across a heading or a change of role; a paragraph of more than 200 words is
 * cut at sentence bounds, a sentence of more at a word's. They tile the body.
 * *out is in the arena; returns how many. language may be NULL. */
size_t passage_split(dateline_passage **out, struct arena *arena, const char *body,
                     const dateline_block *blocks, size_t count, const char *language);

#endif
