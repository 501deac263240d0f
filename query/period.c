/* First and last days in, a query out. */
#include "query/period.h"

#include "common/date.h"
#include "common/field.h"

#include <stdlib.h>
#include <string.h>

enum { DATE_TERMS = 48 /* more would cost more than the range itself */ };

static struct xapian_query *range_query(struct builder *b, const char *since,
                                        const char *until)
{
    struct xapian_query *query = NULL;
    struct xapian_bytes begin = {since, strlen(since)};
    struct xapian_bytes end = {until, strlen(until)};
    if (!begin.length)
        begin = (struct xapian_bytes){"0", 1}; /* after no date at all */
    return build_keep(b, xapian_query_range(&query, FIELD_SLOT_DATE, begin, end,
                                            b->error), &query);
}

/* From the first day on: the largest unit that the range holds whole, as a
 * term; moves the day past it. */
static void date_unit(struct buffer *term, dateline_date *day,
                      const char *until)
{
    int y = day->year, m = day->month, d = day->day;
    struct buffer year = {0}, month = {0};
    buffer_format(&year, "%04d1231", y);
    buffer_format(&month, "%04d%02d31", y, m);
    bool whole_year = m == 1 && d == 1 && strcmp(year.bytes, until) <= 0;
    bool whole_month = d == 1 && strncmp(month.bytes, until, 8) <= 0;
    term->length = 0;
    if (d == 1 && !whole_month && !strncmp(month.bytes, until, 6)) {
        dateline_date next = *day; /* a month that is shorter than 31 days */
        for (next.day = 31; !date_is_valid(y, m, next.day); next.day--)
            ;
        whole_month = next.day <= atoi(until + 6);
    }
    if (whole_year)
        buffer_format(term, FIELD_YEAR "%04d", y), day->year++;
    else if (whole_month)
        buffer_format(term, FIELD_MONTH "%04d%02d", y, m), day->month++;
    else
        buffer_format(term, FIELD_DAY "%04d%02d%02d", y, m, d), day->day++;
    if (day->month > 12)
        day->year++, day->month = 1;
    if (!date_is_valid(day->year, day->month, day->day))
        day->day = 1, day->month++;
    if (day->month > 12)
        day->year++, day->month = 1;
    buffer_free(&year);
    buffer_free(&month);
}

static int figures(const char *text, size_t count)
{
    int number = 0;
    for (size_t i = 0; i < count; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

/* Terms of years, months and days where a few of them cover the range: half
 * the price of comparing values. */
struct xapian_query *period_query(struct builder *b, const char *since,
                                  const char *until)
{
    if (b->status || (!*since && !*until))
        return NULL;
    if (!*since || !*until)
        return range_query(b, since, until);
    struct queries parts = {0};
    struct buffer term = {0};
    dateline_date day = {.year = figures(since, 4),
                         .month = figures(since + 4, 2),
                         .day = figures(since + 6, 2)};
    int last = figures(until, 8);
    while (parts.count <= DATE_TERMS && day.year <= 9999 &&
           day.year * 10000 + day.month * 100 + day.day <= last) {
        date_unit(&term, &day, until);
        struct xapian_bytes unit = build_bytes(b, "", term.bytes, term.length);
        build_add(b, &parts, build_term(b, unit, 1));
        if (b->status)
            break;
    }
    buffer_free(&term);
    return parts.count > DATE_TERMS ? range_query(b, since, until)
                                    : build_combine(b, XAPIAN_OR, &parts);
}
