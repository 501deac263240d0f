/* What is gone: paths under the folders given that were not met, and articles
 * that their path gives no longer. An article that another living path also
 * gives stays; that path is forgotten, so that the next run reads it anew. */
#include "common/error.h"
#include "common/stored.h"
#include "indexer/indexer.h"
#include "indexer/known.h"
#include "indexer/path.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_GONE_PERCENT = 20 }; /* of a root, unless we are told to */

/* A root and how its paths fared. */
struct tally {
    const char *real;
    bool failed, refused;
    uint64_t known, gone;
};

struct sweep {
    struct dateline_indexer *indexer;
    const struct source *source;
    const struct seen *keys;
    struct tally *tallies;
    size_t tally_count;
    struct arena arena;
    const char **paths; /* gone */
    size_t path_count, path_room;
    struct seen doomed;         /* hashes of the keys below */
    struct xapian_bytes *items; /* article keys to be removed */
    size_t item_count, item_room;
    struct seen kept;           /* of those, the ones that live on */
    const char **stale;         /* living paths to be forgotten */
    size_t stale_count, stale_room;
};

static struct tally *tally_of(struct sweep *sweep, const char *path)
{
    for (size_t i = 0; i < sweep->tally_count; i++)
        if (path_is_under(sweep->tallies[i].real, path))
            return &sweep->tallies[i];
    return NULL;
}

static void path_add(struct sweep *sweep, const char ***paths, size_t *count,
                     size_t *room, const char *path)
{
    *(const char **)arena_push(&sweep->arena, paths, count, room) =
        arena_string(&sweep->arena, path);
}

static uint64_t key_hash(struct xapian_bytes key)
{
    return seen_hash(key.bytes, key.length, 0);
}

/* Unless it was read in this run, from wherever. */
static void doom(struct sweep *sweep, struct xapian_bytes key)
{
    if (!seen_add(&sweep->doomed, key_hash(key)))
        return;
    struct xapian_bytes *item = arena_push(
        &sweep->arena, &sweep->items, &sweep->item_count, &sweep->item_room);
    item->bytes = arena_copy(&sweep->arena, key.bytes, key.length);
    item->length = key.length;
}

/* ---------------------------------------------------- looking at what is known */

/* First look: which paths are gone, and how many each root had. */
static bool count_visit(void *context, struct xapian_bytes name,
                        struct xapian_bytes value, uint32_t frequency)
{
    struct sweep *sweep = context;
    struct arena arena = ARENA_INIT;
    struct known known;
    (void)name, (void)frequency;
    if (known_read(&known, &arena, value)) {
        struct tally *tally = tally_of(sweep, known.path);
        if (tally) {
            tally->known++;
            if (!source_may_exist(sweep->source, known.path)) {
                tally->gone++;
                path_add(sweep, &sweep->paths, &sweep->path_count,
                         &sweep->path_room, known.path);
            }
        }
    }
    arena_release(&arena);
    return true;
}

/* Second look: who else gives an article that is to go. */
static bool share_visit(void *context, struct xapian_bytes name,
                        struct xapian_bytes value, uint32_t frequency)
{
    struct sweep *sweep = context;
    struct arena arena = ARENA_INIT;
    struct known known;
    bool shares = false;
    (void)name, (void)frequency;
    if (known_read(&known, &arena, value))
        for (size_t i = 0; i < known.count; i++) {
            uint64_t hash = key_hash(known.keys[i]);
            if (!seen_has(&sweep->doomed, hash))
                continue;
            seen_add(&sweep->kept, hash);
            shares = true;
        }
    if (shares)
        path_add(sweep, &sweep->stale, &sweep->stale_count,
                 &sweep->stale_room, known.path);
    arena_release(&arena);
    return true;
}

static dateline_status look(struct sweep *sweep, xapian_visit *visit,
                            dateline_error *error)
{
    return store_visit(sweep->indexer->store,
                       (struct xapian_bytes){KNOWN_PREFIX, 1}, visit, sweep,
                       error);
}

/* ------------------------------------------------------------------- deciding */

/* A disk that is not mounted looks like a folder whose pages all went. */
static void refuse_many(struct sweep *sweep)
{
    struct dateline_indexer *indexer = sweep->indexer;
    for (size_t i = 0; i < sweep->tally_count; i++) {
        struct tally *tally = &sweep->tallies[i];
        tally->refused = tally->failed;
        if (indexer->options.delete_gone != DATELINE_DELETE_AUTO ||
            tally->failed ||
            tally->gone * 100 <= tally->known * MOST_GONE_PERCENT)
            continue;
        struct buffer text = {0};
        tally->refused = true;
        buffer_format(&text,
                      "%llu of %llu files known here are gone, so nothing was "
                      "removed; if that is right, run again with --delete "
                      "always",
                      (unsigned long long)tally->gone,
                      (unsigned long long)tally->known);
        indexer->counts.failed++;
        indexer_tell(indexer, DATELINE_EVENT_FAILED, tally->real, NULL,
                     text.bytes, text.length);
        buffer_free(&text);
    }
}

/* ------------------------------------------------------------------- removing */

static dateline_status path_forget(struct sweep *sweep, const char *path,
                                   dateline_error *error)
{
    char key[LIMIT_TERM_BYTES + 1];
    return store_set(sweep->indexer->store, known_key(key, path),
                     (struct xapian_bytes){"", 0}, error);
}

/* The articles of a path that is gone. */
static dateline_status path_doom(struct sweep *sweep, const char *path,
                                 dateline_error *error)
{
    char key[LIMIT_TERM_BYTES + 1];
    struct buffer bytes = {0};
    struct arena arena = ARENA_INIT;
    struct known known;
    dateline_status status = store_get(&bytes, sweep->indexer->store,
                                       known_key(key, path), error);
    if (!status && known_read(&known, &arena,
                              (struct xapian_bytes){bytes.bytes, bytes.length}))
        for (size_t i = 0; i < known.count; i++)
            if (!seen_has(sweep->keys, key_hash(known.keys[i])))
                doom(sweep, known.keys[i]);
    arena_release(&arena);
    buffer_free(&bytes);
    return status ? status : path_forget(sweep, path, error);
}

static dateline_status paths_doom(struct sweep *sweep, dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < sweep->path_count && !status; i++)
        if (!tally_of(sweep, sweep->paths[i])->refused)
            status = path_doom(sweep, sweep->paths[i], error);
    return status;
}

static void lost_doom(struct sweep *sweep, const struct buffer *lost)
{
    const char *at = lost->bytes, *end = at + lost->length;
    struct xapian_bytes key;
    while (at < end && stored_read_string(&key.bytes, &key.length, &at, end))
        if (!seen_has(sweep->keys, key_hash(key)))
            doom(sweep, key);
}

static dateline_status article_remove(struct sweep *sweep,
                                      struct xapian_bytes key,
                                      dateline_error *error)
{
    struct dateline_indexer *indexer = sweep->indexer;
    struct buffer id = {0};
    if (seen_has(&sweep->kept, key_hash(key)))
        return DATELINE_OK;
    dateline_status status = store_remove(&id, indexer->store, key, error);
    if (!status && id.length) {
        indexer->counts.gone++;
        indexer_tell(indexer, DATELINE_EVENT_GONE, NULL, id.bytes, NULL, 0);
    }
    buffer_free(&id);
    return status;
}

static dateline_status remove_all(struct sweep *sweep, dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    if (sweep->item_count)
        status = look(sweep, share_visit, error);
    for (size_t i = 0; i < sweep->stale_count && !status; i++)
        status = path_forget(sweep, sweep->stale[i], error);
    for (size_t i = 0; i < sweep->item_count && !status; i++)
        status = article_remove(sweep, sweep->items[i], error);
    return status;
}

static void tallies_make(struct sweep *sweep)
{
    size_t count;
    const struct source_root *roots = source_roots(&count, sweep->source);
    sweep->tallies = arena_array(&sweep->arena, struct tally, count);
    sweep->tally_count = count;
    for (size_t i = 0; i < count; i++)
        sweep->tallies[i] =
            (struct tally){.real = roots[i].real, .failed = roots[i].failed};
}

dateline_status sweep(struct dateline_indexer *indexer,
                      const struct source *source, const struct seen *keys,
                      const struct buffer *lost, dateline_error *error)
{
    struct sweep sweep = {.indexer = indexer, .source = source, .keys = keys};
    dateline_status status = DATELINE_OK;
    tallies_make(&sweep);
    if (sweep.tally_count)
        status = look(&sweep, count_visit, error);
    if (!status) {
        refuse_many(&sweep);
        status = paths_doom(&sweep, error);
    }
    if (!status) {
        lost_doom(&sweep, lost);
        status = remove_all(&sweep, error);
    }
    seen_free(&sweep.doomed);
    seen_free(&sweep.kept);
    arena_release(&sweep.arena);
    return status;
}
