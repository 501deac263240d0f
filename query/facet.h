/* Counts the values of one field over articles, each value once an article. */
#ifndef QUERY_FACET_H
#define QUERY_FACET_H

#include "common/arena.h"
#include "common/stored.h"

#include <dateline.h>

struct facet;

/* field: a name of common/field.h that has facets; "entity:PERSON" for the names
 * of one type, "date", "date:month" or "date:day" (years without). Lives in the
 * arena. DATELINE_BAD_ARGUMENT for another. */
dateline_status facet_new(struct facet **out, struct arena *arena,
                          const char *field, dateline_error *error);

void facet_add(struct facet *facet, const struct stored_article *article);

/* Most frequent first, equal ones in the order of their bytes; until visit says
 * false. */
void facet_show(struct facet *facet, dateline_facet_visit *visit,
                void *context);

#endif
