/* A file of lines goes in; pieces of whole lines come out, about a MiB each, so
 * that many readers can share one file of any length. gzip is undone. */
#ifndef INDEXER_LINES_H
#define INDEXER_LINES_H

#include "common/arena.h"

#include <dateline.h>

struct lines;

/* Takes fd over, also on failure. */
dateline_status lines_open(struct lines **out, int fd, dateline_error *error);

struct lines_piece {
    const char *bytes; /* borrowed until the next call */
    size_t length;     /* 0: the end */
    uint64_t line;     /* number of the first line, from 1 */
};

/* DATELINE_LIMIT: the line piece->line is too long and was passed over; go on.
 * DATELINE_STOPPED: no line came for a short while; call again to wait on.
 * DATELINE_IO, _BAD_INPUT: the rest cannot be read. */
dateline_status lines_next(struct lines_piece *piece, struct lines *lines,
                           dateline_error *error);
void lines_close(struct lines *lines);

#endif
