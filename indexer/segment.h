/* The tree's text, cut where a block begins or ends: what content.c chooses
 * from, and where title, author and date are looked for. */
#ifndef INDEXER_SEGMENT_H
#define INDEXER_SEGMENT_H

#include "indexer/tree.h"

struct segment {
    const struct node *element; /* the innermost block around it */
    const char *text;           /* squeezed, never empty */
    size_t length;              /* bytes */
    unsigned characters;
    unsigned sentences;         /* ends of sentences in it */
    float link;                 /* share of its characters inside links, 0 to 1 */
    bool heading, list, quote, figure, cell;
    uint8_t doubt;              /* 0 text, 1 maybe, 2 furniture, by its place */
    float weight;               /* as a paragraph of an article; 0: none */
};

struct segments {
    struct segment *items;
    size_t count, room;
};

/* Cuts the body and weighs every segment. */
void segment_read(struct segments *out, struct arena *arena, const struct tree *tree);

/* Weighs again without the names of boxes: all doubt is taken away. */
void segment_trust(struct segments *segments);

#endif
