/* One question on its way through the index: what is known of it, the passages
 * or articles that may answer, and how the index is asked about them. */
#ifndef QUERY_WALK_H
#define QUERY_WALK_H

#include "common/stored.h"
#include "query/expand.h"
#include "query/hit.h"
#include "query/index.h"
#include "query/match.h"
#include "query/newer.h"

#include <time.h>

enum { WALK_SCORED = 100 /* candidates scored with their article, at least */ };

/* Of its passage in an article's score. Measured on sixteen collections, five
 * languages (nDCG@10). */
extern const double walk_passage_share;

/* A passage of an article, and what it weighs. */
struct ranked {
    uint32_t document;
    double weight;
};

/* A passage, or an article, on its way to be a hit. */
struct candidate {
    uint32_t home;            /* document of its article */
    uint32_t document;        /* of the passage; 0: not known yet */
    const struct stored_article *stored; /* NULL: not read yet */
    struct xapian_bytes data; /* of the passage; empty: not read yet */
    double article, passage;  /* scores */
    struct ranked *best;      /* of its passages, the best first */
    size_t best_count;
    double shown;             /* of the passage in data, its density included */
    double score;
    size_t order;             /* as Xapian ranked it */
    bool folded;              /* a copy of an earlier one */
    const dateline_facts *const *copies; /* as in dateline_hit */
    size_t copy_count;
};

struct candidates {
    struct candidate *items;
    size_t count, room;
};

/* Everything of one question, released together. */
struct walk {
    dateline_search *search;
    dateline_request request;
    char since[9], until[9];
    struct newer newer;       /* where the request has a mark */
    struct arena arena;       /* of the question; hits have their own */
    struct request question;
    struct expand_index index;
    struct expand_plan plan;
    struct match *match;
    struct needles *needles; /* or NULL */
    dateline_hits *hits;
    struct candidates found;
    const struct candidate **shown; /* of each hit, in their order */
    size_t shown_count, shown_room;
    struct timespec begun;
    dateline_error *error;
};

double walk_milliseconds(const struct timespec *begun);

/* What Xapian is asked for a query: one hit, unless the caller wants more.
 * c: of IneB2, of the kind of documents that are asked for. */
struct xapian_request walk_ask(const struct walk *walk,
                               const struct xapian_query *query, double c);

/* By date where that was asked; without anything that ranks, newest first. */
bool walk_is_by_date(const struct walk *walk);
void walk_sort(const struct walk *walk, struct xapian_request *ask);

dateline_status walk_search(struct xapian_hits **out, struct walk *walk,
                            const struct xapian_request *ask);

/* A copy in the walk's arena. */
struct xapian_bytes walk_keep(struct walk *walk, struct xapian_bytes bytes);

struct candidate *walk_candidate(struct walk *walk, uint32_t home);

/* The document of a passage's article, which stands before its passages. */
uint32_t walk_home(const struct walk *walk, uint32_t document, size_t number);

/* What is found of the candidates, told to each of an article. */
typedef dateline_status candidate_tell(struct walk *walk,
                                       struct candidate *candidate,
                                       const struct xapian_hit *hit);

/* Asks query of the articles of candidates [first, end), for ask.most hits an
 * article on average, and tells them, the best first. */
dateline_status walk_ask_within(struct walk *walk, size_t first, size_t end,
                                const struct xapian_query *query,
                                struct xapian_request ask,
                                candidate_tell *tell);

/* A document that is read for a candidate, and what it weighs. */
struct walk_document {
    uint32_t document;
    double weight;
    struct candidate *candidate;
};

typedef dateline_status walk_take(struct walk *walk,
                                  const struct walk_document *from,
                                  struct xapian_bytes data);

/* Reads the documents, which are put in their order, and hands them on; what was
 * removed meanwhile is left out. */
dateline_status walk_read(struct walk *walk, struct walk_document *documents,
                          size_t count, walk_take *take);

/* Reads the articles of candidates [first, end) that have none yet into the hits'
 * arena. */
dateline_status walk_read_articles(struct walk *walk, size_t first, size_t end);

/* The candidates in the order of their scores, unless they are by date. */
void walk_rank(struct walk *walk);

/* Copies of an article become one hit. */
bool walk_is_folding(const struct walk *walk);

/* The first candidate that is not wanted; how many are worth scoring. */
size_t walk_wanted_end(const struct walk *walk);
size_t walk_shown_end(const struct walk *walk); /* and is there */
size_t walk_found_count(const struct walk *walk, size_t least);

/* How many documents are looked at for the number of hits. */
size_t walk_counted(const struct walk *walk);

/* Into the summary. */
void walk_count(struct walk *walk, const struct xapian_hits *hits);

#endif
