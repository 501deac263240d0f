/* The day of an opening: "Sunday, October 17, 2021", "le 17 octobre 2021", "17 OTT". */
#include "indexer/lead_line.h"

#include "common/date.h"
#include "common/language.h"
#include "indexer/lead_word.h"

#include <stdlib.h>
#include <string.h>

/* What may stand between a comma and a day. */
static const char *const day_words[] = {
    "le", "am",  "den", "on",  "this", "el",  "a", "il", "dne", "lundi",
    "em", "dia", "ce",  "der", "d",    "the", "i", "op", NULL,
};

static size_t skip_day_words(const struct lead_line *line, size_t at)
{
    struct text_word word;
    for (int n = 0; n < 3; n++) {
        size_t next = at;
        if (!text_word(&word, line->text, line->end, &next) || word.start != at ||
            !(lead_is_weekday(word.term) || lead_is_one_of(word.term, day_words)))
            break;
        size_t size;
        uint32_t c = line_char(line, next, &size);
        at = line_skip_space(
            line, lead_is_comma(c) || c == '.' || c == '\'' ? next + size : next);
    }
    return at;
}

static bool is_day_figure(const struct text_word *word)
{
    if (!word->digit || word->length > 4)
        return false;
    int value = 0, digits = 0;
    for (const char *c = word->term; *c >= '0' && *c <= '9'; c++, digits++)
        value = 10 * value + *c - '0';
    return digits && digits < 3 && value >= 1 && value <= 31;
}

/* "Oct. 17", "17 OTT", "10月17日" without a year: where it ends, or 0. */
static size_t day_without_year(struct lead_opening *opening, const struct lead_line *line,
                               size_t at)
{
    struct text_word first, second;
    size_t next = at;
    if (!text_word(&first, line->text, line->end, &next) || first.start != at)
        return 0;
    if (!text_word(&second, line->text, line->end, &next))
        return 0;
    if (!strcmp(second.term, "de") &&
        !text_word(&second, line->text, line->end, &next))
        return 0;
    const struct language *row = language_find(line->language);
    const struct text_word *name = is_day_figure(&first) ? &second : &first;
    const struct text_word *day = name == &first ? &second : &first;
    int month = language_month(row, name->term);
    month = month ? month : language_month(NULL, name->term);
    if (!is_day_figure(day) || !month || second.start - first.end > 6)
        return 0;
    opening->month = month;
    opening->day = atoi(day->term);
    return line_only(line, next) == '.' ? next + 1 : next;
}

/* Words behind a year or a time: "2021 r.", "2021 г.", "10:16 Uhr". */
static size_t skip_unit_word(const struct lead_line *line, size_t at)
{
    static const char *const units[] = {"r", "roku", "г", "года", "р", "року", "m",
                                        "uhr", "h", "hrs", "hs", "год", NULL};
    struct text_word word;
    size_t next = at;
    if (!text_word(&word, line->text, line->end, &next) ||
        word.start != line_skip_space(line, at) || !lead_is_one_of(word.term, units))
        return at;
    return line_only(line, next) == '.' ? next + 1 : next;
}

/* A day, weekday and small words before it. With a year it goes to the opening;
 * without one only `dated` tells. */
bool lead_read_date(struct lead_opening *opening, struct arena *arena,
                    struct lead_line *line)
{
    if (opening->dated)
        return false;
    size_t at = skip_day_words(line, line->at), start, end, look = at;
    size_t window = at + 64 < line->end
                        ? text_boundary(line->text, line->end, at + 64)
                        : line->end;
    const struct language *row = language_find(line->language);
    dateline_date date = {0};
    bool found =
        date_find(&date, arena, line->text, window, &look, &start, &end,
                  row && !row->day_first ? DATE_MONTH_FIRST : DATE_DAY_FIRST,
                  NULL) &&
        start == at && date.precision == DATELINE_DAY;
    size_t short_end = found ? 0 : day_without_year(opening, line, at);
    if (!found && !short_end)
        return false;
    opening->dated = true;
    opening->parted = false;
    if (found)
        opening->date = date;
    line->at = skip_unit_word(line, found ? look : short_end);
    return true;
}
