/* Dates in figures: "2021-10-17", "17. 10. 2021", "10/17/21", "20211017". Most
 * strings of figures are none, so what stands around them is looked at, too. */
#include "common/date_scan.h"

static uint32_t mark_at(const struct scan *s, size_t at, size_t *size)
{
    uint32_t c = scan_char(s, at, size);
    if (scan_is_dash(c))
        return '-';
    return c == '.' || c == '/' || c == ',' || c == ':' || c == '\\' ? c : 0;
}

/* "28.09.1912:44": a day and a time from two cells of a page that nothing parts.
 * (A log's "17/10/2021:09:30" has one figure more.) */
static void figures_unglue(struct figures *f, const struct scan *s)
{
    struct number *year = &f->parts[2], minute;
    if (f->count != 3 || year->digits != 4 || scan_only(s, f->end) != ':' ||
        !scan_number(&minute, s, f->end + 1) || minute.digits != 2 ||
        scan_only(s, minute.end) == ':' || year->end != year->start + 4)
        return;
    year->value /= 100;
    year->digits = 2;
    year->end = f->end = year->start + 2;
}

void date_figures(struct figures *f, const struct scan *s, size_t at)
{
    struct number n;
    *f = (struct figures){0};
    for (size_t size = 0; scan_number(&n, s, at); at += size) {
        if (f->count < 4)
            f->parts[f->count] = n;
        f->count = f->count < 5 ? f->count + 1 : 5;
        f->end = at = n.end;
        uint32_t mark = mark_at(s, at, &size);
        if (!mark || scan_digit(scan_only(s, at + size)) < 0)
            break;
        /* a time may follow a day directly: "17/10/2021:09:30" */
        if (mark == ':' && f->count == 3)
            break;
        f->mark = f->count == 1 || f->mark == mark ? mark : 0;
    }
    figures_unglue(f, s);
}

/* Which of two figures is the month: the caller's order, unless it cannot be. */
static void day_and_month(struct finding *f, const struct scan *s, long first,
                          long second, uint32_t mark)
{
    bool day_first = s->order == DATE_DAY_FIRST || mark == '.';
    if (first > 12)
        day_first = true;
    else if (second > 12)
        day_first = false;
    f->day = (int)(day_first ? first : second);
    f->month = (int)(day_first ? second : first);
}

/* Three numbers: year first, year last, or a short year last. */
static bool three_figures(struct finding *f, const struct scan *s,
                          const struct number *p, uint32_t mark)
{
    const struct number *year = p[0].digits == 4 ? &p[0] : &p[2];
    f->precision = DATELINE_DAY;
    if (p[1].digits > 2 || (p[0].digits > 2 && p[2].digits > 2))
        return false;
    if (p[0].digits == 4) {
        f->month = (int)p[1].value;
        f->day = (int)p[2].value;
    } else if (p[0].digits > 2) {
        return false;
    } else {
        day_and_month(f, s, p[0].value, p[1].value, mark);
    }
    f->year = (int)year->value;
    if (year->digits == 2) {
        /* versions and codes look the same: only in full, or with strokes */
        if (mark == '-' || (mark == '.' && (p[0].digits < 2 || p[1].digits < 2)))
            return false;
        f->year = date_year_of_two(year->value);
    } else if (year->digits != 4) {
        return false;
    }
    return date_settle(f, s, date_calendar(s, year), year->thai);
}

/* 20211017, also in front of a time: 20211017093000. */
static bool one_figure(struct finding *f, const struct scan *s,
                       const struct number *n)
{
    if (n->digits != 8 && n->digits != 14 && n->digits != 12)
        return false;
    long value = n->value;
    for (unsigned digits = n->digits; digits > 8; digits -= 2) {
        if (value % 100 > (digits == 10 ? 23 : 59))
            return false;
        value /= 100;
    }
    f->year = (int)(value / 10000);
    f->month = (int)(value / 100 % 100);
    f->day = (int)(value % 100);
    f->precision = DATELINE_DAY;
    return f->year >= 1900 && f->year < 2100 && date_settle(f, s, CIVIL, false);
}

/* "10/2021"; "/2021/10/" of an address. */
static bool two_figures(struct finding *f, const struct scan *s,
                        const struct figures *figures)
{
    const struct number *p = figures->parts;
    bool address = p[0].digits == 4 &&
                   scan_before(s, p[0].start, &(size_t){0}) == '/' &&
                   scan_only(s, figures->end) == '/';
    if (figures->mark != '/' || !(address || p[1].digits == 4) ||
        p[0].digits == p[1].digits)
        return false;
    const struct number *month = address ? &p[1] : &p[0];
    if (month->digits > 2)
        return false;
    f->year = (int)(address ? p[0].value : p[1].value);
    f->month = (int)month->value;
    f->day = 1;
    f->precision = DATELINE_MONTH;
    return date_settle(f, s, CIVIL, false);
}

/* What stands around the figures tells a date from a part of something else. A
 * day in full, year first, may hang on words by marks, as in file names. */
static bool stands_alone(const struct scan *s, const struct figures *figures)
{
    size_t size, before;
    uint32_t left = scan_before(s, figures->parts[0].start, &before);
    uint32_t right = scan_char(s, figures->end, &size);
    uint32_t beyond = scan_only(s, figures->end + size);
    bool full = figures->count == 3 && figures->parts[0].digits == 4;
    bool plain = figures->count == 1;
    if (scan_is_word(left) || left == '$' || left == '+' || left == 0x20ac ||
        left == 0xa3)
        return full && left == '_';
    if ((right == 'T' && scan_digit(beyond) >= 0) || scan_digit(right) >= 0)
        return true; /* a time follows */
    if (scan_is_word(right) && right != 0x433 && right != 0x440)
        return full && right == '_';
    if (right == '%' ||
        (plain && (right == '.' || right == ',') && scan_is_word(beyond)))
        return false;
    if (full)
        return true;
    if (left == '-' || left == '.' || left == ',' || left == '/' || left == ':' ||
        left == '#' || left == '=' || left == '@')
        return figures->count == 2 && figures->parts[0].digits == 4;
    return !((scan_is_dash(right) || right == '/' || right == '@' ||
              right == '=') &&
             scan_is_word(beyond)) ||
           (figures->count == 2 && figures->parts[0].digits == 4);
}

bool date_find_figures(struct finding *f, const struct scan *s,
                       const struct figures *figures)
{
    f->start = figures->parts[0].start;
    f->end = figures->end;
    if (!stands_alone(s, figures))
        return false;
    switch (figures->count) {
    case 1: return one_figure(f, s, &figures->parts[0]);
    case 2: return two_figures(f, s, figures);
    case 3:
        return (figures->mark == '-' || figures->mark == '.' ||
                figures->mark == '/') &&
               three_figures(f, s, figures->parts, figures->mark);
    default: return false;
    }
}

/* "17. 10. 2021", "2021. 10. 17.", "10 / 17 / 2021": marks with spaces. */
bool date_find_spaced(struct finding *f, const struct scan *s,
                      const struct number *first)
{
    struct number p[3] = {*first};
    uint32_t mark = 0;
    size_t at = first->end, size;
    for (int i = 1; i < 3; i++) {
        size_t space = scan_skip_space(s, at);
        uint32_t here = mark_at(s, space, &size);
        at = scan_skip_space(s, space + size);
        if ((here != '.' && here != '/') || (mark && here != mark) ||
            (here == '.' ? space != p[i - 1].end || at == space + size
                         : space == p[i - 1].end) ||
            !scan_number(&p[i], s, at))
            return false;
        mark = here;
        at = p[i].end;
    }
    uint32_t right = scan_only(s, at);
    if (scan_is_word(right) || scan_is_word(scan_before(s, first->start, &size)) ||
        (p[0].digits != 4 && p[2].digits != 4))
        return false;
    f->start = first->start;
    f->end = at;
    return three_figures(f, s, p, mark);
}
