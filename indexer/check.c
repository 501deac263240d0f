/* An index goes in; what is wrong with it comes out, fault by fault: first what
 * Xapian finds in its own tables, then, where those are sound, whether what we
 * keep in them hangs together: every article can be read and found, every file's
 * articles are there, and the figures are those of all of them. */
#include "common/error.h"
#include "common/field.h"
#include "common/stored.h"
#include "common/xapian_folder.h"
#include "indexer/inspect.h"
#include "indexer/known.h"
#include "indexer/seen.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

struct check {
    struct xapian_reader *reader;
    const char *index;
    dateline_fault_visit *visit;
    void *context;
    uint64_t faults;
    bool stopped;
    struct seen keys; /* of the articles */
    uint64_t articles, terms, passages, words; /* that were met */
};

static bool say(struct check *check, const char *where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* False when nobody wants to hear more. */
static bool say(struct check *check, const char *where, const char *format, ...)
{
    char text[512];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    check->faults++;
    if (check->visit && !check->visit(check->context, where, text))
        check->stopped = true;
    return !check->stopped;
}

/* ---------------------------------------------------------------- documents */

static void article_take(struct check *check, const char *where,
                         const struct stored_article *article)
{
    char key[LIMIT_TERM_BYTES + 1];
    const char *id = article->facts.id ? article->facts.id : "";
    size_t length = field_article(key, id, strlen(id));
    uint64_t frequency = 0;
    check->articles++;
    check->terms += article->terms;
    check->passages += article->passage_count;
    for (size_t i = 0; i < article->passage_count; i++)
        check->words += article->words[i];
    if (!*id)
        say(check, where, "the article kept there has no id");
    else if (!seen_add(&check->keys, seen_hash(key, length, 0)))
        say(check, id, "the article is there twice");
    else if (!xapian_reader_frequency(&frequency, check->reader,
                                      (struct xapian_bytes){key, length},
                                      NULL) && !frequency)
        say(check, id, "the article cannot be found by its id");
}

static bool document_visit(void *context, struct xapian_bytes name,
                           struct xapian_bytes value, uint32_t document)
{
    struct check *check = context;
    struct arena arena = ARENA_INIT;
    struct stored_article article;
    char where[32];
    (void)name;
    snprintf(where, sizeof where, "document %" PRIu32, document);
    if (stored_read(&article, &arena, value.bytes, value.length, NULL))
        say(check, where, "the article kept there cannot be read");
    else
        article_take(check, where, &article);
    arena_release(&arena);
    return !check->stopped;
}

/* ----------------------------------------------------- what else is kept */

static bool path_visit(void *context, struct xapian_bytes name,
                       struct xapian_bytes value, uint32_t frequency)
{
    struct check *check = context;
    struct arena arena = ARENA_INIT;
    struct known known;
    (void)frequency;
    if (!known_read(&known, &arena, value))
        say(check, arena_copy(&arena, name.bytes + 1, name.length - 1),
            "what is known of this file cannot be read");
    for (size_t i = 0; i < known.count && !check->stopped; i++) {
        struct xapian_bytes key = known.keys[i];
        if (!seen_has(&check->keys, seen_hash(key.bytes, key.length, 0)))
            say(check, known.path, "article %zu of its %zu is missing", i + 1,
                known.count);
    }
    arena_release(&arena);
    return !check->stopped;
}

/* A figure that ranking rests on: what was found, and what is written down. */
struct figure {
    const char *key, *items, *parts;
    uint64_t count, sum;
};

static dateline_status figure_check(struct check *check,
                                    const struct figure *found,
                                    dateline_error *error)
{
    uint64_t sum, count;
    dateline_status status =
        inspect_pair(&sum, &count, check->reader, found->key, error);
    if (!status && count != found->count)
        say(check, check->index, "%" PRIu64 " %s are there, %" PRIu64
            " are counted", found->count, found->items, count);
    if (!status && sum != found->sum)
        say(check, check->index, "%" PRIu64 " %s are there, %" PRIu64
            " are counted", found->sum, found->parts, sum);
    return status;
}

static dateline_status ours(struct check *check, dateline_error *error)
{
    dateline_status status =
        xapian_reader_documents(check->reader, (struct xapian_bytes){"", 0},
                                document_visit, check, error);
    if (!status && !check->stopped)
        status = xapian_reader_metadata_visit(
            check->reader, (struct xapian_bytes){KNOWN_PREFIX, 1}, path_visit,
            check, error);
    const struct figure figures[] = {
        {"length:article", "articles", "terms", check->articles, check->terms},
        {"length:passage", "passages", "words of passages", check->passages,
         check->words}};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (!status && !check->stopped)
            status = figure_check(check, &figures[i], error);
    return status;
}

/* ------------------------------------------------------------------- public */

static bool table_visit(void *context, struct xapian_bytes line,
                        struct xapian_bytes value, uint32_t frequency)
{
    struct check *check = context;
    (void)value, (void)frequency;
    return say(check, check->index, "%.*s", (int)line.length, line.bytes);
}

static dateline_status check_all(struct check *check, dateline_error *error)
{
    size_t found = 0;
    dateline_status status =
        xapian_check(&found, check->index, table_visit, check, error);
    if (!status && found && !check->faults)
        say(check, check->index, "Xapian finds %zu faults", found);
    if (status || check->faults)
        return status;
    status = inspect_open(&check->reader, check->index, error);
    return status ? status : ours(check, error);
}

dateline_status dateline_index_check(uint64_t *faults, const char *index,
                                     dateline_fault_visit *visit,
                                     void *context, dateline_error *error)
{
    struct check check = {.index = index, .visit = visit, .context = context};
    struct xapian_stamp before, after;
    dateline_error why = {.position = -1};
    error_clear(error);
    bool folder = xapian_folder_stamp(&before, index);
    dateline_status status = check_all(&check, &why);
    xapian_reader_close(check.reader);
    seen_free(&check.keys);
    if (folder && (status || check.faults) &&
        (!xapian_folder_stamp(&after, index) ||
         memcmp(&before, &after, sizeof before)))
        return error_set(error, DATELINE_CHANGED,
                         "%s was written to meanwhile; check it again", index);
    if (status == DATELINE_CORRUPT) {
        say(&check, index, "%s", why.message);
        status = DATELINE_OK;
    }
    if (status)
        return error_set(error, status, "%s", why.message);
    *faults = check.faults;
    return DATELINE_OK;
}
