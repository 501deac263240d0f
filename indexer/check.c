/* An index goes in; what is wrong with it comes out, fault by fault: first what
 * Xapian finds in its own tables, then, where those are sound, whether what we
 * keep in them hangs together.
 *
 * An article's document is followed by its passages, so one walk over all
 * documents sees the gaps. */
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
    struct seen keys;      /* of the articles */
    char id[512];          /* of the article in hand, maybe cut */
    uint64_t key_hash;
    size_t wanted, next;   /* passages of it */
    uint64_t orphan;       /* hash of the key that was last said to be none */
    uint64_t articles, passages;
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

static void article_end(struct check *check)
{
    if (check->next < check->wanted)
        say(check, check->id, "%zu of its %zu passages are missing",
            check->wanted - check->next, check->wanted);
    check->wanted = check->next = 0;
    check->key_hash = 0;
}

static void article_begin(struct check *check,
                          const struct stored_article *article)
{
    char key[LIMIT_TERM_BYTES + 1];
    const char *id = article->facts.id ? article->facts.id : "";
    size_t length = field_article(key, id, strlen(id));
    uint64_t frequency = 0;
    article_end(check);
    snprintf(check->id, sizeof check->id, "%s", id);
    check->key_hash = seen_hash(key, length, 0);
    check->wanted = article->passage_count;
    check->articles++;
    if (!seen_add(&check->keys, check->key_hash))
        say(check, id, "the article is there twice");
    if (!xapian_reader_frequency(&frequency, check->reader,
                                 (struct xapian_bytes){key, length}, NULL) &&
        !frequency)
        say(check, id, "the article cannot be found by its id");
}

static void passage_take(struct check *check, const char *where,
                         struct xapian_bytes key,
                         const struct stored_passage *passage)
{
    uint64_t hash = seen_hash(key.bytes, key.length, 0);
    check->passages++;
    if (check->key_hash == hash && passage->number >= check->next &&
        passage->number < check->wanted) {
        if (passage->number > check->next)
            say(check, check->id, "passage %zu is missing", check->next);
        check->next = passage->number + 1;
    } else if (check->key_hash == hash) {
        say(check, check->id, "passage %zu is none of its %zu, or there twice",
            passage->number, check->wanted);
    } else if (check->orphan != hash) {
        check->orphan = hash;
        say(check, where, "passage %zu of \"%s\" has no article",
            passage->number, passage->title ? passage->title : "");
    }
}

static bool document_visit(void *context, struct xapian_bytes key,
                           struct xapian_bytes value, uint32_t document)
{
    struct check *check = context;
    struct arena arena = ARENA_INIT;
    struct stored_article article;
    struct stored_passage passage;
    char where[32];
    snprintf(where, sizeof where, "document %" PRIu32, document);
    if (stored_is_article(value.bytes, value.length)) {
        if (stored_read_article(&article, &arena, value.bytes, value.length,
                                NULL))
            say(check, where, "the article kept there cannot be read");
        else
            article_begin(check, &article);
    } else if (stored_read_passage(&passage, &arena, value.bytes, value.length,
                                   NULL)) {
        say(check, where, "the passage kept there cannot be read");
    } else {
        passage_take(check, where, key, &passage);
    }
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

/* The figures that ranking rests on. */
static dateline_status figures_check(struct check *check, const char *key,
                                     const char *what, uint64_t there,
                                     dateline_error *error)
{
    uint64_t sum, count;
    dateline_status status =
        inspect_pair(&sum, &count, check->reader, key, error);
    if (!status && count != there)
        say(check, check->index, "%" PRIu64 " %s are there, %" PRIu64
            " are counted", there, what, count);
    return status;
}

static dateline_status ours(struct check *check, dateline_error *error)
{
    dateline_status status = xapian_reader_values(
        check->reader, (struct xapian_bytes){"", 0}, FIELD_SLOT_ARTICLE,
        document_visit, check, error);
    if (!status)
        article_end(check);
    if (!status && !check->stopped)
        status = xapian_reader_metadata_visit(
            check->reader, (struct xapian_bytes){KNOWN_PREFIX, 1}, path_visit,
            check, error);
    if (!status && !check->stopped)
        status = figures_check(check, "length:article", "articles",
                               check->articles, error);
    if (!status && !check->stopped)
        status = figures_check(check, "length:passage", "passages",
                               check->passages, error);
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
