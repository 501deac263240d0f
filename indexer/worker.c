/* Processes around one queue.
 *
 *   parent  -- job: number, head, an open file -->  reader process
 *           <-- frames, in pieces of 32 KiB -----
 *
 * Each process has one SOCK_SEQPACKET socket and at most two jobs, one in hand
 * and one waiting, so that giving never blocks. The parent keeps a job's file
 * until the job is done: should its process die, the waiting job goes to the
 * next one. */
#include "indexer/worker_part.h"

#include "common/error.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    HELD_BYTES = 16 * 1024 * 1024,   /* answers kept of a process that must wait */
    FRAME_BYTES = 1 << 29,           /* more than any page can give */
    FEW_FILES = 64,                  /* with less, one process and one job */
    WALL_FACTOR = 3,                 /* a page that only waits is given up too */
    ALONE_MILLISECONDS = 200,        /* of work, before the first is helped: to */
    ALONE_WALL_MILLISECONDS = 1000   /* start one costs as much as some pages */
};

/* --------------------------------------------------------------------- frames */

/* Takes in one message. False when the process does not keep to the rules. */
static bool piece_take(struct process *process, const char *bytes,
                       size_t length)
{
    struct piece piece;
    if (length < sizeof piece || !process->job_count)
        return false;
    memcpy(&piece, bytes, sizeof piece);
    bytes += sizeof piece;
    length -= sizeof piece;
    if (!process->partial) {
        if (piece.length > FRAME_BYTES || piece.kind == FRAME_DIED)
            return false;
        process->partial = worker_frame_new(piece.kind, piece.length);
        process->partial_length = 0;
    }
    struct frame *frame = process->partial;
    if (length > frame->is.length - process->partial_length)
        return false;
    memcpy(frame->bytes + process->partial_length, bytes, length);
    process->partial_length += length;
    if (process->partial_length < frame->is.length)
        return true;
    process->partial = NULL;
    if (frame->is.kind == FRAME_END) {
        free(frame);
        worker_job_end(process);
    } else {
        worker_frame_put(process, process->jobs[0], frame);
    }
    return true;
}

/* The process whose answers are asked for next never waits, or all would. */
static bool must_wait(const struct workers *workers,
                      const struct process *process)
{
    if (process->held <= workers->options.held)
        return false;
    for (size_t i = 0; i < process->job_count; i++)
        if (process->jobs[i]->number == workers->head)
            return false;
    return process->job_count > 0;
}

static void process_read(struct workers *workers, struct process *process)
{
    char bytes[sizeof(struct piece) + MESSAGE_BYTES];
    for (int i = 0; i < 64 && process->pid && !must_wait(workers, process);
         i++) {
        ssize_t length =
            recv(process->socket, bytes, sizeof bytes, MSG_DONTWAIT);
        /* A death with a job unread resets the socket; that is said once, before
         * what the process had answered, which is still there. */
        if (length < 0 && (errno == EINTR || errno == ECONNRESET))
            continue;
        if (length < 0 && errno == EAGAIN)
            return;
        worker_sign_of_life(process);
        if (length <= 0)
            worker_process_lost(workers, process, NULL);
        else if (!piece_take(process, bytes, (size_t)length))
            worker_process_lost(workers, process,
                                "the reader sent what is no answer");
    }
}

/* A page has its seconds of work; on a busy machine it gets longer to do it. */
static void process_time(struct workers *workers, struct process *process)
{
    char text[64];
    int64_t most = (int64_t)workers->options.page_seconds * 1000;
    if (!process->pid || !process->job_count || process->parked || !most)
        return;
    uint64_t mark = atomic_load(&process->progress->mark);
    if (mark != process->mark || must_wait(workers, process)) {
        process->mark = mark;
        worker_sign_of_life(process);
        return;
    }
    int64_t wall = worker_clock(CLOCK_MONOTONIC) - process->since;
    if (wall < most || (wall < WALL_FACTOR * most &&
                        worker_cpu(process->pid) - process->cpu_since < most))
        return;
    snprintf(text, sizeof text, "took over %u s",
             workers->options.page_seconds);
    worker_process_lost(workers, process, text);
}

static void pump(struct workers *workers, unsigned milliseconds)
{
    struct pollfd polls[MOST_PROCESSES];
    struct process *polled[MOST_PROCESSES];
    nfds_t count = 0;
    for (unsigned i = 0; i < workers->count; i++) {
        struct process *process = &workers->processes[i];
        if (!process->pid || must_wait(workers, process))
            continue;
        polled[count] = process;
        polls[count++] = (struct pollfd){process->socket, POLLIN, 0};
    }
    if (poll(polls, count, (int)milliseconds) > 0)
        for (nfds_t i = 0; i < count; i++)
            if (polls[i].revents)
                process_read(workers, polled[i]);
    for (unsigned i = 0; i < workers->count; i++)
        process_time(workers, &workers->processes[i]);
}

/* --------------------------------------------------------------------- public */

static unsigned cores(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set))
        return 1;
    return (unsigned)CPU_COUNT(&set);
}

static void choose_counts(struct workers *workers)
{
    struct rlimit files;
    unsigned count = workers->options.count;
    if (!count)
        count = cores();
    workers->count = count < MOST_PROCESSES ? count : MOST_PROCESSES;
    size_t fit = workers->options.memory / READER_BYTES;
    if (workers->options.memory && workers->count > fit)
        workers->count = fit ? (unsigned)fit : 1;
    workers->options.held /= workers->count;
    if (!workers->options.held || workers->options.held > HELD_BYTES)
        workers->options.held = HELD_BYTES;
    workers->jobs_each = JOBS_EACH;
    if (getrlimit(RLIMIT_NOFILE, &files) || files.rlim_cur >= FEW_FILES)
        return;
    workers->count = 1;
    workers->jobs_each = 1;
}

dateline_status worker_start(struct workers **out,
                             const struct worker_options *options,
                             dateline_error *error)
{
    struct workers *workers = calloc(1, sizeof *workers);
    if (!workers)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    workers->options = *options;
    workers->last = &workers->jobs;
    workers->next_number = 1;
    workers->begun = worker_clock(CLOCK_MONOTONIC);
    choose_counts(workers);
    size_t size = workers->count * sizeof *workers->progress;
    workers->processes = calloc(workers->count, sizeof *workers->processes);
    workers->progress = mmap(NULL, size, PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (workers->progress == MAP_FAILED)
        workers->progress = NULL;
    for (unsigned i = 0;
         workers->processes && workers->progress && i < workers->count; i++)
        workers->processes[i].progress = &workers->progress[i];
    if (!workers->processes || !workers->progress ||
        !worker_process_spawn(workers, &workers->processes[workers->started++])) {
        int why = errno;
        worker_finish(workers);
        return error_set(error, DATELINE_NO_MEMORY,
                         "cannot start a reader process: %s", strerror(why));
    }
    *out = workers;
    return DATELINE_OK;
}

/* There is enough to do for one more. */
static bool may_start(const struct workers *workers)
{
    return workers->started < workers->count &&
           (worker_cpu(workers->processes[0].pid) >= ALONE_MILLISECONDS ||
            worker_clock(CLOCK_MONOTONIC) - workers->begun >=
            ALONE_WALL_MILLISECONDS);
}

bool worker_has_room(const struct workers *workers)
{
    const struct process *idlest = worker_process_idlest(workers);
    if (idlest && idlest->job_count < workers->jobs_each)
        return true;
    return (!idlest && !workers->processes[0].pid) || may_start(workers);
}

/* One that has nothing to do, else one more, else the idlest. Each is tried to be
 * started once; where none is left at all, the first is tried again. */
static struct process *process_choose(struct workers *workers)
{
    struct process *idlest = worker_process_idlest(workers);
    if (idlest && !idlest->job_count)
        return idlest;
    struct process *next = NULL;
    if (may_start(workers))
        next = &workers->processes[workers->started++];
    else if (!idlest && !workers->processes[0].pid)
        next = &workers->processes[0];
    return next && worker_process_spawn(workers, next) ? next : idlest;
}

dateline_status worker_give(uint64_t *number, struct workers *workers, int fd,
                            const char *head, size_t length,
                            dateline_error *error)
{
    if (length > HEAD_BYTES) {
        close(fd);
        return error_set(error, DATELINE_LIMIT, "path, id or address too long");
    }
    struct process *process = process_choose(workers);
    struct job *job = process ? calloc(1, sizeof *job) : NULL;
    if (!job) {
        close(fd);
        return error_set(error, DATELINE_NO_MEMORY,
                         "no reader process can be started");
    }
    job->fd = fd;
    job->number = *number = workers->next_number++;
    job->last = &job->first;
    buffer_add(&job->head, head, length);
    *workers->last = job;
    workers->last = &job->next;
    worker_job_assign(process, job);
    return DATELINE_OK;
}

bool worker_take(struct worker_frame *out, struct workers *workers,
                 uint64_t number, unsigned milliseconds)
{
    free(workers->borrowed);
    workers->borrowed = NULL;
    workers->head = number;
    struct job *job = worker_job_find(workers, number);
    if (!job)
        return false;
    worker_parked_wake(workers);
    if (!job->first)
        pump(workers, milliseconds);
    struct frame *frame = job->first;
    if (!frame)
        return false;
    job->first = frame->next;
    if (!job->first)
        job->last = &job->first;
    job->taken += frame->is.kind >= FRAME_FIRST;
    frame->from->held -= frame->is.length;
    workers->borrowed = frame;
    *out = frame->is;
    if (frame->is.kind == FRAME_END)
        worker_job_drop(workers, job);
    return true;
}

void worker_finish(struct workers *workers)
{
    char text[128];
    if (!workers)
        return;
    for (unsigned i = 0; workers->processes && i < workers->count; i++)
        if (workers->processes[i].pid)
            kill(workers->processes[i].pid, SIGKILL);
    for (unsigned i = 0; workers->processes && i < workers->count; i++)
        if (workers->processes[i].pid)
            worker_process_end(text, sizeof text, &workers->processes[i], true);
    while (workers->jobs)
        worker_job_drop(workers, workers->jobs);
    free(workers->borrowed);
    free(workers->processes);
    if (workers->progress)
        munmap(workers->progress, workers->count * sizeof *workers->progress);
    free(workers);
}
