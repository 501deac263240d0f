/* Records go in, an index is kept: the one writer, and the figures about the
 * whole index that every commit carries along. Metadata of an index:
 *
 *   version          the form of all this (stored.h)
 *   written          "SECONDS RUN": when the last commit was, since 1970
 *   identity         16 hex digits, drawn when the index was made
 *   run:IDENTITY     number of its last commit, decimal (field.h)
 *   languages        "en 120\nde 3\n": code and articles, most first
 *   length:passage   "SUM COUNT": words of all passages, how many these are
 *   length:article   the same of articles, by the sum of their terms
 *   aliases          the alias file of the last run that was given one
 *   reindex          how far an interrupted --reindex came (reindex.c)
 *   P...             what is known of a path (known.h)
 */
#ifndef INDEXER_STORE_H
#define INDEXER_STORE_H

#include "common/arena.h"
#include "indexer/record.h"

struct store;

/* Makes the index where there is nothing or an empty folder; whatever else lies
 * there is left alone and refused. Holds the lock until close. older: an index
 * of an older form is opened too, and keeps it until store_renewed. */
dateline_status store_open(struct store **out, const char *path, bool older,
                           dateline_error *error);
/* Words may take so many bytes until they are written. */
void store_hold(struct store *store, size_t bytes);

bool store_is_old(const struct store *store);
/* Everything in it is of our form by now. */
void store_renewed(struct store *store);

enum store_change { STORE_ADDED, STORE_CHANGED, STORE_SAME };

/* Same: nothing would change, nothing is written. */
dateline_status store_put(enum store_change *change, struct store *store,
                          const struct record *record, dateline_error *error);
/* id: of the article, appended with a NUL; nothing when it was not there. */
dateline_status store_remove(struct buffer *id, struct store *store,
                             struct xapian_bytes key, dateline_error *error);

/* Articles, what is known of their paths, the figures above and the words for
 * wildcards become visible together. */
dateline_status store_commit(struct store *store, dateline_error *error);

dateline_status store_get(struct buffer *out, struct store *store,
                          struct xapian_bytes key, dateline_error *error);
dateline_status store_set(struct store *store, struct xapian_bytes key,
                          struct xapian_bytes value, dateline_error *error);
/* All metadata whose key begins with prefix. Do not write meanwhile. */
dateline_status store_visit(struct store *store, struct xapian_bytes prefix,
                            xapian_visit *visit, void *context,
                            dateline_error *error);

/* Drops what was not committed. */
void store_close(struct store *store);

/* Reads what is kept under a key as "SUM COUNT"; no text leaves both as they are. */
dateline_status store_pair_read(uint64_t *sum, uint64_t *count,
                                const struct buffer *text, const char *key,
                                dateline_error *error);

#endif
