/* When an article was published, as a condition. */
#ifndef QUERY_PERIOD_H
#define QUERY_PERIOD_H

#include "query/build.h"

/* From since to until, YYYYMMDD, both included, either "" for open; none when
 * both are. */
struct xapian_query *period_query(struct builder *b, const char *since,
                                  const char *until);

#endif
