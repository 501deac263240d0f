/* The leaves of a question's tree: words, and conditions on fields. */
#ifndef QUERY_LEAF_H
#define QUERY_LEAF_H

#include "query/request.h"
#include "query/token.h"

/* A question while it is read. */
struct reader {
    struct request *request;
    struct arena *arena;
    dateline_error *error;
    const char *text;
    struct tokens tokens;
};

struct request_node *leaf_new(struct reader *reader, enum request_kind kind,
                              size_t start, size_t end);

/* The words of bytes [start, end) become the node's. */
dateline_status leaf_words(struct reader *reader, struct request_node *node,
                           size_t start, size_t end);

/* The run that is the next token. "mother-in-law*" is a chain of two: the star
 * belongs to the last word, the others stand before it as words of their own. */
dateline_status leaf_run(struct request_node **out, struct reader *reader);

/* The field that is the next token. */
dateline_status leaf_field(struct request_node **out, struct reader *reader);

#endif
