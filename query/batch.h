/* Topics in, runs out: dateline_search_batch of the public header. Every line
 * is "id TAB question"; empty lines are passed over. */
#ifndef QUERY_BATCH_H
#define QUERY_BATCH_H

#include <dateline.h>

#endif
