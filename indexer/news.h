/* Which passages of an article are news: each gets the number of the run that
 * brought its text. The unit is the sentence, so that one that was moved, or
 * stands in another passage since its neighbours grew, is no news; a passage is
 * as new as its newest sentence. Sentences are compared by their folded words. */
#ifndef INDEXER_NEWS_H
#define INDEXER_NEWS_H

#include "common/arena.h"
#include "common/xapian_c.h"
#include "indexer/record.h"
#include "indexer/words.h"

/* The documents of the record with FIELD_SLOT_RUN set in each passage. Those
 * that bring a value for it keep it. `in` holds what the article was before; NULL:
 * it is new. The words of its passages of before are counted. */
dateline_status news_number(const struct xapian_document **out,
                            struct arena *arena, struct words *before,
                            const struct record *record,
                            const char *identity, uint64_t run,
                            struct xapian_reader *in, dateline_error *error);

#endif
