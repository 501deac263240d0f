/* Words as they were written, with how often: what wildcards and "did you mean"
 * know. Common words come with every article, so they are summed here until a
 * commit, where each costs its way through the border once. */
#ifndef INDEXER_WORDS_H
#define INDEXER_WORDS_H

#include "common/arena.h"
#include "indexer/record.h"

struct words {
    struct arena arena; /* owns the words' bytes */
    struct words_slot *slots;
    size_t count, room;
};

/* Counts the words of a text. */
void words_count(struct words *words, const char *text, size_t length);

/* Adds the words of an article, as far as they are more than before. */
void words_add(struct words *words, const struct record_word *more,
               size_t count, const struct words *before);

/* Memory that they take. */
size_t words_bytes(const struct words *words);

/* Adds them to the index and forgets them. */
dateline_status words_write(struct words *words, struct xapian_writer *writer,
                            dateline_error *error);
void words_free(struct words *words);

#endif
