/* What one run of dateline-query asks, and how it answers. */
#ifndef QUERY_MAIN_ASKING_H
#define QUERY_MAIN_ASKING_H

#include "query/main_options.h"

#include <dateline.h>

struct asking {
    const struct options *options;
    dateline_request request; /* its question is our own */
    dateline_write_options how;
    dateline_saved *saved;    /* the file of saved queries, while it is open */
};

/* From the options and the words of the question. -1, or the exit status where
 * they could not be used. */
int asking_init(struct asking *asking, const struct options *options,
                char **words, int count);
void asking_release(struct asking *asking);

/* With -n 0, for facets alone, what would be shown counts. */
bool asking_found(const struct asking *asking, const dateline_hits *hits);

/* Asks the opened indexes; returns the exit status. */
typedef int asking_call(dateline_search *search, const struct asking *asking);

/* Opens the indexes for `call`, whose exit status it gives. */
int asking_run(const struct asking *asking, asking_call *call);

#endif
