/* The Xapian queries of one request while they are made. All queries made on the
 * way are kept in one list and released at the end; only those of the plan are
 * handed out. The first error sticks in the builder and all that follows gives
 * none. NULL is no query, and takes part in nothing. */
#ifndef QUERY_BUILD_H
#define QUERY_BUILD_H

#include "query/expand.h"

struct terms {
    struct xapian_bytes *items;
    size_t count, room;
};

struct queries {
    struct xapian_query **items;
    size_t count, room;
};

struct builder {
    struct arena *arena;
    struct request *request;
    const struct expand_index *index;
    const struct expand_options *options;
    struct expand_plan *plan;
    unsigned silent;      /* inside what adds to no score */
    struct terms **stars; /* by node: what a cut-off word stands for; NULL: not
                           * looked up yet */
    struct queries made;  /* to be released */
    struct expand_alias *aliases;
    size_t alias_room, note_room, part_room, rank_room;
    dateline_error *error;
    dateline_status status;
};

/* ------------------------------------------------------------------ terms */

bool terms_equal(struct xapian_bytes a, struct xapian_bytes b);
void terms_add(struct builder *b, struct terms *to, struct xapian_bytes term);
void terms_add_new(struct builder *b, struct terms *to,
                   struct xapian_bytes term);

/* Prefix and bytes, in the arena. */
struct xapian_bytes build_bytes(struct builder *b, const char *prefix,
                                const char *bytes, size_t length);

/* A word in the stem of a row; its stems in the asked rows, or in all, each
 * once. */
struct xapian_bytes build_stem(struct builder *b, size_t row,
                               const char *prefix,
                               const struct request_word *word);
struct terms build_stems(struct builder *b, const char *prefix,
                         const struct request_word *word, bool all);

/* Documents that hold the term. */
uint64_t build_frequency(struct builder *b, struct xapian_bytes term);

/* ---------------------------------------------------------------- queries */

/* Keeps what a constructor made, or its failure. */
struct xapian_query *build_keep(struct builder *b, dateline_status status,
                                struct xapian_query *const *made);
void build_add(struct builder *b, struct queries *to,
               struct xapian_query *query);

struct xapian_query *build_term(struct builder *b, struct xapian_bytes term,
                                uint32_t frequency);
struct xapian_query *build_filter(struct builder *b, const char *term);

/* One of the terms, scored as one, `frequency` times. */
struct xapian_query *build_synonym(struct builder *b,
                                   const struct terms *terms,
                                   uint32_t frequency);

/* None for no parts; a single part stands for itself. */
struct xapian_query *build_combine(struct builder *b, enum xapian_operator how,
                                   const struct queries *parts);
struct xapian_query *build_both(struct builder *b, enum xapian_operator how,
                                struct xapian_query *left,
                                struct xapian_query *right);
struct xapian_query *build_all(struct builder *b);
struct xapian_query *build_none(struct builder *b);

/* It matches as before and adds nothing. */
struct xapian_query *build_silent(struct builder *b, struct xapian_query *query);

/* Tells the plan of a query that scores, if it shall be explained; gives the
 * query back. */
struct xapian_query *build_part(struct builder *b, const char *kind,
                                size_t start, size_t end,
                                struct xapian_query *query);

/* A line for the summary. */
void build_note(struct builder *b, const char *text);

#endif
