/* segments -> the blocks that are the article. */
#ifndef INDEXER_CONTENT_H
#define INDEXER_CONTENT_H

#include "indexer/metadata.h"
#include "indexer/segment.h"

#include <dateline.h>

struct content {
    const char *body; /* blocks, one newline between them */
    size_t length;
    dateline_block *blocks;
    size_t block_count;
};

/* title: of the page, or NULL; it is left out of the body. Marks the segments
 * that were not chosen by weight 0. *out is empty when there is no text. */
void content_find(struct content *out, struct arena *arena,
                  const struct metadata *metadata, struct segments *segments,
                  const char *title);

#endif
