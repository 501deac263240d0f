/* The distinct words of one article, each stemmed once, and the stemmers, kept
 * open from article to article. */
#ifndef INDEXER_LEXICON_H
#define INDEXER_LEXICON_H

#include "common/arena.h"
#include "common/xapian_c.h"

/* One stemmer a language. */
struct stemmers {
    struct open_stemmer *first;
};

/* Of a language code, or of none; borrowed until stemmers_close. */
dateline_status stemmers_find(struct xapian_stemmer **out,
                              struct stemmers *stemmers, const char *code,
                              dateline_error *error);
void stemmers_close(struct stemmers *stemmers);

/* A distinct word, or pair of ideographs, of the article. */
struct entry {
    const char *word, *stem;
    uint16_t length, stem_length;
    bool pair;
    bool plain; /* goes to the vocabulary: letters only, of usual length */
    uint32_t frequency;
    uint64_t hash;
};

/* Open addressing; the entries themselves never move. */
struct lexicon {
    struct arena *arena;
    struct xapian_stemmer *stemmer;
    struct entry **slots; /* NULL: empty */
    size_t count, room;
};

/* Counts one occurrence. */
const struct entry *lexicon_add(struct lexicon *lexicon, const char *word,
                                size_t length, bool pair);

#endif
