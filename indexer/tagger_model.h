/* The tagger's weights as they lie in a file: read where they are, no parse.
 *
 *   "dateline tagger\n"   16 bytes
 *   version               of the layout and of the features
 *   row_count, slot_count
 *   transitions           int16[16][16]: from, to (labels)
 *   rows                  int8[row_count][16]: of type t, byte 2 t continues a
 *                         name and byte 2 t + 1 begins one; the last is
 *                         outside, the one before it 0
 *   lexicon               struct tagger_entry[slot_count]
 *
 * Figures are little-endian. A score is the sum of the rows of a token's
 * features; the scale of the weights is that of the transitions. */
#ifndef INDEXER_TAGGER_MODEL_H
#define INDEXER_TAGGER_MODEL_H

#include "indexer/tagger_feature.h"

#include <dateline.h>

enum { TAGGER_LANES = 16, TAGGER_HALF = 8, TAGGER_VERSION = 4 };

/* The transition that never is, and the farthest that a path falls behind. */
enum { TAGGER_IMPOSSIBLE = -12000 };

/* Eight numbers of 16 bits: what one register of any 64-bit machine holds. */
typedef int16_t tagger_lanes __attribute__((vector_size(2 * TAGGER_HALF)));

/* A number for each label: lane t begins or continues type t. The last lane of
 * `begin` is outside, the last of `inside` is no label. */
struct tagger_scores {
    tagger_lanes begin, inside;
};

/* The lane of a label, those of `inside` counted on from TAGGER_HALF, ... */
static inline unsigned tagger_lane(unsigned label)
{
    if (!label)
        return TAGGER_HALF - 1;
    return tagger_type(label) + (tagger_begins(label) ? 0 : TAGGER_HALF);
}

/* ... and the other way. */
static inline unsigned tagger_label(unsigned lane)
{
    if (lane == TAGGER_HALF - 1)
        return 0;
    return 2 * (lane % TAGGER_HALF) + (lane < TAGGER_HALF ? 1 : 2);
}

/* Where in a row a label's weight lies. */
static inline unsigned tagger_byte(unsigned label)
{
    unsigned lane = tagger_lane(label);
    return 2 * (lane % TAGGER_HALF) + (lane < TAGGER_HALF);
}

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
    int16_t into[TAGGER_LANES][TAGGER_LANES]; /* lanes: to, from */
    tagger_lanes to_begin[TAGGER_LANES];      /* from: to those of `begin` */
    tagger_lanes begin_to_inside, inside_to_inside; /* of the same type */
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
