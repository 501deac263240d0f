/* Text goes in, a real day comes out, or none. Every date holds figures, so the
 * search walks from number to number and looks a bounded way to both sides:
 * linear, whatever the text. A figure that turns out to be part of something
 * else (a telephone, a version, an account) is skipped with all that hangs
 * on it. */
#include "common/date.h"

#include "common/date_scan.h"

#include <stdio.h>
#include <string.h>

/* Everything but `from`, which is the caller's. */
static void date_fill(dateline_date *date, int year, int month, int day,
                      dateline_precision precision)
{
    date->year = year;
    date->month = month;
    date->day = day;
    date->precision = precision;
    date->time = NULL;
    date->future = false;
}

/* ---------------------------------------------------------------- searching */

/* The next byte at which a figure may begin: ASCII digits, and the first bytes
 * of the digits of other scripts. */
static size_t next_figure(const struct scan *s, size_t at)
{
    static const char firsts[] = "\xd9\xdb\xe0\xe3\xe4\xe5\xe9\xef";
    size_t size;
    for (; at < s->length; at++) {
        char c = s->text[at];
        if (c >= '0' && c <= '9')
            return at;
        if ((unsigned char)c < 0x80 || !strchr(firsts, c))
            continue;
        uint32_t character = scan_char(s, at, &size);
        if (scan_digit(character) >= 0 || scan_han_digit(character) >= 0)
            return at;
    }
    return s->length;
}

/* Tries every form at the figure; *next is where to go on. */
static bool find_here(struct finding *f, const struct scan *s, size_t at,
                      size_t *next)
{
    struct number n;
    struct figures figures;
    if (!scan_number(&n, s, at)) {
        scan_han_number(&n, s, at);
        *next = n.end > at ? n.end : at + 1;
        return n.end > at && date_find_eastern(f, s, &n);
    }
    *next = n.end;
    if (date_find_eastern(f, s, &n))
        return true;
    uint32_t left = scan_before(s, at, &(size_t){0});
    if (!scan_is_word(left) && (n.digits <= 2 || n.digits == 4) &&
        (date_find_words(f, s, &n) || (!f->refused && date_find_spaced(f, s, &n))))
        return true;
    if (f->refused) {
        *next = f->refused > n.end ? f->refused : n.end;
        return false;
    }
    date_figures(&figures, s, at);
    bool found = date_find_figures(f, s, &figures);
    /* "17-19 octobre" begins anew at its second figure */
    if (found || figures.count > 2)
        *next = figures.end;
    return found;
}

static bool scan_find(dateline_date *date, struct arena *arena,
                      const struct scan *s, size_t *at, size_t *start, size_t *end)
{
    struct finding f;
    size_t next;
    for (size_t here = *at; (here = next_figure(s, here)) < s->length; here = next) {
        f = (struct finding){0};
        if (!find_here(&f, s, here, &next))
            continue;
        date_fill(date, f.year, f.month, f.day, f.precision);
        *at = f.end;
        date_find_clock(date, arena, s, &f, at);
        if (start)
            *start = f.start;
        if (end)
            *end = f.end;
        return true;
    }
    *at = s->length;
    return false;
}

bool date_find(dateline_date *date, struct arena *arena, const char *text,
               size_t length, size_t *at, size_t *start, size_t *end,
               enum date_order order, const char *language)
{
    struct scan s = {text, length, *at, order, language_find(language)};
    return scan_find(date, arena, &s, at, start, end);
}

/* ------------------------------------------------------------------ parsing */

static bool date_set(dateline_date *date, int year, int month, int day,
                     dateline_precision precision)
{
    if (!date_is_valid(year, month, day))
        return false;
    date_fill(date, year, month, day, precision);
    return true;
}

/* Seconds since 1970, of 1973 to 2100. */
static bool parse_seconds(dateline_date *date, struct arena *arena, long seconds)
{
    dateline_date day;
    if (seconds < 100000000 || seconds > 4133980800)
        return false;
    date_from_days(&day, seconds / 86400);
    date_set(date, day.year, day.month, day.day, DATELINE_DAY);
    long rest = seconds % 86400;
    date->time = arena_format(arena, "%02ld:%02ld:%02ldZ", rest / 3600,
                              rest / 60 % 60, rest % 60);
    return true;
}

/* One number alone: a year, a month, seconds or milliseconds. */
static bool parse_number(dateline_date *date, struct arena *arena,
                         const struct number *n)
{
    switch (n->digits) {
    case 4: return date_set(date, (int)n->value, 1, 1, DATELINE_YEAR);
    case 6:
        return date_set(date, (int)(n->value / 100), (int)(n->value % 100), 1,
                        DATELINE_MONTH);
    case 9: case 10: return parse_seconds(date, arena, n->value);
    case 13: return parse_seconds(date, arena, n->value / 1000);
    case 16: return parse_seconds(date, arena, n->value / 1000000);
    default: return false;
    }
}

/* "2021-10", which in running text would be a range of years as likely; and
 * "21-10-17" is none anywhere. */
static bool parse_month(dateline_date *date, const struct figures *f)
{
    return f->count == 2 && f->parts[0].digits == 4 && f->parts[1].digits <= 2 &&
           (f->mark == '-' || f->mark == '/') &&
           date_set(date, (int)f->parts[0].value, (int)f->parts[1].value, 1,
                    DATELINE_MONTH);
}

enum { PARSED_BYTES = 256, LEAD_BYTES = 48 };

bool date_parse(dateline_date *date, struct arena *arena, const char *text,
                enum date_order order)
{
    struct scan s = {text, strnlen(text, PARSED_BYTES), 0, order, NULL};
    s.length = text_boundary(text, s.length + 1, s.length);
    struct figures figures;
    size_t at = next_figure(&s, 0), first = at, start;
    if (at > LEAD_BYTES)
        return false;
    date_figures(&figures, &s, at);
    bool alone = scan_skip_space(&s, 0) == at &&
                 !scan_is_word(scan_only(&s, scan_skip_space(&s, figures.end)));
    if (alone && figures.count == 1 && parse_number(date, arena, &figures.parts[0]))
        return true;
    at = 0;
    dateline_date found;
    if (scan_find(&found, arena, &s, &at, &start, NULL) && start <= first) {
        date_fill(date, found.year, found.month, found.day, found.precision);
        date->time = found.time;
        return true;
    }
    return alone && parse_month(date, &figures);
}

/* ------------------------------------------------------------------ telling */

void date_format(char out[16], const dateline_date *date)
{
    out[0] = '\0';
    if (date->precision != DATELINE_NO_DATE)
        snprintf(out, 16, "%04d-%02d-%02d", date->year % 10000, date->month % 100,
                 date->day % 100);
}

int date_compare(const dateline_date *a, const dateline_date *b)
{
    bool no_a = a->precision == DATELINE_NO_DATE;
    bool no_b = b->precision == DATELINE_NO_DATE;
    if (no_a || no_b)
        return no_a - no_b;
    long days_a = date_days(a), days_b = date_days(b);
    return (days_a > days_b) - (days_a < days_b);
}

const char *date_origin_text(dateline_origin origin)
{
    static const char *const texts[] = {
#define X(name, text) [DATELINE_FROM_##name] = text,
        DATELINE_ORIGINS(X)
#undef X
    };
    return (size_t)origin < sizeof texts / sizeof *texts ? texts[origin] : "none";
}
