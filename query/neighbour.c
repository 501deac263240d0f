/* The passages of an article are documents in their order, so that those around
 * a hit are asked for by their places among all that carry the article's key. */
#include "query/neighbour.h"

#include "common/field.h"
#include "common/limit.h"

#include <string.h>

/* The passages of the article in order, `most` of them from `first` on. */
static dateline_status passages_ask(struct xapian_hits **out, struct walk *walk,
                                    struct xapian_bytes key, size_t first,
                                    size_t most)
{
    struct xapian_bytes kind = {FIELD_KIND "passage",
                                strlen(FIELD_KIND "passage")};
    struct xapian_query *passages = NULL, *query = NULL;
    dateline_status status =
        xapian_query_term(&passages, kind, 1, walk->error);
    if (!status)
        status = expand_keys(&query, passages, &key, 1, walk->error);
    if (!status) {
        struct xapian_request ask = walk_ask(walk, query, 0);
        ask.weight = XAPIAN_BOOLEAN;
        ask.first = first;
        ask.most = most;
        status = walk_search(out, walk, &ask);
    }
    xapian_query_free(query);
    xapian_query_free(passages);
    return status;
}

static dateline_status neighbour_read(dateline_hit *out, struct walk *walk,
                                      struct xapian_bytes bytes)
{
    struct arena *arena = &walk->hits->arena;
    struct stored_passage stored;
    const char *data = arena_copy(arena, bytes.bytes, bytes.length);
    dateline_status status = stored_read_passage(&stored, arena, data,
                                                 bytes.length, walk->error);
    if (status)
        return status;
    *out = hit_of(arena, &stored);
    dateline_span *spans = NULL;
    out->match_count = match_find(&spans, arena, walk->match, out->text,
                                  out->length, stored.facts.language);
    out->matches = spans;
    return DATELINE_OK;
}

/* The array holds those before the hit, then those after. */
static dateline_status neighbours_take(struct walk *walk, dateline_hit *hit,
                                       const struct xapian_hits *found)
{
    dateline_status status = DATELINE_OK;
    dateline_hit *near =
        arena_array(&walk->hits->arena, dateline_hit, found->count);
    size_t count = 0, before = 0;
    for (size_t i = 0; i < found->count && !status; i++) {
        status = neighbour_read(&near[count], walk, found->hits[i].data);
        if (status || near[count].passage == hit->passage)
            continue;
        before += near[count].passage < hit->passage;
        count++;
    }
    hit->before = near;
    hit->before_count = before;
    hit->after = near + before;
    hit->after_count = count - before;
    return status;
}

dateline_status neighbours_read(struct walk *walk, dateline_hit *hit,
                                struct xapian_bytes key)
{
    size_t wanted = walk->request.neighbours;
    if (!wanted)
        return DATELINE_OK;
    if (wanted > LIMIT_CONTEXT)
        wanted = LIMIT_CONTEXT;
    size_t first = hit->passage > wanted ? hit->passage - wanted : 0;
    struct xapian_hits *found = NULL;
    dateline_status status = passages_ask(&found, walk, key, first,
                                          hit->passage - first + 1 + wanted);
    if (!status)
        status = neighbours_take(walk, hit, found);
    xapian_hits_free(found);
    return status;
}
