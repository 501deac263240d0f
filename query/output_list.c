/* What grep prints: the paths of what matched, and the parts that did. */
#include "query/output.h"

#include "common/text.h"

#include <stdlib.h>
#include <string.h>

/* Where an article lies; what has no path of its own is known by its id. */
static const char *place_of(const dateline_hit *hit)
{
    return hit->article->path ? hit->article->path
           : hit->article->id ? hit->article->id
                              : "";
}

static int place_order(const void *a, const void *b)
{
    const dateline_hit *x = *(const dateline_hit *const *)a;
    const dateline_hit *y = *(const dateline_hit *const *)b;
    int order = strcmp(place_of(x), place_of(y));
    return order ? order : (x->rank > y->rank) - (x->rank < y->rank);
}

static int rank_order(const void *a, const void *b)
{
    const dateline_hit *x = *(const dateline_hit *const *)a;
    const dateline_hit *y = *(const dateline_hit *const *)b;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

/* The first hit of each place, in order; a file of many articles is one. */
static size_t places_find(const dateline_hit ***out, struct arena *arena,
                          const dateline_hits *hits)
{
    const dateline_hit **places =
        arena_array(arena, const dateline_hit *, hits->count);
    size_t kept = 0;
    for (size_t i = 0; i < hits->count; i++)
        places[i] = &hits->hits[i];
    if (hits->count)
        qsort(places, hits->count, sizeof *places, place_order);
    for (size_t i = 0; i < hits->count; i++)
        if (!kept || strcmp(place_of(places[kept - 1]), place_of(places[i])))
            places[kept++] = places[i];
    if (kept)
        qsort(places, kept, sizeof *places, rank_order);
    *out = places;
    return kept;
}

static void places_write(struct output_writer *writer,
                         const dateline_hits *hits)
{
    struct arena arena = ARENA_INIT;
    const dateline_hit **places;
    size_t count = places_find(&places, &arena, hits);
    for (size_t i = 0; i < count; i++) {
        const char *place = place_of(places[i]);
        if (writer->nul)
            buffer_add(&writer->out, place, strlen(place) + 1);
        else {
            text_escape(&writer->out, place, strlen(place));
            buffer_byte(&writer->out, '\n');
        }
    }
    arena_release(&arena);
}

static void part_write(struct buffer *out, const char *text, size_t length)
{
    struct arena arena = ARENA_INIT;
    const char *line = text_squeeze(&arena, text, length, &length);
    text_escape(out, line, length);
    buffer_byte(out, '\n');
    arena_release(&arena);
}

/* The matches, or the names of the types that were asked for. */
static void parts_write(struct output_writer *writer, const dateline_hits *hits,
                        const dateline_hit *hit)
{
    (void)hits;
    for (size_t i = 0; !writer->types && i < hit->match_count; i++)
        part_write(&writer->out, hit->text + hit->matches[i].start,
                   hit->matches[i].end - hit->matches[i].start);
    for (size_t i = 0; writer->types && i < hit->entity_count; i++) {
        const dateline_entity *entity = &hit->entities[i];
        if (writer->types >> entity->type & 1)
            part_write(&writer->out, hit->text + entity->start,
                       entity->end - entity->start);
    }
}

const struct output output_list = {
    .name = "list",
    .media = "text/plain; charset=utf-8",
    .summary = places_write,
};

const struct output output_parts = {
    .name = "parts",
    .media = "text/plain; charset=utf-8",
    .hit = parts_write,
};
