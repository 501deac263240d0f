/* What the forms of dates share: a text being searched, its figures, words and
 * what stands between them. Inside date_*.c only; everybody else asks date.h.
 *
 * Every function looks a bounded way from `at`, or over one run of figures, so
 * that the search stays linear. Those that skip return where to go on, which is
 * `at` when there was nothing to skip. */
#ifndef COMMON_DATE_SCAN_H
#define COMMON_DATE_SCAN_H

#include "common/date.h"
#include "common/language.h"
#include "common/text.h"

/* A text being searched. */
struct scan {
    const char *text;
    size_t length;
    size_t floor; /* nothing before it is looked at */
    enum date_order order;
    const struct language *language; /* NULL: all */
};

enum calendar { CIVIL, SOLAR };

struct number {
    size_t start, end;
    unsigned digits;
    long value; /* -1 when it has more digits than any date */
    bool persian, thai;
};

struct month_name {
    size_t start, end; /* a point after a short form included */
    int month;
    enum calendar calendar;
    bool thai, sure; /* sure: no everyday word of another language */
};

/* What was found; precision says which of the figures count. */
struct finding {
    int year, month, day;
    dateline_precision precision;
    size_t start, end;
    size_t clock;   /* where the time stands, when it is inside; else 0 */
    size_t refused; /* the end of what looks like a day that never was; else 0 */
};

/* Figures with single marks between: "2021-10-17", "1.2.3.4". */
struct figures {
    struct number parts[4];
    size_t count; /* 5: more than four */
    uint32_t mark; /* '-', '.', '/', or 0 when they differ */
    size_t end;
};

/* ------------------------------------------------------------ characters */

/* The character at `at` and its size; 0 and 0 at the end. */
uint32_t scan_char(const struct scan *s, size_t at, size_t *size);
uint32_t scan_only(const struct scan *s, size_t at);
/* The character that ends at `at`, and where it starts; 0 at the floor. */
uint32_t scan_before(const struct scan *s, size_t at, size_t *start);
/* A letter, digit or line of a script with spaces. */
bool scan_is_word(uint32_t c);
bool scan_is_dash(uint32_t c);
/* 0 to 9, or -1. */
int scan_digit(uint32_t c);
/* 0 to 10 of a Chinese figure, or -1. */
int scan_han_digit(uint32_t c);

/* ------------------------------------------------------- words and figures */

bool scan_number(struct number *n, const struct scan *s, size_t at);
bool scan_han_number(struct number *n, const struct scan *s, size_t at);
size_t scan_letters(const struct scan *s, size_t at);
/* The end of the word at `at`, if it is one of the list that NULL ends; or 0. */
size_t scan_word(const struct scan *s, size_t at, const char *const *words);
bool scan_month(struct month_name *name, const struct scan *s, size_t at);

size_t scan_skip_space(const struct scan *s, size_t at);
size_t scan_skip_gap(const struct scan *s, size_t at, const char *marks);
size_t scan_skip_ordinal(const struct scan *s, size_t at);
size_t scan_skip_range(const struct scan *s, size_t at);

/* ------------------------------------------------------------------ years */

int date_year_of_two(long value);
enum calendar date_calendar(const struct scan *s, const struct number *year);
/* Turns a finding of another calendar into ours; false when it is no day. */
bool date_settle(struct finding *f, const struct scan *s, enum calendar calendar,
                 bool thai);

/* ------------------------------------------------------------------ forms */

/* Each tries one kind of date at a figure: names of months; figures with marks,
 * without and with spaces; the signs for year, month and day. */
bool date_find_words(struct finding *f, const struct scan *s, const struct number *n);
void date_figures(struct figures *figures, const struct scan *s, size_t at);
bool date_find_figures(struct finding *f, const struct scan *s,
                       const struct figures *figures);
bool date_find_spaced(struct finding *f, const struct scan *s,
                      const struct number *first);
bool date_find_eastern(struct finding *f, const struct scan *s,
                       const struct number *year);

/* A time of day at `at`, skipped. */
size_t date_skip_clock(const struct scan *s, size_t at);
/* The time behind the date that was found, if there is one; *at moves past it. */
void date_find_clock(dateline_date *date, struct arena *arena, const struct scan *s,
                     struct finding *f, size_t *at);

#endif
