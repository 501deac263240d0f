/* What the parts of the store share. For store*.c alone. */
#ifndef INDEXER_STORE_PART_H
#define INDEXER_STORE_PART_H

#include "common/field.h"
#include "common/stored.h"
#include "indexer/store.h"
#include "indexer/words.h"

enum { LANGUAGE_BYTES = 15, MOST_LANGUAGES = 256 };

struct language_count {
    char code[LANGUAGE_BYTES + 1];
    uint64_t articles;
};

struct store {
    struct xapian_writer *writer;
    char identity[FIELD_IDENTITY_BYTES + 1];
    uint64_t run; /* that the next commit ends */
    uint64_t passage_words, passages;
    uint64_t article_terms, articles;
    struct language_count languages[MOST_LANGUAGES];
    size_t language_count;
    struct words words; /* that wait to be added */
    size_t word_bytes;  /* that they may take */
    char form[24]; /* of what it keeps: an older one until it is all rewritten */
    bool changed; /* figures are to be written */
};

/* An index, an empty folder, or nothing, which is made: else it is somebody's. */
dateline_status store_folder_check(const char *path, dateline_error *error);

/* An index of ours says its form; an empty one has nothing to say yet. */
dateline_status store_form_check(struct store *store, const char *path,
                                 bool older, dateline_error *error);

/* What every commit carries along: read, changed by an article, written. */
dateline_status store_figures_get(struct store *store, dateline_error *error);
void store_figures_less(struct store *store,
                        const struct stored_article *article);
void store_figures_more(struct store *store, const struct record *record);
dateline_status store_figures_write(struct store *store,
                                    dateline_error *error);

#endif
