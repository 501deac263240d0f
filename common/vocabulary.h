/* The unstemmed words of an index and how often they occur, in blocks: all words
 * that begin with the same three bytes are one block, kept under that beginning.
 * A run over pages changes few blocks, a wildcard reads one.
 *
 * (Xapian's spelling table holds every word under each of its beginnings, ends
 * and middles: measured on 400 pages it was a quarter of the CPU of a run and a
 * seventh of the index, and it is not there over a remote server.) */
#ifndef COMMON_VOCABULARY_H
#define COMMON_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A word with accents stands there a second time, behind the word without them and
 * this byte, so that who asks for "erdogan" is told of "erdoğan". */
enum { VOCABULARY_PLAIN = 1 };

enum { VOCABULARY_KEY_BYTES = 3, VOCABULARY_WORD_BYTES = 255 };

/* A block being read or written, one word after the other in the order of their
 * bytes. A word is stored as how many bytes it shares with the one before, how
 * many follow, those, and its frequency as LEB128. */
struct vocabulary_word {
    char bytes[VOCABULARY_WORD_BYTES];
    uint8_t length;
    uint32_t frequency;
};

/* Bytes of the word that name its block. */
size_t vocabulary_key(size_t length);

/* Reads the next word of a block into `word`, which holds the one before (at
 * first: all zero), and moves *at behind it. False at the end, and at bytes that
 * are no block. */
bool vocabulary_read(struct vocabulary_word *word, const char **at,
                     const char *end);

/* Writes word behind `before` (at first: all zero). Returns its length, at most
 * VOCABULARY_ENTRY_BYTES. */
enum { VOCABULARY_ENTRY_BYTES = VOCABULARY_WORD_BYTES + 7 };
size_t vocabulary_write(char *out, const struct vocabulary_word *before,
                        const struct vocabulary_word *word);

/* A word that others are compared with. */
enum { VOCABULARY_PATTERN = 64, VOCABULARY_FAR = 3 };
struct vocabulary_pattern {
    uint32_t letters[VOCABULARY_PATTERN];
    size_t count;
    uint64_t set;      /* of its letters, as bits */
    unsigned farthest; /* worth a suggestion: 0, 1 or 2 */
};

/* False for words of over 64 letters. */
bool vocabulary_pattern_set(struct vocabulary_pattern *out, const char *word,
                            size_t length);

/* How many letters must be put in, left out, changed, or swapped with their
 * neighbour to make one of the other: 0, 1, 2, or VOCABULARY_FAR. */
unsigned vocabulary_distance(const struct vocabulary_pattern *pattern,
                             const char *word, size_t length);

#ifdef __cplusplus
}
#endif
#endif
