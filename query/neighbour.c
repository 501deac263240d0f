/* The passages of an article are documents one after the other, so those around a
 * hit are known by their numbers. */
#include "query/neighbour.h"

#include "common/limit.h"

struct neighbours {
    struct walk *walk;
    dateline_hit *hit, *near;
    size_t count, before;
    dateline_status status;
};

static bool neighbour_visit(void *context, struct xapian_bytes name,
                            struct xapian_bytes bytes, uint32_t document)
{
    struct neighbours *to = context;
    struct arena *arena = &to->walk->hits->arena;
    struct stored_passage stored;
    const char *data = arena_copy(arena, bytes.bytes, bytes.length);
    (void)name, (void)document;
    to->status = stored_read_passage(&stored, arena, data, bytes.length,
                                     to->walk->error);
    if (to->status)
        return false;
    dateline_hit *near = &to->near[to->count++];
    dateline_span *spans = NULL;
    *near = hit_of(&stored, to->hit->article);
    near->match_count = match_find(&spans, arena, to->walk->match, near->text,
                                   near->length, stored.language);
    near->matches = spans;
    to->before += near->passage < to->hit->passage;
    return true;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The documents of the passages around the hit's, without its own. */
static size_t documents_of(uint32_t *out, const struct walk *walk,
                           const dateline_hit *hit,
                           const struct candidate *candidate)
{
    uint32_t step = xapian_reader_shards(walk->search->reader);
    size_t wanted = smaller(walk->request.neighbours, LIMIT_CONTEXT);
    size_t first = hit->passage - smaller(hit->passage, wanted);
    size_t end = smaller(candidate->stored->passage_count,
                         hit->passage + 1 + wanted);
    size_t count = 0;
    for (size_t i = first; i < end; i++)
        if (i != hit->passage)
            out[count++] = candidate->home + step * (uint32_t)(i + 1);
    return count;
}

dateline_status neighbours_read(struct walk *walk, dateline_hit *hit,
                                const struct candidate *candidate)
{
    struct neighbours to = {.walk = walk, .hit = hit};
    uint32_t documents[2 * LIMIT_CONTEXT];
    size_t count = documents_of(documents, walk, hit, candidate);
    if (!count)
        return DATELINE_OK;
    to.near = arena_array(&walk->hits->arena, dateline_hit, count);
    dateline_status status = xapian_reader_data(
        walk->search->reader, documents, count, neighbour_visit, &to,
        walk->error);
    hit->before = to.near;
    hit->before_count = to.before;
    hit->after = to.near + to.before;
    hit->after_count = to.count - to.before;
    return status ? status : to.status;
}
