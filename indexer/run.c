/* One run: inputs are met in order, given to reader processes a few ahead, and
 * their records put in, in the order of the inputs. */
#include "indexer/run_part.h"

#include <time.h>

enum { PROGRESS_MILLISECONDS = 100, USUAL_COMMIT_SECONDS = 30 };

/* --------------------------------------------------------------------- clock */

static int64_t now_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

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
        while (!status && run_can_fill(run) && !run->indexer->stopped)
            if (!(status = run_fill(run, error)))
                status = tick(run, error);
        if (status || (!run->count && !run->idle))
            break;
        if (run->count)
            status = run_deliver(run, error);
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
        run_task_pop(run);
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
    run.source_options.read = run_stdin_read;
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
