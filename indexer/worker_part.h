/* What the parts of the workers share. For worker*.c of the parent alone. */
#ifndef INDEXER_WORKER_PART_H
#define INDEXER_WORKER_PART_H

#include "common/arena.h"
#include "indexer/worker_wire.h"

#include <time.h>

enum { MOST_PROCESSES = 64, JOBS_EACH = 2 };

struct frame {
    struct frame *next;
    struct process *from;
    struct worker_frame is;
    char bytes[];
};

struct job {
    struct job *next; /* given after it */
    uint64_t number;
    int fd;
    struct buffer head;
    struct frame *first, **last;
    bool ended;
    size_t taken; /* frames that the caller has */
    size_t skip;  /* of them, those that still come again: it was begun anew */
};

struct process {
    pid_t pid; /* 0: not running */
    int socket;
    struct progress *progress;
    struct job *jobs[MOST_PROCESSES * JOBS_EACH];
    size_t job_count;
    struct frame *partial;
    size_t partial_length;
    size_t held; /* bytes of frames not yet taken */
    bool parked;  /* its jobs are not sent: memory is short */
    uint64_t mark;
    int64_t since, cpu_since; /* of the last sign of life, in ms */
};

struct workers {
    struct worker_options options;
    unsigned count, jobs_each;
    unsigned started; /* of them */
    int64_t begun;    /* when the first was, in ms */
    struct process *processes;
    struct progress *progress;
    struct job *jobs; /* in order */
    struct job **last;
    struct frame *borrowed;
    uint64_t next_number, head;
};

struct frame *worker_frame_new(unsigned kind, size_t length);
void worker_frame_put(struct process *process, struct job *job,
                      struct frame *frame);
void worker_frame_died(struct process *process, struct job *job,
                       const char *text);
/* The answers of a job that is to be begun anew; those that were taken come
 * again and are left out. */
void worker_frames_drop(struct job *job);
/* The first job of a process is done. */
void worker_job_end(struct process *process);
struct job *worker_job_find(struct workers *workers, uint64_t number);
void worker_job_drop(struct workers *workers, struct job *job);

int64_t worker_clock(clockid_t clock);
int64_t worker_cpu(pid_t pid);
void worker_sign_of_life(struct process *process);
bool worker_process_spawn(struct workers *workers, struct process *process);
/* Returns whether it only made room for others. */
bool worker_process_end(char *text, size_t room, struct process *process,
                        bool end_it);
/* The one with the fewest jobs; NULL when none runs. */
struct process *worker_process_idlest(const struct workers *workers);
/* Ends a process, blames the job in its hand, and hands on what waited. */
void worker_process_lost(struct workers *workers, struct process *process,
                         const char *blame);
void worker_job_assign(struct process *process, struct job *job);
/* Those that wait go on when half of the memory is free, and the one with the
 * eldest job does so whatever happens. */
void worker_parked_wake(struct workers *workers);

#endif
