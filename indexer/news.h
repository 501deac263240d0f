/* Which passages of an article are news: each gets the number of the run that
 * brought its text. The unit is the sentence, so that one that was moved, or
 * stands in another passage since its neighbours grew, is no news; a passage is
 * as new as its newest sentence. Sentences are compared by their folded words. */
#ifndef INDEXER_NEWS_H
#define INDEXER_NEWS_H

#include "common/stored.h"

/* The run of each passage of `now`, in the arena: `run`, or that of `before`,
 * whose passages came with the runs of `before_runs`, which had its sentences. */
uint64_t *news_runs(struct arena *arena, const struct stored_article *now,
                    uint64_t run, const struct stored_article *before,
                    const uint64_t *before_runs);

#endif
