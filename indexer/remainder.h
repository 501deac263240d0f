/* What of an article lies in no passage: the white space between them, and
 * entities across their bounds. It is kept with the article, so that its body and
 * its entities can be restored to the byte. */
#ifndef INDEXER_REMAINDER_H
#define INDEXER_REMAINDER_H

#include "common/stored.h"
#include "indexer/article.h"

/* Fills body_length, between and loose of *to; they live in the arena. */
void remainder_find(struct stored_article *to, struct arena *arena,
                    const dateline_article *article);

/* The way back. *body and *entities are in the arena, entities in order. False
 * when the parts do not make a whole. */
struct remainder_whole {
    char *body;
    size_t length;
    dateline_entity *entities;
    size_t entity_count;
};
bool remainder_join(struct remainder_whole *out, struct arena *arena,
                    const struct stored_article *article,
                    const struct stored_passage *passages);

#endif
