/* What readers answer goes in, in the order of the inputs; records go to the
 * store, faults are told, and what is known of an input is kept. */
#include "indexer/run_part.h"

#include "common/error.h"
#include "common/stored.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* ------------------------------------------------------------------- inputs */

static void keys_meet(struct run *run, const struct input *input)
{
    for (size_t i = 0; i < input->old.count; i++)
        seen_add(&run->met, seen_hash(input->old.keys[i].bytes,
                                      input->old.keys[i].length, 0));
}

/* The articles it gave last time and gives no longer. */
static void keys_lose(struct run *run, const struct input *input)
{
    struct seen now = {0};
    struct xapian_bytes key;
    const char *at = input->keys.bytes, *end = at + input->keys.length;
    for (size_t i = 0; i < input->key_count; i++) {
        stored_read_string(&key.bytes, &key.length, &at, end);
        seen_add(&now, seen_hash(key.bytes, key.length, 0));
    }
    for (size_t i = 0; i < input->old.count; i++) {
        key = input->old.keys[i];
        if (!seen_has(&now, seen_hash(key.bytes, key.length, 0)))
            stored_write_string(&run->lost, key.bytes, key.length);
    }
    seen_free(&now);
}

static dateline_status input_finish(struct run *run, struct input *input,
                                    dateline_error *error)
{
    dateline_counts *counts = &run->indexer->counts;
    counts->bytes += input->stat.size;
    counts->inputs += input->lines ? input->parts : 1;
    if (input->same) {
        counts->unchanged++;
        memcpy(input->hash, input->old.hash, sizeof input->hash);
        input->faults = input->old.failure.count;
        input->why = input->old.failure.why;
        input_keep_keys(input);
        keys_meet(run, input);
    } else if (input->faults && !input->key_count) {
        input_keep_keys(input); /* better an old article than none */
        keys_meet(run, input);
    } else {
        keys_lose(run, input);
    }
    return input_remember(run->indexer, input, !input->transient, error);
}

/* ------------------------------------------------------------------ answers */

static void say_fault(struct run *run, struct input *input, const char *text,
                      size_t length)
{
    struct dateline_indexer *indexer = run->indexer;
    if (!input->faults++)
        input->why = arena_copy(&input->arena, text, length);
    input->parts++;
    indexer->counts.failed++;
    indexer_tell(indexer, DATELINE_EVENT_FAILED, input->path, NULL, text,
                 length);
}

static dateline_status take_record(struct run *run, struct input *input,
                                   const struct worker_frame *frame,
                                   dateline_error *error)
{
    struct arena arena = ARENA_INIT;
    struct record record;
    dateline_status status = DATELINE_OK;
    input->parts++;
    run->written += frame->length;
    if (!record_read(&record, &arena, frame->bytes, frame->length)) {
        static const char text[] = "the reader sent what is no record";
        say_fault(run, input, text, sizeof text - 1);
    } else {
        uint64_t hash =
            seen_hash(record.key.bytes, record.key.length, 0);
        input_add_key(input, record.key);
        seen_add(&run->read, hash);
        if (seen_add(&run->met, hash)) {
            status = indexer_put(run->indexer, &record, input->path, error);
        } else {
            run->indexer->counts.same++;
            indexer_tell(run->indexer, DATELINE_EVENT_SAME, input->path,
                         record.id, NULL, 0);
        }
    }
    arena_release(&arena);
    return status;
}

static void take_line(struct run *run, struct input *input,
                      const struct worker_frame *frame)
{
    const char *at = frame->bytes, *end = at + frame->length, *id, *line;
    size_t id_length, length;
    input->parts++;
    if (!stored_read_string(&id, &id_length, &at, end) ||
        !stored_read_string(&line, &length, &at, end))
        return;
    run->indexer->counts.added++;
    indexer_tell(run->indexer, DATELINE_EVENT_ARTICLE, input->path, id, line,
                 length);
}

/* The page in the reader's hand is lost; lines after it are read on. */
static dateline_status take_death(struct run *run, struct task *task,
                                  const struct worker_frame *frame,
                                  dateline_error *error)
{
    struct input *input = task->input;
    struct buffer text = {0};
    input->transient = true;
    if (frame->mark)
        buffer_format(&text, "line %llu: ", (unsigned long long)frame->mark);
    buffer_text(&text, frame->bytes);
    say_fault(run, input, text.bytes, text.length);
    buffer_free(&text);
    if (task->piece < 0 || !frame->mark)
        return DATELINE_OK;
    int fd = fcntl(task->piece, F_DUPFD_CLOEXEC, 3);
    if (fd < 0)
        return error_set(error, DATELINE_IO, "no room to read on: %s",
                         strerror(errno));
    return run_task_give(run, task, fd, frame->mark, error);
}

static dateline_status take_frame(struct run *run, struct task *task,
                                  const struct worker_frame *frame,
                                  dateline_error *error)
{
    struct input *input = task->input;
    switch (frame->kind) {
    case READER_RECORD:
        return take_record(run, input, frame, error);
    case READER_LINE:
        take_line(run, input, frame);
        break;
    case READER_FAULT:
        say_fault(run, input, frame->bytes, frame->length);
        break;
    case READER_HASH:
        if (frame->length == sizeof input->hash)
            memcpy(input->hash, frame->bytes, sizeof input->hash);
        break;
    case READER_SAME:
        input->same = true;
        break;
    case FRAME_DIED:
        return take_death(run, task, frame, error);
    }
    return DATELINE_OK;
}

/* True in *done when the task has nothing more to give. */
static dateline_status task_step(bool *done, struct run *run,
                                 struct task *task, dateline_error *error)
{
    struct worker_frame frame;
    uint64_t job = task->job;
    if (!worker_take(&frame, run->workers, job, WAIT_MILLISECONDS))
        return DATELINE_OK;
    if (frame.kind != FRAME_END)
        return take_frame(run, task, &frame, error);
    *done = true;
    return DATELINE_OK;
}

static void say_task(struct run *run, const struct task *task)
{
    if (task->kind == TASK_FAULT)
        say_fault(run, task->input, task->text, strlen(task->text));
    else if (task->text)
        indexer_tell(run->indexer, DATELINE_EVENT_WARNING, task->input->path,
                     NULL, task->text, strlen(task->text));
}

/* A warning is about what was no input; without text it ends a file of lines. */
static bool ends_input(const struct task *task)
{
    return task->last && !(task->kind == TASK_WARNING && task->text);
}

dateline_status run_deliver(struct run *run, dateline_error *error)
{
    struct task *task = &run->tasks[run->first];
    bool done = task->kind != TASK_READ;
    dateline_status status = DATELINE_OK;
    if (task->kind == TASK_READ)
        status = task_step(&done, run, task, error);
    else if (task->kind != TASK_UNCHANGED)
        say_task(run, task);
    if (status || !done)
        return status;
    if (task->kind == TASK_UNCHANGED) {
        run->indexer->counts.inputs++;
        run->indexer->counts.unchanged++;
        keys_meet(run, task->input);
    } else if (ends_input(task)) {
        status = input_finish(run, task->input, error);
    }
    run_task_pop(run);
    return status;
}
