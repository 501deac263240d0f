/* Words that openings of releases are made of, folded as text_word folds. Rows:
 * adding an agency, a city or a heading is adding a word. */
#ifndef INDEXER_LEAD_WORD_H
#define INDEXER_LEAD_WORD_H

#include <stdbool.h>

bool lead_is_one_of(const char *word, const char *const *words); /* NULL ends */

bool lead_is_wire(const char *word);     /* agencies and wires */
bool lead_is_city(const char *word);     /* cities that need no country */
bool lead_is_state(const char *word);    /* states, provinces, countries */
bool lead_is_label(const char *word);    /* "breaking": no place, though capitals */
bool lead_is_heading(const char *word);  /* "for immediate release" */
bool lead_is_particle(const char *word); /* small words in names of places */
bool lead_is_weekday(const char *word);  /* of any language */

#endif
