/* Name lists -> labels: countries, regions and nationalities (iso-codes and
 * corpus/names), titles before a person, words of organisations. The lists are
 * compiled into the library. */
#ifndef INDEXER_GAZETTEER_H
#define INDEXER_GAZETTEER_H

#include "indexer/label.h"

struct gazetteer;
struct tokens;

dateline_status gazetteer_load(struct gazetteer **out, dateline_error *error);

/* Adds labels of list names (longest match), and of runs of capitals that a
 * title or an organisation's word explains ("President ...", "... Inc.",
 * "Ministry of ..."). */
void gazetteer_find(struct labels *labels, const struct gazetteer *gazetteer,
                    const char *text, size_t length, const char *language);

/* The words of text from *at on, up to a newline or TOKENS_MOST, with what the
 * lists say of them (token.h); false at the end. Moves *at. */
bool gazetteer_tokens(struct tokens *tokens, const struct gazetteer *gazetteer,
                      const char *text, size_t length, size_t *at);
void gazetteer_free(struct gazetteer *gazetteer);

#endif
