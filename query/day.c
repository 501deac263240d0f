/* A date in figures or words goes in, two days come out. */
#include "query/day.h"

#include "common/arena.h"
#include "common/date.h"

#include <string.h>

static bool digits_read(int *number, const char **at, const char *end,
                        size_t count)
{
    if ((size_t)(end - *at) < count)
        return false;
    *number = 0;
    for (size_t i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *number = *number * 10 + (**at - '0');
    }
    return true;
}

/* "2021", "2021-10", "2021-10-17", "2021/10/17", "20211017". */
static bool figures_read(dateline_date *date, const char *at, const char *end)
{
    *date = (dateline_date){.month = 1, .day = 1, .precision = DATELINE_YEAR};
    if (!digits_read(&date->year, &at, end, 4))
        return false;
    for (int *part = &date->month; at < end && date->precision < DATELINE_DAY;
         part = &date->day) {
        at += *at == '-' || *at == '/' || *at == '.';
        if (!digits_read(part, &at, end, 2))
            return false;
        date->precision++;
    }
    return at == end && date_is_valid(date->year, date->month, date->day);
}

static bool only_figures(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr("0123456789-/.", text[i]) || !text[i])
            return false;
    return true;
}

static int last_day(int year, int month)
{
    int day = 31;
    while (!date_is_valid(year, month, day))
        day--;
    return day;
}

bool day_range(char first[9], char last[9], const char *text, size_t length)
{
    dateline_date date = {0};
    bool found = false;
    if (only_figures(text, length)) {
        found = figures_read(&date, text, text + length);
    } else {
        struct arena arena = ARENA_INIT;
        found = date_parse(&date, &arena, arena_copy(&arena, text, length),
                           DATE_DAY_FIRST);
        arena_release(&arena);
    }
    if (!found || !date.precision || date.year < 1000 || date.year > 9999)
        return false;
    int month = date.precision < DATELINE_MONTH ? 12 : date.month;
    int day = date.precision < DATELINE_DAY ? last_day(date.year, month)
                                            : date.day;
    struct buffer line = {0};
    buffer_format(&line, "%04d%02d%02d%04d%02d%02d", date.year, date.month,
                  date.day, date.year, month, day);
    memcpy(first, line.bytes, 8);
    memcpy(last, line.bytes + 8, 8);
    first[8] = last[8] = '\0';
    buffer_free(&line);
    return true;
}

/* What date:, since: and until: mean, and the words people try instead. */
static const struct day_name names[] = {
    {"date", true, true},    {"published", true, true},
    {"since", true, false},  {"after", true, false},
    {"until", false, true},  {"before", false, true},
};

const struct day_name *day_name_find(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == length &&
            !memcmp(names[i].name, name, length))
            return &names[i];
    return NULL;
}
