/* The same article on other sites. Articles are copies when they have two
 * paragraphs in common, and these are half of the paragraphs of one of them: so
 * a release is found in the page that printed only its beginning, and two
 * releases that end in the same boilerplate stay two. */
#ifndef QUERY_COPY_H
#define QUERY_COPY_H

#include "common/arena.h"
#include "common/xapian_c.h"

/* A hit on its way, best first. */
struct copy_item {
    struct xapian_bytes key; /* of its article */
    bool folded;             /* a copy of an earlier one */
    const dateline_facts *const *copies; /* oldest first; NULL: not asked */
    size_t copy_count;
};

/* Fills all but the keys, until `wanted` items are not folded or the items end.
 * One query for all, as a rule, and one for each of the wanted (of whom the first
 * 1,000 are asked about). Copies live in the arena. */
dateline_status copy_fold(struct copy_item *items, size_t count, size_t wanted,
                          struct arena *arena, struct xapian_reader *reader,
                          dateline_error *error);

#endif
