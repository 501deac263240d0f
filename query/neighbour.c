/* The passages around a hit lie in the article that was read for it. */
#include "query/neighbour.h"

#include "common/limit.h"

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The passages [first, end) as hits. */
static const dateline_hit *hits_of(struct walk *walk,
                                   const struct stored_article *article,
                                   size_t first, size_t end)
{
    struct arena *arena = &walk->hits->arena;
    dateline_hit *near = arena_array(arena, dateline_hit, end - first);
    for (size_t i = first; i < end; i++) {
        dateline_hit *hit = &near[i - first];
        dateline_span *spans = NULL;
        *hit = hit_of(article, i, arena);
        hit->match_count = match_find(&spans, arena, walk->match, hit->text,
                                      hit->length, article->facts.language);
        hit->matches = spans;
    }
    return near;
}

void neighbours_add(struct walk *walk, dateline_hit *hit,
                    const struct stored_article *article)
{
    size_t wanted = smaller(walk->request.neighbours, LIMIT_CONTEXT);
    size_t first = hit->passage - smaller(hit->passage, wanted);
    size_t end = smaller(article->passage_count, hit->passage + 1 + wanted);
    hit->before_count = hit->passage - first;
    hit->before = hits_of(walk, article, first, hit->passage);
    hit->after_count = end - hit->passage - 1;
    hit->after = hits_of(walk, article, hit->passage + 1, end);
}
