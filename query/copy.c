/* Candidates in, those that are no copies out: each article asks who else has its
 * paragraphs. */
#include "query/copy.h"

#include "common/date.h"
#include "common/field.h"
#include "common/hash.h"

#include <stdlib.h>
#include <string.h>

enum {
    ASKED_MOST = 1000,  /* candidates whose copies are asked for */
    COPIES_MOST = 100,  /* of one article */
    SHARED_LEAST = 2    /* paragraphs in common */
};

/* An article that has candidates; the first stands for it. */
struct folder {
    struct candidate *first;
    bool folded, asked;
};

struct fold {
    struct walk *walk;
    struct arena scratch;
    struct folder *slots; /* by document; as many as a power of two */
    size_t room;
};

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Where the article stands, or would. */
static struct folder *folder_of(const struct fold *fold, uint32_t document)
{
    size_t at = hash_place((const char *)&document, sizeof document) &
                (fold->room - 1);
    while (fold->slots[at].first && fold->slots[at].first->document != document)
        at = (at + 1) & (fold->room - 1);
    return &fold->slots[at];
}

static void folders_make(struct fold *fold)
{
    struct candidates *found = &fold->walk->found;
    for (fold->room = 16; fold->room < 2 * found->count;)
        fold->room *= 2;
    fold->slots = arena_array(&fold->scratch, struct folder, fold->room);
    for (size_t i = found->count; i--;)
        folder_of(fold, found->items[i].document)->first = &found->items[i];
}

/* ------------------------------------------------------------------ copies */

/* The terms of an article that another has too; NULL when there are none, which is
 * so of nearly all articles. */
static dateline_status query_make(struct xapian_query **out, struct fold *fold,
                                  const struct stored_article *article)
{
    struct walk *walk = fold->walk;
    struct xapian_query *parts[FIELD_COPY_MOST];
    size_t count = smaller(article->fingerprint_count, FIELD_COPY_MOST);
    size_t made = 0;
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < count && !status; i++) {
        char bytes[LIMIT_TERM_BYTES + 1];
        struct xapian_bytes term = {bytes, 0};
        uint64_t articles = 0;
        term.length = field_copy(bytes, article->fingerprints[i]);
        status = xapian_reader_frequency(&articles, walk->search->reader, term,
                                         walk->error);
        if (!status && articles > 1)
            status = xapian_query_term(&parts[made++], term, 1, walk->error);
    }
    if (!status && made)
        status = xapian_query_combine(out, XAPIAN_OR, parts, made, walk->error);
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

/* Both lists ascend. */
static size_t shared_count(const struct stored_article *a,
                           const struct stored_article *b)
{
    size_t shared = 0;
    for (size_t i = 0, j = 0;
         i < a->fingerprint_count && j < b->fingerprint_count;) {
        uint32_t x = a->fingerprints[i], y = b->fingerprints[j];
        shared += x == y;
        i += x <= y;
        j += y <= x;
    }
    return shared;
}

static bool is_copy(const struct stored_article *a,
                    const struct stored_article *b)
{
    size_t shared = shared_count(a, b);
    return shared >= SHARED_LEAST &&
           2 * shared >= smaller(a->fingerprint_count, b->fingerprint_count);
}

static dateline_status copies_take(struct fold *fold, struct candidate *of,
                                   const struct xapian_hits *hits)
{
    struct arena *arena = &fold->walk->hits->arena;
    dateline_status status = DATELINE_OK;
    const dateline_facts **copies =
        arena_array(arena, const dateline_facts *, hits->count);
    size_t count = 0;
    for (size_t i = 0; i < hits->count && count < COPIES_MOST && !status; i++) {
        const struct xapian_hit *hit = &hits->hits[i];
        struct stored_article *other = arena_new(arena, struct stored_article);
        if (hit->document == of->document)
            continue;
        status = stored_read(other, arena, hit->data.bytes, hit->data.length,
                             fold->walk->error);
        if (status || !is_copy(of->stored, other))
            continue;
        copies[count++] = &other->facts;
        struct folder *known = folder_of(fold, hit->document);
        if (known->first && !known->asked)
            known->folded = true;
    }
    if (count)
        qsort(copies, count, sizeof *copies, date_order);
    of->copies = copies;
    of->copy_count = count;
    return status;
}

static dateline_status copies_ask(struct fold *fold, struct candidate *of)
{
    struct xapian_query *query = NULL;
    struct xapian_hits *hits = NULL;
    struct xapian_request ask = XAPIAN_REQUEST_INIT;
    dateline_status status = query_make(&query, fold, of->stored);
    ask.query = query;
    ask.weight = XAPIAN_COUNT;
    ask.most = COPIES_MOST + 1; /* one is itself */
    if (!status && query)
        status = walk_search(&hits, fold->walk, &ask);
    if (!status && query)
        status = copies_take(fold, of, hits);
    xapian_hits_free(hits);
    xapian_query_free(query);
    return status;
}

/* Asks for the copies of an article once, whichever of its candidates comes
 * first. */
static dateline_status candidate_fold(struct fold *fold,
                                      struct candidate *candidate)
{
    static const dateline_facts *const none[1];
    struct folder *article = folder_of(fold, candidate->document);
    candidate->folded = article->folded;
    if (article->folded || !candidate->stored)
        return DATELINE_OK;
    if (article->asked) { /* another passage of it */
        candidate->copies = article->first->copies;
        candidate->copy_count = article->first->copy_count;
        return DATELINE_OK;
    }
    article->asked = true;
    candidate->copies = none;
    return candidate->stored->fingerprint_count < SHARED_LEAST
               ? DATELINE_OK : copies_ask(fold, candidate);
}

static dateline_status candidates_fold(struct fold *fold)
{
    struct walk *walk = fold->walk;
    struct candidates *found = &walk->found;
    size_t wanted = smaller(walk_wanted_end(walk), ASKED_MOST), read = 0;
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < found->count && wanted && !status; i++) {
        if (i == read) {
            read += smaller(found->count - read, wanted);
            status = walk_read_articles(walk, i, read);
        }
        if (!status)
            status = candidate_fold(fold, &found->items[i]);
        wanted -= !found->items[i].folded;
    }
    return status;
}

dateline_status copy_fold(struct walk *walk)
{
    struct fold fold = {.walk = walk};
    struct candidates *found = &walk->found;
    folders_make(&fold);
    dateline_status status = candidates_fold(&fold);
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++)
        if (!found->items[i].folded)
            found->items[kept++] = found->items[i];
    walk->hits->summary.folded = found->count - kept;
    found->count = kept;
    arena_release(&fold.scratch);
    return status;
}
