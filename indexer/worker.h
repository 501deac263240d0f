/* Reader processes: a job goes to one of them, what it finds comes back.
 *
 * A job is an open file, or none, and some bytes of head; its answer is a row of frames
 * and ends with FRAME_END. Processes share nothing but a socket each. One that
 * dies or takes too long costs the page in its hand and is started anew. When they
 * hold too much memory together, the largest starts over and its jobs wait; only
 * a page that needs more than all of it by itself is given up. This file knows
 * nothing of pages: what is done with a job is a function. */
#ifndef INDEXER_WORKER_H
#define INDEXER_WORKER_H

#include "common/arena.h"

#include <dateline.h>

struct workers;
struct worker_reply;

enum worker_frame_kind {
    FRAME_END,   /* the job is done */
    FRAME_DIED,  /* the process died or was ended; text says how */
    FRAME_FIRST  /* first of the kinds that the function itself sends */
};

struct worker_frame {
    unsigned kind;
    const char *bytes; /* NUL behind them */
    size_t length;
    uint64_t mark;     /* FRAME_DIED: the last mark that was set, else 0 */
};

/* Runs in the reader process. fd is read with pread only: it is shared. */
typedef void worker_run(void *context, int fd, const char *head, size_t length,
                        struct worker_reply *reply);
void worker_send(struct worker_reply *reply, unsigned kind, const char *bytes,
                 size_t length);
/* Remembers how far the job has come, should the process die. */
void worker_mark(struct worker_reply *reply, uint64_t mark);

struct worker_options {
    unsigned count;        /* 0: one a core */
    unsigned page_seconds; /* without a frame or a mark */
    size_t memory;         /* bytes for all of them together; 0: no bound */
    size_t held;           /* bytes of answers that wait, about; 0: 16 MiB each */
    worker_run *run;
    void *context;
};

/* Starts one; once it had some work, the others follow as soon as a job would
 * wait, as many as can be started. Fails when not even one can. */
dateline_status worker_start(struct workers **out,
                             const struct worker_options *options,
                             dateline_error *error);

/* True when a job that is given now does not wait long. */
bool worker_has_room(const struct workers *workers);

/* Hands over fd (-1: none) and head (copied); *job is the job's number, rising. */
dateline_status worker_give(uint64_t *job, struct workers *workers, int fd,
                            const char *head, size_t length,
                            dateline_error *error);

/* The next frame of a job, waiting up to `milliseconds`; false when none came.
 * Jobs are to be taken in the order they were given: the answers of later ones
 * are held back once they grow large. The frame is borrowed until the next
 * call. */
bool worker_take(struct worker_frame *out, struct workers *workers,
                 uint64_t job, unsigned milliseconds);

/* Ends all of them at once. */
void worker_finish(struct workers *workers);

#endif
