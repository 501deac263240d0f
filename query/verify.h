/* What of a question the index cannot decide: it knows which stems a passage
 * holds, not their letters and not where they stand. So the passage is read, and
 * the tree of the question is walked once more with what stands there. */
#ifndef QUERY_VERIFY_H
#define QUERY_VERIFY_H

#include "common/stored.h"
#include "query/request.h"

/* By the ids of nodes. */
struct verify {
    const bool *seen;   /* one of its words is there, in any of its forms */
    const bool *stands; /* it stands there as a whole, as it must */
    const struct stored_passage *passage;
};

/* Whether anything below node wants its passages to be read. strict: words that
 * are joined, as "e-mail", must stand together, as they do beside AND and inside
 * what is required or excluded. */
bool verify_needed(const struct request_node *node, bool strict);

/* Whether words of a node must stand together. */
bool verify_is_whole(const struct request_node *node, bool strict);

/* False when what the question needs is not there, or what it excludes is. */
bool verify_holds(const struct verify *found, const struct request_node *root);

#endif
