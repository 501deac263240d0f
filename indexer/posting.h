/* The terms of a document, in any order and in parts -> each term once, with its
 * frequency. */
#ifndef INDEXER_POSTING_H
#define INDEXER_POSTING_H

#include "common/arena.h"

#include <stdint.h>

/* Occurrences of a term; frequency 0: a filter. */
struct posting {
    uint64_t first; /* of its bytes */
    const char *bytes;
    uint32_t length, frequency;
};

/* Their bytes belong to somebody else; free(items) when done. */
struct postings {
    struct posting *items;
    size_t count, room;
};

void postings_add(struct postings *to, const char *bytes, size_t length,
                  uint32_t frequency);

/* Sorts them, appends each term once to out, and returns the document's length,
 * the sum of its frequencies. */
uint64_t postings_write(struct buffer *out, struct postings *postings);

#endif
