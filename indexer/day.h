/* Written days in running text -> DATE labels: whole dates, and parts of them
 * ("Tuesday", "July 26", "March", "2021", "1990s", "2015-2021"), and relative
 * ones where today is known ("last week", "vor zwei Jahren"). */
#ifndef INDEXER_DAY_H
#define INDEXER_DAY_H

#include "indexer/label.h"

/* Adds labels by DATELINE_BY_PATTERN. Values: "2021-10-17", "2021-10", "2021",
 * "2015/2021"; what lacks a year is told by `today` where that is known. */
void day_find(struct labels *labels, const char *text, size_t length,
              const dateline_date *today, const char *language);

#endif
