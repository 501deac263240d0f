/* Open addressing, at most half full. */
#include "indexer/seen.h"

#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

uint64_t seen_hash(const void *bytes, size_t length, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes, length, seed);
}

static size_t slot_of(const struct seen *seen, uint64_t hash)
{
    size_t at = hash & (seen->room - 1);
    while (seen->slots[at] && seen->slots[at] != hash)
        at = (at + 1) & (seen->room - 1);
    return at;
}

static void grow(struct seen *seen)
{
    struct seen larger = {.room = seen->room ? 2 * seen->room : 64};
    larger.slots = calloc(larger.room, sizeof *larger.slots);
    if (!larger.slots) {
        fputs("dateline: out of memory\n", stderr);
        exit(2); /* as an arena does */
    }
    for (size_t i = 0; i < seen->room; i++)
        if (seen->slots[i])
            larger.slots[slot_of(&larger, seen->slots[i])] = seen->slots[i];
    larger.count = seen->count;
    free(seen->slots);
    *seen = larger;
}

bool seen_add(struct seen *seen, uint64_t hash)
{
    hash += !hash;
    if (2 * seen->count >= seen->room)
        grow(seen);
    size_t at = slot_of(seen, hash);
    if (seen->slots[at])
        return false;
    seen->slots[at] = hash;
    seen->count++;
    return true;
}

bool seen_has(const struct seen *seen, uint64_t hash)
{
    hash += !hash;
    return seen->room && seen->slots[slot_of(seen, hash)];
}

void seen_free(struct seen *seen)
{
    free(seen->slots);
    *seen = (struct seen){0};
}
