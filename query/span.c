/* Spans in, segments out: every start and end of a span is a cut, and between
 * two cuts nothing changes. */
#include "query/span.h"

#include <stdlib.h>

static int span_order(const void *a, const void *b)
{
    const dateline_span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? 1 : x->end > y->end ? -1 : 0;
}

size_t span_merge(dateline_span *spans, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(spans, count, sizeof *spans, span_order);
    for (size_t i = 0; i < count; i++) {
        if (spans[i].start >= spans[i].end)
            continue;
        if (kept && spans[i].start < spans[kept - 1].end) {
            if (spans[i].end > spans[kept - 1].end)
                spans[kept - 1].end = spans[i].end;
        } else {
            spans[kept++] = spans[i];
        }
    }
    return kept;
}

static int entity_order(const void *a, const void *b)
{
    const dateline_entity *x = *(const dateline_entity *const *)a;
    const dateline_entity *y = *(const dateline_entity *const *)b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? 1 : x->end > y->end ? -1 : 0;
}

/* The entities to draw, in order, none over another. */
static size_t entities_choose(const dateline_entity ***out,
                              struct arena *arena, const dateline_hit *hit,
                              unsigned types)
{
    const dateline_entity **chosen =
        arena_array(arena, const dateline_entity *, hit->entity_count);
    size_t count = 0, kept = 0, end = 0;
    for (size_t i = 0; i < hit->entity_count; i++) {
        const dateline_entity *entity = &hit->entities[i];
        bool shown = !types || (entity->type < 32 && types >> entity->type & 1);
        if (shown && entity->start < entity->end && entity->end <= hit->length)
            chosen[count++] = entity;
    }
    if (count)
        qsort(chosen, count, sizeof *chosen, entity_order);
    for (size_t i = 0; i < count; i++)
        if (chosen[i]->start >= end) {
            end = chosen[i]->end;
            chosen[kept++] = chosen[i];
        }
    *out = chosen;
    return kept;
}

static size_t nearer(size_t best, size_t at, size_t here)
{
    return at > here && at < best ? at : best;
}

size_t span_flatten(struct span_segment **out, struct arena *arena,
                    const dateline_hit *hit, unsigned types)
{
    const dateline_entity **entities;
    size_t entity_count = entities_choose(&entities, arena, hit, types);
    dateline_span *matches =
        arena_array(arena, dateline_span, hit->match_count);
    for (size_t i = 0; i < hit->match_count; i++) {
        matches[i] = hit->matches[i];
        if (matches[i].end > hit->length)
            matches[i].end = hit->length;
    }
    size_t match_count = span_merge(matches, hit->match_count);
    struct span_segment *segments = arena_array(
        arena, struct span_segment, 2 * (match_count + entity_count) + 1);
    size_t count = 0, m = 0, e = 0;
    size_t last = hit->window.end < hit->length ? hit->window.end : hit->length;
    for (size_t at = hit->window.start; at < last;) {
        while (m < match_count && matches[m].end <= at)
            m++;
        while (e < entity_count && entities[e]->end <= at)
            e++;
        size_t end = last;
        struct span_segment *segment = &segments[count++];
        if (m < match_count) {
            segment->match = matches[m].start <= at;
            end = nearer(nearer(end, matches[m].start, at), matches[m].end, at);
        }
        if (e < entity_count) {
            segment->entity = entities[e]->start <= at ? entities[e] : NULL;
            end = nearer(nearer(end, entities[e]->start, at), entities[e]->end,
                         at);
        }
        segment->start = at;
        at = segment->end = end;
    }
    *out = segments;
    return count;
}
