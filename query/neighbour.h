/* The passages before and after a hit, in its article. */
#ifndef QUERY_NEIGHBOUR_H
#define QUERY_NEIGHBOUR_H

#include "query/walk.h"

/* Fills before and after of the hit, `request.neighbours` passages each, fewer at
 * the ends of the article. article: the hit's. */
void neighbours_add(struct walk *walk, dateline_hit *hit,
                    const struct stored_article *article);

#endif
