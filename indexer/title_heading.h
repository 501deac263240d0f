/* A page's headings, gathered in one walk: what the title is chosen from. */
#ifndef INDEXER_TITLE_HEADING_H
#define INDEXER_TITLE_HEADING_H

#include "indexer/metadata.h"

enum heading_kind {
    HEADING_H1,
    HEADING_H2,
    HEADING_CALLED, /* no heading by its tag, but by its class */
    HEADING_KINDS
};

struct heading {
    const struct node *node;
    const char *text, *key; /* squeezed; metadata_key of it */
    enum heading_kind kind;
    unsigned place;         /* among those of its kind, from 0 */
    bool site;              /* it is the site's name, or a logo */
};

struct headings {
    struct heading *items; /* in document order; none is empty */
    size_t count, room;
    unsigned places[HEADING_KINDS];
};

/* The first dozen of each kind. said: what the page says elsewhere, the title
 * for sharing and that of the window; each may be NULL. */
void heading_read(struct headings *out, const struct metadata *metadata,
                  const char *shared, const char *window);

/* What class names speak for or against it, -0.4 to 0.15. */
double heading_score_names(const struct heading *heading);

/* Does a child element, or a mark such as ":", part the heading where `bytes` of
 * its key end? */
bool heading_is_parted(const struct heading *heading, size_t bytes);

#endif
