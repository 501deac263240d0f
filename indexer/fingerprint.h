/* article -> fingerprints of its paragraphs, by which the same text on another
 * site is known. A paragraph of 15 words and more counts, by a hash of its folded
 * words; the dateline before them is left out, and so are headings and what ends
 * every release of a house: about, contact and legal notes. */
#ifndef INDEXER_FINGERPRINT_H
#define INDEXER_FINGERPRINT_H

#include "indexer/article.h"

#include <stdint.h>

/* Each once, in order, at most LIMIT_FINGERPRINTS: of more the smallest, which
 * two copies have in common. In the arena; returns how many. */
size_t fingerprint_make(uint32_t **out, struct arena *arena,
                        const dateline_article *article);

#endif
