/* One question on its way through the index: what is known of it, the articles or
 * passages that may answer, and how the index is asked about them. */
#ifndef QUERY_WALK_H
#define QUERY_WALK_H

#include "common/stored.h"
#include "query/expand.h"
#include "query/hit.h"
#include "query/index.h"
#include "query/match.h"
#include "query/newer.h"
#include "query/score.h"

#include <time.h>

enum {
    WALK_SCORED = 100,  /* candidates scored with their article, at least */
    WALK_LOOKED_AT = 5  /* passages of an article, for the one to show */
};

/* Of its passage in an article's score. Measured on sixteen collections, five
 * languages (nDCG@10). */
extern const double walk_passage_share;

/* A passage of an article, and what it weighs. */
struct ranked {
    size_t number;
    double weight;
};

/* An article or one of its passages, on its way to be a hit. */
struct candidate {
    uint32_t document;        /* of the article */
    const struct stored_article *stored; /* NULL: not read yet */
    double article, passage;  /* scores */
    struct ranked *best;      /* of its passages, the best first */
    size_t best_count;        /* 0: not weighed yet */
    size_t number;            /* of the passage that is shown */
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
    struct score *score;
    struct needles *needles; /* or NULL */
    dateline_hits *hits;
    struct candidates found;
    const struct candidate **shown; /* of each hit, in their order */
    size_t shown_count, shown_room;
    struct timespec begun;
    dateline_error *error;
};

double walk_milliseconds(const struct timespec *begun);

/* What Xapian is asked for a query: one hit, unless the caller wants more. */
struct xapian_request walk_ask(const struct walk *walk,
                               const struct xapian_query *query);

/* By date where that was asked; without anything that ranks, newest first. */
bool walk_is_by_date(const struct walk *walk);
void walk_sort(const struct walk *walk, struct xapian_request *ask);

dateline_status walk_search(struct xapian_hits **out, struct walk *walk,
                            const struct xapian_request *ask);

struct candidate *walk_candidate(struct walk *walk, uint32_t document);

/* A document that is read for a candidate. */
typedef dateline_status walk_take(struct walk *walk, struct candidate *candidate,
                                  struct xapian_bytes data);

/* Reads the articles of candidates [first, end) that have none yet, each once, in
 * the order of their documents, and hands them on; candidates of one article share
 * what was made of it. What was removed meanwhile is left out. */
dateline_status walk_read(struct walk *walk, size_t first, size_t end,
                          walk_take *take);

/* Into the hits' arena. */
dateline_status walk_read_articles(struct walk *walk, size_t first, size_t end);

/* Puts a passage among the best of its article, and the best one into passage and
 * number; equal ones stay in their order. */
void walk_rank_passage(struct walk *walk, struct candidate *candidate,
                       size_t number, double weight);

/* The candidates before `end` in the order of their scores, unless they are by date:
 * so many among themselves, then the next, so that one page of hits goes on where
 * the other ended. */
void walk_rank(struct walk *walk, size_t end, size_t group);
/* `count`, filled up to whole groups. */
size_t walk_groups(size_t count, size_t group);

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
