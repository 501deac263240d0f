/* The writer: it is opened, articles go in and out, all is committed. */
#include "indexer/store_part.h"

#include "common/error.h"
#include "indexer/news.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WORD_BYTES = 64 << 20 /* held of words until they are added */ };

/* A folder that is swapped for a compacted one while its lock is waited for
 * leaves us with the lock of the one that is thrown away. */
static dateline_status writer_open(struct store *store, const char *path,
                                   dateline_error *error)
{
    struct stat before, after;
    bool known = !stat(path, &before);
    dateline_status status =
        xapian_writer_open(&store->writer, path, 0, error);
    if (!status && known &&
        (stat(path, &after) || before.st_ino != after.st_ino))
        status = error_set(error, DATELINE_LOCKED,
                           "%s was compacted at this moment; try again", path);
    return status;
}

dateline_status store_open(struct store **out, const char *path, bool older,
                           dateline_error *error)
{
    dateline_status status = store_folder_check(path, error);
    if (status)
        return status;
    struct store *store = calloc(1, sizeof *store);
    if (!store)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    store->word_bytes = WORD_BYTES;
    status = writer_open(store, path, error);
    if (!status)
        status = store_form_check(store, path, older, error);
    if (!status)
        status = store_figures_get(store, error);
    if (status) {
        store_close(store);
        return status;
    }
    *out = store;
    return DATELINE_OK;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    xapian_writer_close(store->writer);
    words_free(&store->words);
    free(store);
}

/* ----------------------------------------------------------------- articles */

/* An article that is already there. */
struct old {
    bool found;
    struct arena arena;
    const char *identity; /* of the index */
    struct stored_article article;
    uint64_t *runs; /* that brought its passages; 0: of another index */
    struct words words;
    dateline_status status;
    dateline_error *error;
};

static bool old_visit(void *context, struct xapian_bytes runs,
                      struct xapian_bytes data, uint32_t document)
{
    struct old *old = context;
    struct stored_article *article = &old->article;
    (void)document;
    old->status = stored_read(article, &old->arena, data.bytes, data.length,
                              old->error);
    if (old->status)
        return false;
    old->found = true;
    old->runs = arena_array(&old->arena, uint64_t, article->passage_count);
    stored_read_runs(old->runs, article->passage_count, old->identity,
                     runs.bytes, runs.length);
    return false;
}

static dateline_status old_find(struct old *old, struct store *store,
                                struct xapian_bytes key, dateline_error *error)
{
    *old = (struct old){.identity = store->identity, .error = error};
    dateline_status status =
        xapian_reader_values(xapian_writer_reader(store->writer), key,
                             FIELD_SLOT_RUN, old_visit, old, error);
    return status ? status : old->status;
}

/* Its words, as a record counts them. */
static void old_count(struct old *old)
{
    const struct stored_article *article = &old->article;
    const char *title = article->facts.title;
    if (title)
        words_count(&old->words, title, strlen(title));
    for (size_t i = 0; i < article->passage_count; i++)
        words_count(&old->words, article->body + article->passages[i].start,
                    article->passages[i].end - article->passages[i].start);
}

static void old_release(struct old *old)
{
    words_free(&old->words);
    arena_release(&old->arena);
}

/* All passages of a new article came with this run. */
static dateline_status runs_write(struct buffer *out, struct store *store,
                                  struct old *old, const struct record *record,
                                  dateline_error *error)
{
    struct stored_article now;
    struct xapian_bytes data = record->document.data;
    if (!old->found) {
        stored_write_runs(out, store->identity, &store->run, 1);
        return DATELINE_OK;
    }
    dateline_status status =
        stored_read(&now, &old->arena, data.bytes, data.length, error);
    if (!status)
        stored_write_runs(out, store->identity,
                          news_runs(&old->arena, &now, store->run,
                                    &old->article, old->runs),
                          now.passage_count);
    return status;
}

/* The record's document, with the runs as a value more. */
static dateline_status document_replace(struct store *store, struct old *old,
                                        const struct record *record,
                                        dateline_error *error)
{
    struct buffer runs = {0};
    struct xapian_document document = record->document;
    struct xapian_value *values = arena_array(
        &old->arena, struct xapian_value, document.value_count + 1);
    dateline_status status = runs_write(&runs, store, old, record, error);
    if (document.value_count)
        memcpy(values, document.values,
               document.value_count * sizeof *values);
    values[document.value_count++] =
        (struct xapian_value){FIELD_SLOT_RUN, runs.bytes, runs.length};
    document.values = values;
    if (!status)
        status = xapian_writer_replace(store->writer, record->key, &document,
                                       error);
    buffer_free(&runs);
    return status;
}

static dateline_status article_replace(struct store *store, struct old *old,
                                       const struct record *record,
                                       dateline_error *error)
{
    dateline_status status = document_replace(store, old, record, error);
    if (status)
        return status;
    store->changed = true;
    if (old->found) {
        store_figures_less(store, &old->article);
        old_count(old);
    }
    store_figures_more(store, record);
    words_add(&store->words, record->words, record->word_count, &old->words);
    return words_bytes(&store->words) > store->word_bytes
               ? words_write(&store->words, store->writer, error)
               : DATELINE_OK;
}

dateline_status store_put(enum store_change *change, struct store *store,
                          const struct record *record, dateline_error *error)
{
    struct old old;
    dateline_status status = old_find(&old, store, record->key, error);
    *change = old.found ? STORE_CHANGED : STORE_ADDED;
    if (old.found && old.article.hash[0] == record->hash[0] &&
        old.article.hash[1] == record->hash[1])
        *change = STORE_SAME;
    if (!status && *change != STORE_SAME)
        status = article_replace(store, &old, record, error);
    old_release(&old);
    return status;
}

dateline_status store_remove(struct buffer *id, struct store *store,
                             struct xapian_bytes key, dateline_error *error)
{
    struct old old;
    dateline_status status = old_find(&old, store, key, error);
    if (!status && old.found)
        status = xapian_writer_remove(store->writer, key, error);
    if (!status && old.found) {
        store->changed = true;
        store_figures_less(store, &old.article);
        buffer_text(id, old.article.facts.id ? old.article.facts.id : "");
        buffer_byte(id, '\0');
    }
    old_release(&old);
    return status;
}

void store_hold(struct store *store, size_t bytes)
{
    store->word_bytes = bytes;
}

bool store_is_old(const struct store *store)
{
    return strcmp(store->form, STORED_FORM) != 0;
}

void store_renewed(struct store *store)
{
    store->changed |= store_is_old(store);
    snprintf(store->form, sizeof store->form, "%s", STORED_FORM);
}

dateline_status store_commit(struct store *store, dateline_error *error)
{
    if (!store->changed)
        return DATELINE_OK;
    dateline_status status = words_write(&store->words, store->writer, error);
    if (!status)
        status = store_figures_write(store, error);
    if (!status)
        status = xapian_writer_commit(store->writer, error);
    if (!status) {
        store->changed = false;
        store->run++; /* what comes now was not seen by who asked just now */
    }
    return status;
}
