/* Jobs and the frames that answer them. */
#include "indexer/worker_part.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct frame *worker_frame_new(unsigned kind, size_t length)
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

void worker_frame_put(struct process *process, struct job *job,
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

void worker_frame_died(struct process *process, struct job *job,
                       const char *text)
{
    struct frame *frame = worker_frame_new(FRAME_DIED, strlen(text));
    memcpy(frame->bytes, text, frame->is.length);
    if (atomic_load(&process->progress->job) == job->number)
        frame->is.mark = atomic_load(&process->progress->mark);
    worker_frame_put(process, job, frame);
}

void worker_job_end(struct process *process)
{
    struct job *job = process->jobs[0];
    worker_frame_put(process, job, worker_frame_new(FRAME_END, 0));
    job->ended = true;
    if (job->fd >= 0)
        close(job->fd);
    job->fd = -1;
    process->job_count--;
    memmove(process->jobs, process->jobs + 1,
            process->job_count * sizeof *process->jobs);
}

void worker_frames_drop(struct job *job)
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

void worker_job_drop(struct workers *workers, struct job *job)
{
    struct job **at = &workers->jobs;
    while (*at != job)
        at = &(*at)->next;
    *at = job->next;
    if (workers->last == &job->next)
        workers->last = at;
    job_free(job);
}

struct job *worker_job_find(struct workers *workers, uint64_t number)
{
    struct job *job = workers->jobs;
    while (job && job->number != number)
        job = job->next;
    return job;
}
