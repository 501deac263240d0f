/* A request becomes Xapian queries.
 *
 *   passages   ranks and conditions, on passage documents
 *   articles   the same on article documents, where no condition is about one
 *              passage alone
 *   words      every word asked for, on article documents: the whole-article
 *              score of passages that were found
 *
 * Words are OR-ed and rank; stop words of the question's language are left out
 * unless nothing else is asked; a word is asked in the stem of each common
 * language of the index; an alias also asks for its entity. */
#ifndef QUERY_EXPAND_H
#define QUERY_EXPAND_H

#include "common/alias.h"
#include "query/request.h"
#include "query/stem.h"

/* What the questions are asked of. */
struct expand_index {
    struct xapian_reader *reader;
    struct stems *stems;
    const struct alias_list *aliases; /* or NULL */
};

/* An alias in the question: which words, whose name. */
struct expand_alias {
    const struct request_node *node; /* where it begins */
    size_t start, end;               /* bytes of the question */
    const struct alias_name *name;
};

/* What adds to a score, kept to be explained. */
enum expand_sum { EXPAND_PASSAGES, EXPAND_ARTICLES, EXPAND_WORDS };

struct expand_part {
    enum expand_sum sum; /* of the plan's queries, the one it is in */
    const char *kind;    /* "word", "pair", "name", "phrase", "near", "star" */
    size_t start, end;   /* bytes of the question */
    struct xapian_query *query;
};

struct expand_plan {
    struct xapian_query *passages, *articles, *words;
    bool by_passage; /* conditions hold for a passage: articles is NULL */
    bool verify;     /* hits must be verified to the letter, */
    bool doubts;     /* which wants their terms: verify.h */
    bool ranked;     /* something ranks; else only conditions */
    const struct expand_alias *aliases;
    size_t alias_count;
    const char **notes;
    size_t note_count;
    bool rows[STEM_ROWS]; /* of the stems, asked for ranked words */
    struct expand_part *parts;
    size_t part_count;
};

struct newer; /* newer.h */

struct expand_options {
    bool passages;             /* every passage is a hit: titles answer no quote */
    const char *since, *until; /* YYYYMMDD, or "" */
    bool explain;              /* fill the plan's parts */
    const struct newer *newer; /* only passages that came after; or NULL */
};

/* Stop words are marked in the request. The notes live in the arena. */
dateline_status expand_request(struct expand_plan *out, struct arena *arena,
                               struct request *request,
                               const struct expand_index *index,
                               const struct expand_options *options,
                               dateline_error *error);

/* Those of query that belong to one of the keys (terms). */
dateline_status expand_keys(struct xapian_query **out,
                            const struct xapian_query *query,
                            const struct xapian_bytes *keys, size_t count,
                            dateline_error *error);

void expand_release(struct expand_plan *plan);

#endif
