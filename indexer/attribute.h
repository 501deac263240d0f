/* The attributes of a tag as they are written go in; rows of the tree come out. */
#ifndef INDEXER_ATTRIBUTE_H
#define INDEXER_ATTRIBUTE_H

#include "indexer/tree.h"

/* Names the row of a tag to who reads the tag. No page can write it: this name
 * is none that is asked for. */
#define ATTRIBUTE_ROW "n"

/* Keeps what something asks for of the attributes between at and close, the '>'
 * of the tag; those that hold a character reference are appended to out as they
 * are written. The first of a name counts. False: nothing was appended. */
bool attribute_keep(struct buffer *out, struct tree *tree, enum tag tag,
                    const char *at, const char *close);

#endif
