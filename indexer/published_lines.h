/* Days that a reader sees: of elements named or made for them, and of lines. Those
 * near the headline are the article's own; others are of teasers as often. */
#ifndef INDEXER_PUBLISHED_LINES_H
#define INDEXER_PUBLISHED_LINES_H

#include "indexer/candidate.h"
#include "indexer/metadata.h"
#include "indexer/segment.h"

/* The lines around the headline. Where there is none, all lines are such. */
struct surroundings {
    size_t first, headline, last; /* segments; headline: the count when none */
    size_t text;                  /* the first paragraph below it */
    uint32_t from, to, body;      /* first, last and text as numbers of nodes */
};

/* Elements of one kind, in the page's order. */
struct elements {
    const struct node **items;
    size_t count, room;
};

struct published_lines {
    const struct metadata *metadata;
    const struct segments *segments;
    struct surroundings near;
    bool title_dated; /* the title itself has a day */
    struct elements microdata, times, classes;
};

/* title: as a reader sees it, or NULL. */
void published_lines_find(struct published_lines *out, const struct metadata *metadata,
                          const struct segments *segments, const char *title);

void published_from_microdata(struct candidates *out, const struct published_lines *page);
void published_from_times(struct candidates *out, const struct published_lines *page,
                          bool near);
void published_from_classes(struct candidates *out, const struct published_lines *page,
                            bool near);
void published_from_lines(struct candidates *out, const struct published_lines *page,
                          bool near);

#endif
