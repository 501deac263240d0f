/* The tree of a question on one line: (list iran +"nuclear talks"). */
#ifndef QUERY_REQUEST_WRITE_H
#define QUERY_REQUEST_WRITE_H

#include "query/request.h"

void request_write(struct buffer *out, const struct request *request);

#endif
