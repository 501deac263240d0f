/* Articles out of the index, through the stages that come after the page was
 * read, back into the index: passages, names by the aliases of now, stems. No
 * page is needed.
 *
 *   documents 1..end  ->  keys  ->  readers (renew.h)  ->  records  ->  store
 *
 * A changed article stays where it was. Each commit carries how far it is, and
 * under which rules, so that an interrupted one goes on from there. */
#include "common/error.h"
#include "common/field.h"
#include "common/stored.h"
#include "indexer/indexer.h"
#include "indexer/known.h"
#include "indexer/renew.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

enum { MOST_PENDING = 256, WAIT_MILLISECONDS = 50 };

static const struct xapian_bytes mark_key = {"reindex", 7};

/* An article that a reader has in hand, or soon. */
struct pending {
    uint64_t job;
    uint32_t document;
    struct arena arena;
    struct xapian_bytes key;
    const char *path;
};

struct reindexing {
    struct dateline_indexer *indexer;
    struct xapian_reader *reader; /* of what was committed */
    struct renewer renewer;
    struct workers *workers;
    struct pending pending[MOST_PENDING]; /* in the order of their documents */
    size_t first, count;
    uint32_t done, end;           /* numbers of documents */
    time_t committed, told;
    struct seen failed;           /* keys */
    dateline_status status;
    dateline_error *error;
};

/* --------------------------------------------------------------------- mark */

/* "RULES DONE END"; of other rules it is worth nothing. */
static dateline_status mark_get(struct reindexing *work)
{
    struct buffer text = {0};
    uint64_t rules;
    uint32_t done, end;
    dateline_status status = store_get(&text, work->indexer->store, mark_key,
                                       work->error);
    if (!status && text.length &&
        sscanf(text.bytes, "%" SCNx64 " %" SCNu32 " %" SCNu32, &rules, &done,
               &end) == 3 &&
        rules == (work->indexer->names ^ work->indexer->recipe)) {
        work->done = done;
        work->end = end;
    } else if (!status) {
        status = xapian_reader_last(&work->end, work->reader, work->error);
    }
    buffer_free(&text);
    return status;
}

static dateline_status commit(struct reindexing *work)
{
    struct dateline_indexer *indexer = work->indexer;
    char mark[64];
    snprintf(mark, sizeof mark, "%016" PRIx64 " %" PRIu32 " %" PRIu32,
             indexer->names ^ indexer->recipe, work->done, work->end);
    dateline_status status = store_set(
        indexer->store, mark_key,
        (struct xapian_bytes){mark, strlen(mark)}, work->error);
    if (!status)
        status = store_commit(indexer->store, work->error);
    work->committed = time(NULL);
    return status;
}

/* ----------------------------------------------------------------- articles */

static dateline_status record_put(struct reindexing *work,
                                  const struct record *record,
                                  const char *path)
{
    struct dateline_indexer *indexer = work->indexer;
    enum store_change change;
    dateline_status status =
        store_put(&change, indexer->store, record, work->error);
    if (status)
        return status;
    if (change == STORE_SAME) {
        indexer->counts.unchanged++;
        return DATELINE_OK;
    }
    indexer->counts.changed++;
    indexer->counts.passages += record->passage_count;
    indexer_tell(indexer, DATELINE_EVENT_CHANGED, path, record->id, NULL, 0);
    return DATELINE_OK;
}

static dateline_status record_take(struct reindexing *work,
                                   const struct worker_frame *frame,
                                   const char *path)
{
    struct arena arena = ARENA_INIT;
    struct record record;
    dateline_status status = DATELINE_OK;
    if (!record_read(&record, &arena, frame->bytes, frame->length))
        status = error_set(work->error, DATELINE_INTERNAL, "no record was made");
    record.word_count = 0; /* its words were counted when it first went in */
    if (!status)
        status = record_put(work, &record, path);
    arena_release(&arena);
    return status;
}

/* One that is damaged stays as it is, and its page is read again. */
static void article_fail(struct reindexing *work, struct xapian_bytes key,
                         const char *why)
{
    struct dateline_indexer *indexer = work->indexer;
    seen_add(&work->failed, seen_hash(key.bytes, key.length, 0));
    indexer->counts.failed++;
    indexer_tell(indexer, DATELINE_EVENT_FAILED, NULL, NULL, why, strlen(why));
}

static dateline_status frame_take(struct reindexing *work,
                                  const struct pending *article,
                                  const struct worker_frame *frame)
{
    switch (frame->kind) {
    case RENEW_RECORD:
        return record_take(work, frame, article->path);
    case RENEW_FAILED:
        return error_set(work->error, (dateline_status)*frame->bytes, "%s",
                         frame->bytes + 1);
    default: /* damaged, or the death of its reader */
        article_fail(work, article->key, frame->bytes);
        return DATELINE_OK;
    }
}

/* --------------------------------------------------------------- the queue */

static void pending_pop(struct reindexing *work)
{
    struct arena *arena = &work->pending[work->first].arena;
    arena_release(arena);
    work->first = (work->first + 1) % MOST_PENDING;
    work->count--;
}

/* Takes what the eldest article's reader has sent by now: one answer, an end. */
static dateline_status deliver(struct reindexing *work)
{
    struct worker_frame frame;
    const struct pending *article = &work->pending[work->first];
    dateline_status status = DATELINE_OK;
    if (!worker_take(&frame, work->workers, article->job, WAIT_MILLISECONDS))
        return DATELINE_OK;
    if (frame.kind != FRAME_END)
        status = frame_take(work, article, &frame);
    if (!status)
        work->done = article->document;
    if (frame.kind == FRAME_END)
        pending_pop(work);
    return status;
}

static dateline_status tick(struct reindexing *work)
{
    struct dateline_indexer *indexer = work->indexer;
    time_t now = time(NULL);
    if (now != work->told)
        indexer_tell(indexer, DATELINE_EVENT_PROGRESS, NULL, NULL, NULL, 0);
    work->told = now;
    return now - work->committed >= (time_t)indexer->options.commit_seconds
               ? commit(work) : DATELINE_OK;
}

/* Takes answers until no more than `most` articles wait for theirs. */
static dateline_status drain(struct reindexing *work, size_t most)
{
    dateline_status status = tick(work);
    while (!status && !work->indexer->stopped &&
           (work->count > most ||
            (work->count && most && !worker_has_room(work->workers)))) {
        status = deliver(work);
        if (!status)
            status = tick(work);
    }
    return status;
}

static dateline_status article_give(struct reindexing *work,
                                    struct xapian_bytes value,
                                    uint32_t document)
{
    struct stored_article stored;
    struct pending *article =
        &work->pending[(work->first + work->count) % MOST_PENDING];
    dateline_error why = {.position = -1};
    char key[LIMIT_TERM_BYTES + 1];
    *article = (struct pending){.document = document};
    dateline_status status = stored_read(&stored, &article->arena, value.bytes,
                                         value.length, &why);
    if (status || !stored.facts.id) {
        arena_release(&article->arena);
        article_fail(work, (struct xapian_bytes){"", 0}, why.message);
        return DATELINE_OK;
    }
    article->path = stored.facts.path;
    article->key.length =
        field_article(key, stored.facts.id, strlen(stored.facts.id));
    article->key.bytes =
        arena_copy(&article->arena, key, article->key.length);
    work->count++;
    return worker_give(&article->job, work->workers, -1, key,
                       article->key.length, work->error);
}

static bool document_visit(void *context, struct xapian_bytes name,
                           struct xapian_bytes value, uint32_t document)
{
    struct reindexing *work = context;
    (void)name;
    if (document <= work->done)
        return true;
    if (document > work->end)
        return false;
    work->indexer->counts.inputs++;
    work->status = article_give(work, value, document);
    if (!work->status)
        work->status = drain(work, MOST_PENDING - 1);
    return !work->status && !work->indexer->stopped;
}

/* -------------------------------------------------------------- bookkeeping */

static bool path_visit(void *context, struct xapian_bytes name,
                       struct xapian_bytes value, uint32_t frequency)
{
    struct reindexing *work = context;
    struct arena arena = ARENA_INIT;
    struct buffer bytes = {0};
    struct known known;
    bool good = known_read(&known, &arena, value);
    (void)frequency;
    for (size_t i = 0; good && i < known.count; i++)
        good = !seen_has(&work->failed, seen_hash(known.keys[i].bytes,
                                                  known.keys[i].length, 0));
    if (good && known.names != work->indexer->names) {
        known.names = work->indexer->names;
        known_write(&bytes, &known);
        work->status = store_set(
            work->indexer->store, name,
            (struct xapian_bytes){bytes.bytes, bytes.length}, work->error);
    }
    buffer_free(&bytes);
    arena_release(&arena);
    return !work->status;
}

/* A file that did not change need not be read for the new names. */
static dateline_status finish(struct reindexing *work)
{
    struct store *store = work->indexer->store;
    dateline_status status = xapian_reader_metadata_visit(
        work->reader, (struct xapian_bytes){KNOWN_PREFIX, 1}, path_visit, work,
        work->error);
    if (!status)
        status = work->status;
    if (!status)
        status = store_set(store, mark_key, (struct xapian_bytes){"", 0},
                           work->error);
    if (!status && !work->indexer->counts.failed)
        store_renewed(store);
    return status ? status : store_commit(store, work->error);
}

static dateline_status walk(struct reindexing *work)
{
    dateline_status status =
        xapian_reader_documents(work->reader, (struct xapian_bytes){"", 0},
                                document_visit, work, work->error);
    if (!status)
        status = work->status;
    if (!status)
        status = drain(work, 0);
    if (status || !work->indexer->stopped)
        return status ? status : finish(work);
    status = commit(work);
    return status ? status
                  : error_set(work->error, DATELINE_STOPPED, "stopped");
}

dateline_status dateline_indexer_reindex(dateline_indexer *indexer,
                                         dateline_error *error)
{
    struct reindexing work = {.indexer = indexer, .error = error};
    const char *path = indexer->index;
    error_clear(error);
    if (!indexer->store)
        return error_set(error, DATELINE_BAD_ARGUMENT, "no index is open");
    indexer->stopped = false;
    work.committed = work.told = time(NULL);
    work.renewer = (struct renewer){.index = path,
                                    .finder = indexer->reader.finder,
                                    .recorder = indexer->recorder};
    dateline_status status =
        indexer_workers(&work.workers, indexer, renew_run, &work.renewer, error);
    if (!status)
        status = xapian_reader_open(&work.reader, &path, 1, error);
    if (!status)
        status =
            xapian_reader_count(&indexer->counts.total, work.reader, error);
    if (!status)
        status = mark_get(&work);
    if (!status)
        status = walk(&work);
    worker_finish(work.workers);
    while (work.count)
        pending_pop(&work);
    xapian_reader_close(work.reader);
    seen_free(&work.failed);
    indexer_tell(indexer, DATELINE_EVENT_PROGRESS, NULL, NULL, NULL, 0);
    return status;
}
