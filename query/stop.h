/* A question's languages are those most of its stop words belong to. Their stop
 * words do not rank, and their stems are asked however rare they are. */
#ifndef QUERY_STOP_H
#define QUERY_STOP_H

#include "query/build.h"

/* Marks the stop words of the request, unless nothing else is asked, and chooses
 * the rows of stems. */
void stop_choose(struct builder *b);

#endif
