/* The passages before and after a hit, in its article. */
#ifndef QUERY_NEIGHBOUR_H
#define QUERY_NEIGHBOUR_H

#include "query/walk.h"

/* Fills before and after of the hit, `request.neighbours` passages each, fewer at
 * the ends of the article. candidate: the hit's. */
dateline_status neighbours_read(struct walk *walk, dateline_hit *hit,
                                const struct candidate *candidate);

#endif
