/* Rows of (type, pattern): what form alone decides - dates, money, percent,
 * quantities, documents, addresses, telephones, handles. */
#ifndef INDEXER_PATTERN_H
#define INDEXER_PATTERN_H

#include "indexer/label.h"

struct patterns;

dateline_status pattern_compile(struct patterns **out, dateline_error *error);

/* Adds labels, with normalised values where they can be told: a relative date
 * by `today` (the article's own; precision DATELINE_NO_DATE: none). */
void pattern_find(struct labels *labels, const struct patterns *patterns,
                  const char *text, size_t length, const dateline_date *today,
                  const char *language);
void pattern_free(struct patterns *patterns);

#endif
