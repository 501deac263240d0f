/* --facet: how often each value of a field stands in what matches. */
#ifndef QUERY_MAIN_FACET_H
#define QUERY_MAIN_FACET_H

#include <dateline.h>

/* FIELD[:N]; the part after the last colon is a number or belongs to FIELD. */
struct facet {
    char field[128];
    size_t most;
    dateline_facet_value *values;
    size_t count, room;
};

/* Counts what `given` names, "site:5". *out points into `facet`, which may be
 * empty and is yours to free in any case. -1, or the exit status. */
int facet_count(dateline_facet *out, struct facet *facet, const char *given,
                dateline_search *search, const dateline_request *request);
void facet_free(struct facet *facet);

#endif
