/* Tokens -> features, the same for learning and for tagging. A feature is a
 * hash of 32 bits; the model finds its row of weights by it.
 *
 *   tagger_window_read    text -> tokens and the document's facts
 *   tagger_window_hint    labels of earlier stages -> hints on tokens
 *   tagger_features       a token in its sentence -> features
 *   tagger_window_vote    the first pass's labels -> what each word was
 *   tagger_vote_features  a token in its document -> more features */
#ifndef INDEXER_TAGGER_FEATURE_H
#define INDEXER_TAGGER_FEATURE_H

#include "indexer/label.h"
#include "indexer/tagger_lexicon.h"
#include "indexer/tagger_token.h"

/* Types that the tagger gives; in the model's order. */
enum { TAGGER_TYPES = 7, TAGGER_LABELS = 2 * TAGGER_TYPES + 1 };
extern const dateline_entity_type tagger_types[TAGGER_TYPES];

/* Labels: 0 is outside, 2 t + 1 begins and 2 t + 2 continues type t. */
static inline bool tagger_begins(unsigned label)
{
    return label & 1;
}

static inline unsigned tagger_type(unsigned label)
{
    return (label - 1) / 2;
}

/* A label that continues needs its own beginning or itself before it. */
static inline bool tagger_follows(unsigned label, unsigned before)
{
    return !label || tagger_begins(label) || label == before ||
           label == before + 1;
}

enum { TAGGER_FEATURES = 112, TAGGER_VOTES = 24 };

/* One document's tokens, or a part of a very long one. */
struct tagger_window {
    struct tagger_token *tokens; /* room for TAGGER_TOKENS */
    size_t count;
    void *table;                 /* of words or votes, emptied at each use */
    struct tagger_lexicon lexicon;
};

/* Its memory, about 4 MB, is the arena's. */
void tagger_window_open(struct tagger_window *window, struct arena *arena);

/* Reads the text from byte `at`; returns where the next window begins. */
size_t tagger_window_read(struct tagger_window *window, const char *text,
                          size_t length, size_t at);

/* labels are sorted; *from is the first that may matter (0 at first). */
void tagger_window_hint(struct tagger_window *window,
                        const struct labels *labels, size_t *from);

/* Fills at most TAGGER_FEATURES; the first *special of them are those that
 * learning keeps apart by data set. */
size_t tagger_features(uint32_t *features, size_t *special,
                       const struct tagger_window *window, size_t i);

void tagger_window_vote(struct tagger_window *window);
size_t tagger_vote_features(uint32_t *features,
                            const struct tagger_window *window, size_t i);

/* The end of the run of scored tokens of one sentence that begins at i, or i
 * when token i is not scored. */
size_t tagger_run_end(const struct tagger_window *window, size_t i);

#endif
