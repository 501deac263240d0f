/* What is told of a question and its hits, for people and as JSON. */
#ifndef QUERY_EXPLAIN_WRITE_H
#define QUERY_EXPLAIN_WRITE_H

#include "query/explain.h"

/* Of one of the hits, or NULL. */
const struct explain_hit *explain_of(const dateline_hits *hits,
                                     const dateline_hit *hit);

/* Before the hits; JSON: a line {"v":1,"type":"explain",...}. */
void explain_write_text(struct buffer *out, const struct explain *explain);
void explain_write_json(struct buffer *out, const struct explain *explain);

/* With each hit; JSON: a member "explain" of the object that is open. */
void explain_write_hit_text(struct buffer *out, const struct explain_hit *why,
                            const dateline_hit *hit);
void explain_write_hit_json(struct buffer *out, const struct explain_hit *why,
                            const dateline_hit *hit);

#endif
