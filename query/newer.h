/* What came after a mark: of each index the passages that its later runs brought,
 * but no "About" box, contact or end note unless the question asks for a role
 * itself. */
#ifndef QUERY_NEWER_H
#define QUERY_NEWER_H

#include "common/stored.h"
#include "query/build.h"
#include "query/mark.h"

struct newer {
    struct marks seen, now;
    bool asks_role;
};

/* The articles that have such passages; NULL where no mark was given. */
struct xapian_query *newer_query(struct builder *b);

/* Before newer_find. */
void newer_look(struct newer *newer, struct request *request);

/* Which passages of an article they are; value: its FIELD_SLOT_RUN. */
void newer_find(bool *out, const struct newer *newer, struct arena *scratch,
                struct xapian_bytes value,
                const struct stored_article *article);

#endif
