/* The indexes that are searched as one, and what they say of themselves. */
#ifndef QUERY_INDEX_H
#define QUERY_INDEX_H

#include "common/alias.h"
#include "query/stem.h"

#include <dateline.h>

/* Passages and articles are documents of one index, so the c of IneB2 is scaled
 * by the average length of a kind over that of all documents. */
struct dateline_search {
    struct xapian_reader *reader;
    struct stems stems;
    struct alias_list *aliases;
    double passage_c, article_c;
    double article_share;    /* of its article in a passage's score */
    double documents;
    char **paths;
    size_t path_count;
    uint64_t read;           /* after so many renewals of the reader */
};

/* Sees what was committed since the index was opened or seen anew. */
dateline_status index_renew(dateline_search *search, dateline_error *error);

#endif
