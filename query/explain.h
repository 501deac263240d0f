/* How a question was understood and why each hit has its score: what is told with
 * --explain. It lives in the arena of the hits. */
#ifndef QUERY_EXPLAIN_H
#define QUERY_EXPLAIN_H

#include "query/hit.h"
#include "query/request.h"

struct walk;

/* A word in the stem of some languages, and the articles that hold it. */
struct explain_stem {
    const char *stem, *languages; /* "english, german" */
    uint64_t articles;
};

struct explain_word {
    const char *text;
    bool stop;        /* left out */
    enum request_mark mark;
    struct explain_stem *stems;
    size_t stem_count, stem_room;
};

/* What else is asked for: a cut-off word and its stems, an alias and its name, a
 * condition. */
struct explain_star {
    const char *text;
    size_t stems;
};

struct explain_name {
    const char *text, *name;
};

struct explain_condition {
    const char *text;
    bool excluded;
};

/* What a part of the question adds to the two sums of a hit. */
struct explain_weight {
    const char *text, *kind; /* of expand_part */
    double passage, article;
};

struct explain_hit {
    double passage, article;             /* the sums; of the best passage */
    double shown;                        /* of the passage that is shown */
    double passage_share, article_share; /* of them in the score */
    double rest;                         /* of the score: words close together */
    struct explain_weight *weights;
    size_t weight_count, weight_room;
};

struct explain {
    const char *question;
    const char *read;      /* the tree on one line */
    const char *languages; /* whose stems are asked: "english, german" */
    bool prose, ranked;    /* ranked: by score, not by date */
    bool by_passage;       /* each passage had to meet conditions, or all are hits */
    bool verified;         /* to the letter */
    struct explain_word *words;
    size_t word_count, word_room;
    struct explain_star *stars;
    size_t star_count, star_room;
    struct explain_name *names;
    size_t name_count, name_room;
    struct explain_condition *conditions;
    size_t condition_count, condition_room;
    struct explain_hit *hits; /* the first of the hits, in their order */
    size_t hit_count;
};

enum { EXPLAIN_HITS = 100 /* a search a part of the question looks at them */ };

/* Explains the walk's hits, which were made. */
dateline_status explain_walk(struct walk *walk);

#endif
