/* Words -> classes of words that stand in the same company: the exchange
 * algorithm (Kneser & Ney 1993; Martin, Liermann & Ney 1998), which moves each
 * word to the class that makes the text most likely under a bigram model of
 * classes, until few still move. */
#ifndef INDEXER_TRAIN_CLASSES_H
#define INDEXER_TRAIN_CLASSES_H

#include <stddef.h>
#include <stdint.h>

enum { CLASSES = 255 };

/* sequence: words by number, most frequent first, so 0 is the commonest. Fills
 * classes[word_count], each below CLASSES. Deterministic. */
void classes_learn(uint8_t *classes, const uint32_t *sequence, size_t length,
                   uint32_t word_count, unsigned rounds);

#endif
