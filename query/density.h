/* What the text itself adds to a passage's score: words that stand close together
 * add, a box that says who sent a release takes away. */
#ifndef QUERY_DENSITY_H
#define QUERY_DENSITY_H

#include "query/walk.h"

/* Looks up how rare the words of the question are; once, before density_of. */
void density_begin(struct walk *walk);

/* No passage has more. */
double density_most(const struct walk *walk);

/* data: of a stored passage; score: what it has without. */
dateline_status density_of(double *out, const struct walk *walk, double score,
                           struct xapian_bytes data, dateline_error *error);

#endif
