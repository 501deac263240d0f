/* An index as it lies, to be looked at: no lock is taken, nothing is written,
 * and an indexer may be at work on it. */
#ifndef INDEXER_INSPECT_H
#define INDEXER_INSPECT_H

#include "common/arena.h"
#include "common/xapian_c.h"

/* Also refuses what is another program's index, or of another form. */
dateline_status inspect_open(struct xapian_reader **out, const char *index,
                             dateline_error *error);

/* A metadata value; "" when there is none. */
dateline_status inspect_text(struct buffer *out, struct xapian_reader *reader,
                             const char *key, dateline_error *error);
/* "SUM COUNT" */
dateline_status inspect_pair(uint64_t *sum, uint64_t *count,
                             struct xapian_reader *reader, const char *key,
                             dateline_error *error);
/* Of all files in its folder; 0 where it is none. */
uint64_t inspect_bytes(const char *index);
/* Number of the last commit. */
dateline_status inspect_run(uint64_t *run, struct xapian_reader *reader,
                            dateline_error *error);

#endif
