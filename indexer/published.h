/* metadata, tree and segments -> every date that may be the day of publication,
 * with where it came from, and the one that is. */
#ifndef INDEXER_PUBLISHED_H
#define INDEXER_PUBLISHED_H

#include "indexer/metadata.h"
#include "indexer/segment.h"

#include <dateline.h>

/* All candidates, best first, in the arena; returns how many. A day of
 * modification is never among them. title: as a reader sees it, or NULL. */
size_t published_read(const dateline_date **out, const struct metadata *metadata,
                      const struct segments *segments, const char *title);

#endif
