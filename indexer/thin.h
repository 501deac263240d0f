/* A page's bytes go in; what a parser has to read of them comes out. */
#ifndef INDEXER_THIN_H
#define INDEXER_THIN_H

#include "indexer/tree.h"

/* Is it the name of an entity that browsers know without a semicolon ("copy")? */
typedef bool thin_is_entity(const char *name);

/* Appends to out the bytes without scripts, styles, drawings, comments, runs of
 * white space and attributes that are not in the tree. Scripts that hold data are
 * kept in the tree. Linear, whatever the bytes are. */
void thin_read(struct buffer *out, struct tree *tree, const char *bytes,
               size_t length, thin_is_entity *is_entity);

#endif
