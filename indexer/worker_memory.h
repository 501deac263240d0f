/* A reader's own watch over what all readers hold together: every few
 * milliseconds of a job it weighs itself. When the sum is too much, the largest but
 * the one with the eldest job gives up its place, and is started again by the
 * parent; the eldest gives up its page when it is too much by itself. */
#ifndef INDEXER_WORKER_MEMORY_H
#define INDEXER_WORKER_MEMORY_H

#include "indexer/worker_wire.h"

/* How a reader ends: it made room for others, or its page needs too much. */
enum { EXIT_ROOM = 3, EXIT_TOO_MUCH = 4 };

/* `all` are the readers' shared numbers, `self` one of them. */
void worker_memory_watch(struct progress *self, struct progress *all,
                         unsigned count, size_t memory);

/* Around each job. */
void worker_memory_begin(struct progress *self, uint64_t job);
void worker_memory_end(struct progress *self);

#endif
