/* zlib's door: undoes gzip, bounded. */
#ifndef INDEXER_GZIP_H
#define INDEXER_GZIP_H

#include "common/arena.h"

#include <dateline.h>

bool gzip_is(const char *bytes, size_t length);

/* All members, one after another, into out. DATELINE_LIMIT for a bomb,
 * DATELINE_BAD_INPUT for damage; what came before it is in out. */
dateline_status gzip_read(struct buffer *out, const char *bytes, size_t length,
                          dateline_error *error);

#endif
