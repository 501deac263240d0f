/* What of a question the index cannot decide: it knows which stems an article
 * holds, not their letters, not where they stand and not in which passage. So the
 * passage is read, and the tree of the question is walked once more with what
 * stands there. */
#ifndef QUERY_VERIFY_H
#define QUERY_VERIFY_H

#include "common/stored.h"
#include "common/xapian_c.h"
#include "query/request.h"

/* By the ids of nodes. */
struct verify {
    const bool *seen;   /* one of its words is there, in any of its forms */
    const bool *stands; /* it stands there as a whole, as it must */
    const struct stored_passage *passage;
    const struct xapian_bytes *terms; /* of the question's, those its article has */
    size_t term_count;
    bool terms_told;    /* terms are all of them */
};

/* Whether it must be told which terms the articles have, too: since a condition on
 * a field does not stand alone, as in (site:example.org OR "arms deal"). */
bool verify_doubts(const struct request_node *root);

/* Whether words of a node must stand together: words that are joined, as "e-mail",
 * do beside AND (strict) and inside what is required or excluded. */
bool verify_is_whole(const struct request_node *node, bool strict);

/* False when what the question needs is not there, or what it excludes is. */
bool verify_holds(const struct verify *found, const struct request_node *root);

#endif
