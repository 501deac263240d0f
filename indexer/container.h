/* segments -> the element that holds the article's good paragraphs. */
#ifndef INDEXER_CONTAINER_H
#define INDEXER_CONTAINER_H

#include "indexer/segment.h"

/* linked: per segment, is it in the text that the linked data gives? Such ones
 * weigh threefold. The body where there is no good paragraph. */
const struct node *container_find(struct arena *arena, const struct tree *tree,
                                  const struct segments *segments, const bool *linked);

#endif
