/* "National Council of Resistance of Iran (NCRI)" -> short and long form.
 *
 * Every start of the long form is priced by how its words spell the short one,
 * after the idea of Schwartz & Hearst, "A Simple Algorithm for Identifying
 * Abbreviation Definitions in Biomedical Text" (2003): initials are free, letters
 * within words and words left out are dear. A poor spelling is grown to the whole
 * capitalised run; an acronym that only another language spells takes the run
 * where it holds an organisation's word or shares most initials. */
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
