/* The words of a question that rank: each once, in the stems that are asked, with
 * the entity that an alias names, and ideographs as pairs. */
#ifndef QUERY_RANKING_H
#define QUERY_RANKING_H

#include "query/build.h"

/* A distinct word of the question, and how often it occurs in it. */
struct ranked {
    struct terms terms;
    const struct alias_name *name; /* whose entity is one of the terms; or NULL */
    uint32_t frequency;
    const char *kind;  /* "word", "pair", "name" */
    size_t start, end; /* bytes of the question */
};

struct ranking {
    struct ranked *items;
    size_t count, room;
};

/* Tells every word of the request whether it ranks in all stems; the rows of the
 * plan are chosen. */
void ranking_choose(struct builder *b);

/* Adds the words of a node. */
void ranking_add(struct builder *b, const struct request_node *node,
                 struct ranking *ranking);

/* Any of them. */
struct xapian_query *ranking_query(struct builder *b,
                                   const struct ranking *ranking);

/* The same as ranks of the plan; a cut-off word; and words that stand together: those
 * of a quote count once more where all of them are. */
void ranking_tell(struct builder *b, const struct ranking *ranking);
void ranking_star(struct builder *b, const struct request_node *node);
void ranking_phrase(struct builder *b, const struct request_node *node,
                    bool needed);

#endif
