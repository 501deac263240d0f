/* The same article on other sites. Articles are copies when they have two
 * paragraphs in common, and these are half of the paragraphs of one of them: so
 * a release is found in the page that printed only its beginning, and two
 * releases that end in the same boilerplate stay two. */
#ifndef QUERY_COPY_H
#define QUERY_COPY_H

#include "query/walk.h"

/* Copies of a candidate before them leave the candidates, and it learns of them,
 * until as many as are wanted stay or the candidates end (the first 1,000 are
 * asked about). Copies live in the hits' arena. */
dateline_status copy_fold(struct walk *walk);

#endif
