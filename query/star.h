/* What is cut off by a star becomes all that begins so, within
 * LIMIT_WILDCARD_TERMS; more is a bad question. */
#ifndef QUERY_STAR_H
#define QUERY_STAR_H

#include "query/build.h"

/* The words that begin as the first of the node, out of the unstemmed vocabulary:
 * their stems under a prefix, for each node the same one; none after an error.
 * They are looked up once. */
struct terms star_words(struct builder *b, const char *prefix,
                        const struct request_node *node);
struct xapian_query *star_query(struct builder *b, const char *prefix,
                                const struct request_node *node);

/* Terms of the index that begin so, in their order; none after an error. */
struct terms star_values(struct builder *b, struct xapian_bytes begin,
                         const struct request_node *node);

#endif
