/* One document's tokens, and what is known of each beyond its sentence.
 *
 *   tagger_window_read   text -> tokens, with the document's facts
 *   tagger_window_hint   labels of earlier stages -> hints on tokens
 *   tagger_window_vote   the first pass's labels -> what each word was
 *
 * A very long text is read in several windows, each as a document. */
#ifndef INDEXER_TAGGER_WINDOW_H
#define INDEXER_TAGGER_WINDOW_H

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

struct tagger_window {
    struct tagger_token *tokens; /* room for TAGGER_TOKENS */
    size_t count;
    void *table;                 /* of words or votes, emptied at each use */
    struct tagger_lexicon lexicon;
};

/* Its memory, about 5 MB, is the arena's. */
void tagger_window_open(struct tagger_window *window, struct arena *arena);

/* Reads the text from byte `at`; returns where the next window begins. */
size_t tagger_window_read(struct tagger_window *window, const char *text,
                          size_t length, size_t at);

/* labels are sorted; *from is the first that may matter (0 at first). */
void tagger_window_hint(struct tagger_window *window,
                        const struct labels *labels, size_t *from);

/* Fills the tokens' votes out of their labels. */
void tagger_window_vote(struct tagger_window *window);

/* The end of the run of scored tokens of one sentence that begins at i, or i
 * when token i is not scored. */
size_t tagger_run_end(const struct tagger_window *window, size_t i);

/* Written as names are: with a capital. */
static inline bool tagger_is_name(const struct tagger_token *t)
{
    return t->form == TAGGER_CAPITAL || t->form == TAGGER_UPPER ||
           t->form == TAGGER_MIXED || t->form == TAGGER_INITIAL;
}

/* What the last pass took a token for: 0 nothing, else 1 + type. */
static inline unsigned tagger_type_at(const struct tagger_token *t)
{
    return t->label ? tagger_type(t->label) + 1 : 0;
}

#endif
