/* Inputs and pieces of files of lines go in, tasks come out. */
#include "indexer/run_part.h"

#include "common/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* --------------------------------------------------------------- JSON lines */

static int memory_file(const char *bytes, size_t length)
{
    int fd = memfd_create("dateline", MFD_CLOEXEC);
    for (size_t at = 0; fd >= 0 && at < length;) {
        ssize_t n = write(fd, bytes + at, length - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            close(fd);
            return -1;
        }
        at += (size_t)n;
    }
    return fd;
}

static void lines_end(struct run *run, enum task_kind kind, const char *text)
{
    struct input *input = run->lines_input;
    lines_close(run->lines);
    run->lines = NULL;
    run->lines_input = NULL;
    run_task_say(run, kind, input, true, text);
}

static dateline_status piece_give(struct run *run,
                                  const struct lines_piece *piece,
                                  dateline_error *error)
{
    int fd = memory_file(piece->bytes, piece->length);
    int copy = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) {
        int why = errno;
        if (fd >= 0)
            close(fd);
        return error_set(error, DATELINE_IO, "no room to read on: %s",
                         strerror(why));
    }
    struct task *task = run_task_push(run, TASK_READ, run->lines_input, false);
    task->piece = copy;
    task->line = piece->line;
    task->bytes = piece->length;
    run->pieces += task->bytes;
    return run_task_give(run, task, fd, 0, error);
}

static void say_line(struct run *run, uint64_t line, const char *what)
{
    struct buffer text = {0};
    buffer_format(&text, "line %llu: %s", (unsigned long long)line, what);
    run_task_say(run, TASK_FAULT, run->lines_input, false, text.bytes);
    buffer_free(&text);
}

/* The next piece of the file of lines in hand. */
static dateline_status lines_step(struct run *run, dateline_error *error)
{
    struct lines_piece piece;
    dateline_error why = {.position = -1};
    dateline_status status = lines_next(&piece, run->lines, &why);
    run->idle = status == DATELINE_STOPPED;
    if (run->idle)
        return DATELINE_OK;
    if (status == DATELINE_LIMIT) {
        say_line(run, piece.line, why.message);
        return DATELINE_OK;
    }
    if (status)
        lines_end(run, TASK_FAULT, why.message);
    else if (!piece.length)
        lines_end(run, TASK_WARNING, NULL);
    else
        return piece_give(run, &piece, error);
    return DATELINE_OK;
}

/* ------------------------------------------------------------------- inputs */

static dateline_status input_file(int *out, struct run *run,
                                  struct input *input,
                                  const struct source_item *item,
                                  dateline_error *error)
{
    if (item->real)
        return source_file(out, &input->stat, item, error);
    if (!input->lines)
        return run_stdin_file(out, run->indexer, error);
    *out = fcntl(0, F_DUPFD_CLOEXEC, 3);
    return *out < 0 ? error_set(error, DATELINE_IO, "%s", strerror(errno))
                    : DATELINE_OK;
}

static dateline_status input_start(struct run *run, struct input *input,
                                   const struct source_item *item,
                                   dateline_error *error)
{
    int fd;
    dateline_error why = {.position = -1};
    dateline_status status = input_file(&fd, run, input, item, &why);
    if (!status && input->lines) {
        status = lines_open(&run->lines, fd, &why);
        if (!status) {
            run->lines_input = input;
            return DATELINE_OK;
        }
    }
    if (status) {
        input->transient = true;
        run_task_say(run, TASK_FAULT, input, true, why.message);
        return DATELINE_OK;
    }
    struct task *task = run_task_push(run, TASK_READ, input, true);
    return run_task_give(run, task, fd, 0, error);
}

static dateline_status item_start(struct run *run,
                                  const struct source_item *item,
                                  dateline_error *error)
{
    struct input *input = input_new(run->indexer, item);
    input->lines = source_is_lines(input->format, item->path);
    dateline_status status = input_recall(run->indexer, input, error);
    if (status) {
        input_free(input);
        return status;
    }
    if (!input_is_unchanged(run->indexer, input))
        return input_start(run, input, item, error);
    run_task_push(run, TASK_UNCHANGED, input, true);
    return DATELINE_OK;
}

dateline_status run_fill(struct run *run, dateline_error *error)
{
    struct source_item item;
    dateline_error why = {.position = -1};
    if (run->lines)
        return lines_step(run, error);
    enum source_event event = source_next(&item, run->source, &why);
    if (event == SOURCE_END) {
        run->met_all = true;
        return DATELINE_OK;
    }
    if (event == SOURCE_ITEM)
        return item_start(run, &item, error);
    item.real = NULL; /* nothing is remembered of it */
    run_task_say(run, event == SOURCE_FAULT ? TASK_FAULT : TASK_WARNING,
                 input_new(run->indexer, &item), true, why.message);
    return DATELINE_OK;
}

bool run_can_fill(const struct run *run)
{
    return !run->met_all && !run->idle && run->count < MOST_TASKS &&
           (!run->count || !run->workers ||
            (run->pieces <= run->most_pieces && worker_has_room(run->workers)));
}
