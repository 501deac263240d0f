/* Aliases in a question: a word, or words side by side, that the alias file of
 * the index gives also asks for the entity that it names. */
#ifndef QUERY_ALIASES_H
#define QUERY_ALIASES_H

#include "query/build.h"

/* Fills the plan's list of aliases, and a note for each name. */
void aliases_find(struct builder *b);

/* The alias that begins at this byte of the question, or NULL. */
const struct expand_alias *aliases_at(const struct builder *b, size_t byte);

/* All of it is written in the node. */
bool aliases_is_within(const struct expand_alias *alias,
                       const struct request_node *node);

/* The term of the entity; empty when the name is too long for one. */
struct xapian_bytes aliases_term(struct builder *b,
                                 const struct alias_name *name);
struct xapian_query *aliases_query(struct builder *b,
                                   const struct alias_name *name);

#endif
