/* What words that stand close together add to a passage's score. */
#ifndef QUERY_DENSITY_H
#define QUERY_DENSITY_H

#include "query/walk.h"

/* Looks up how rare the words of the question are; once, before density_of. */
void density_begin(struct walk *walk);

/* data: of a stored passage. */
dateline_status density_of(double *out, const struct walk *walk,
                           struct xapian_bytes data, dateline_error *error);

#endif
