/* Text -> tokens as the tagger sees them. Unlike text_word, marks of
 * punctuation are tokens too, for they are context.
 *
 *   Mr O'Brien of the U.S. said 1,250 of   Chad's  e-mails went to http://a.b/c
 *   -- ------- -- --- ---- ---- ----- --   ----~~ ~~~----~
 *
 * Tokens never overlap, come in order and are never empty; what lies between
 * them is white space. Valid UTF-8 goes in. */
#ifndef INDEXER_TAGGER_TOKEN_H
#define INDEXER_TAGGER_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a token looks like. The values are hashed into the model. */
enum tagger_form {
    TAGGER_LOWER,   /* word */
    TAGGER_CAPITAL, /* Word */
    TAGGER_UPPER,   /* WORD, U.S. */
    TAGGER_MIXED,   /* iPhone, McDonald */
    TAGGER_NUMBER,  /* 1,250 */
    TAGGER_ALNUM,   /* G20 */
    TAGGER_MARK,    /* one mark, or the 's of a possessive */
    TAGGER_INITIAL, /* A */
    TAGGER_ADDRESS, /* http://a.b/c */
    TAGGER_NOTHING  /* beyond the sentence's bounds */
};

enum tagger_flag {
    TAGGER_FIRST = 1,    /* the first word of its sentence */
    TAGGER_ALL_CAPS = 2, /* its sentence is all in capitals */
    TAGGER_NEAR = 4,     /* close to a capital or a digit: scored */
    TAGGER_GLUED = 8,    /* no white space before it */
    TAGGER_TITLE = 16    /* its sentence is a headline in Title Case */
};

enum { TAGGER_AFFIXES = 3 }; /* of 2, 3 and 4 bytes */

struct tagger_token {
    uint32_t start, end; /* bytes of the text */
    uint32_t sentence;   /* its number; lines and full stops part */
    uint32_t exact;      /* hashes: as written, */
    uint32_t folded;     /* in lower case, */
    uint32_t shape;      /* and Xx.d, repeats dropped */
    uint32_t prefix[TAGGER_AFFIXES], suffix[TAGGER_AFFIXES];
    uint8_t form, flags;
    uint8_t seen;        /* how the word is written elsewhere: document facts */
    uint8_t label;       /* what the last pass thought */
    uint8_t class, lists; /* of the lexicon */
    uint16_t hint[2];    /* labels of earlier stages that cover it; 0: none */
    uint32_t vote[8];    /* second pass: what it was elsewhere */
    uint8_t vote_count;
};

/* At most so many tokens are treated as one document: memory is bounded for a
 * text of any size. */
enum { TAGGER_TOKENS = 16384 };

/* Fills at most TAGGER_TOKENS tokens from byte `at` on, ending with a sentence
 * where one ends in the last eighth of them. Returns the byte where the next
 * window begins; length at the end. length < 4 GiB. */
size_t tagger_tokenise(struct tagger_token *tokens, size_t *count,
                       const char *text, size_t length, size_t at);

/* The hash of a word; of its folded bytes, at most 64. */
uint32_t tagger_hash(const char *bytes, size_t length);

/* Two hashes into one; order matters. */
static inline uint32_t tagger_mix(uint32_t a, uint32_t b)
{
    uint32_t h = a * 0x9e3779b1u + b + 0x7f4a7c15u;
    h *= 0x85ebca6bu;
    return h ^ h >> 15;
}

#endif
