/* Articles are ranked by their whole text, and each shows its best passage. */
#ifndef QUERY_ARTICLES_H
#define QUERY_ARTICLES_H

#include "query/walk.h"

/* Only where no condition is about one passage alone (plan.by_passage). */
dateline_status articles_find(struct walk *walk);

/* By their best passages too. */
dateline_status articles_weigh(struct walk *walk);

/* The best passage of each that is to be shown. */
dateline_status articles_choose(struct walk *walk);

#endif
