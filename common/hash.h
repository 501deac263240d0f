/* FNV-1a, the hash of Fowler, Noll and Vo (draft-eastlake-fnv): for tables of
 * words and keys, which are short. The numbers are shipped with the name lists
 * and the tagger's weights, so they stay what they are. What is hashed once and
 * is long, the content of pages, takes xxhash. */
#ifndef COMMON_HASH_H
#define COMMON_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Begins with this, and may be continued. */
#define HASH_32 2166136261u
#define HASH_64 14695981039346656037u

static inline uint32_t hash_32_byte(uint32_t hash, char byte)
{
    return (hash ^ (unsigned char)byte) * 16777619u;
}

static inline uint32_t hash_32(uint32_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = hash_32_byte(hash, bytes[i]);
    return hash;
}

static inline uint64_t hash_64(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    return hash;
}

/* For a table whose size is a power of two: its lower bits know of the upper. */
static inline size_t hash_place(const char *bytes, size_t length)
{
    uint64_t hash = hash_64(HASH_64, bytes, length);
    return (size_t)(hash ^ hash >> 29);
}

#endif
