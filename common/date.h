/* A day in words or figures. Nothing here asks what day today is. */
#ifndef COMMON_DATE_H
#define COMMON_DATE_H

#include "common/arena.h"

#include <dateline.h>

/* How an ambiguous "3/4/2021" is read. */
enum date_order { DATE_DAY_FIRST, DATE_MONTH_FIRST };

/* The first date in text at or after *at, in any form we know: ISO 8601 (with
 * time and zone), "17 October 2021", "Oct. 17, 2021", "17. Oktober 2021", "17 de
 * octubre de 2021", 2021/10/17, 17.10.2021, 10/17/21, 20211017, "October 2021",
 * year-month-day in Chinese, Japanese, Korean, Persian and Arabic digits, Solar
 * Hijri days with a Persian month name. Only real days between 1000 and 9999;
 * 30 February is none. Fills everything but `from`; time goes to the arena.
 * *start and *end: the bytes it stands in (may be NULL). language: a code, or
 * NULL for all. False when there is none. */
bool date_find(dateline_date *date, struct arena *arena, const char *text,
               size_t length, size_t *at, size_t *start, size_t *end,
               enum date_order order, const char *language);

/* The whole text is one date, or begins with one (a machine's: meta content,
 * datetime attribute, JSON-LD, Unix seconds or milliseconds). */
bool date_parse(dateline_date *date, struct arena *arena, const char *text,
                enum date_order order);

/* True for a real day. */
bool date_is_valid(int year, int month, int day);

/* "2021-10-17" into at least 11 bytes; "" for none. */
void date_format(char out[16], const dateline_date *date);

/* Days since 1970-01-01 (negative before), by the civil calendar. */
long date_days(const dateline_date *date);
void date_from_days(dateline_date *date, long days);

/* <0, 0, >0 by day; none comes last. */
int date_compare(const dateline_date *a, const dateline_date *b);

/* The JSON name of an origin: "json-ld". */
const char *date_origin_text(dateline_origin origin);

#endif
