/* article -> fingerprints of its paragraphs, by which the same text on another
 * site is known. A paragraph of 15 words and more counts, by a hash of its folded
 * words; the dateline before them is left out, and so are headings and what ends
 * every release of a house: about, contact and legal notes. */
#ifndef INDEXER_FINGERPRINT_H
#define INDEXER_FINGERPRINT_H

#include "common/arena.h"
#include "indexer/article.h"

#include <stdint.h>

struct fingerprints {
    const dateline_article *article;
    uint32_t *items;
    size_t count;
    size_t block, words; /* that is being read, and how many it has */
    struct buffer text;  /* they, parted by spaces */
};

/* The items are the arena's. */
void fingerprint_begin(struct fingerprints *to, struct arena *arena,
                       const dateline_article *article);

/* A folded word of the body, in the order of where they start. */
void fingerprint_word(struct fingerprints *to, const char *word, size_t length,
                      size_t start);

/* Returns how many items there are: each once, in order, at most
 * LIMIT_FINGERPRINTS: of more the smallest, which two copies have in common. */
size_t fingerprint_end(struct fingerprints *to);

#endif
