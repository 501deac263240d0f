/* One article out of the index, through the stages that come after its page was
 * read, to the record that is to be put in its place: what a reader process does
 * in a --reindex. */
#ifndef INDEXER_RENEW_H
#define INDEXER_RENEW_H

#include "indexer/entity.h"
#include "indexer/record.h"
#include "indexer/worker.h"

/* What is told of an article, once. */
enum renew_news {
    RENEW_RECORD = FRAME_FIRST, /* a flat record */
    RENEW_DAMAGED,              /* one line: what is wrong with it */
    RENEW_FAILED                /* the dateline_status as a byte, and one line */
};

struct renewer {
    const char *index;
    const struct entity_finder *finder; /* NULL: no entities */
    struct recorder *recorder;
    struct xapian_reader *reader;       /* each process opens its own */
};

/* The context is a renewer, the head an article's key. */
worker_run renew_run;

#endif
