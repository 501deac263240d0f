/* field:value and dates, as conditions. */
#ifndef QUERY_CONDITION_H
#define QUERY_CONDITION_H

#include "query/build.h"

/* Gives each value its term; before all below. */
void conditions_find(struct builder *b);

/* A single field, whatever its mark. */
struct xapian_query *condition_query(struct builder *b,
                                     const struct request_node *node);

/* node is a field of the list that is required: it and its alternatives further
 * on; none when it was asked together with an earlier one. */
struct xapian_query *condition_group(struct builder *b,
                                     const struct request_node *list,
                                     const struct request_node *node);

#endif
