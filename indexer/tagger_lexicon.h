/* What the weights know of single words: a class that it shares with words met
 * in the same company, and the lists of names that hold it. Found by hash in
 * slots of four bytes; a stranger is taken for a word once in some ten
 * thousand times. */
#ifndef INDEXER_TAGGER_LEXICON_H
#define INDEXER_TAGGER_LEXICON_H

#include <stddef.h>
#include <stdint.h>

struct tagger_entry {
    uint16_t check; /* of the hash; with class and lists 0: an empty slot */
    uint8_t class;
    uint8_t lists;  /* a bit set */
};

struct tagger_lexicon {
    const struct tagger_entry *slots;
    uint32_t slot_count;
};

/* NULL: not known. hash: of the word in lower case. */
const struct tagger_entry *tagger_lexicon_find(
    const struct tagger_lexicon *lexicon, uint32_t hash);

/* Learning only: the entry of a word, made if there is none; NULL when full. */
struct tagger_entry *tagger_lexicon_add(struct tagger_entry *slots,
                                        uint32_t slot_count, uint32_t hash);

#endif
