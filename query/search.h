/* The walk of one question: request, queries, Xapian's hits, ours. The public
 * functions are in dateline.h; this is what batch needs besides. */
#ifndef QUERY_SEARCH_H
#define QUERY_SEARCH_H

#include <dateline.h>

/* dateline_search_run without looking for a newer state of the index first. */
dateline_status search_ask(dateline_hits **out, dateline_search *search,
                           const dateline_request *request,
                           dateline_error *error);

#endif
