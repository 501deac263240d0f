/* Reader processes: started, given jobs, ended, started over when they made room
 * or died. */
#include "indexer/worker_part.h"

#include "indexer/worker_memory.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* ------------------------------------------------------------------- clocks */

int64_t worker_clock(clockid_t clock)
{
    struct timespec now;
    if (clock_gettime(clock, &now))
        return 0;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t worker_cpu(pid_t pid)
{
    clockid_t clock;
    return clock_getcpuclockid(pid, &clock) ? 0 : worker_clock(clock);
}

void worker_sign_of_life(struct process *process)
{
    process->since = worker_clock(CLOCK_MONOTONIC);
    process->cpu_since = worker_cpu(process->pid);
}

/* ------------------------------------------------------------------ processes */

bool worker_process_spawn(struct workers *workers, struct process *process)
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
    worker_sign_of_life(process);
    return true;
}

bool worker_process_end(char *text, size_t room, struct process *process,
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

void worker_job_assign(struct process *process, struct job *job)
{
    if (!process->job_count)
        worker_sign_of_life(process);
    process->jobs[process->job_count++] = job;
    job_send(process, job);
}

struct process *worker_process_idlest(const struct workers *workers)
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

/* Starts one over that made room; its jobs wait. */
static void process_park(struct workers *workers, struct process *process)
{
    if (process->job_count)
        worker_frames_drop(process->jobs[0]);
    process->parked =
        worker_process_spawn(workers, process) && process->job_count;
    while (!process->pid && process->job_count) {
        worker_frame_died(process, process->jobs[0],
                          "no reader process can be started");
        worker_job_end(process);
    }
}

static void process_unpark(struct process *process)
{
    process->parked = false;
    worker_sign_of_life(process);
    for (size_t i = 0; i < process->job_count; i++)
        job_send(process, process->jobs[i]);
}

void worker_parked_wake(struct workers *workers)
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

void worker_process_lost(struct workers *workers, struct process *process,
                         const char *blame)
{
    char text[128];
    if (worker_process_end(text, sizeof text, process, blame != NULL) && !blame) {
        process_park(workers, process);
        return;
    }
    struct job *waiting[MOST_PROCESSES * JOBS_EACH];
    if (process->job_count) {
        worker_frame_died(process, process->jobs[0], blame ? blame : text);
        worker_job_end(process);
    }
    size_t count = process->job_count;
    memcpy(waiting, process->jobs, count * sizeof *waiting);
    process->job_count = 0;
    worker_process_spawn(workers, process);
    struct process *heir = process->pid ? process : worker_process_idlest(workers);
    for (size_t i = 0; i < count; i++) {
        if (heir) {
            worker_job_assign(heir, waiting[i]);
            continue;
        }
        process->jobs[process->job_count++] = waiting[i];
        worker_frame_died(process, waiting[i],
                          "no reader process can be started");
        worker_job_end(process);
    }
}
