/* Terms and queries, each kept in the builder's arena or list. */
#include "query/build.h"

#include <string.h>

/* ------------------------------------------------------------------ terms */

bool terms_equal(struct xapian_bytes a, struct xapian_bytes b)
{
    return a.length == b.length && !memcmp(a.bytes, b.bytes, a.length);
}

struct xapian_bytes build_bytes(struct builder *b, const char *prefix,
                                const char *bytes, size_t length)
{
    size_t before = strlen(prefix);
    char *term = arena_alloc(b->arena, before + length + 1);
    memcpy(term, prefix, before);
    memcpy(term + before, bytes, length);
    return (struct xapian_bytes){term, before + length};
}

void terms_add(struct builder *b, struct terms *to,
               struct xapian_bytes term)
{
    struct xapian_bytes *place =
        arena_push(b->arena, &to->items, &to->count, &to->room);
    *place = term;
}

/* Few terms: a look at each is enough. */
void terms_add_new(struct builder *b, struct terms *to,
                   struct xapian_bytes term)
{
    for (size_t i = 0; i < to->count; i++)
        if (terms_equal(to->items[i], term))
            return;
    terms_add(b, to, term);
}

struct xapian_bytes build_stem(struct builder *b, size_t row,
                               const char *prefix,
                               const struct request_word *word)
{
    struct xapian_bytes stem = stems_stem(b->index->stems, row, word->term,
                                          word->length);
    return build_bytes(b, prefix, stem.bytes, stem.length);
}

/* The word and its other forms. */
static void stems_add(struct builder *b, struct terms *terms, size_t row,
                      const char *prefix, const struct request_word *word)
{
    terms_add_new(b, terms, build_stem(b, row, prefix, word));
    for (size_t i = 0; i < word->form_count; i++) {
        struct xapian_bytes stem =
            stems_stem(b->index->stems, row, word->forms[i].term,
                       word->forms[i].length);
        terms_add_new(b, terms, build_bytes(b, prefix, stem.bytes, stem.length));
    }
}

struct terms build_stems(struct builder *b, const char *prefix,
                         const struct request_word *word, bool all)
{
    struct terms terms = {0};
    for (size_t row = 0; row < b->index->stems->count; row++)
        if (all || b->plan->rows[row])
            stems_add(b, &terms, row, prefix, word);
    return terms;
}

uint64_t build_frequency(struct builder *b, struct xapian_bytes term)
{
    uint64_t documents = 0;
    if (!b->status)
        b->status = xapian_reader_frequency(&documents, b->index->reader, term,
                                            b->error);
    return documents;
}

/* ---------------------------------------------------------------- queries */

struct xapian_query *build_keep(struct builder *b, dateline_status status,
                                struct xapian_query *const *made)
{
    if (status) {
        b->status = status;
        return NULL;
    }
    struct xapian_query **place =
        arena_push(b->arena, &b->made.items, &b->made.count, &b->made.room);
    return *place = *made;
}

void build_add(struct builder *b, struct queries *to,
               struct xapian_query *query)
{
    if (!query)
        return;
    struct xapian_query **place =
        arena_push(b->arena, &to->items, &to->count, &to->room);
    *place = query;
}

struct xapian_query *build_term(struct builder *b,
                                struct xapian_bytes term,
                                uint32_t frequency)
{
    struct xapian_query *query = NULL;
    if (b->status)
        return NULL;
    return build_keep(b, xapian_query_term(&query, term, frequency, b->error),
                      &query);
}

struct xapian_query *build_filter(struct builder *b, const char *term)
{
    return build_term(b, (struct xapian_bytes){term, strlen(term)}, 1);
}

struct xapian_query *build_combine(struct builder *b, enum xapian_operator how,
                                   const struct queries *parts)
{
    struct xapian_query *query = NULL;
    if (b->status || !parts->count)
        return NULL;
    if (parts->count == 1)
        return parts->items[0];
    return build_keep(b, xapian_query_combine(&query, how, parts->items,
                                              parts->count, b->error), &query);
}

struct xapian_query *build_both(struct builder *b, enum xapian_operator how,
                                struct xapian_query *left,
                                struct xapian_query *right)
{
    struct xapian_query *items[] = {left, right};
    struct queries parts = {items, 2, 2};
    return !left ? NULL : !right ? left : build_combine(b, how, &parts);
}

struct xapian_query *build_all(struct builder *b)
{
    struct xapian_query *query = NULL;
    if (b->status)
        return NULL;
    return build_keep(b, xapian_query_all(&query, b->error), &query);
}

struct xapian_query *build_none(struct builder *b)
{
    return build_filter(b, FIELD_KEY); /* no article has an empty key */
}

struct xapian_query *build_synonym(struct builder *b,
                                   const struct terms *terms,
                                   uint32_t frequency)
{
    struct queries parts = {0};
    if (terms->count == 1)
        return build_term(b, terms->items[0], frequency);
    for (size_t i = 0; i < terms->count; i++)
        build_add(b, &parts, build_term(b, terms->items[i], 1));
    struct xapian_query *query = build_combine(b, XAPIAN_SYNONYM, &parts);
    if (!query || frequency == 1)
        return query;
    struct xapian_query *scaled = NULL;
    return build_keep(
        b, xapian_query_scale(&scaled, query, frequency, b->error), &scaled);
}

struct xapian_query *build_silent(struct builder *b, struct xapian_query *query)
{
    struct xapian_query *silent = NULL;
    if (b->status || !query)
        return NULL;
    return build_keep(b, xapian_query_scale(&silent, query, 0, b->error),
                      &silent);
}

struct xapian_query *build_part(struct builder *b, const char *kind,
                                size_t start, size_t end,
                                struct xapian_query *query)
{
    if (!b->options->explain || b->silent || !query || b->status)
        return query;
    struct xapian_query *own = NULL;
    b->status = xapian_query_scale(&own, query, 1, b->error);
    if (b->status)
        return NULL;
    struct expand_part *part = arena_push(b->arena, &b->plan->parts,
                                          &b->plan->part_count, &b->part_room);
    *part = (struct expand_part){kind, start, end, own};
    return query;
}

void build_note(struct builder *b, const char *text)
{
    const char **line = arena_push(b->arena, &b->plan->notes,
                                   &b->plan->note_count, &b->note_room);
    *line = text;
}
