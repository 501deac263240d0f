/* What the passages of an article weigh: how much of the question is in each, by
 * the formula that ranks articles (IneB2: Amati and van Rijsbergen 2002), over
 * passages. Words of the title count in every passage. */
#ifndef QUERY_SCORE_H
#define QUERY_SCORE_H

#include "common/stored.h"
#include "query/expand.h"
#include "query/index.h"

struct score;

/* Bits of information in a word that occurs so often in the index. */
double score_worth(const struct dateline_search *search, double occurrences);

/* Whether stems begin as their words do: the first two letters of ASCII are the
 * same, and where a stem has four and more the third; y counts as i. Seen for
 * 200,000 words of news pages, and by tests/unit/score.c. */
bool score_keeps_beginnings(const char *stemmer);

/* Lives in the arena and borrows all it is given. */
dateline_status score_new(struct score **out, struct arena *arena,
                          const struct expand_plan *plan,
                          struct dateline_search *search,
                          dateline_error *error);

/* The weight of each passage, article->passage_count of them; 0: none of the words;
 * negative: it lacks one that the question needs. */
void score_article(double *out, struct score *score,
                   const struct stored_article *article);

/* What each of the plan's ranks adds to one passage. */
void score_explain(double *out, struct score *score,
                   const struct stored_article *article, size_t number);

#endif
