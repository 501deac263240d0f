/* What quotes, required words and NEAR ask of documents: all of their words, in any
 * stem. Whether they stand in order, close together and to the letter is seen in
 * the text (match.h). */
#ifndef QUERY_PHRASE_H
#define QUERY_PHRASE_H

#include "query/build.h"

/* The node's words under a prefix. */
struct xapian_query *phrase_query(struct builder *b, const char *prefix,
                                  const struct request_node *node);

/* Required words, which the entity that an alias among them names meets too. */
struct xapian_query *phrase_words(struct builder *b,
                                  const struct request_node *node);
struct xapian_query *phrase_near(struct builder *b,
                                 const struct request_node *near);

#endif
