/* A page's text -> the byline that is written in it. */
#ifndef INDEXER_BYLINE_LINE_H
#define INDEXER_BYLINE_LINE_H

#include "indexer/byline_name.h"
#include "indexer/segment.h"

/* Adds the names of the first line that is a byline: "By Jane Doe". */
void byline_line_read(struct byline *out, const struct segments *segments);

#endif
