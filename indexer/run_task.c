/* The ring of tasks: put in, given to readers, done. */
#include "indexer/run_part.h"

#include <string.h>
#include <unistd.h>

struct task *run_task_push(struct run *run, enum task_kind kind,
                           struct input *input, bool last)
{
    struct task *task =
        &run->tasks[(run->first + run->count++) % MOST_TASKS];
    *task = (struct task){
        .kind = kind, .input = input, .last = last, .piece = -1};
    return task;
}

void run_task_say(struct run *run, enum task_kind kind, struct input *input,
                  bool last, const char *text)
{
    run_task_push(run, kind, input, last)->text =
        arena_string(&input->arena, text);
}

void run_task_pop(struct run *run)
{
    struct task *task = &run->tasks[run->first];
    if (task->piece >= 0)
        close(task->piece);
    run->pieces -= task->bytes;
    if (task->last)
        input_free(task->input);
    run->first = (run->first + 1) % MOST_TASKS;
    run->count--;
}

dateline_status run_task_give(struct run *run, struct task *task, int fd,
                              uint64_t skip, dateline_error *error)
{
    const struct input *input = task->input;
    dateline_status status = DATELINE_OK;
    if (!run->workers) /* most runs find few pages to read, many none */
        status = indexer_workers(&run->workers, run->indexer, reader_run,
                                 &run->indexer->reader, error);
    if (status) {
        close(fd);
        return status;
    }
    struct reader_input head = {.path = input->real,
                                .id = input->id,
                                .url = input->url,
                                .format = input->format,
                                .lines = input->lines,
                                .line = task->line,
                                .skip = skip};
    struct buffer bytes = {0};
    if (input->lines)
        head.format = "jsonl";
    else if (input_is_alike(run->indexer, input))
        memcpy(head.hash, input->old.hash, sizeof head.hash);
    reader_head_write(&bytes, &head);
    status = worker_give(&task->job, run->workers, fd, bytes.bytes,
                         bytes.length, error);
    buffer_free(&bytes);
    return status;
}
