/* Words of a text that stand in order, or near one another. */
#ifndef QUERY_SEQUENCE_H
#define QUERY_SEQUENCE_H

#include "query/request.h"
#include "query/stem.h"

/* A word of a text, as it stands and by its stem. */
struct sequence_word {
    size_t start, end; /* bytes of the text */
    char term[TEXT_TERM_BYTES], stem[TEXT_TERM_BYTES];
    size_t length, stem_length;
    uint64_t name; /* a hash of its letters and language */
};

/* The words of a node: letters of what is quoted; else stems, each word in that
 * of any language and any other accents. */
struct sequence {
    const struct request_node *node;
    const struct sequence_stems *stems; /* of each word; NULL: letters */
};

struct sequence_stems {
    struct xapian_bytes *items;
    size_t count, room;
};

struct sequence *sequence_new(struct arena *arena,
                              const struct request_node *node,
                              struct stems *stems);

/* It stands from word i of the text on. */
bool sequence_stands(const struct sequence *sequence,
                     const struct sequence_word *words, size_t count, size_t i);

/* Where an operand of NEAR stands: its first and last word. */
struct sequence_place {
    const struct request_node *node;
    size_t first, last;
};

/* Each operand has a place of its own, all of them close enough. Places come in
 * the order of their first words. */
bool sequence_near(const struct request_node *near,
                   const struct sequence_place *places, size_t count);

#endif
