/* The days that a page gives, in text or values, with what must be known of each
 * to choose the one on which it was published. */
#ifndef INDEXER_CANDIDATE_H
#define INDEXER_CANDIDATE_H

#include "common/date.h"

struct candidate {
    dateline_date date;
    bool shown;  /* stands by itself at the headline, where a reader sees it */
    bool either; /* "3/4/2021": the other order would give a day too */
};

struct candidates {
    struct arena *arena;
    struct candidate *items; /* best first; at most MOST_CANDIDATES */
    size_t count, room;
    enum date_order order;
};

enum { MOST_CANDIDATES = 32 };

/* Words before a day, or in the name of a box, that make it one of modification,
 * or of something else that is not publication. */
bool candidate_is_other(const char *text, size_t length);

/* The first whole day in text that is none of modification; false: none. */
bool candidate_from_text(struct candidates *out, const char *text, size_t length,
                         dateline_origin from, bool shown);

/* The same for what a machine wrote: "2021-10-17T09:30:00Z", seconds since 1970. */
bool candidate_from_value(struct candidates *out, const char *value, dateline_origin from);

void candidate_add(struct candidates *out, struct candidate candidate,
                   dateline_origin from);

#endif
