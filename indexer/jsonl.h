/* A line of `--input jsonl` -> what it says of an article. */
#ifndef INDEXER_JSONL_H
#define INDEXER_JSONL_H

#include "common/arena.h"

#include <dateline.h>

struct jsonl_line {
    const char *id, *url, *title, *published, *site, *language; /* or NULL */
    const char *text, *html; /* at least one is not NULL */
    const char *const *authors;
    size_t author_count;
};

/* Strings are in the arena. DATELINE_BAD_INPUT for what is no object, has
 * neither text nor html, or a field of another kind. */
dateline_status jsonl_read(struct jsonl_line *out, struct arena *arena,
                           const char *line, size_t length, dateline_error *error);

#endif
