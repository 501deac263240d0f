/* "Did you mean": the question with its unknown words replaced by the likeliest
 * known ones; where it found enough, only those with one slip. */
#ifndef QUERY_RESPELL_H
#define QUERY_RESPELL_H

#include "query/walk.h"

/* Into the summary of the walk's hits. */
void respell_question(struct walk *walk);

#endif
