/* Text goes in, labels of its days come out. One walk over the words; a month, a
 * weekday or a number makes the reader look at the few words that follow, so the
 * cost is linear. The forms are written as a small grammar over items:
 *
 *   [weekday] month day [year]    [weekday] day [of] month [year]
 *   month [year]    year [- year]    weekday    1990s    figures */
#include "indexer/day.h"

#include "common/date.h"
#include "common/language.h"
#include "common/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum item_kind { ITEM_END, ITEM_MONTH, ITEM_WEEKDAY, ITEM_NUMBER, ITEM_OF, ITEM_OTHER };

struct item {
    enum item_kind kind;
    size_t start, end;
    int value;       /* month, weekday from Monday = 0, or number */
    unsigned digits; /* of a number */
    bool ordinal;    /* "7th" */
    bool decade;     /* "1990s" */
    bool capital;
    bool figures;    /* a number with points in it: "27.08.2022" */
    uint8_t length;  /* of the folded word */
};

struct reader {
    const char *text;
    size_t length;
    const struct language *language;
    const char *const *weekdays; /* the language's names, or NULL */
    const dateline_date *today;
    struct arena *arena;
};

/* A day as far as it is told; 0: not told. */
struct day {
    int year, month, day, weekday; /* weekday: Monday = 1 */
    int last_year, last_day;       /* of a range */
    size_t start, end;
};

/* -------------------------------------------------------------------- items */

static const struct {
    const char *language;
    const char *names[7]; /* Monday first, folded */
} weekdays[] = {
    {"en", {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
            "sunday"}},
    {"de", {"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
            "sonntag"}},
    {"fr", {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
            "dimanche"}},
    {"es", {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado",
            "domingo"}},
    {"pt", {"segunda", "terça", "quarta", "quinta", "sexta", "sábado",
            "domingo"}},
    {"it", {"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato",
            "domenica"}},
    {"nl", {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag",
            "zondag"}},
    {"fa", {"دوشنبه", "سهشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه",
            "يكشنبه"}},
    {"ar", {"الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت",
            "الاحد"}},
};

/* The names of a language's days, or NULL. */
static const char *const *weekdays_of(const struct language *language)
{
    for (size_t i = 0; i < sizeof weekdays / sizeof *weekdays; i++)
        if (!strcmp(weekdays[i].language, language->code))
            return weekdays[i].names;
    return NULL;
}

static int weekday_of(const char *const *names, const char *term)
{
    size_t length = 0;
    for (int day = 0; names && day < 7; day++) {
        if (names[day][0] != term[0])
            continue;
        if (!length)
            length = strlen(term);
        /* "Sundays": the first row is English */
        size_t plural = length > 6 && term[length - 1] == 's' &&
                        names == weekdays[0].names;
        if (!strncmp(names[day], term, length - plural) &&
            !names[day][length - plural])
            return day + 1;
    }
    return 0;
}

/* Small words between a day, a month and a year. */
static bool is_of(const char *term)
{
    static const char *const words[] = {"of", "de", "del", "di", "van"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i], term))
            return true;
    return false;
}

/* "7", "7th", "1er", "1990s", "2022". */
static void number_read(struct item *item, const char *term)
{
    static const char *const ordinals[] = {"st", "nd", "rd", "th", "er", "º", "ª",
                                           "o", "a", "e", "ο", "го"};
    int digits = 0;
    while (term[digits] >= '0' && term[digits] <= '9')
        digits++;
    const char *rest = term + digits;
    item->figures = *rest == '.';
    item->digits = (unsigned)digits;
    if (!digits || digits > 4 || (*rest && *rest != '.')) {
        item->decade = digits == 4 && (!strcmp(rest, "s") || !strcmp(rest, "er"));
        for (size_t i = 0; digits && digits < 3 && i < sizeof ordinals / sizeof *ordinals; i++)
            item->ordinal |= !strcmp(rest, ordinals[i]);
        if (!item->ordinal && !item->decade)
            return;
    }
    item->kind = ITEM_NUMBER;
    item->value = atoi(term);
}

/* The next item, and where reading goes on. */
static struct item item_read(const struct reader *reader, size_t *at)
{
    struct text_word word;
    struct item item = {.kind = ITEM_END};
    size_t near = *at + 200 < reader->length
                      ? text_boundary(reader->text, reader->length, *at + 200)
                      : reader->length;
    if (!text_word(&word, reader->text, near, at))
        return item;
    item = (struct item){.kind = ITEM_OTHER, .start = word.start, .end = word.end,
                         .capital = word.capital, .length = word.length};
    if (word.digit && word.term[0] >= '0' && word.term[0] <= '9') {
        /* "2,021" is a count */
        if (!memchr(reader->text + word.start, ',', word.end - word.start))
            number_read(&item, word.term);
    } else if ((item.value = language_month(reader->language, word.term)))
        item.kind = ITEM_MONTH;
    else if ((item.value = weekday_of(reader->weekdays, word.term)))
        item.kind = ITEM_WEEKDAY;
    else if (is_of(word.term))
        item.kind = ITEM_OF;
    return item;
}

/* What stands between two items, when it is one of those; few bytes. */
static bool gap_is(const struct reader *reader, size_t from, size_t to,
                   const char *const *gaps)
{
    for (; *gaps; gaps++)
        if (strlen(*gaps) == to - from &&
            !memcmp(reader->text + from, *gaps, to - from))
            return true;
    return false;
}

static const char *const gap_near[] = {" ", ". ", ".", ", ", ",", "-", "\u00a0", NULL};
static const char *const gap_range[] = {"-", "\u2013", " - ", " \u2013 ", "/", NULL};
static const char *const gap_space[] = {" ", "\u00a0", NULL};

/* The item after `before` when nothing but a near gap, and perhaps "of the",
 * stands between; else its kind is ITEM_END. */
static struct item item_next(const struct reader *reader, const struct item *before,
                             size_t *at)
{
    struct item none = {.kind = ITEM_END}, item = *before;
    size_t from = *at;
    for (int i = 0; i < 3; i++) {
        size_t end = item.end;
        item = item_read(reader, &from);
        if (item.kind == ITEM_END || !gap_is(reader, end, item.start, gap_near))
            return none;
        if (item.kind != ITEM_OF) {
            *at = from;
            return item;
        }
    }
    return none;
}

static bool is_day(const struct item *item)
{
    return item->kind == ITEM_NUMBER && item->digits < 3 && !item->figures &&
           item->value >= 1 && item->value <= 31;
}

static bool is_year(const struct item *item)
{
    return item->kind == ITEM_NUMBER && item->digits == 4 && !item->figures &&
           !item->decade && item->value >= 1000 && item->value < 2200;
}

/* ------------------------------------------------------------------ grammar */

/* After a month and, if one is told, a day: a year. */
static void read_year(const struct reader *reader, struct day *day,
                      const struct item *before, size_t at)
{
    struct item year = item_next(reader, before, &at);
    if (is_year(&year)) {
        day->year = year.value;
        day->end = year.end;
    }
}

/* "-13", " to 31", "–13" after a day. */
static void read_last_day(const struct reader *reader, struct day *day,
                          struct item *before, size_t *at)
{
    size_t from = *at, end = before->end;
    struct item next = item_read(reader, &from);
    if (next.kind == ITEM_OTHER && next.end - next.start <= 3 &&
        gap_is(reader, end, next.start, gap_space)) {
        const char *word = reader->text + next.start;
        static const char *const words[] = {"to", "and", "bis", "und", "au", "et",
                                            "al", "y", "a", "e", "tot", "en", "ao"};
        bool range = false;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            range |= strlen(words[i]) == next.end - next.start &&
                     !memcmp(words[i], word, next.end - next.start);
        if (!range)
            return;
        end = next.end;
        next = item_read(reader, &from);
        if (!is_day(&next) || !gap_is(reader, end, next.start, gap_space))
            return;
    } else if (!is_day(&next) || !gap_is(reader, end, next.start, gap_range)) {
        return;
    }
    day->last_day = next.value;
    *before = next;
    *at = from;
}

/* From a month on: "July 26, 2022", "July 2022", "July". */
static void read_from_month(const struct reader *reader, struct day *day,
                            const struct item *month, size_t at)
{
    size_t from = at;
    struct item next = item_next(reader, month, &from);
    day->month = month->value;
    day->end = month->end;
    if (is_day(&next)) {
        day->day = next.value;
        day->end = next.end;
        struct item last = next;
        size_t behind = from;
        read_last_day(reader, day, &last, &behind);
        if (day->last_day)
            day->end = last.end;
        read_year(reader, day, &last, behind);
    } else if (is_year(&next)) {
        day->year = next.value;
        day->end = next.end;
    }
}

/* From a day on: "26 July 2022", "28 to 31 July". False: no month follows. */
static bool read_from_day(const struct reader *reader, struct day *day,
                          const struct item *first, size_t at)
{
    struct item last = *first;
    day->day = first->value;
    size_t from = at;
    struct item month = item_next(reader, first, &from);
    if (month.kind != ITEM_MONTH) {
        read_last_day(reader, day, &last, &at);
        from = at;
        month = item_next(reader, &last, &from);
    }
    if (month.kind != ITEM_MONTH)
        return false;
    day->month = month.value;
    day->end = month.end;
    read_year(reader, day, &month, from);
    return true;
}

/* "2015-2021", "2021/22", "2021". */
static void read_from_year(const struct reader *reader, struct day *day,
                           const struct item *year, size_t at)
{
    struct item next = item_read(reader, &at);
    day->year = year->value;
    day->end = year->end;
    if (next.kind != ITEM_NUMBER || next.ordinal || next.decade || next.figures ||
        !gap_is(reader, year->end, next.start, gap_range))
        return;
    int last = next.digits == 2 ? year->value / 100 * 100 + next.value : next.value;
    if ((next.digits == 2 || next.digits == 4) && last > day->year &&
        last < day->year + 200) {
        day->last_year = last;
        day->end = next.end;
    }
}

/* ------------------------------------------------------------------- values */

/* The year that brings the day nearest to today. */
static int nearest_year(const struct day *day, const dateline_date *today)
{
    dateline_date date = {.year = today->year, .month = day->month,
                          .day = day->day ? day->day : 1,
                          .precision = DATELINE_DAY};
    long apart = date_days(&date) - date_days(today);
    return apart > 183 ? today->year - 1 : apart < -183 ? today->year + 1
                                                        : today->year;
}

static const char *day_text(const struct reader *reader, const dateline_date *date)
{
    char text[16];
    date_format(text, date);
    return arena_string(reader->arena, text);
}

/* "2021-10-17" of a day whose calendar is not the text's own (Solar Hijri). */
static const char *foreign_value(const struct reader *reader, const struct day *day)
{
    dateline_date date;
    size_t at = 0, start, end;
    enum date_order order = reader->language->day_first ? DATE_DAY_FIRST
                                                        : DATE_MONTH_FIRST;
    if (!date_find(&date, reader->arena, reader->text + day->start,
                   day->end - day->start, &at, &start, &end, order,
                   reader->language->code))
        return NULL;
    return day_text(reader, &date);
}

/* The most recent such day of the week, today included. */
static const char *weekday_value(const struct reader *reader, int weekday)
{
    long today = date_days(reader->today);
    /* 1970-01-01 was a Thursday, day 4 */
    long now = ((today + 3) % 7 + 7) % 7 + 1;
    dateline_date date = *reader->today;
    date_from_days(&date, today - ((now - weekday) % 7 + 7) % 7);
    date.precision = DATELINE_DAY;
    return day_text(reader, &date);
}

static const char *day_value(const struct reader *reader, const struct day *day)
{
    struct arena *arena = reader->arena;
    bool now = reader->today && reader->today->precision == DATELINE_DAY;
    int year = day->year;
    if (!day->month && !year)
        return now && day->weekday ? weekday_value(reader, day->weekday) : NULL;
    if (day->month && !year && now)
        year = nearest_year(day, reader->today);
    if (!year)
        return NULL;
    if (year < 1500 && day->month)
        return foreign_value(reader, day);
    if (!day->month && year < 1500)
        return NULL; /* of which calendar? */
    if (!day->month)
        return day->last_year ? arena_format(arena, "%04d/%04d", year, day->last_year)
                              : arena_format(arena, "%04d", year);
    if (!day->day)
        return arena_format(arena, "%04d-%02d", year, day->month);
    if (!date_is_valid(year, day->month, day->day))
        return NULL;
    if (day->last_day)
        return arena_format(arena, "%04d-%02d-%02d/%04d-%02d-%02d", year,
                            day->month, day->day, year, day->month, day->last_day);
    return arena_format(arena, "%04d-%02d-%02d", year, day->month, day->day);
}

/* -------------------------------------------------------------------- alone */

static bool is_one_of(const char *word, size_t length, const char *const *words)
{
    for (; *words; words++)
        if (strlen(*words) == length && !strncasecmp(*words, word, length))
            return true;
    return false;
}

/* The word before `start`, over one space. */
static const char *word_before(const struct reader *reader, size_t start,
                               size_t *length)
{
    const char *text = reader->text;
    *length = 0;
    if (!start || text[start - 1] != ' ')
        return text;
    size_t begin = start - 1;
    while (begin && start - 1 - begin < 24 &&
           ((text[begin - 1] | 0x20) >= 'a' && (text[begin - 1] | 0x20) <= 'z'))
        begin--;
    *length = start - 1 - begin;
    return text + begin;
}

/* A month without day and year: a long name, in the middle of a sentence. In
 * English "may", "march" and "august" are words too. */
static bool month_alone(const struct reader *reader, const struct item *month)
{
    static const char *const before[] = {
        "in", "of", "since", "by", "until", "till", "last", "next", "this",
        "from", "early", "late", "mid", "to", "and", "every", "each", "between",
        "before", "after", "during", "through", "for", "throughout", "on", NULL};
    size_t length;
    bool english = !strcmp(reader->language->code, "en");
    if (month->length < 3 || (english && !month->capital))
        return false;
    const char *word = word_before(reader, month->start, &length);
    if (is_one_of(word, length, before))
        return true;
    if (month->length == 3)
        return false;
    return length || (english && month->value != 3 && month->value != 8);
}

static bool is_after_money(const struct reader *reader, size_t start)
{
    if (!start)
        return false;
    char c = reader->text[start - 1];
    return strchr("$.,:#@/-+_=&'", c) || c & 0x80;
}

/* "mid-1990s": the decade is told, its part is not. */
static bool is_after_part(const struct reader *reader, size_t start)
{
    static const char *const parts[] = {"mid-", "early-", "late-", "pre-", "post-"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t length = strlen(parts[i]);
        if (start >= length &&
            !strncasecmp(reader->text + start - length, parts[i], length))
            return true;
    }
    return false;
}

/* Four digits that are a year, and not a count: nothing is counted by it. */
static bool year_alone(const struct reader *reader, const struct item *year,
                       size_t end)
{
    static const char *const counted[] = {
        "people", "metres", "meters", "years", "days", "km", "kilometres", "miles",
        "dollars", "euros", "men", "women", "children", "tons", "tonnes", "votes",
        "feet", "hours", "words", "homes", "houses", "acres", "hectares", "pounds",
        "troops", "soldiers", "workers", "students", "jobs", "cases", "deaths",
        "rupees", "baht", "yuan", "won", "families", "persons", "victims",
        "members", "units", "patients", "others", "or", "per", "more", "m", "cc",
        "hrs", "gmt", "percent", "local", "new", "vehicles", "kilometers", NULL};
    static const char *const not_before[] = {
        "no", "about", "over", "than", "some", "nearly", "almost", "only", "least",
        "number", "resolution", "room", "page", "rs", "us", "least", "roughly",
        "approximately", "rupees", "flight", "iso", NULL};
    size_t length;
    const char *word = word_before(reader, year->start, &length);
    if (year->value < 1400 || is_after_money(reader, year->start) ||
        is_one_of(word, length, not_before))
        return false;
    if (end < reader->length && strchr("%@_$&", reader->text[end]) && reader->text[end])
        return false;
    size_t at = end;
    struct item next = item_read(reader, &at);
    if (next.kind == ITEM_END || !gap_is(reader, end, next.start, gap_space))
        return true;
    return !is_one_of(reader->text + next.start, next.end - next.start, counted);
}

/* ------------------------------------------------------------------- finding */

/* A date in figures, or in a script whose words are characters. */
static bool read_figures(const struct reader *reader, struct day *day,
                         const struct item *item, const char **value)
{
    dateline_date date;
    size_t at = 0, start, end;
    size_t near = reader->length - item->start < 40 ? reader->length - item->start : 40;
    near = text_boundary(reader->text + item->start, reader->length - item->start, near);
    char next = item->end < reader->length ? reader->text[item->end] : '\0';
    if (next == ' ' && item->end + 1 < reader->length)
        next = reader->text[item->end + 1] & 0x80 ? '\x80' : ' ';
    if (!(item->figures || next == '-' || next == '/' || next == '.' || next & 0x80) ||
        is_after_money(reader, item->start))
        return false;
    enum date_order order = reader->language->day_first ? DATE_DAY_FIRST
                                                        : DATE_MONTH_FIRST;
    if (!date_find(&date, reader->arena, reader->text + item->start, near, &at,
                   &start, &end, order, reader->language->code) ||
        start || date.precision != DATELINE_DAY)
        return false;
    day->end = item->start + end;
    *value = day_text(reader, &date);
    return true;
}

/* The day that begins with the item, or false; at: behind the item. */
static bool read_day(const struct reader *reader, struct day *day,
                     const struct item *item, size_t at, const char **value)
{
    *day = (struct day){.start = item->start};
    if (item->kind == ITEM_WEEKDAY) {
        size_t from = at;
        struct item next = item_next(reader, item, &from);
        day->weekday = item->value;
        if (next.kind == ITEM_MONTH)
            read_from_month(reader, day, &next, from);
        else if (!is_day(&next) || !read_from_day(reader, day, &next, from)) {
            *day = (struct day){.start = item->start, .end = item->end,
                                .weekday = item->value};
            if (!item->capital && !strcmp(reader->language->code, "en"))
                return false;
        }
        return true;
    }
    if (item->kind == ITEM_MONTH) {
        read_from_month(reader, day, item, at);
        if (!item->capital && !day->day && !strcmp(reader->language->code, "en"))
            return false;
        return day->day || day->year || month_alone(reader, item);
    }
    if (item->kind != ITEM_NUMBER)
        return false;
    if (read_figures(reader, day, item, value))
        return true;
    if (item->decade) {
        day->end = item->end;
        *value = arena_format(reader->arena, "%dX", item->value / 10);
        return is_after_part(reader, item->start) ||
               !is_after_money(reader, item->start);
    }
    if (is_day(item) && !is_after_money(reader, item->start))
        return read_from_day(reader, day, item, at);
    if (!is_year(item))
        return false;
    read_from_year(reader, day, item, at);
    return year_alone(reader, item, day->end);
}

void day_find(struct labels *labels, const char *text, size_t length,
              const dateline_date *today, const char *language)
{
    struct reader reader = {.text = text, .length = length, .today = today,
                            .arena = labels->arena};
    reader.language = language_find(language ? language : "en");
    if (!reader.language)
        reader.language = language_find("en");
    reader.weekdays = weekdays_of(reader.language);
    struct text_word word;
    bool english = !strcmp(reader.language->code, "en");
    size_t tries = 0;
    for (size_t at = 0; !labels_full(labels) && tries < LABELS_TRIES &&
                        text_word(&word, text, length, &at);) {
        if (!word.digit && ((english && !word.capital) ||
                            (!language_month(reader.language, word.term) &&
                             !weekday_of(reader.weekdays, word.term))))
            continue;
        tries++;
        size_t from = word.start;
        struct item item = item_read(&reader, &from);
        struct day day;
        const char *value = NULL;
        if (item.kind == ITEM_END || !read_day(&reader, &day, &item, from, &value))
            continue;
        struct label *label = label_add(labels, day.start, day.end, DATELINE_DATE,
                                        DATELINE_BY_PATTERN);
        label->value = value ? value : day_value(&reader, &day);
        at = day.end;
    }
}
