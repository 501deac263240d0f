/* metadata, tree and segments -> who wrote it. */
#ifndef INDEXER_AUTHOR_H
#define INDEXER_AUTHOR_H

#include "indexer/metadata.h"
#include "indexer/segment.h"

/* Names in order, without "By", titles of office and the site itself. Returns
 * how many; *out is in the arena. */
size_t author_read(const char *const **out, const struct metadata *metadata,
                   const struct segments *segments);

#endif
