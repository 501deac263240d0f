/* Body and passages -> the bytes between; passages and those bytes -> body. */
#include "indexer/remainder.h"

#include "common/text.h"

#include <stdlib.h>
#include <string.h>

static bool all_newlines(const struct buffer *bytes)
{
    for (size_t i = 0; i < bytes->length; i++)
        if (bytes->bytes[i] != '\n')
            return false;
    return true;
}

static bool lies_within(const dateline_entity *entity,
                        const dateline_article *article, size_t *passage)
{
    const dateline_passage *passages = article->passages;
    while (*passage < article->passage_count &&
           passages[*passage].end <= entity->start)
        ++*passage;
    return *passage < article->passage_count &&
           passages[*passage].start <= entity->start &&
           passages[*passage].end >= entity->end;
}

void remainder_find(struct stored_article *to, struct arena *arena,
                    const dateline_article *article)
{
    struct buffer between = {0};
    size_t at = 0, passage = 0, count = 0;
    for (size_t i = 0; i < article->passage_count; i++) {
        const dateline_passage *p = &article->passages[i];
        buffer_add(&between, article->body + at, p->start - at);
        at = p->end;
    }
    buffer_add(&between, article->body + at, article->length - at);
    to->body_length = article->length;
    to->between_length = between.length;
    to->between = all_newlines(&between)
                      ? NULL
                      : arena_copy(arena, between.bytes, between.length);
    buffer_free(&between);
    dateline_entity *loose =
        arena_array(arena, dateline_entity, article->entity_count);
    for (size_t i = 0; i < article->entity_count; i++)
        if (!lies_within(&article->entities[i], article, &passage))
            loose[count++] = article->entities[i];
    to->loose = loose;
    to->loose_count = count;
}

/* ------------------------------------------------------------------- joining */

/* Copies up to `to` from between. */
static bool gap_fill(struct remainder_whole *out,
                     const struct stored_article *article, size_t *used,
                     size_t to)
{
    if (to < out->length || to > article->body_length)
        return false;
    size_t length = to - out->length;
    if (article->between && length > article->between_length - *used)
        return false;
    if (article->between)
        memcpy(out->body + out->length, article->between + *used, length);
    else
        memset(out->body + out->length, '\n', length);
    *used += length;
    out->length = to;
    return true;
}

static bool body_join(struct remainder_whole *out,
                      const struct stored_article *article,
                      const struct stored_passage *passages)
{
    size_t used = 0;
    for (size_t i = 0; i < article->passage_count; i++) {
        const struct stored_passage *passage = &passages[i];
        if (passage->length > article->body_length - out->length ||
            !gap_fill(out, article, &used, passage->start) ||
            passage->length > article->body_length - out->length)
            return false;
        memcpy(out->body + out->length, passage->text, passage->length);
        out->length += passage->length;
    }
    return gap_fill(out, article, &used, article->body_length) &&
           (!article->between || used == article->between_length);
}

static int compare_entities(const void *a, const void *b)
{
    const dateline_entity *x = a, *y = b;
    int order = (x->start > y->start) - (x->start < y->start);
    return order ? order : (x->end > y->end) - (x->end < y->end);
}

static void entity_add(struct remainder_whole *out,
                       const dateline_entity *entity, size_t offset)
{
    dateline_entity *to = &out->entities[out->entity_count++];
    *to = *entity;
    to->start += offset;
    to->end += offset;
}

static bool entities_join(struct remainder_whole *out, struct arena *arena,
                          const struct stored_article *article,
                          const struct stored_passage *passages)
{
    size_t total = article->loose_count;
    for (size_t i = 0; i < article->passage_count; i++)
        total += passages[i].entity_count;
    out->entities = arena_array(arena, dateline_entity, total);
    for (size_t i = 0; i < article->passage_count; i++)
        for (size_t k = 0; k < passages[i].entity_count; k++)
            entity_add(out, &passages[i].entities[k], passages[i].start);
    for (size_t i = 0; i < article->loose_count; i++) {
        const dateline_entity *entity = &article->loose[i];
        if (text_boundary(out->body, out->length, entity->start) !=
                entity->start ||
            text_boundary(out->body, out->length, entity->end) != entity->end)
            return false;
        entity_add(out, entity, 0);
    }
    if (article->loose_count)
        qsort(out->entities, total, sizeof *out->entities, compare_entities);
    return true;
}

/* Bytes of before there were remainders have one newline between passages. */
static size_t length_of_old(const struct stored_article *article,
                            const struct stored_passage *passages)
{
    size_t count = article->passage_count;
    return count ? passages[count - 1].start + passages[count - 1].length : 0;
}

bool remainder_join(struct remainder_whole *out, struct arena *arena,
                    const struct stored_article *article,
                    const struct stored_passage *passages)
{
    struct stored_article whole = *article;
    size_t held = article->between_length;
    for (size_t i = 0; i < article->passage_count; i++)
        held += passages[i].length + 1;
    *out = (struct remainder_whole){0};
    if (!whole.body_length)
        whole.body_length = length_of_old(article, passages);
    if (whole.body_length > held + 1)
        return false; /* it claims more than there is */
    out->body = arena_alloc(arena, whole.body_length + 1);
    return body_join(out, &whole, passages) &&
           text_is_valid(out->body, out->length) &&
           entities_join(out, arena, &whole, passages);
}
