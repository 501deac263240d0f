/* What an index knows of a path it was made from: enough to tell whether it must
 * be read again, and which articles came of it. Kept as metadata, key P and the
 * real path. */
#ifndef INDEXER_KNOWN_H
#define INDEXER_KNOWN_H

#include "common/arena.h"
#include "common/limit.h"
#include "common/xapian_c.h"
#include "indexer/source.h"

#define KNOWN_PREFIX "P"

/* Of an input that could not be read, or not all of it: enough to read it again
 * as it was read. */
struct known_failure {
    uint64_t count;        /* faults; 0: none, and nothing below is kept */
    const char *why;       /* the first of them */
    const char *id, *url, *input; /* as they were given, or NULL */
};

struct known {
    const char *path;      /* real */
    struct source_stat stat;
    uint64_t hash[2];      /* xxh128 of its bytes; 0, 0: not known */
    uint64_t recipe;       /* how it was read: version, format, id and url */
    uint64_t names;        /* how names were found in it: entities, aliases */
    struct known_failure failure;
    const struct xapian_bytes *keys; /* of its articles */
    size_t count;
};

/* out holds LIMIT_TERM_BYTES + 1. */
struct xapian_bytes known_key(char *out, const char *path);

void known_write(struct buffer *out, const struct known *known);
/* Strings point into bytes. False for what is damaged or of another version:
 * the path is then read as if nothing were known. */
bool known_read(struct known *out, struct arena *arena,
                struct xapian_bytes bytes);

bool known_same_stat(const struct source_stat *a, const struct source_stat *b);

#endif
