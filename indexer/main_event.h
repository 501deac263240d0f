/* What happens in a run, said while it happens and summed at its end. */
#ifndef INDEXER_MAIN_EVENT_H
#define INDEXER_MAIN_EVENT_H

#include "indexer/main_options.h"
#include "indexer/main_progress.h"

struct hearer {
    const struct options *options;
    struct progress progress;
    FILE *report;     /* or NULL */
    int output_error; /* errno of a failed write of results, or 0 */
};

/* Told of every event; context is a hearer. False: stop. */
bool event_hear(void *context, const dateline_event *event);

/* "3 added, 1 failed; 41 passages in 0.2 s" */
void event_summary(const struct hearer *hearer, const dateline_counts *counts);

#endif
