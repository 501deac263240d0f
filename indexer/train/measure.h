/* Exact F1 of names against the annotation: span and type, after both lost
 * outer quotes, a leading determiner and a trailing 's. */
#ifndef INDEXER_TRAIN_MEASURE_H
#define INDEXER_TRAIN_MEASURE_H

#include "indexer/label.h"
#include "indexer/train/sample.h"

struct measure {
    size_t right, extra, missed;
    struct {
        size_t right, extra, missed;
    } types[TAGGER_TYPES];
};

/* Counts one sample's labels (sorted; types that the tagger does not give are
 * left out). */
void measure_add(struct measure *measure, const struct sample *sample,
                 const struct label *labels, size_t count);
double measure_f1(size_t right, size_t extra, size_t missed);

#endif
