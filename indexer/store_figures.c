/* The metadata of an index: who it is, its form, and the figures about the whole
 * of it that every commit carries along. */
#include "indexer/store_part.h"

#include "common/error.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static struct xapian_bytes bytes_of(const char *text)
{
    return (struct xapian_bytes){text, strlen(text)};
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

/* ------------------------------------------------------------------- figures */

dateline_status store_form_check(struct store *store, const char *path,
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

dateline_status store_figures_get(struct store *store, dateline_error *error)
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

void store_figures_less(struct store *store,
                        const struct stored_article *article)
{
    for (size_t i = 0; i < article->passage_count; i++)
        store->passage_words -= article->words[i];
    store->passages -= article->passage_count;
    store->article_terms -= article->terms;
    store->articles--;
    language_add(store, article->facts.language, -1);
}

void store_figures_more(struct store *store, const struct record *record)
{
    store->passage_words += record->passage_words;
    store->passages += record->passage_count;
    store->article_terms += record->terms;
    store->articles++;
    language_add(store, record->language, 1);
}

dateline_status store_figures_write(struct store *store, dateline_error *error)
{
    char key[64], run[32];
    snprintf(run, sizeof run, "%" PRIu64, store->run);
    dateline_status status = set_text(store, "version", store->form, error);
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
    return status;
}
