/* Annotated texts: JSON lines -> samples, and samples -> what the learner sees.
 *
 *   {"id", "source", "text", "types": [those annotated],
 *    "entities": [{"start", "end", "type", "alt": [...]}], "ignore": [[s, e]]}
 *
 * Offsets in the file count code points, here bytes. */
#ifndef INDEXER_TRAIN_SAMPLE_H
#define INDEXER_TRAIN_SAMPLE_H

#include "common/arena.h"
#include "indexer/gazetteer.h"
#include "indexer/pattern.h"
#include "indexer/tagger_feature.h"

struct gold {
    size_t start, end;
    unsigned type;     /* index into tagger_types */
    unsigned accepted; /* bit set: right answers */
    unsigned types;    /* bit set: what it may be learnt as */
};

struct sample {
    const char *id, *text;
    size_t length;
    unsigned set;        /* which data set; 0 is the one to predict as */
    bool held;           /* not to be learnt from */
    unsigned types;      /* bit set: those annotated */
    float weight;
    struct gold *golds;
    size_t gold_count, gold_room;
    dateline_span *ignored;
    size_t ignored_count, ignored_room;
    /* Tokens and, for those that are scored, features as rows of the model. */
    struct tagger_token *tokens;
    size_t count;
    uint32_t *rows;      /* of all tokens, one after the other */
    uint32_t *row_start; /* count + 1 places in rows */
    uint8_t *special;    /* how many of a token's rows are kept by set */
    uint32_t *vote_rows, *vote_start;
    uint16_t *allowed;   /* labels that the annotation allows, a bit set */
};

struct samples {
    struct patterns *patterns;
    struct gazetteer *gazetteer;
    struct tagger_lexicon lexicon;
    struct arena arena;
    struct sample *items;
    size_t count, room;
};

struct set {
    const char *path;   /* below the data folder */
    float weight;
    bool folds;         /* one half can be held */
    const char *only;   /* a field's name, and the values that are used, ... */
    const char *values;
    const char *never;  /* ... or those that are not: see the licences */
};

/* Adds a file's texts. fold 0 or 1: those of that fold are held; -1: none. */
dateline_status samples_read(struct samples *samples, const char *folder,
                             const struct set *set, unsigned number, int fold,
                             dateline_error *error);

/* What the stages before the tagger say of a text, as the tagger will meet it:
 * the same calls, in the same order, as in entity.c. */
void samples_labels(struct labels *labels, const struct samples *samples,
                    const struct sample *sample);

/* Tokens, rows and allowed labels of every sample. */
void samples_prepare(struct samples *samples, uint32_t row_count);

/* Vote features of every sample, out of its tokens' labels. */
void samples_vote(struct samples *samples, uint32_t row_count);

#endif
