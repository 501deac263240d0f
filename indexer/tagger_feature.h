/* A token in its window -> features, the same for learning and for tagging. A
 * feature is a hash of 32 bits; the model finds its row of weights by it. */
#ifndef INDEXER_TAGGER_FEATURE_H
#define INDEXER_TAGGER_FEATURE_H

#include "indexer/tagger_window.h"

/* At most so many a token, in the first pass and added in the second. */
enum { TAGGER_FEATURES = 112, TAGGER_VOTES = 24 };

/* Returns how many; the first *special of them are those that learning keeps
 * apart by data set. */
size_t tagger_features(uint32_t *features, size_t *special,
                       const struct tagger_window *window, size_t i);

/* What the window's votes and the first pass's labels add. */
size_t tagger_vote_features(uint32_t *features,
                            const struct tagger_window *window, size_t i);

#endif
