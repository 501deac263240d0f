/* zlib's door: undoes gzip, bounded. */
#ifndef INDEXER_GZIP_H
#define INDEXER_GZIP_H

#include "common/arena.h"

#include <dateline.h>

bool gzip_is(const char *bytes, size_t length);

/* All members of bytes, one after another, into out. DATELINE_LIMIT for a bomb,
 * DATELINE_BAD_INPUT for damage; what came before it is in out. */
dateline_status gzip_read(struct buffer *out, const char *bytes, size_t length,
                          dateline_error *error);

/* The same as it comes out of a file, which need not be gzip at all. Takes fd
 * over, also on failure. */
struct gzip_stream;
dateline_status gzip_open(struct gzip_stream **out, int fd,
                          dateline_error *error);

/* *length is 0 at the end. DATELINE_STOPPED: nothing came for a short while, or
 * a signal did; call again to wait on. */
dateline_status gzip_next(size_t *length, struct gzip_stream *stream, char *out,
                          size_t room, dateline_error *error);
void gzip_close(struct gzip_stream *stream);

#endif
