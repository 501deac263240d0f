/* Dates with the name of a month: "17 October 2021", "October 17, 2021",
 * "2021. október 17.", "October 2021". */
#include "common/date_scan.h"

/* A year in words' company: four figures, or two behind an apostrophe (or, where
 * short is allowed, two). */
static bool year_read(struct number *n, const struct scan *s, size_t at,
                      bool short_too)
{
    size_t size;
    uint32_t c = scan_char(s, at, &size);
    bool apostrophe = c == '\'' || c == 0x2019 || c == 0x2018;
    if (!scan_number(n, s, apostrophe ? at + size : at))
        return false;
    c = scan_char(s, n->end, &size);
    if (scan_is_word(c) && c != 0x433 && c != 0x440) /* "2021г", "2021р" */
        return false;
    if (n->digits == 2 && (apostrophe || short_too)) {
        n->value = date_year_of_two(n->value);
        return c != ':';
    }
    return n->digits == 4 && !apostrophe && n->value >= 1000;
}

static bool is_day(const struct number *n)
{
    return n->digits <= 2 && n->value >= 1 && n->value <= 31;
}

static bool finding_of_words(struct finding *f, const struct scan *s,
                             const struct number *year,
                             const struct month_name *month,
                             const struct number *day)
{
    f->year = (int)year->value;
    f->month = month->month;
    f->day = day ? (int)day->value : 1;
    f->precision = day ? DATELINE_DAY : DATELINE_MONTH;
    if (date_settle(f, s, month->calendar, month->thai || year->thai))
        return true;
    f->refused = f->end;
    return false;
}

/* "17 October 2021", "17.-19. Oktober 2021", "17 de octubre de 2021" */
static bool find_day_month_year(struct finding *f, const struct scan *s,
                                const struct number *day)
{
    struct month_name month;
    struct number year;
    size_t at = scan_skip_range(s, scan_skip_ordinal(s, day->end));
    if (!is_day(day) || !scan_month(&month, s, scan_skip_gap(s, at, ",-/")))
        return false;
    size_t dash = scan_skip_space(s, month.end);
    bool short_too = scan_is_dash(scan_only(s, dash)) || scan_only(s, dash) == '/';
    if (!year_read(&year, s, scan_skip_gap(s, month.end, ",-/"), short_too))
        return false;
    f->start = day->start;
    f->end = year.end;
    return finding_of_words(f, s, &year, &month, day);
}

size_t date_skip_clock(const struct scan *s, size_t at);

/* "October 17, 2021", "Oct 17 09:30:00 2021" */
static bool find_month_day_year(struct finding *f, const struct scan *s,
                                const struct month_name *month,
                                const struct number *day)
{
    struct number year;
    size_t at = scan_skip_range(s, scan_skip_ordinal(s, day->end));
    if (!is_day(day))
        return false;
    size_t behind = date_skip_clock(s, at);
    if (!year_read(&year, s, scan_skip_gap(s, behind, ",-/"), false))
        return false;
    f->clock = behind > at ? scan_skip_space(s, at) : 0;
    f->start = month->start;
    f->end = year.end;
    return finding_of_words(f, s, &year, month, day);
}

/* "October 2021" */
static bool find_month_year(struct finding *f, const struct scan *s,
                            const struct month_name *month)
{
    struct number year;
    if (!month->sure ||
        !year_read(&year, s, scan_skip_gap(s, month->end, ",-/"), false))
        return false;
    f->start = month->start;
    f->end = year.end;
    return finding_of_words(f, s, &year, month, NULL);
}

/* "2021. október 17.", "2021. gada 17. oktobris", "2021-Oct-17" */
static bool find_year_first(struct finding *f, const struct scan *s,
                            const struct number *year)
{
    struct month_name month;
    struct number day, again;
    if (year->digits != 4 || year->value < 1000)
        return false;
    size_t at = scan_skip_gap(s, year->end, ".,-/");
    bool day_first = scan_number(&day, s, at);
    if (day_first)
        at = scan_skip_gap(s, scan_skip_ordinal(s, day.end), "-");
    if (at == year->end || !scan_month(&month, s, at))
        return false;
    if (!day_first && !scan_number(&day, s, scan_skip_gap(s, month.end, "-/")))
        return false;
    size_t end = day_first ? month.end : scan_skip_ordinal(s, day.end);
    size_t next = scan_skip_gap(s, end, ",");
    if (!is_day(&day) || scan_is_word(scan_only(s, end)) ||
        (scan_number(&again, s, next) && again.digits == 4))
        return false;
    f->start = year->start;
    f->end = day_first ? month.end : day.end;
    return finding_of_words(f, s, year, &month, &day);
}

/* The month whose name stands right before `at`, with at most a mark and a
 * connecting word between ("octubre de 2021"). */
static bool month_before(struct month_name *month, const struct scan *s, size_t at)
{
    size_t starts[4], count = 0, before = at, start;
    for (int n = 0; n < 60 && count < 4; n++) {
        uint32_t c = scan_before(s, before, &start);
        if (start == before || c == '\n' || scan_digit(c) >= 0)
            break;
        uint32_t previous = scan_before(s, start, &(size_t){0});
        if (text_is_letter(c) && !text_is_letter(previous) && previous != 0x200c)
            starts[count++] = start;
        before = start;
    }
    for (size_t i = 0; i < count; i++) {
        if (!scan_month(month, s, starts[i]) || month->end > at)
            continue;
        if (scan_skip_gap(s, month->end, ",-/") >= at)
            return true;
    }
    return false;
}

bool date_find_words(struct finding *f, const struct scan *s,
                     const struct number *n)
{
    struct month_name month;
    if (month_before(&month, s, n->start)) {
        if (find_month_day_year(f, s, &month, n))
            return true;
        if (!f->refused && find_month_year(f, s, &month))
            return true;
    }
    return !f->refused && (find_day_month_year(f, s, n) ||
                           (!f->refused && find_year_first(f, s, n)));
}
