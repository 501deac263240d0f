/* A file on its way through a run. */
#ifndef INDEXER_INPUT_H
#define INDEXER_INPUT_H

#include "indexer/indexer.h"
#include "indexer/known.h"

struct input {
    struct arena arena; /* owns all below, and the input itself */
    const char *path, *real, *id, *url;
    const char *format; /* as in dateline_index_options.input */
    struct source_stat stat;
    uint64_t recipe;
    bool lines;
    struct known old; /* path is NULL: nothing was known */
    struct buffer old_bytes;
    uint64_t hash[2];
    bool same;        /* its bytes are those of last time */
    uint64_t faults;
    const char *why;  /* the first of them */
    bool transient;   /* it may be read another time */
    struct buffer keys; /* stored_strings */
    size_t key_count;
    uint64_t parts;   /* articles and faults it gave */
};

struct input *input_new(const struct dateline_indexer *indexer,
                        const struct source_item *item);
void input_free(struct input *input);

/* Fills `old` with what the index knows of it. */
dateline_status input_recall(struct dateline_indexer *indexer,
                             struct input *input, dateline_error *error);
/* It would be read as it was read last time; unchanged: and it is the same. */
bool input_is_alike(const struct dateline_indexer *indexer,
                    const struct input *input);
bool input_is_unchanged(const struct dateline_indexer *indexer,
                        const struct input *input);

/* It gave an article; it still gives those of last time. */
void input_add_key(struct input *input, struct xapian_bytes key);
void input_keep_keys(struct input *input);

/* Writes what is known of it now. whole: all of it was read; else the next run
 * must read it again. */
dateline_status input_remember(struct dateline_indexer *indexer,
                               struct input *input, bool whole,
                               dateline_error *error);

#endif
