/* The time behind a date: "T09:30:00+02:00", ", 9:30 p.m. EST". */
#include "common/date_scan.h"

#include <stdio.h>

struct clock {
    int hour, minute, second; /* second -1: not told */
    char zone[16];
};

/* "09:30", "9:30:15.25", "093015" behind a T; "09h30". */
static bool clock_figures(struct clock *clock, const struct scan *s, size_t *at,
                          bool basic)
{
    struct number hour, part;
    if (!scan_number(&hour, s, *at) || hour.persian)
        return false;
    *clock = (struct clock){.hour = (int)hour.value, .second = -1};
    size_t end = hour.end;
    if (basic && (hour.digits == 6 || hour.digits == 4)) {
        long value = hour.digits == 6 ? hour.value : hour.value * 100;
        *clock = (struct clock){(int)(value / 10000), (int)(value / 100 % 100),
                                hour.digits == 6 ? (int)(value % 100) : -1, ""};
    } else {
        uint32_t mark = scan_only(s, end);
        if (hour.digits > 2 || (mark != ':' && mark != 'h') ||
            !scan_number(&part, s, end + 1) || part.digits != 2)
            return false;
        clock->minute = (int)part.value;
        end = part.end;
        if (scan_only(s, end) == ':' && scan_number(&part, s, end + 1) &&
            part.digits == 2) {
            clock->second = (int)part.value;
            end = part.end;
        }
    }
    if (clock->second >= 0 &&
        (scan_only(s, end) == '.' || scan_only(s, end) == ',') &&
        scan_number(&part, s, end + 1))
        end = part.end;
    *at = end;
    return clock->hour < 25 && clock->minute < 60 && clock->second < 61;
}

/* "9:30 p.m." */
static void clock_half(struct clock *clock, const struct scan *s, size_t *at)
{
    size_t here = scan_skip_space(s, *at), left = s->length - here;
    const char *p = s->text + here;
    char half = left ? (char)(p[0] | 0x20) : 0;
    bool points = left > 3 && p[1] == '.' && (p[2] | 0x20) == 'm';
    if ((half != 'a' && half != 'p') ||
        !(points || (left > 1 && (p[1] | 0x20) == 'm')) ||
        (!points && scan_is_word(scan_only(s, here + 2))))
        return;
    if (clock->hour <= 12)
        clock->hour = clock->hour % 12 + (half == 'p' ? 12 : 0);
    *at = here + (points ? 3 : 2);
    if (points && scan_only(s, *at) == '.')
        ++*at;
}

static bool zone_offset(struct clock *clock, const struct scan *s, size_t *at)
{
    struct number n, minutes;
    size_t size;
    uint32_t sign = scan_char(s, *at, &size);
    if ((sign != '+' && !scan_is_dash(sign)) || !scan_number(&n, s, *at + size) ||
        (n.digits != 2 && n.digits != 4))
        return false;
    long value = n.digits == 4 ? n.value : n.value * 100;
    size_t end = n.end;
    if (n.digits == 2 && scan_only(s, end) == ':' &&
        scan_number(&minutes, s, end + 1) && minutes.digits == 2) {
        value += minutes.value;
        end = minutes.end;
    }
    if (value < 0 || value > 1500 || value % 100 > 59)
        return false;
    snprintf(clock->zone, sizeof clock->zone, "%c%02u:%02u",
             sign == '+' ? '+' : '-', (unsigned)value / 100 % 100,
             (unsigned)value % 100);
    *at = end;
    return true;
}

static void zone_read(struct clock *clock, const struct scan *s, size_t *at)
{
    static const struct {
        const char *name, *offset;
    } zones[] = {
        {"z", "Z"},         {"utc", "Z"},       {"gmt", "Z"},
        {"ut", "Z"},        {"est", "-05:00"},  {"edt", "-04:00"},
        {"cst", "-06:00"},  {"cdt", "-05:00"},  {"mst", "-07:00"},
        {"mdt", "-06:00"},  {"pst", "-08:00"},  {"pdt", "-07:00"},
        {"cet", "+01:00"},  {"cest", "+02:00"}, {"bst", "+01:00"},
        {"msk", "+03:00"},  {"jst", "+09:00"},  {"eet", "+02:00"},
        {"eest", "+03:00"},
    };
    size_t here = scan_skip_space(s, *at);
    if (zone_offset(clock, s, &here)) {
        *at = here;
        return;
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        const char *const name[] = {zones[i].name, NULL};
        size_t end = scan_word(s, here, name);
        if (!end || scan_is_word(scan_only(s, end)))
            continue;
        *at = end;
        if (zones[i].offset[0] != 'Z' || !zone_offset(clock, s, at))
            snprintf(clock->zone, sizeof clock->zone, "%s", zones[i].offset);
        return;
    }
}

/* A time of day at `at`, zone and all. */
static bool clock_read(struct clock *clock, const struct scan *s, size_t *at,
                       bool basic)
{
    size_t here = *at;
    if (!clock_figures(clock, s, &here, basic))
        return false;
    clock_half(clock, s, &here);
    zone_read(clock, s, &here);
    *at = here;
    return true;
}

/* " 09:30:00 CET" between day and year, as the C library prints it. */
size_t date_skip_clock(const struct scan *s, size_t at)
{
    struct clock clock;
    size_t here = scan_skip_space(s, at);
    return clock_read(&clock, s, &here, false) ? here : at;
}

/* What stands between a day and its time: "T", " at ", ", ", " - ". */
static size_t skip_to_clock(const struct scan *s, size_t at)
{
    static const char *const words[] = {
        "at", "um", "kl", "à", "a", "las", "la",  "alle", "ore", "às",
        "om", "o",  "в",  "г", "r", "ob",  "klo", "uhr",  NULL,
    };
    for (int n = 0; n < 4; n++) {
        size_t size, here = scan_skip_space(s, at);
        uint32_t c = scan_char(s, here, &size);
        if (c == ',' || c == '.' || c == '|' || scan_is_dash(c) || c == 0x2022 ||
            c == 0xb7 || (c == ':' && !n)) {
            at = here + size;
            continue;
        }
        size_t word = scan_word(s, here, words);
        if (!word)
            return here;
        at = word;
    }
    return scan_skip_space(s, at);
}

/* The time behind the date, if there is one; *end moves past a time that is
 * written as one with its day. */
void date_find_clock(dateline_date *date, struct arena *arena, const struct scan *s,
                     struct finding *f, size_t *at)
{
    struct clock clock;
    uint32_t joint = scan_only(s, f->end);
    bool joined = joint == 'T' || joint == 't';
    size_t here = f->clock ? f->clock
                  : joined ? f->end + 1
                           : skip_to_clock(s, f->end);
    if (f->precision != DATELINE_DAY || !clock_read(&clock, s, &here, joined))
        return;
    char seconds[8] = "";
    if (clock.second >= 0)
        snprintf(seconds, sizeof seconds, ":%02d", clock.second % 100);
    date->time = arena_format(arena, "%02d:%02d%s%s", clock.hour, clock.minute,
                              seconds, clock.zone);
    if (joined)
        f->end = here;
    if (here > *at)
        *at = here;
}
