/* A set of 64-bit hashes: which paths, folders and articles a run has met. Eight
 * bytes an item at most twice over, so a million paths cost 32 MiB at worst. */
#ifndef INDEXER_SEEN_H
#define INDEXER_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct seen {
    uint64_t *slots; /* 0: empty */
    size_t count, room;
};

uint64_t seen_hash(const void *bytes, size_t length, uint64_t seed);

/* False when it was there already. */
bool seen_add(struct seen *seen, uint64_t hash);
bool seen_has(const struct seen *seen, uint64_t hash);
void seen_free(struct seen *seen);

#endif
