/* Processes around one queue.
 *
 *   parent  -- job: number, head, an open file -->  reader process
 *           <-- frames, in pieces of 32 KiB -----
 *
 * Each process has one SOCK_SEQPACKET socket and at most two jobs, one in hand
 * and one waiting, so that giving never blocks. The parent keeps a job's file
 * until the job is done: should its process die, the waiting job goes to the
 * next one. */
#include "indexer/worker.h"

#include "common/error.h"
#include "indexer/worker_memory.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST_PROCESSES = 64,
    JOBS_EACH = 2,
    HELD_BYTES = 16 * 1024 * 1024,   /* answers kept of a process that must wait */
    FRAME_BYTES = 1 << 29,           /* more than any page can give */
    FEW_FILES = 64,                  /* with less, one process and one job */
    WALL_FACTOR = 3,                 /* a page that only waits is given up too */
    ALONE_MILLISECONDS = 200,        /* of work, before the first is helped: to */
    ALONE_WALL_MILLISECONDS = 1000   /* start one costs as much as some pages */
};

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

/* ------------------------------------------------------------------- clocks */

static int64_t clock_read(clockid_t clock)
{
    struct timespec now;
    if (clock_gettime(clock, &now))
        return 0;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t cpu_of(pid_t pid)
{
    clockid_t clock;
    return clock_getcpuclockid(pid, &clock) ? 0 : clock_read(clock);
}

static void sign_of_life(struct process *process)
{
    process->since = clock_read(CLOCK_MONOTONIC);
    process->cpu_since = cpu_of(process->pid);
}

/* ------------------------------------------------------------------ processes */

static bool process_spawn(struct workers *workers, struct process *process)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
        return false;
    pid_t parent = getpid(), pid = fork();
    if (pid == 0)
        worker_child(pair[1], process->progress,
                     &(struct progress_all){workers->progress, workers->count},
                     parent, &workers->options);
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return false;
    }
    process->pid = pid;
    process->socket = pair[0];
    sign_of_life(process);
    return true;
}

static void frame_put(struct process *process, struct job *job,
                      struct frame *frame)
{
    if (job->skip && frame->is.kind >= FRAME_FIRST) {
        job->skip--;
        free(frame);
        return;
    }
    *job->last = frame;
    job->last = &frame->next;
    frame->from = process;
    process->held += frame->is.length;
}

static struct frame *frame_new(unsigned kind, size_t length)
{
    struct frame *frame = malloc(sizeof *frame + length + 1);
    if (!frame) {
        fputs("dateline: out of memory\n", stderr);
        exit(2); /* as an arena does */
    }
    *frame = (struct frame){.is = {.kind = kind, .length = length}};
    frame->is.bytes = frame->bytes;
    frame->bytes[length] = '\0';
    return frame;
}

static void frame_died(struct process *process, struct job *job,
                       const char *text)
{
    struct frame *frame = frame_new(FRAME_DIED, strlen(text));
    memcpy(frame->bytes, text, frame->is.length);
    if (atomic_load(&process->progress->job) == job->number)
        frame->is.mark = atomic_load(&process->progress->mark);
    frame_put(process, job, frame);
}

/* The first job of a process is done. */
static void job_end(struct process *process)
{
    struct job *job = process->jobs[0];
    frame_put(process, job, frame_new(FRAME_END, 0));
    job->ended = true;
    if (job->fd >= 0)
        close(job->fd);
    job->fd = -1;
    process->job_count--;
    memmove(process->jobs, process->jobs + 1,
            process->job_count * sizeof *process->jobs);
}

/* Returns whether it only made room for others. */
static bool process_reap(char *text, size_t room, struct process *process,
                         bool end_it)
{
    int status = 0;
    if (end_it)
        kill(process->pid, SIGKILL);
    while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(process->socket);
    process->pid = 0;
    process->parked = false;
    atomic_store(&process->progress->busy, 0);
    atomic_store(&process->progress->bytes, 0);
    free(process->partial);
    process->partial = NULL;
    if (WIFSIGNALED(status))
        snprintf(text, room, "the reader died (signal %d)", WTERMSIG(status));
    else if (WEXITSTATUS(status) == 2)
        snprintf(text, room, "the reader ran out of memory");
    else if (WEXITSTATUS(status) == EXIT_TOO_MUCH)
        snprintf(text, room, "needs more memory than the readers may hold");
    else
        snprintf(text, room, "the reader ended (exit %d)", WEXITSTATUS(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_ROOM;
}

/* Fails when the process is gone, which its socket will tell, or when the kernel
 * has no room for it: then the process is ended, which comes to the same. */
static void job_send(struct process *process, const struct job *job)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {0};
    uint64_t number = job->number;
    struct iovec parts[] = {{&number, sizeof number},
                            {job->head.bytes, job->head.length}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    if (job->fd >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof job->fd);
        memcpy(CMSG_DATA(header), &job->fd, sizeof job->fd);
    }
    ssize_t sent;
    do
        sent = sendmsg(process->socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    if (sent < 0)
        kill(process->pid, SIGKILL);
}

static void job_assign(struct process *process, struct job *job)
{
    if (!process->job_count)
        sign_of_life(process);
    process->jobs[process->job_count++] = job;
    job_send(process, job);
}

/* The one with the fewest jobs; NULL when none runs. */
static struct process *process_idlest(const struct workers *workers)
{
    struct process *best = NULL;
    for (unsigned i = 0; i < workers->count; i++) {
        struct process *process = &workers->processes[i];
        if (process->pid && !process->parked &&
            (!best || process->job_count < best->job_count))
            best = process;
    }
    return best;
}

/* ------------------------------------------------------------- making room */

/* The answers of a job that is to be begun anew; those that were taken come
 * again and are left out. */
static void frames_drop(struct job *job)
{
    while (job->first) {
        struct frame *frame = job->first;
        job->first = frame->next;
        frame->from->held -= frame->is.length;
        free(frame);
    }
    job->last = &job->first;
    job->skip = job->taken;
}

/* Starts one over that made room; its jobs wait. */
static void process_park(struct workers *workers, struct process *process)
{
    if (process->job_count)
        frames_drop(process->jobs[0]);
    process->parked = process_spawn(workers, process) && process->job_count;
    while (!process->pid && process->job_count) {
        frame_died(process, process->jobs[0],
                   "no reader process can be started");
        job_end(process);
    }
}

static void process_unpark(struct process *process)
{
    process->parked = false;
    sign_of_life(process);
    for (size_t i = 0; i < process->job_count; i++)
        job_send(process, process->jobs[i]);
}

/* Those that wait go on when half of the memory is free, and the one with the
 * eldest job does so whatever happens. */
static void parked_wake(struct workers *workers)
{
    uint64_t sum = 0;
    struct process *eldest = NULL, *parked = NULL;
    for (unsigned i = 0; i < workers->count; i++) {
        struct process *process = &workers->processes[i];
        sum += atomic_load(&process->progress->bytes);
        if (!process->pid || !process->job_count)
            continue;
        if (process->parked)
            parked = process;
        if (!eldest || process->jobs[0]->number < eldest->jobs[0]->number)
            eldest = process;
    }
    if (eldest && eldest->parked)
        process_unpark(eldest);
    else if (parked && sum < workers->options.memory / 2)
        process_unpark(parked);
}

/* Ends a process, blames the job in its hand, and hands on what waited. */
static void process_lost(struct workers *workers, struct process *process,
                         const char *blame)
{
    char text[128];
    if (process_reap(text, sizeof text, process, blame != NULL) && !blame) {
        process_park(workers, process);
        return;
    }
    struct job *waiting[MOST_PROCESSES * JOBS_EACH];
    if (process->job_count) {
        frame_died(process, process->jobs[0], blame ? blame : text);
        job_end(process);
    }
    size_t count = process->job_count;
    memcpy(waiting, process->jobs, count * sizeof *waiting);
    process->job_count = 0;
    process_spawn(workers, process);
    struct process *heir = process->pid ? process : process_idlest(workers);
    for (size_t i = 0; i < count; i++) {
        if (heir) {
            job_assign(heir, waiting[i]);
            continue;
        }
        process->jobs[process->job_count++] = waiting[i];
        frame_died(process, waiting[i], "no reader process can be started");
        job_end(process);
    }
}

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
        process->partial = frame_new(piece.kind, piece.length);
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
        job_end(process);
    } else {
        frame_put(process, process->jobs[0], frame);
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
        sign_of_life(process);
        if (length <= 0)
            process_lost(workers, process, NULL);
        else if (!piece_take(process, bytes, (size_t)length))
            process_lost(workers, process, "the reader sent what is no answer");
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
        sign_of_life(process);
        return;
    }
    int64_t wall = clock_read(CLOCK_MONOTONIC) - process->since;
    if (wall < most || (wall < WALL_FACTOR * most &&
                        cpu_of(process->pid) - process->cpu_since < most))
        return;
    snprintf(text, sizeof text, "took over %u s",
             workers->options.page_seconds);
    process_lost(workers, process, text);
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
    workers->begun = clock_read(CLOCK_MONOTONIC);
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
        !process_spawn(workers, &workers->processes[workers->started++])) {
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
           (cpu_of(workers->processes[0].pid) >= ALONE_MILLISECONDS ||
            clock_read(CLOCK_MONOTONIC) - workers->begun >=
                ALONE_WALL_MILLISECONDS);
}

bool worker_has_room(const struct workers *workers)
{
    const struct process *idlest = process_idlest(workers);
    if (idlest && idlest->job_count < workers->jobs_each)
        return true;
    return (!idlest && !workers->processes[0].pid) || may_start(workers);
}

/* One that has nothing to do, else one more, else the idlest. Each is tried to be
 * started once; where none is left at all, the first is tried again. */
static struct process *process_choose(struct workers *workers)
{
    struct process *idlest = process_idlest(workers);
    if (idlest && !idlest->job_count)
        return idlest;
    struct process *next = NULL;
    if (may_start(workers))
        next = &workers->processes[workers->started++];
    else if (!idlest && !workers->processes[0].pid)
        next = &workers->processes[0];
    return next && process_spawn(workers, next) ? next : idlest;
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
    job_assign(process, job);
    return DATELINE_OK;
}

static void job_free(struct job *job)
{
    while (job->first) {
        struct frame *next = job->first->next;
        free(job->first);
        job->first = next;
    }
    if (job->fd >= 0)
        close(job->fd);
    buffer_free(&job->head);
    free(job);
}

static void job_drop(struct workers *workers, struct job *job)
{
    struct job **at = &workers->jobs;
    while (*at != job)
        at = &(*at)->next;
    *at = job->next;
    if (workers->last == &job->next)
        workers->last = at;
    job_free(job);
}

static struct job *job_find(struct workers *workers, uint64_t number)
{
    struct job *job = workers->jobs;
    while (job && job->number != number)
        job = job->next;
    return job;
}

bool worker_take(struct worker_frame *out, struct workers *workers,
                 uint64_t number, unsigned milliseconds)
{
    free(workers->borrowed);
    workers->borrowed = NULL;
    workers->head = number;
    struct job *job = job_find(workers, number);
    if (!job)
        return false;
    parked_wake(workers);
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
        job_drop(workers, job);
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
            process_reap(text, sizeof text, &workers->processes[i], true);
    while (workers->jobs)
        job_drop(workers, workers->jobs);
    free(workers->borrowed);
    free(workers->processes);
    if (workers->progress)
        munmap(workers->progress, workers->count * sizeof *workers->progress);
    free(workers);
}
