/* Words and values that begin so, looked up in the index. */
#include "query/star.h"

#include "common/error.h"
#include "common/vocabulary.h"

#include <stdlib.h>
#include <string.h>

struct star {
    struct builder *b;
    const char *prefix;
    struct terms terms;
    size_t words;
};

/* A word of the vocabulary, in the stems of all rows. */
static bool star_word(void *context, struct xapian_bytes name,
                      struct xapian_bytes value, uint32_t frequency)
{
    struct star *star = context;
    struct builder *b = star->b;
    const char *mark = memchr(name.bytes, VOCABULARY_PLAIN, name.length);
    (void)value, (void)frequency;
    if (++star->words > LIMIT_WILDCARD_TERMS)
        return false;
    if (mark) { /* begins so without its accents */
        name.length -= (size_t)(mark + 1 - name.bytes);
        name.bytes = mark + 1;
    }
    struct xapian_bytes last = {0};
    for (size_t row = 0; row < b->index->stems->count; row++) {
        struct xapian_bytes stem =
            stems_stem(b->index->stems, row, name.bytes, name.length);
        struct xapian_bytes term =
            build_bytes(b, star->prefix, stem.bytes, stem.length);
        if (last.length && terms_equal(last, term))
            continue;
        terms_add(b, &star->terms, last = term);
    }
    return true;
}

static bool star_term(void *context, struct xapian_bytes name,
                      struct xapian_bytes value, uint32_t frequency)
{
    struct star *star = context;
    (void)value, (void)frequency;
    if (++star->words > LIMIT_WILDCARD_TERMS)
        return false;
    terms_add(star->b, &star->terms,
              build_bytes(star->b, "", name.bytes, name.length));
    return true;
}

static int term_order(const void *a, const void *b)
{
    const struct xapian_bytes *x = a, *y = b;
    size_t least = x->length < y->length ? x->length : y->length;
    int order = memcmp(x->bytes, y->bytes, least);
    return order ? order : (x->length > y->length) - (x->length < y->length);
}

static void terms_once(struct terms *terms)
{
    size_t kept = 0;
    if (terms->count)
        qsort(terms->items, terms->count, sizeof *terms->items, term_order);
    for (size_t i = 0; i < terms->count; i++)
        if (!kept || !terms_equal(terms->items[kept - 1], terms->items[i]))
            terms->items[kept++] = terms->items[i];
    terms->count = kept;
}

/* Each once; none after an error. */
static struct terms star_end(struct builder *b, struct star *star,
                             const struct request_node *node,
                             dateline_status status)
{
    if (!status && star->words > LIMIT_WILDCARD_TERMS)
        status = error_at(b->error, DATELINE_BAD_QUERY, node->start,
                          "more than %d words begin like this: add letters",
                          LIMIT_WILDCARD_TERMS);
    b->status = status;
    if (status)
        return (struct terms){0};
    terms_once(&star->terms);
    return star->terms;
}

struct terms star_words(struct builder *b, const char *prefix,
                        const struct request_node *node)
{
    const struct request_word *word = &node->words[0];
    struct star star = {.b = b, .prefix = prefix};
    if (!b->stars)
        b->stars = arena_array(b->arena, struct terms *, b->request->node_count);
    struct terms **known = &b->stars[node->id];
    if (b->status || *known)
        return b->status ? star.terms : **known;
    dateline_status status = xapian_reader_words(
        b->index->reader, (struct xapian_bytes){word->term, word->length},
        star_word, &star, b->error);
    *known = arena_new(b->arena, struct terms);
    return **known = star_end(b, &star, node, status);
}

struct xapian_query *star_query(struct builder *b, const char *prefix,
                                const struct request_node *node)
{
    struct terms terms = star_words(b, prefix, node);
    if (b->status)
        return NULL;
    return terms.count ? build_synonym(b, &terms, 1) : build_none(b);
}

struct terms star_values(struct builder *b, struct xapian_bytes begin,
                         const struct request_node *node)
{
    struct star star = {.b = b};
    if (b->status)
        return star.terms;
    dateline_status status = xapian_reader_terms(b->index->reader, begin,
                                                 star_term, &star, b->error);
    return star_end(b, &star, node, status);
}
