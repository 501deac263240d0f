/* Needles: texts and patterns that a passage must hold, whatever its words are.
 * All of them; each is marked wherever it stands. */
#ifndef QUERY_NEEDLE_H
#define QUERY_NEEDLE_H

#include <dateline.h>

struct needles;

enum { NEEDLES = 16 };

/* Of the request; NULL where it has none. DATELINE_BAD_QUERY for an empty text,
 * for a pattern that cannot be read and for too many. The request outlives it. */
dateline_status needles_open(struct needles **out,
                             const dateline_request *request,
                             dateline_error *error);
size_t needles_count(const struct needles *needles);

/* The next place of needle i at or after from; it is not empty. */
bool needle_next(dateline_span *out, const struct needles *needles, size_t i,
                 const char *text, size_t length, size_t from);

/* Every needle stands in the text. */
bool needles_hold(const struct needles *needles, const char *text,
                  size_t length);
void needles_close(struct needles *needles);

#endif
