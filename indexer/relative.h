/* "yesterday", "last week", "vor zwei Jahren": days told by another day. */
#ifndef INDEXER_RELATIVE_H
#define INDEXER_RELATIVE_H

#include "indexer/label.h"

struct relatives;

/* The words that begin one, folded; a space between. */
extern const char *const relative_words;

dateline_status relative_compile(struct relatives **out, dateline_error *error);

/* Labels the phrase that begins at `at`, its value told by today; returns where
 * it ends, or 0. */
size_t relative_find(struct labels *labels, const struct relatives *relatives,
                     const char *text, size_t length, size_t at,
                     const dateline_date *today, const char *language);
void relative_free(struct relatives *relatives);

#endif
