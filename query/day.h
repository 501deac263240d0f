/* Dates of a question: "2021-10" is a first and a last day. */
#ifndef QUERY_DAY_H
#define QUERY_DAY_H

#include <stdbool.h>
#include <stddef.h>

/* "2021", "2021-10", "2021-10-17" (also with / or without dashes), or a day in
 * words: its first and last day as YYYYMMDD. False when it is no date. */
bool day_range(char first[9], char last[9], const char *text, size_t length);

/* A field of dates: date, since, until and what people write instead. */
struct day_name {
    const char *name;
    bool from, to; /* which end of a range it sets */
};

/* NULL for another word. */
const struct day_name *day_name_find(const char *name, size_t length);

#endif
