/* The public dateline_indexer_*: an index is opened, runs and single pages go
 * in, and a commit makes them visible. */
#include "indexer/indexer.h"

#include "common/alias.h"
#include "common/error.h"
#include "common/field.h"
#include "common/given.h"
#include "common/language.h"
#include "common/text.h"
#include "common/xapian_folder.h"
#include "indexer/format.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { USUAL_MEMORY_MB = 512 };

/* Part of every recipe: raise it when pages are to be read anew because they are
 * read better. */
static const char EXTRACTION_VERSION[] = "1";

/* --------------------------------------------------------------------- events */

void indexer_tell(struct dateline_indexer *indexer, dateline_event_kind kind,
                  const char *path, const char *id, const char *text,
                  size_t length)
{
    if (!indexer->options.event || indexer->stopped)
        return;
    struct buffer shown = {0};
    if (path)
        text_escape(&shown, path, strlen(path));
    dateline_event event = {.kind = kind,
                            .path = path ? shown.bytes : NULL,
                            .id = id,
                            .text = text,
                            .length = length,
                            .counts = &indexer->counts};
    if (!indexer->options.event(indexer->options.context, &event))
        indexer->stopped = true;
    buffer_free(&shown);
}

static void warn(void *context, const char *message)
{
    indexer_tell(context, DATELINE_EVENT_WARNING, NULL, NULL, message,
                 strlen(message));
}

dateline_status indexer_put(struct dateline_indexer *indexer,
                            const struct record *record, const char *path,
                            dateline_error *error)
{
    static const dateline_event_kind kinds[] = {
        [STORE_ADDED] = DATELINE_EVENT_ADDED,
        [STORE_CHANGED] = DATELINE_EVENT_CHANGED,
        [STORE_SAME] = DATELINE_EVENT_SAME};
    dateline_counts *counts = &indexer->counts;
    uint64_t *const sums[] = {[STORE_ADDED] = &counts->added,
                              [STORE_CHANGED] = &counts->changed,
                              [STORE_SAME] = &counts->same};
    enum store_change change;
    dateline_status status = store_put(&change, indexer->store, record, error);
    if (status)
        return status;
    ++*sums[change];
    if (change != STORE_SAME)
        counts->passages += record->passage_count;
    indexer_tell(indexer, kinds[change], path, record->id, NULL, 0);
    return DATELINE_OK;
}

/* -------------------------------------------------------------------- opening */

static const struct xapian_bytes aliases_key = {"aliases", 7};

/* The aliases that the index keeps, as a file to be read. -1: none. */
static int kept_aliases(struct dateline_indexer *indexer)
{
    struct buffer text = {0};
    int fd = -1;
    if (!indexer->options.aliases && indexer->store &&
        !store_get(&text, indexer->store, aliases_key, NULL) && text.length)
        fd = memfd_create("aliases", MFD_CLOEXEC);
    if (fd >= 0 &&
        write(fd, text.bytes, text.length) != (ssize_t)text.length) {
        close(fd);
        fd = -1;
    }
    buffer_free(&text);
    return fd;
}

static dateline_status finder_open(struct dateline_indexer *indexer,
                                   dateline_error *error)
{
    char path[64];
    int fd = kept_aliases(indexer);
    struct entity_options options = {.aliases = indexer->options.aliases,
                                     .model = indexer->options.model,
                                     .warn = warn,
                                     .context = indexer,
                                     .later = true};
    if (fd >= 0) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        options.aliases = path;
    }
    dateline_status status = entity_open(&indexer->finder, &options, error);
    if (fd >= 0)
        close(fd);
    return status;
}

dateline_status indexer_ready(struct dateline_indexer *indexer,
                              dateline_error *error)
{
    language_stop_word_rows(""); /* all readers share the table */
    return indexer->options.entities ? entity_ready(indexer->finder, error)
                                     : DATELINE_OK;
}

size_t indexer_memory(const struct dateline_indexer *indexer)
{
    unsigned megabytes = indexer->options.memory_mb;
    return (size_t)(megabytes ? megabytes : USUAL_MEMORY_MB) * LIMIT_MIB;
}

dateline_status indexer_workers(struct workers **out,
                                struct dateline_indexer *indexer,
                                worker_run *work, void *context,
                                dateline_error *error)
{
    size_t memory = indexer_memory(indexer);
    struct worker_options options = {
        .count = indexer->options.workers,
        .page_seconds = indexer->options.page_seconds,
        .memory = memory / 4 * 3,
        .held = memory / 16,
        .run = work,
        .context = context};
    dateline_status status = indexer_ready(indexer, error);
    return status ? status : worker_start(out, &options, error);
}

/* Keeps the aliases in the index, and makes the recipes. */
static dateline_status recipe_make(struct dateline_indexer *indexer,
                                   dateline_error *error)
{
    struct buffer text = {0}, recipe = {0}, names = {0};
    const struct alias_list *aliases =
        indexer->finder ? entity_aliases(indexer->finder) : NULL;
    buffer_add(&text, "", 0);
    if (aliases)
        alias_write(&text, aliases);
    buffer_format(&recipe, "%s %s", dateline_version(), EXTRACTION_VERSION);
    buffer_format(&names, "%d\n", indexer->options.entities);
    if (indexer->options.model && indexer->finder)
        buffer_format(&names, "%016" PRIx64 "\n",
                      entity_model_hash(indexer->finder));
    buffer_add(&names, text.bytes, text.length);
    indexer->recipe = seen_hash(recipe.bytes, recipe.length, 0);
    indexer->names = seen_hash(names.bytes, names.length, 0);
    dateline_status status = DATELINE_OK;
    if (indexer->store && indexer->options.aliases && indexer->finder)
        status = store_set(indexer->store, aliases_key,
                           (struct xapian_bytes){text.bytes, text.length},
                           error);
    buffer_free(&text);
    buffer_free(&recipe);
    buffer_free(&names);
    return status;
}

/* Waits as long as it was told to for another indexer to end. */
static dateline_status store_wait(struct dateline_indexer *indexer,
                                  const char *path, dateline_error *error)
{
    static const struct timespec pause = {0, 100000000};
    unsigned tries = indexer->options.lock_seconds * 10;
    dateline_status status;
    while ((status = store_open(&indexer->store, path, indexer->options.kept, error)) ==
               DATELINE_LOCKED &&
           tries && !indexer->stopped) {
        tries--;
        error_clear(error);
        nanosleep(&pause, NULL);
        indexer_tell(indexer, DATELINE_EVENT_PROGRESS, NULL, NULL, NULL, 0);
    }
    return status;
}

static dateline_status index_must_be(const char *index, dateline_error *error)
{
    dateline_error why = {.position = -1};
    dateline_status status = xapian_folder_check(index, &why);
    return status ? error_set(error, status, "%s: %s", index, why.message)
                  : DATELINE_OK;
}

static dateline_status parts_open(struct dateline_indexer *indexer,
                                  const char *index, dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    if (index && indexer->options.kept)
        status = index_must_be(index, error);
    if (!status && !indexer->options.dry_run)
        status = store_wait(indexer, index, error);
    if (!status && (indexer->options.entities || indexer->options.aliases))
        status = finder_open(indexer, error);
    if (!status)
        status = record_open(&indexer->recorder, error);
    if (!status)
        status = recipe_make(indexer, error);
    indexer->reader = (struct reader){
        .finder = indexer->options.entities ? indexer->finder : NULL,
        .recorder = indexer->recorder,
        .dry_run = indexer->options.dry_run};
    return status;
}

static dateline_status options_check(const dateline_index_options *options,
                                     const char *index, dateline_error *error)
{
    if (!index && !options->dry_run)
        return error_set(error, DATELINE_BAD_ARGUMENT, "no index is named");
    if (!options->input || format_named(options->input))
        return DATELINE_OK;
    return error_set(error, DATELINE_BAD_ARGUMENT,
                     "no input format is called %s", options->input);
}

dateline_status dateline_indexer_open(dateline_indexer **out,
                                      const char *index,
                                      const dateline_index_options *options,
                                      dateline_error *error)
{
    dateline_index_options all = DATELINE_INDEX_OPTIONS_INIT;
    error_clear(error);
    given_read(&all, sizeof all, options);
    dateline_status status = options_check(&all, index, error);
    if (status)
        return status;
    struct dateline_indexer *indexer = calloc(1, sizeof *indexer);
    if (!indexer)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    indexer->options = all;
    indexer->index = index ? strdup(index) : NULL;
    status = parts_open(indexer, index, error);
    if (status) {
        dateline_indexer_close(indexer);
        return status;
    }
    *out = indexer;
    return DATELINE_OK;
}

void dateline_indexer_close(dateline_indexer *indexer)
{
    if (!indexer)
        return;
    store_close(indexer->store);
    entity_close(indexer->finder);
    record_close(indexer->recorder);
    free(indexer->index);
    free(indexer);
}

/* ------------------------------------------------------------------- running */

static dateline_status form_must_be_ours(const dateline_indexer *indexer,
                                         dateline_error *error)
{
    return indexer->store && store_is_old(indexer->store)
               ? error_set(error, DATELINE_VERSION, "%s: the index is of an "
                           "older form; dateline-index --reindex brings it to "
                           "ours", indexer->index)
               : DATELINE_OK;
}

static dateline_status run_and_commit(dateline_indexer *indexer,
                                      const struct source_options *source,
                                      dateline_error *error)
{
    indexer->stopped = false;
    dateline_status status = form_must_be_ours(indexer, error);
    if (!status)
        status = run(indexer, source, error);
    if (!status && indexer->store)
        status = store_commit(indexer->store, error);
    if (!status && indexer->stopped)
        status = error_set(error, DATELINE_STOPPED, "stopped");
    indexer_tell(indexer, DATELINE_EVENT_PROGRESS, NULL, NULL, NULL, 0);
    return status;
}

dateline_status dateline_indexer_run(dateline_indexer *indexer,
                                     const char *const *paths, size_t count,
                                     dateline_error *error)
{
    const dateline_index_options *options = &indexer->options;
    struct source_options source = {.paths = paths,
                                    .count = count,
                                    .input = options->input,
                                    .manifest = options->manifest,
                                    .files0 = options->files0,
                                    .follow = options->follow};
    error_clear(error);
    return run_and_commit(indexer, &source, error);
}

dateline_status dateline_indexer_retry(dateline_indexer *indexer,
                                       dateline_error *error)
{
    struct arena arena = ARENA_INIT;
    struct source_item *items;
    struct source_options source = {.items = NULL};
    error_clear(error);
    if (!indexer->store)
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "a dry run knows of no failed inputs");
    dateline_status status = retry_list(&items, &source.item_count, &arena,
                                        indexer->store, error);
    source.items = items;
    indexer->retrying = true;
    if (!status)
        status = run_and_commit(indexer, &source, error);
    indexer->retrying = false;
    arena_release(&arena);
    return status;
}

dateline_status dateline_indexer_commit(dateline_indexer *indexer,
                                        dateline_error *error)
{
    error_clear(error);
    return indexer->store ? store_commit(indexer->store, error) : DATELINE_OK;
}

const dateline_counts *dateline_indexer_counts(const dateline_indexer *indexer)
{
    return &indexer->counts;
}

/* --------------------------------------------------------------- single pages */

/* What reader_read tells of one page. */
struct single {
    dateline_indexer *indexer;
    dateline_status status;
    dateline_error *error;
    size_t articles;
};

static void single_told(void *context, unsigned news, const char *bytes,
                        size_t length)
{
    struct single *single = context;
    struct arena arena = ARENA_INIT;
    struct record record;
    if (single->status)
        return;
    if (news == READER_FAULT)
        single->status = error_set(single->error, DATELINE_BAD_INPUT, "%.*s",
                                   (int)length, bytes);
    if (news != READER_RECORD)
        return;
    single->articles++;
    single->status =
        record_read(&record, &arena, bytes, length)
            ? indexer_put(single->indexer, &record, NULL, single->error)
            : error_set(single->error, DATELINE_INTERNAL, "no record was made");
    arena_release(&arena);
}

dateline_status dateline_indexer_add_bytes(dateline_indexer *indexer,
                                           const char *bytes, size_t length,
                                           const char *id, const char *url,
                                           dateline_error *error)
{
    struct reader_input input = {
        .id = id, .url = url, .format = indexer->options.input};
    struct single single = {.indexer = indexer, .error = error};
    error_clear(error);
    if (!id && !url)
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "a page needs an id or an address");
    if (!indexer->store)
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "a dry run adds no pages");
    single.status = form_must_be_ours(indexer, error);
    if (!single.status)
        single.status = indexer_ready(indexer, error);
    if (single.status)
        return single.status;
    reader_read(&indexer->reader, &input, bytes, length, single_told, &single);
    indexer->counts.inputs++;
    indexer->counts.bytes += length;
    if (!single.status && !single.articles)
        single.status = error_set(error, DATELINE_BAD_INPUT,
                                  "there is no text in it");
    if (single.status)
        indexer->counts.failed++;
    return single.status;
}

dateline_status dateline_indexer_remove(dateline_indexer *indexer,
                                        const char *id, dateline_error *error)
{
    char key[LIMIT_TERM_BYTES + 1];
    struct buffer removed = {0};
    error_clear(error);
    if (!indexer->store || !id)
        return error_set(error, DATELINE_BAD_ARGUMENT, "nothing to remove");
    size_t length = field_article(key, id, strlen(id));
    dateline_status status =
        store_remove(&removed, indexer->store,
                     (struct xapian_bytes){key, length}, error);
    indexer->counts.gone += removed.length > 0;
    if (!status && !removed.length)
        status = error_set(error, DATELINE_NOT_FOUND, "no article has id %s",
                           id);
    buffer_free(&removed);
    return status;
}
