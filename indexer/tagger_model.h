/* The tagger's weights as they lie in a file: read where they are, no parse.
 *
 *   "dateline tagger\n"   16 bytes
 *   version               of the layout and of the features
 *   row_count, slot_count
 *   transitions           int16[16][16]: from, to
 *   lexicon               struct tagger_entry[slot_count]
 *   rows                  int8[row_count][16], the sixteenth 0
 *
 * Figures are little-endian. A score is the sum of the rows of a token's
 * features; the scale of the weights is that of the transitions. */
#ifndef INDEXER_TAGGER_MODEL_H
#define INDEXER_TAGGER_MODEL_H

#include "indexer/tagger_feature.h"

#include <dateline.h>

enum { TAGGER_LANES = 16, TAGGER_VERSION = 2 };

/* The transition that never is, and the farthest that a path falls behind. */
enum { TAGGER_IMPOSSIBLE = -12000 };

#define TAGGER_MAGIC "dateline tagger\n"

struct tagger_header {
    char magic[16];
    uint32_t version;
    uint32_t row_count;
    uint32_t slot_count;
    uint32_t reserved;
    int16_t transitions[TAGGER_LANES][TAGGER_LANES];
};

struct tagger_model {
    uint32_t row_count;
    int16_t transitions[TAGGER_LANES][TAGGER_LANES];
    struct tagger_lexicon lexicon;
    const int8_t *rows; /* TAGGER_LANES each */
};

/* A feature's row: its hash scaled down to the number of rows. */
static inline size_t tagger_row(uint32_t feature, uint32_t row_count)
{
    return (size_t)((uint64_t)feature * row_count >> 32);
}

/* Checks the bytes, which the model then borrows. name is for the message. */
dateline_status tagger_model_read(struct tagger_model *model,
                                  const void *bytes, size_t length,
                                  const char *name, dateline_error *error);

/* The weights built into the library. */
const void *tagger_model_built_in(size_t *length);

#endif
