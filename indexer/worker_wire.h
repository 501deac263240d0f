/* What the two ends of a reader's socket agree on. */
#ifndef INDEXER_WORKER_WIRE_H
#define INDEXER_WORKER_WIRE_H

#include "indexer/worker.h"

#include <stdatomic.h>
#include <sys/types.h>

enum {
    MESSAGE_BYTES = 32 * 1024, /* of a frame, at a time */
    HEAD_BYTES = 160 * 1024,   /* of a job; a socket's buffer holds more */
    READER_BYTES = 16 << 20    /* an idle reader has about half of it */
};

/* Before each piece of a frame. */
struct piece {
    uint64_t length; /* of the whole frame */
    uint32_t kind;
    uint32_t unused;
};

/* Shared by all processes, one each: how far its job has come, and what memory
 * it holds. */
struct progress {
    _Atomic uint64_t job, mark, busy, bytes;
};

struct progress_all {
    struct progress *items;
    unsigned count;
};

/* The life of a reader process. options->run is called for each job. */
_Noreturn void worker_child(int socket, struct progress *progress,
                            const struct progress_all *all, pid_t parent,
                            const struct worker_options *options);

#endif
