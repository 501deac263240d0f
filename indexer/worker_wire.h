/* What the two ends of a reader's socket agree on. */
#ifndef INDEXER_WORKER_WIRE_H
#define INDEXER_WORKER_WIRE_H

#include "indexer/worker.h"

#include <stdatomic.h>
#include <sys/types.h>

enum {
    MESSAGE_BYTES = 32 * 1024, /* of a frame, at a time */
    HEAD_BYTES = 160 * 1024    /* of a job; a socket's buffer holds more */
};

/* Before each piece of a frame. */
struct piece {
    uint64_t length; /* of the whole frame */
    uint32_t kind;
    uint32_t unused;
};

/* Shared with one process: how far its job has come. */
struct progress {
    _Atomic uint64_t job, mark;
};

/* The life of a reader process. options->run is called for each job. */
_Noreturn void worker_child(int socket, struct progress *progress,
                            pid_t parent, const struct worker_options *options);

#endif
