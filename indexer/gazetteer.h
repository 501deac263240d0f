/* Name lists -> labels: countries, regions and nationalities (iso-codes and
 * corpus/names), titles before a person, words of organisations. The lists are
 * compiled into the library. */
#ifndef INDEXER_GAZETTEER_H
#define INDEXER_GAZETTEER_H

#include "indexer/label.h"

struct gazetteer;

dateline_status gazetteer_load(struct gazetteer **out, dateline_error *error);

/* Adds labels of list names (longest match), and of runs of capitals that a
 * title or an organisation's word explains ("President ...", "... Inc.",
 * "Ministry of ..."). */
void gazetteer_find(struct labels *labels, const struct gazetteer *gazetteer,
                    const char *text, size_t length, const char *language);
void gazetteer_free(struct gazetteer *gazetteer);

#endif
