/* The writer, what it counts, and whose folder it may write to. */
#include "indexer/store.h"

#include "common/error.h"
#include "common/field.h"
#include "common/limit.h"
#include "common/stored.h"
#include "indexer/news.h"
#include "indexer/words.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    FLUSH_DOCUMENTS = 1000,    /* measured: more costs more CPU, not less */
    WORD_BYTES = 64 << 20,     /* held of words until they are added */
    LANGUAGE_BYTES = 15,
    MOST_LANGUAGES = 256
};

struct language_count {
    char code[LANGUAGE_BYTES + 1];
    uint64_t articles;
};

struct store {
    struct xapian_writer *writer;
    char identity[FIELD_IDENTITY_BYTES + 1];
    uint64_t run; /* that the next commit ends */
    uint64_t passage_words, passages;
    uint64_t article_terms, articles;
    struct language_count languages[MOST_LANGUAGES];
    size_t language_count;
    struct words words; /* that wait to be added */
    size_t word_bytes;  /* that they may take */
    char form[24]; /* of what it keeps: an older one until it is all rewritten */
    bool changed; /* figures are to be written */
};

static struct xapian_bytes bytes_of(const char *text)
{
    return (struct xapian_bytes){text, strlen(text)};
}

/* ------------------------------------------------------------- whose folder */

/* What Xapian puts into a folder of its own. */
static const char *const own_files[] = {
    "flintlock",       "iamglass",        "iamglass.tmp",  "v.tmp",
    "postlist.glass",  "docdata.glass",   "termlist.glass", "position.glass",
    "spelling.glass",  "synonym.glass",   NULL};

static bool is_own_file(const char *name)
{
    for (size_t i = 0; own_files[i]; i++)
        if (!strcmp(name, own_files[i]))
            return true;
    return false;
}

/* The first foreign name in a folder, or NULL. */
static char *foreign_name(DIR *folder)
{
    for (struct dirent *entry; (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
            !is_own_file(entry->d_name))
            return entry->d_name;
    return NULL;
}

static dateline_status folders_make(const char *path, dateline_error *error)
{
    char *copy = strdup(path);
    if (!copy)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    for (char *at = copy; (at = strchr(at + 1, '/'));) {
        *at = '\0';
        mkdir(copy, 0777); /* the last one tells whether it went well */
        *at = '/';
    }
    int failed = mkdir(copy, 0777) && errno != EEXIST;
    free(copy);
    return failed ? error_set(error, DATELINE_IO, "%s: %s", path,
                              strerror(errno))
                  : DATELINE_OK;
}

/* An index, an empty folder, or nothing: else it is somebody's. */
static dateline_status folder_check(const char *path, dateline_error *error)
{
    struct stat found;
    if (stat(path, &found))
        return errno == ENOENT ? folders_make(path, error)
                               : error_set(error, DATELINE_IO, "%s: %s", path,
                                           strerror(errno));
    if (!S_ISDIR(found.st_mode))
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "%s is a file, not an index; name a folder", path);
    if (access(path, W_OK | X_OK))
        return error_set(error, DATELINE_IO, "%s cannot be written to: %s",
                         path, strerror(errno));
    DIR *folder = opendir(path);
    if (!folder)
        return error_set(error, DATELINE_IO, "%s: %s", path, strerror(errno));
    dateline_status status = DATELINE_OK;
    const char *name = foreign_name(folder);
    if (name)
        status = error_set(error, DATELINE_BAD_ARGUMENT,
                           "%s holds %s and is no index; name an empty folder",
                           path, name);
    closedir(folder);
    return status;
}

/* ----------------------------------------------------------------- metadata */

dateline_status store_get(struct buffer *out, struct store *store,
                          struct xapian_bytes key, dateline_error *error)
{
    char *bytes;
    size_t length;
    struct xapian_reader *reader = xapian_writer_reader(store->writer);
    dateline_status status =
        xapian_reader_metadata(&bytes, &length, reader, key, error);
    if (status)
        return status;
    out->length = 0;
    buffer_add(out, bytes ? bytes : "", length);
    free(bytes);
    return DATELINE_OK;
}

dateline_status store_set(struct store *store, struct xapian_bytes key,
                          struct xapian_bytes value, dateline_error *error)
{
    store->changed = true;
    return xapian_writer_set_metadata(store->writer, key, value, error);
}

dateline_status store_visit(struct store *store, struct xapian_bytes prefix,
                            xapian_visit *visit, void *context,
                            dateline_error *error)
{
    return xapian_reader_metadata_visit(xapian_writer_reader(store->writer),
                                        prefix, visit, context, error);
}

static dateline_status set_text(struct store *store, const char *key,
                                const char *value, dateline_error *error)
{
    return store_set(store, bytes_of(key), bytes_of(value), error);
}

dateline_status store_pair_read(uint64_t *sum, uint64_t *count,
                                const struct buffer *text, const char *key,
                                dateline_error *error)
{
    if (text->length &&
        sscanf(text->bytes, "%" SCNu64 " %" SCNu64, sum, count) < 1)
        return error_set(error, DATELINE_CORRUPT,
                         "the index is damaged (%s); make it anew", key);
    return DATELINE_OK;
}

static dateline_status get_pair(uint64_t *sum, uint64_t *count,
                                struct store *store, const char *key,
                                dateline_error *error)
{
    struct buffer text = {0};
    dateline_status status = store_get(&text, store, bytes_of(key), error);
    if (!status)
        status = store_pair_read(sum, count, &text, key, error);
    buffer_free(&text);
    return status;
}

static dateline_status set_pair(struct store *store, const char *key,
                                uint64_t sum, uint64_t count,
                                dateline_error *error)
{
    char text[64];
    snprintf(text, sizeof text, "%" PRIu64 " %" PRIu64, sum, count);
    return set_text(store, key, text, error);
}

/* ---------------------------------------------------------------- languages */

static struct language_count *language_slot(struct store *store,
                                            const char *code)
{
    for (size_t i = 0; i < store->language_count; i++)
        if (!strcmp(store->languages[i].code, code))
            return &store->languages[i];
    if (store->language_count == MOST_LANGUAGES ||
        strlen(code) > LANGUAGE_BYTES || strpbrk(code, " \n"))
        return NULL;
    struct language_count *slot = &store->languages[store->language_count++];
    snprintf(slot->code, sizeof slot->code, "%s", code);
    slot->articles = 0;
    return slot;
}

static void language_add(struct store *store, const char *code, int much)
{
    struct language_count *slot =
        code && *code ? language_slot(store, code) : NULL;
    if (slot && (much > 0 || slot->articles))
        slot->articles += (uint64_t)much;
}

static dateline_status languages_get(struct store *store,
                                     dateline_error *error)
{
    struct buffer text = {0};
    dateline_status status =
        store_get(&text, store, bytes_of("languages"), error);
    char code[LANGUAGE_BYTES + 1];
    uint64_t articles;
    int used;
    for (const char *at = text.bytes;
         !status && sscanf(at, "%15s %" SCNu64 " %n", code, &articles,
                           &used) == 2;
         at += used) {
        struct language_count *slot = language_slot(store, code);
        if (slot)
            slot->articles = articles;
    }
    buffer_free(&text);
    return status;
}

static int compare_languages(const void *a, const void *b)
{
    const struct language_count *x = a, *y = b;
    if (x->articles != y->articles)
        return x->articles < y->articles ? 1 : -1;
    return strcmp(x->code, y->code);
}

static dateline_status languages_set(struct store *store,
                                     dateline_error *error)
{
    struct buffer text = {0};
    buffer_add(&text, "", 0);
    qsort(store->languages, store->language_count, sizeof *store->languages,
          compare_languages);
    for (size_t i = 0; i < store->language_count; i++)
        if (store->languages[i].articles)
            buffer_format(&text, "%s %" PRIu64 "\n", store->languages[i].code,
                          store->languages[i].articles);
    dateline_status status = set_text(store, "languages", text.bytes, error);
    buffer_free(&text);
    return status;
}

/* ------------------------------------------------------------------ opening */

/* An index of ours says its form; an empty one has nothing to say yet. */
static dateline_status form_check(struct store *store, const char *path,
                                  bool older, dateline_error *error)
{
    struct buffer form = {0};
    uint64_t documents;
    struct xapian_reader *reader = xapian_writer_reader(store->writer);
    dateline_status status =
        store_get(&form, store, bytes_of("version"), error);
    if (!status)
        status = xapian_reader_count(&documents, reader, error);
    if (!status && !form.length && documents)
        status = error_set(error, DATELINE_BAD_ARGUMENT,
                           "%s is another program's index; name an empty "
                           "folder", path);
    else if (!status && form.length)
        status = stored_form_check(form.bytes, older, path, error);
    snprintf(store->form, sizeof store->form, "%s",
             form.length ? form.bytes : STORED_FORM);
    store->changed = !form.length;
    buffer_free(&form);
    return status;
}

/* "run:IDENTITY" */
static const char *run_key(char out[64], const struct store *store)
{
    snprintf(out, 64, FIELD_META_RUN "%s", store->identity);
    return out;
}

static dateline_status identity_draw(struct store *store, dateline_error *error)
{
    uint64_t drawn;
    if (getrandom(&drawn, sizeof drawn, 0) != (ssize_t)sizeof drawn)
        return error_set(error, DATELINE_IO, "no random bytes: %s",
                         strerror(errno));
    snprintf(store->identity, sizeof store->identity, "%016" PRIx64, drawn);
    return DATELINE_OK;
}

/* Who the index is and how many runs it has seen. An index from before there
 * were numbers is given an identity with its next commit. */
static dateline_status run_get(struct store *store, dateline_error *error)
{
    char key[64];
    uint64_t none = 0;
    struct buffer text = {0};
    dateline_status status =
        store_get(&text, store, bytes_of(FIELD_META_IDENTITY), error);
    if (!status && !text.length)
        status = identity_draw(store, error);
    else if (!status && field_is_identity(text.bytes, text.length))
        memcpy(store->identity, text.bytes, sizeof store->identity);
    else if (!status)
        status = error_set(error, DATELINE_CORRUPT, "the index is damaged "
                           "(" FIELD_META_IDENTITY "); make it anew");
    buffer_free(&text);
    if (!status)
        status = get_pair(&store->run, &none, store, run_key(key, store), error);
    if (!status && store->run >= UINT32_MAX)
        status = error_set(error, DATELINE_CORRUPT, "the index is damaged "
                           "(%s); make it anew", key);
    store->run++;
    return status;
}

static dateline_status figures_get(struct store *store, dateline_error *error)
{
    dateline_status status = run_get(store, error);
    if (!status)
        status = get_pair(&store->passage_words, &store->passages, store,
                          "length:passage", error);
    if (!status)
        status = get_pair(&store->article_terms, &store->articles, store,
                          "length:article", error);
    if (!status)
        status = languages_get(store, error);
    return status;
}

/* A folder that is swapped for a compacted one while its lock is waited for
 * leaves us with the lock of the one that is thrown away. */
static dateline_status writer_open(struct store *store, const char *path,
                                   dateline_error *error)
{
    struct stat before, after;
    bool known = !stat(path, &before);
    dateline_status status =
        xapian_writer_open(&store->writer, path, FLUSH_DOCUMENTS, error);
    if (!status && known &&
        (stat(path, &after) || before.st_ino != after.st_ino))
        status = error_set(error, DATELINE_LOCKED,
                           "%s was compacted at this moment; try again", path);
    return status;
}

dateline_status store_open(struct store **out, const char *path, bool older,
                           dateline_error *error)
{
    dateline_status status = folder_check(path, error);
    if (status)
        return status;
    struct store *store = calloc(1, sizeof *store);
    if (!store)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    store->word_bytes = WORD_BYTES;
    status = writer_open(store, path, error);
    if (!status)
        status = form_check(store, path, older, error);
    if (!status)
        status = figures_get(store, error);
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

static void figures_less(struct store *store, const struct old *old)
{
    const struct stored_article *article = &old->article;
    for (size_t i = 0; i < article->passage_count; i++)
        store->passage_words -= article->words[i];
    store->passages -= article->passage_count;
    store->article_terms -= article->terms;
    store->articles--;
    language_add(store, article->facts.language, -1);
}

static void figures_more(struct store *store, const struct record *record)
{
    store->passage_words += record->passage_words;
    store->passages += record->passage_count;
    store->article_terms += record->terms;
    store->articles++;
    language_add(store, record->language, 1);
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
        figures_less(store, old);
        old_count(old);
    }
    figures_more(store, record);
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
        figures_less(store, &old);
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
    char key[64], run[32];
    snprintf(run, sizeof run, "%" PRIu64, store->run);
    dateline_status status = words_write(&store->words, store->writer, error);
    if (!status)
        status = set_text(store, "version", store->form, error);
    if (!status)
        status = set_pair(store, "written", (uint64_t)time(NULL), store->run,
                          error);
    if (!status)
        status = set_text(store, FIELD_META_IDENTITY, store->identity, error);
    if (!status)
        status = set_text(store, run_key(key, store), run, error);
    if (!status)
        status = languages_set(store, error);
    if (!status)
        status = set_pair(store, "length:passage", store->passage_words,
                          store->passages, error);
    if (!status)
        status = set_pair(store, "length:article", store->article_terms,
                          store->articles, error);
    if (!status)
        status = xapian_writer_commit(store->writer, error);
    if (!status) {
        store->changed = false;
        store->run++; /* what comes now was not seen by who asked just now */
    }
    return status;
}
