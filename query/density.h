/* What the text itself adds to a passage's score: words that stand close together
 * add, a box that says who sent a release takes away. */
#ifndef QUERY_DENSITY_H
#define QUERY_DENSITY_H

#include "query/walk.h"

/* Looks up how rare the words of the question are; once, before density_of. */
void density_begin(struct walk *walk);

/* No passage has more. */
double density_most(const struct walk *walk);

/* Of a passage of the article; score: what it has without. */
double density_of(const struct walk *walk, const struct stored_article *article,
                  size_t number, double score);

#endif
