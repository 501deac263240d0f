/* Hits in, their copies out: the fingerprints of their articles are fetched at
 * once, then each article asks who else has its own. */
#include "query/copy.h"

#include "common/date.h"
#include "common/field.h"
#include "common/hash.h"
#include "common/stored.h"
#include "query/expand.h"

#include <stdlib.h>
#include <string.h>

enum {
    ASKED_MOST = 1000,  /* hits whose copies are asked for */
    COPIES_MOST = 100,  /* of one article */
    SHARED_LEAST = 2,   /* paragraphs in common */
    FEW_FOLDED = 4      /* so many more are fetched than are wanted */
};

/* An article that has hits; its first item stands for it. */
struct article {
    struct xapian_bytes key;
    const uint32_t *fingerprints;
    size_t fingerprint_count;
    bool folded, asked;
    struct copy_item *first;
};

struct fold {
    struct arena scratch;
    struct arena *arena; /* of what is handed out */
    struct xapian_reader *reader;
    struct article **slots; /* by key; as many as a power of two */
    size_t room;
    dateline_error *error;
};

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool is_equal(struct xapian_bytes a, struct xapian_bytes b)
{
    return a.length == b.length && !memcmp(a.bytes, b.bytes, a.length);
}

/* Where the article of a key stands, or would. */
static struct article **slot_of(struct fold *fold, struct xapian_bytes key)
{
    size_t at = hash_place(key.bytes, key.length) & (fold->room - 1);
    while (fold->slots[at] && !is_equal(fold->slots[at]->key, key))
        at = (at + 1) & (fold->room - 1);
    return &fold->slots[at];
}

static void slots_make(struct fold *fold, size_t count)
{
    for (fold->room = 16; fold->room < 2 * count;)
        fold->room *= 2;
    fold->slots = arena_array(&fold->scratch, struct article *, fold->room);
}

/* The articles of the items that are new; returns how many keys. */
static size_t articles_add(struct fold *fold, struct xapian_bytes *keys,
                           const struct copy_item *items, size_t count)
{
    size_t added = 0;
    for (size_t i = 0; i < count; i++) {
        struct article **slot = slot_of(fold, items[i].key);
        if (*slot)
            continue;
        *slot = arena_new(&fold->scratch, struct article);
        (*slot)->key = keys[added++] = items[i].key;
    }
    return added;
}

static dateline_status article_read(struct stored_article *out,
                                    struct arena *arena,
                                    struct xapian_bytes data,
                                    dateline_error *error)
{
    const char *bytes = arena_copy(arena, data.bytes, data.length);
    return stored_read_article(out, arena, bytes, data.length, error);
}

/* ------------------------------------------------------------ fingerprints */

static dateline_status fingerprints_ask(struct fold *fold,
                                        const struct xapian_query *kind,
                                        const struct xapian_bytes *keys,
                                        size_t count)
{
    struct xapian_query *query = NULL;
    struct xapian_hits *hits = NULL;
    struct xapian_request ask = XAPIAN_REQUEST_INIT;
    ask.weight = XAPIAN_BOOLEAN;
    ask.value_slot = FIELD_SLOT_ARTICLE;
    ask.most = count;
    dateline_status status = expand_keys(&query, kind, keys, count,
                                         fold->error);
    ask.query = query;
    if (!status)
        status = xapian_reader_search(&hits, fold->reader, &ask, fold->error);
    for (size_t i = 0; !status && i < hits->count; i++) {
        struct article *article = *slot_of(fold, hits->hits[i].value);
        struct stored_article stored;
        if (!article)
            continue;
        status = article_read(&stored, &fold->scratch, hits->hits[i].data,
                              fold->error);
        if (status)
            break;
        article->fingerprints = stored.fingerprints;
        article->fingerprint_count = stored.fingerprint_count;
    }
    xapian_hits_free(hits);
    xapian_query_free(query);
    return status;
}

static dateline_status fingerprints_read(struct fold *fold,
                                         const struct copy_item *items,
                                         size_t count)
{
    static const char term[] = FIELD_KIND "article";
    struct xapian_query *kind = NULL;
    struct xapian_bytes *keys =
        arena_array(&fold->scratch, struct xapian_bytes, count);
    count = articles_add(fold, keys, items, count);
    if (!count)
        return DATELINE_OK;
    dateline_status status = xapian_query_term(
        &kind, (struct xapian_bytes){term, strlen(term)}, 1, fold->error);
    if (!status)
        status = fingerprints_ask(fold, kind, keys, count);
    xapian_query_free(kind);
    return status;
}

/* ------------------------------------------------------------------ copies */

/* Its paragraphs that another article has too; *out is NULL when they are too few
 * to be shared by a copy, which is so of nearly all articles. */
static dateline_status query_make(struct xapian_query **out,
                                  struct fold *fold,
                                  const struct article *article)
{
    size_t count = article->fingerprint_count, made = 0;
    struct xapian_query **parts =
        arena_array(&fold->scratch, struct xapian_query *, count);
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < count && !status; i++) {
        char bytes[LIMIT_TERM_BYTES + 1];
        size_t length = field_copy(bytes, article->fingerprints[i]);
        struct xapian_bytes term = {bytes, length};
        uint64_t articles = 0;
        status = xapian_reader_frequency(&articles, fold->reader, term,
                                         fold->error);
        if (!status && articles > 1)
            status = xapian_query_term(&parts[made++], term, 1, fold->error);
    }
    if (!status && made >= SHARED_LEAST)
        status = xapian_query_combine(out, XAPIAN_OR, parts, made, fold->error);
    for (size_t i = 0; i < made; i++)
        xapian_query_free(parts[i]);
    return status;
}

static int date_order(const void *a, const void *b)
{
    const dateline_facts *x = *(const dateline_facts *const *)a;
    const dateline_facts *y = *(const dateline_facts *const *)b;
    int order = date_compare(&x->published, &y->published);
    return order ? order : strcmp(x->id ? x->id : "", y->id ? y->id : "");
}

static bool is_copy(const struct article *article, size_t shared,
                    const struct stored_article *other)
{
    return 2 * shared >= smaller(article->fingerprint_count,
                                 other->fingerprint_count);
}

static dateline_status copies_take(struct fold *fold, struct article *article,
                                   const struct xapian_hits *hits)
{
    dateline_status status = DATELINE_OK;
    const dateline_facts **copies =
        arena_array(fold->arena, const dateline_facts *, hits->count);
    size_t count = 0;
    for (size_t i = 0; i < hits->count && !status; i++) {
        const struct xapian_hit *hit = &hits->hits[i];
        struct stored_article *stored =
            arena_new(fold->arena, struct stored_article);
        if (hit->weight < SHARED_LEAST || count == COPIES_MOST)
            break;
        if (is_equal(hit->value, article->key))
            continue;
        status = article_read(stored, fold->arena, hit->data, fold->error);
        if (status || !is_copy(article, (size_t)hit->weight, stored))
            continue;
        copies[count++] = &stored->facts;
        struct article *known = *slot_of(fold, hit->value);
        if (known && !known->asked)
            known->folded = true;
    }
    if (count)
        qsort(copies, count, sizeof *copies, date_order);
    article->first->copies = copies;
    article->first->copy_count = count;
    return status;
}

static dateline_status copies_ask(struct fold *fold, struct article *article)
{
    struct xapian_query *query = NULL;
    struct xapian_hits *hits = NULL;
    struct xapian_request ask = XAPIAN_REQUEST_INIT;
    dateline_status status = query_make(&query, fold, article);
    ask.query = query;
    ask.weight = XAPIAN_COUNT;
    ask.value_slot = FIELD_SLOT_ARTICLE;
    ask.most = COPIES_MOST + 1; /* one is itself */
    if (!status && query)
        status = xapian_reader_search(&hits, fold->reader, &ask, fold->error);
    if (!status && query)
        status = copies_take(fold, article, hits);
    xapian_hits_free(hits);
    xapian_query_free(query);
    return status;
}

static dateline_status item_fold(struct fold *fold, struct copy_item *item)
{
    static const dateline_facts *const none[1];
    struct article *article = *slot_of(fold, item->key);
    item->folded = article->folded;
    if (article->folded)
        return DATELINE_OK;
    if (article->asked) { /* another passage of it */
        item->copies = article->first->copies;
        item->copy_count = article->first->copy_count;
        return DATELINE_OK;
    }
    article->asked = true;
    article->first = item;
    item->copies = none;
    return article->fingerprint_count < SHARED_LEAST
               ? DATELINE_OK : copies_ask(fold, article);
}

dateline_status copy_fold(struct copy_item *items, size_t count, size_t wanted,
                          struct arena *arena, struct xapian_reader *reader,
                          dateline_error *error)
{
    struct fold fold = {.arena = arena, .reader = reader, .error = error};
    dateline_status status = DATELINE_OK;
    if (wanted > ASKED_MOST)
        wanted = ASKED_MOST;
    slots_make(&fold, count);
    for (size_t i = 0, read = 0; i < count && wanted && !status; i++) {
        if (i == read) {
            size_t more = smaller(count - read, wanted + FEW_FOLDED);
            status = fingerprints_read(&fold, items + read, more);
            read += more;
        }
        if (!status)
            status = item_fold(&fold, &items[i]);
        wanted -= !items[i].folded;
    }
    arena_release(&fold.scratch);
    return status;
}
