/* What came after a mark, as a condition on passages: of each index those that
 * its later runs brought, but no "About" box, contact or end note unless the
 * question asks for a role itself. */
#ifndef QUERY_NEWER_H
#define QUERY_NEWER_H

#include "query/build.h"
#include "query/mark.h"

struct newer {
    struct marks seen, now;
};

/* NULL where no mark was given. */
struct xapian_query *newer_query(struct builder *b);

#endif
