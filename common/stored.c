/* The form of what is stored, and looks at an article that was read. */
#include "common/stored.h"

#include "common/error.h"
#include "common/text.h"

#include <stdlib.h>

/* --------------------------------------------------------------------- form */

/* What to do about an index of a form. */
static const char *advice(long found, long ours)
{
    return found > ours ? "use a newer dateline, or make it anew in an empty "
                          "folder"
           : found < STORED_FORM_OLDEST
               ? "make it anew in an empty folder"
               : "dateline-index --reindex brings it there and needs no pages";
}

dateline_status stored_form_check(const char *form, bool older,
                                  const char *path, dateline_error *error)
{
    long ours = strtol(STORED_FORM, NULL, 10), found = strtol(form, NULL, 10);
    if (found == ours ||
        (older && found < ours && found >= STORED_FORM_OLDEST))
        return DATELINE_OK;
    return error_set(error, DATELINE_VERSION,
                     "%s: the index is of form %.20s, this program knows form "
                     "%s; %s", path, form, STORED_FORM, advice(found, ours));
}

/* ----------------------------------------------------------------- passages */

/* The first entity that begins at or behind a byte. */
static size_t entity_from(const struct stored_article *article, size_t byte)
{
    size_t low = 0, high = article->entity_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (article->entities[middle].start < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct stored_passage stored_passage(const struct stored_article *article,
                                     size_t number, struct arena *arena)
{
    const dateline_passage *at = &article->passages[number];
    size_t first = entity_from(article, at->start);
    size_t end = entity_from(article, at->end), count = 0;
    dateline_entity *entities =
        arena_array(arena, dateline_entity, end - first);
    for (size_t i = first; i < end; i++) {
        if (article->entities[i].end > at->end)
            continue;
        entities[count] = article->entities[i];
        entities[count].start -= at->start;
        entities[count++].end -= at->start;
    }
    return (struct stored_passage){article, number, at->start, at->role,
                                   article->body + at->start,
                                   at->end - at->start, entities, count};
}

const char *stored_name(struct arena *arena, const char *text,
                        const dateline_entity *entity)
{
    return entity->name ? entity->name
                        : text_squeeze(arena, text + entity->start,
                                       entity->end - entity->start, NULL);
}
