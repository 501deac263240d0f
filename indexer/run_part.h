/* What the parts of a run share. For run*.c alone.
 *
 *   source -> task, task, task -> workers
 *               |                   |
 *               +---- in order <----+  -> store
 *
 * A task is one step of the run's order: a piece of work, a path that need not
 * be read, or something to be said. */
#ifndef INDEXER_RUN_PART_H
#define INDEXER_RUN_PART_H

#include "indexer/indexer.h"
#include "indexer/input.h"
#include "indexer/lines.h"

enum { MOST_TASKS = 256, WAIT_MILLISECONDS = 50 };

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

/* Waits for standard input, and hears what the callback says meanwhile. */
ssize_t run_stdin_read(void *indexer, char *bytes, size_t room);
/* Standard input, whole, as a file. */
dateline_status run_stdin_file(int *out, struct dateline_indexer *indexer,
                               dateline_error *error);

struct task *run_task_push(struct run *run, enum task_kind kind,
                           struct input *input, bool last);
void run_task_say(struct run *run, enum task_kind kind, struct input *input,
                  bool last, const char *text);
void run_task_pop(struct run *run);
/* To a reader process. Hands over fd. */
dateline_status run_task_give(struct run *run, struct task *task, int fd,
                              uint64_t skip, dateline_error *error);

bool run_can_fill(const struct run *run);
/* Meets one more input, or one more piece of it. */
dateline_status run_fill(struct run *run, dateline_error *error);
/* Takes what the first task gives. */
dateline_status run_deliver(struct run *run, dateline_error *error);

#endif
