/* One run: inputs are met in order, given to reader processes a few ahead, and
 * their records put in, in the order of the inputs.
 *
 *   source -> task, task, task -> workers
 *               |                   |
 *               +---- in order <----+  -> store
 *
 * A task is one step of the run's order: a piece of work, a path that need not
 * be read, or something to be said. */
#include "common/error.h"
#include "common/stored.h"
#include "indexer/indexer.h"
#include "indexer/input.h"
#include "indexer/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST_TASKS = 256,
    WAIT_MILLISECONDS = 50,
    PROGRESS_MILLISECONDS = 100,
    USUAL_COMMIT_SECONDS = 30
};

enum task_kind { TASK_READ, TASK_UNCHANGED, TASK_FAULT, TASK_WARNING };

struct task {
    enum task_kind kind;
    struct input *input;
    bool last;      /* of its input */
    uint64_t job;
    int piece;      /* the lines, to be read on should the reader die; or -1 */
    size_t bytes;   /* of the piece */
    uint64_t line;  /* the first of them */
    char *text;     /* of a fault or warning */
};

struct run {
    struct dateline_indexer *indexer;
    struct source_options source_options;
    struct source *source;
    struct workers *workers;
    struct task tasks[MOST_TASKS];
    size_t first, count;
    struct input *lines_input; /* is being cut into pieces */
    struct lines *lines;
    bool met_all;
    bool idle;                 /* the lines in hand let us wait */
    struct seen met;   /* keys of all articles, unchanged paths included */
    struct seen read;  /* keys of the articles read in this run */
    struct buffer lost;
    int64_t told, committed; /* when, in ms */
    uint64_t written;        /* bytes of records since then */
    size_t pieces, most_pieces; /* bytes of lines given out, and how many may be */
};

static int64_t now_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

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

/* -------------------------------------------------------------------- tasks */

static struct task *task_push(struct run *run, enum task_kind kind,
                              struct input *input, bool last)
{
    struct task *task =
        &run->tasks[(run->first + run->count++) % MOST_TASKS];
    *task = (struct task){
        .kind = kind, .input = input, .last = last, .piece = -1};
    return task;
}

static void task_say(struct run *run, enum task_kind kind, struct input *input,
                     bool last, const char *text)
{
    task_push(run, kind, input, last)->text =
        arena_string(&input->arena, text);
}

static void task_pop(struct run *run)
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

/* Hands over fd. */
static dateline_status task_give(struct run *run, struct task *task, int fd,
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
    task_say(run, kind, input, true, text);
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
    struct task *task = task_push(run, TASK_READ, run->lines_input, false);
    task->piece = copy;
    task->line = piece->line;
    task->bytes = piece->length;
    run->pieces += task->bytes;
    return task_give(run, task, fd, 0, error);
}

static void say_line(struct run *run, uint64_t line, const char *what)
{
    struct buffer text = {0};
    buffer_format(&text, "line %llu: %s", (unsigned long long)line, what);
    task_say(run, TASK_FAULT, run->lines_input, false, text.bytes);
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

/* -------------------------------------------------------------------- filling */

/* Waits for standard input, and hears what the callback says meanwhile. */
static ssize_t stdin_read(void *context, char *bytes, size_t room)
{
    struct dateline_indexer *indexer = context;
    struct pollfd wait = {0, POLLIN, 0};
    while (!indexer->stopped) {
        if (poll(&wait, 1, WAIT_MILLISECONDS) > 0) {
            ssize_t n = read(0, bytes, room);
            if (n >= 0 || errno != EINTR)
                return n;
        }
        indexer_tell(indexer, DATELINE_EVENT_PROGRESS, NULL, NULL, NULL, 0);
    }
    errno = EINTR;
    return -1;
}

/* Standard input, whole, as a file. */
static dateline_status stdin_file(int *out, struct dateline_indexer *indexer,
                                  dateline_error *error)
{
    int fd = memfd_create("dateline", MFD_CLOEXEC);
    char bytes[65536];
    size_t total = 0;
    ssize_t n = -1;
    while (fd >= 0 && (n = stdin_read(indexer, bytes, sizeof bytes)) > 0) {
        total += (size_t)n;
        if (total > LIMIT_FILE_BYTES || write(fd, bytes, (size_t)n) != n)
            break;
    }
    if (fd >= 0 && n == 0) {
        *out = fd;
        return DATELINE_OK;
    }
    int why = errno;
    if (fd >= 0)
        close(fd);
    return total > LIMIT_FILE_BYTES
               ? error_set(error, DATELINE_LIMIT, "is over %u MiB",
                           LIMIT_FILE_BYTES / LIMIT_MIB)
               : error_set(error, DATELINE_IO, "%s", strerror(why));
}

static dateline_status input_file(int *out, struct run *run,
                                  struct input *input,
                                  const struct source_item *item,
                                  dateline_error *error)
{
    if (item->real)
        return source_file(out, &input->stat, item, error);
    if (!input->lines)
        return stdin_file(out, run->indexer, error);
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
        task_say(run, TASK_FAULT, input, true, why.message);
        return DATELINE_OK;
    }
    struct task *task = task_push(run, TASK_READ, input, true);
    return task_give(run, task, fd, 0, error);
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
    task_push(run, TASK_UNCHANGED, input, true);
    return DATELINE_OK;
}

/* Meets one more input, or one more piece of it. */
static dateline_status fill(struct run *run, dateline_error *error)
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
    task_say(run, event == SOURCE_FAULT ? TASK_FAULT : TASK_WARNING,
             input_new(run->indexer, &item), true, why.message);
    return DATELINE_OK;
}

static bool can_fill(const struct run *run)
{
    return !run->met_all && !run->idle && run->count < MOST_TASKS &&
           (!run->count || !run->workers ||
            (run->pieces <= run->most_pieces && worker_has_room(run->workers)));
}

/* ------------------------------------------------------------------ delivering */

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
    return task_give(run, task, fd, frame->mark, error);
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

static dateline_status deliver(struct run *run, dateline_error *error)
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
    task_pop(run);
    return status;
}

/* --------------------------------------------------------------------- clock */

static dateline_status commit_when_due(struct run *run, int64_t now,
                                       dateline_error *error)
{
    struct dateline_indexer *indexer = run->indexer;
    unsigned seconds = indexer->options.commit_seconds;
    if (!seconds)
        seconds = USUAL_COMMIT_SECONDS;
    uint64_t most = (uint64_t)indexer->options.commit_mb * LIMIT_MIB;
    if (!indexer->store || !(now - run->committed >= (int64_t)seconds * 1000 ||
                             (most && run->written >= most)))
        return DATELINE_OK;
    struct input *input = run->count ? run->tasks[run->first].input : NULL;
    dateline_status status = DATELINE_OK;
    if (input && input->key_count)
        status = input_remember(run->indexer, input, false, error);
    if (!status)
        status = store_commit(indexer->store, error);
    run->committed = now_milliseconds();
    run->written = 0;
    return status;
}

static dateline_status tick(struct run *run, dateline_error *error)
{
    int64_t now = now_milliseconds();
    if (now - run->told >= PROGRESS_MILLISECONDS) {
        run->told = now;
        indexer_tell(run->indexer, DATELINE_EVENT_PROGRESS, NULL, NULL, NULL,
                     0);
    }
    return commit_when_due(run, now, error);
}

/* ----------------------------------------------------------------------- run */

static dateline_status run_open(struct run *run, dateline_error *error)
{
    struct dateline_indexer *indexer = run->indexer;
    size_t memory = indexer_memory(indexer);
    run->most_pieces = memory / 16;
    if (indexer->store)
        store_hold(indexer->store, memory / 8);
    dateline_status status =
        source_open(&run->source, &run->source_options, error);
    if (!status && indexer->options.event)
        indexer->counts.total += source_count(&run->source_options);
    run->told = run->committed = now_milliseconds();
    return status;
}

static dateline_status run_walk(struct run *run, dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    while (!status && !run->indexer->stopped) {
        run->idle = false;
        while (!status && can_fill(run) && !run->indexer->stopped)
            if (!(status = fill(run, error)))
                status = tick(run, error);
        if (status || (!run->count && !run->idle))
            break;
        if (run->count)
            status = deliver(run, error);
        if (!status)
            status = tick(run, error);
    }
    return status;
}

/* An input that was read in part is to be read again, but what it gave is known
 * to be its own. */
static dateline_status run_stop(struct run *run, dateline_error *error)
{
    struct input *input = run->count ? run->tasks[run->first].input : NULL;
    return input && input->key_count
               ? input_remember(run->indexer, input, false, error)
               : DATELINE_OK;
}

static void run_close(struct run *run)
{
    worker_finish(run->workers);
    while (run->count)
        task_pop(run);
    input_free(run->lines_input);
    lines_close(run->lines);
    source_close(run->source);
    seen_free(&run->met);
    seen_free(&run->read);
    buffer_free(&run->lost);
}

dateline_status run(struct dateline_indexer *indexer,
                    const struct source_options *source, dateline_error *error)
{
    struct run run = {.indexer = indexer, .source_options = *source};
    run.source_options.read = stdin_read;
    run.source_options.context = indexer;
    buffer_add(&run.lost, "", 0);
    dateline_status status = run_open(&run, error);
    if (!status)
        status = run_walk(&run, error);
    if (!status && indexer->stopped)
        status = run_stop(&run, error);
    else if (!status && indexer->store &&
             indexer->options.delete_gone != DATELINE_DELETE_NEVER)
        status = sweep(indexer, run.source, &run.read, &run.lost, error);
    run_close(&run);
    return status;
}
