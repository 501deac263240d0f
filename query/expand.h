/* A request becomes a Xapian query for articles and what their passages are weighed
 * and verified by.
 *
 *   articles   ranks them, and leaves out only those of which no passage can meet
 *              the conditions
 *   ranks      every word asked for, conditions forgotten: what a passage weighs
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

/* What adds to an article's score, kept to be explained. */
struct expand_part {
    const char *kind;    /* "word", "pair", "name", "phrase", "near", "star" */
    size_t start, end;   /* bytes of the question */
    struct xapian_query *query;
};

/* What adds to a passage's: any of the terms, scored as one. */
struct expand_rank {
    const struct xapian_bytes *terms; /* of the text; */
    size_t term_count;
    const struct alias_name *name;    /* or an entity by this alias; or NULL */
    uint32_t frequency;  /* how often the question says it */
    size_t phrase;       /* it counts with all others of this number; or 0 */
    bool needed;         /* no passage can meet the question without it */
    const char *kind;    /* as above */
    size_t start, end;
};

struct expand_plan {
    struct xapian_query *articles;
    bool by_passage; /* conditions hold for a passage: each is to be verified, */
    bool doubts;     /* which wants their article's terms: verify.h */
    bool ranked;     /* something ranks; else only conditions */
    const struct expand_alias *aliases;
    size_t alias_count;
    const char **notes;
    size_t note_count;
    bool rows[STEM_ROWS]; /* of the stems, asked for ranked words */
    struct expand_rank *ranks;
    size_t rank_count;
    struct expand_part *parts;
    size_t part_count;
};

struct newer; /* newer.h */

struct expand_options {
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

void expand_release(struct expand_plan *plan);

#endif
