/* What quotes, required words and NEAR ask of documents: their stems, in order or
 * close together. Letters are verified later (match.h). */
#ifndef QUERY_PHRASE_H
#define QUERY_PHRASE_H

#include "query/build.h"

/* The node's words under a prefix: a single one in any of its stems, several next
 * to one another. */
struct xapian_query *phrase_query(struct builder *b, const char *prefix,
                                  const struct request_node *node);

/* The same of passages and, where articles are the hits, of their titles. */
struct xapian_query *phrase_exact(struct builder *b,
                                  const struct request_node *node);

/* Required words, which the entity that an alias among them names meets too. */
struct xapian_query *phrase_words(struct builder *b,
                                  const struct request_node *node);
struct xapian_query *phrase_near(struct builder *b,
                                 const struct request_node *node);

#endif
