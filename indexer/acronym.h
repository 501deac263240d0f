/* "National Council of Resistance of Iran (NCRI)" -> short and long form.
 *
 * Word initials first (stop words may be skipped, hyphens split), then Schwartz
 * & Hearst, "A Simple Algorithm for Identifying Abbreviation Definitions in
 * Biomedical Text" (2003), grown to the whole capitalised run, then a
 * capitalised run that holds an organisation's word. */
#ifndef INDEXER_ACRONYM_H
#define INDEXER_ACRONYM_H

#include "common/arena.h"

#include <dateline.h>

struct acronym {
    dateline_span short_form, long_form; /* bytes of the text */
};

/* Definitions in order; *out is in the arena. Returns how many. */
size_t acronym_find(struct acronym **out, struct arena *arena, const char *text,
                    size_t length);

#endif
