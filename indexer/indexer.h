/* What the files of the indexer share: the open index, what is told of it, and
 * how one record goes in. */
#ifndef INDEXER_INDEXER_H
#define INDEXER_INDEXER_H

#include "indexer/reader.h"
#include "indexer/seen.h"
#include "indexer/source.h"
#include "indexer/store.h"

#include <dateline.h>

struct dateline_indexer {
    dateline_index_options options;
    char *index;         /* its folder, or NULL */
    struct store *store; /* NULL: dry run */
    struct entity_finder *finder;
    struct recorder *recorder;
    struct reader reader;
    uint64_t recipe;     /* of everything but an input's format, id and url */
    uint64_t names;      /* of how names are found */
    dateline_counts counts;
    bool stopped;        /* the event callback said so */
    bool retrying;       /* inputs are read whether they changed or not */
};

/* Tells the callback; what it answers is kept in `stopped`. path may hold any
 * bytes; text is one line. */
void indexer_tell(struct dateline_indexer *indexer, dateline_event_kind kind,
                  const char *path, const char *id, const char *text,
                  size_t length);

/* Puts a record in and counts it. path is for the event. */
dateline_status indexer_put(struct dateline_indexer *indexer,
                            const struct record *record, const char *path,
                            dateline_error *error);

/* Before the first page is read: what reading needs and is dear to load. */
dateline_status indexer_ready(struct dateline_indexer *indexer,
                              dateline_error *error);

/* Starts reader processes for the indexer's options. */
dateline_status indexer_workers(struct workers **out,
                                struct dateline_indexer *indexer,
                                worker_run *work, void *context,
                                dateline_error *error);

/* Of all the memory, readers get three quarters; answers and lines that wait, and
 * words until they are written, share the rest. */
size_t indexer_memory(const struct dateline_indexer *indexer);

/* The walk of a run, from the first path to the sweep, without the commit. */
dateline_status run(struct dateline_indexer *indexer,
                    const struct source_options *source,
                    dateline_error *error);

/* The inputs of which the index knows that they could not be read; *out lives in
 * the arena. */
dateline_status retry_list(struct source_item **out, size_t *count,
                           struct arena *arena, struct store *store,
                           dateline_error *error);

/* The end of a run: articles go whose path is gone or gives them no longer.
 * `keys` are those that were read in this run, `lost` those that inputs read in
 * this run no longer gave (stored_strings). */
dateline_status sweep(struct dateline_indexer *indexer,
                      const struct source *source, const struct seen *keys,
                      const struct buffer *lost, dateline_error *error);

#endif
