/* A byline -> the names in it. */
#ifndef INDEXER_BYLINE_NAME_H
#define INDEXER_BYLINE_NAME_H

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct byline {
    struct arena *arena; /* set by the caller */
    const char **items;  /* in order, as they are written */
    size_t count, room;
};

/* Adds the names of "By Jane Doe, Senior Editor, and John Roe | 17 October". */
void byline_split(struct byline *out, const char *text);

/* Does it stand before a name: "by", "von", "text"? word: folded. */
bool byline_is_word(const char *word);

/* Is it one of those in the list, which are parted by spaces? */
bool byline_list_has(const char *list, const char *word);

#endif
