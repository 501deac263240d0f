/* Learning a linear-chain CRF: the gradient of the log-likelihood by forward
 * and backward sums, steps by AdaGrad (Duchi, Hazan & Singer 2011), features
 * dropped at random, weights averaged over the last epochs. */
#ifndef INDEXER_TRAIN_LEARN_H
#define INDEXER_TRAIN_LEARN_H

#include "indexer/tagger_model.h"
#include "indexer/train/sample.h"

/* Single numbers for all labels of a token; the sixteenth stays 0. */
typedef float lane16 __attribute__((vector_size(64)));

struct learn_options {
    unsigned epochs;
    float rate;      /* AdaGrad's step */
    float decay;     /* rate / (1 + decay * epoch) */
    float drop;      /* share of features left out, a token */
    unsigned average; /* how many last epochs' weights are averaged; 0: none */
    unsigned repeats; /* learns anew so often, and averages those too */
    bool votes;      /* every other epoch of each text with votes */
    const char *name; /* for progress */
};

struct learner;

struct learner *learner_open(uint32_t row_count, unsigned set_count);

/* Learns anew from the samples that `use` (indexed as they are) says. */
void learner_fit(struct learner *learner, struct samples *samples,
                 const bool *use, const struct learn_options *options);

/* Sets tokens[].label: the best sequence, as its own set or as set 0. */
void learner_predict(struct learner *learner, struct sample *sample,
                     bool as_set_0);

/* The weights as a file of the tagger. */
dateline_status learner_write(const struct learner *learner,
                              const struct tagger_lexicon *lexicon,
                              const char *path, dateline_error *error);
void learner_close(struct learner *learner);

#endif
