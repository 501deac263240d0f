/* Text goes in, a real day comes out, or none. Every date holds figures, so the
 * search walks from number to number and looks a bounded way to both sides:
 * linear, whatever the text. A figure that turns out to be part of something
 * else (a telephone, a version, an account) is skipped with all that hangs
 * on it. */
#include "common/date.h"

#include "common/language.h"
#include "common/text.h"

#include <stdio.h>
#include <string.h>

/* --------------------------------------------------------------- calendars */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool date_is_valid(int year, int month, int day)
{
    return year >= 1000 && year <= 9999 && month >= 1 && month <= 12 &&
           day >= 1 && day <= month_days(year, month);
}

/* Everything but `from`, which is the caller's. */
static void date_fill(dateline_date *date, int year, int month, int day,
                      dateline_precision precision)
{
    date->year = year;
    date->month = month;
    date->day = day;
    date->precision = precision;
    date->time = NULL;
}

/* Days from and to the civil calendar: Howard Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms"; years begin in March, eras have 400. */
long date_days(const dateline_date *date)
{
    long year = date->year - (date->month <= 2);
    long era = (year >= 0 ? year : year - 399) / 400;
    long of_era = year - era * 400;
    long of_year = (153 * (date->month + (date->month > 2 ? -3 : 9)) + 2) / 5 +
                   date->day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

void date_from_days(dateline_date *date, long days)
{
    days += 719468;
    long era = (days >= 0 ? days : days - 146096) / 146097;
    long of_era = days - era * 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100);
    long month = (5 * of_year + 2) / 153;
    date->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    date->month = (int)(month + (month < 10 ? 3 : -9));
    date->year = (int)(year + era * 400 + (date->month <= 2));
}

/* Days before the Solar Hijri year, by the cycle of 33 years with 8 leap years,
 * which agrees with the observed calendar from 1178 to 1633; counted so that
 * 1 Farvardin 1400 is 21 March 2021. */
static long solar_days(long year)
{
    long of = year + 1595;
    return 365 * of + of / 33 * 8 + (of % 33 + 3) / 4 - 1075195;
}

static bool solar_to_civil(int *year, int *month, int *day)
{
    if (*year < 1178 || *year > 1633 || *month < 1 || *month > 12 || *day < 1)
        return false;
    long before = *month <= 7 ? (*month - 1) * 31 : 186 + (*month - 7) * 30;
    long start = solar_days(*year), next = solar_days(*year + 1);
    long most = *month <= 6 ? 31 : *month < 12 ? 30 : next - start - before;
    if (*day > most)
        return false;
    dateline_date civil;
    date_from_days(&civil, start + before + *day - 1);
    *year = civil.year;
    *month = civil.month;
    *day = civil.day;
    return true;
}

/* ------------------------------------------------------------------- scan */

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

static uint32_t char_at(const struct scan *s, size_t at, size_t *size)
{
    *size = 0;
    return at < s->length ? text_decode(s->text + at, s->length - at, size) : 0;
}

static uint32_t char_before(const struct scan *s, size_t at, size_t *start)
{
    *start = at;
    if (at <= s->floor)
        return 0;
    size_t size;
    *start = text_boundary(s->text, s->length, at - 1);
    return char_at(s, *start, &size);
}

static uint32_t char_only(const struct scan *s, size_t at)
{
    size_t size;
    return char_at(s, at, &size);
}

static bool is_word(uint32_t c)
{
    return (text_is_letter(c) || text_is_digit(c) || c == '_') &&
           !text_is_ideograph(c);
}

static bool is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* White space and direction marks, at most eight characters. */
static size_t skip_space(const struct scan *s, size_t at)
{
    size_t size;
    for (int n = 0; n < 8; n++, at += size) {
        uint32_t c = char_at(s, at, &size);
        if (!size || !(text_is_space(c) || (c >= 0x200c && c <= 0x200f)))
            break;
    }
    return at;
}

static int digit_value(uint32_t c)
{
    if (c < 0x80)
        return c >= '0' && c <= '9' ? (int)c - '0' : -1;
    static const uint32_t zeros[] = {0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
        if (c >= zeros[i] && c <= zeros[i] + 9)
            return (int)(c - zeros[i]);
    return -1;
}

/* All digits from `at` on, of any script. */
static bool number_read(struct number *n, const struct scan *s, size_t at)
{
    *n = (struct number){.start = at};
    for (size_t size;; at += size) {
        uint32_t c = char_at(s, at, &size);
        int value = size ? digit_value(c) : -1;
        if (value < 0)
            break;
        n->persian |= c >= 0x6f0 && c <= 0x6f9;
        n->thai |= c >= 0xe50 && c <= 0xe59;
        n->value = n->digits++ < 17 ? 10 * n->value + value : -1;
        if (n->digits > 17)
            n->value = -1;
    }
    n->end = at;
    return n->digits > 0;
}

/* ------------------------------------------------------------------ months */

/* The Solar Hijri months as the tokeniser folds them; some have two forms. */
static const char *const solar_months[12][2] = {
    {"فروردين"}, {"ارديبهشت"}, {"خرداد"}, {"تير"}, {"مرداد", "امرداد"},
    {"شهريور"},  {"مهر"},      {"ابان"},  {"اذر"}, {"دي"},
    {"بهمن"},    {"اسفند"},
};

static int solar_month(const char *word)
{
    for (int month = 0; month < 12; month++)
        for (int form = 0; form < 2 && solar_months[month][form]; form++)
            if (!strcmp(solar_months[month][form], word))
                return month + 1;
    return 0;
}

static size_t characters(const char *word)
{
    size_t count = 0;
    for (; *word; word++)
        count += ((unsigned char)*word & 0xc0) != 0x80;
    return count;
}

/* Looks the folded word up: the text's own language, then English, which every
 * press office writes; with no language, any, but then a name of less than five
 * letters stands beside a day to count ("Mars 2020" was a rover). */
static bool month_look_up(struct month_name *name, const struct scan *s,
                          const char *word)
{
    int english = language_month(language_find("en"), word);
    name->month = s->language ? language_month(s->language, word) : english;
    name->sure = true;
    if (!name->month)
        name->month = s->language ? english : language_month(NULL, word);
    if (!s->language && !english)
        name->sure = characters(word) >= 5;
    if (!name->month && (name->month = solar_month(word)) > 0)
        name->calendar = SOLAR;
    return name->month > 0;
}

/* Letters and marks from `at` on; points between Thai letters stay inside. The
 * byte where they end; a run of more than forty characters is no name. */
static size_t letters_end(const struct scan *s, size_t at)
{
    size_t begin = at, size;
    for (int n = 0;; n++, at += size) {
        uint32_t c = char_at(s, at, &size);
        bool inside = text_is_letter(c) || c == 0x200c;
        if (c == '.' && at > begin) {
            uint32_t next = char_only(s, at + 1);
            inside = next >= 0xe01 && next <= 0xe4e;
        }
        if (!size || !inside || n == 40)
            break;
    }
    return at;
}

enum { WORD_BYTES = TEXT_TERM_BYTES };

/* The folded word in [start, end): as the tokeniser gives it, or, of a script
 * without spaces, the letters as they are. */
static void word_fold(char out[WORD_BYTES], const struct scan *s, size_t start,
                      size_t end)
{
    struct text_word word;
    size_t at = start, wrote = 0;
    out[0] = '\0';
    if (text_word(&word, s->text, end, &at) && !word.ideograph) {
        memcpy(out, word.term, (size_t)word.length + 1);
        return;
    }
    for (at = start; at < end && wrote < WORD_BYTES - 1; at++)
        if (s->text[at] != '.')
            out[wrote++] = s->text[at];
    out[wrote] = '\0';
}

/* Particles that are written as one word with the name: Hebrew "in", Persian
 * "month". */
static bool month_without_particle(struct month_name *name, const struct scan *s,
                                   char *word)
{
    static const char in[] = "ב", month[] = "ماه";
    size_t length = strlen(word), tail = sizeof month - 1;
    if (!strncmp(word, in, sizeof in - 1) &&
        month_look_up(name, s, word + sizeof in - 1))
        return true;
    if (length > tail && !strcmp(word + length - tail, month)) {
        word[length - tail] = '\0';
        return month_look_up(name, s, word);
    }
    return false;
}

/* A name of two words, as the Levant and Ireland have them. */
static bool month_of_two(struct month_name *name, const struct scan *s,
                         const char *first, size_t at)
{
    size_t start = skip_space(s, at), end = letters_end(s, start);
    char second[WORD_BYTES], both[2 * WORD_BYTES + 1];
    if (start == at || start == end)
        return false;
    word_fold(second, s, start, end);
    snprintf(both, sizeof both, "%s_%s", first, second);
    if (!month_look_up(name, s, both))
        return false;
    name->end = end;
    return true;
}

/* Vietnamese counts its months: "tháng 10". */
static bool month_counted(struct month_name *name, const struct scan *s,
                          const char *word, size_t at)
{
    struct number n;
    if (strcmp(word, "tháng") || !number_read(&n, s, skip_space(s, at)) ||
        n.value < 1 || n.value > 12)
        return false;
    name->month = (int)n.value;
    name->end = n.end;
    return true;
}

static bool month_read_one(struct month_name *name, const struct scan *s, size_t at)
{
    size_t end = letters_end(s, at);
    char word[WORD_BYTES];
    if (end == at)
        return false;
    *name = (struct month_name){.start = at, .end = end, .sure = true};
    uint32_t first = char_only(s, at);
    name->thai = first >= 0xe01 && first <= 0xe4e;
    word_fold(word, s, at, end);
    if (!month_of_two(name, s, word, end) && !month_counted(name, s, word, end) &&
        !month_look_up(name, s, word) && !month_without_particle(name, s, word))
        return false;
    if (char_only(s, name->end) == '.')
        name->end++;
    return true;
}

/* A month's name; in Arabic often both of them, "أكتوبر/تشرين الأول". */
static bool month_read(struct month_name *name, const struct scan *s, size_t at)
{
    struct month_name other;
    if (!month_read_one(name, s, at))
        return false;
    size_t next = skip_space(s, name->end);
    if (char_only(s, next) == '/' &&
        month_read_one(&other, s, skip_space(s, next + 1)) &&
        other.month == name->month)
        name->end = other.end;
    return true;
}

/* ----------------------------------------------------------- between words */

/* Does one of the words stand at `at`, whole? The byte behind it, or 0. */
static size_t word_in(const struct scan *s, size_t at, const char *const *words)
{
    size_t end = letters_end(s, at);
    if (end == at || end - at >= 24)
        return 0;
    for (; *words; words++)
        if (strlen(*words) == end - at) {
            char low[24];
            for (size_t i = 0; i < end - at; i++)
                low[i] = s->text[at + i] >= 'A' && s->text[at + i] <= 'Z'
                             ? (char)(s->text[at + i] + 32)
                             : s->text[at + i];
            if (!memcmp(low, *words, end - at))
                return end;
        }
    return 0;
}

/* What may stand between the parts of one date, beside white space. */
static const char *const connectors[] = {
    "of", "the", "day", "de", "del", "d", "do", "da", "di", "den", "la", "el",
    "ngày", "năm", "gada", "m", "г", "р", "року", "года", "year", "an", "na",
    "พ.ศ", "ค.ศ", "ماه", "سال", "من", "عام", "سنة", "لسنة", "eko", "ko", NULL,
};

/* White space, at most one mark of `marks`, at most three connecting words. */
static size_t skip_gap(const struct scan *s, size_t at, const char *marks)
{
    bool mark = false;
    for (int words = 0; words < 3;) {
        at = skip_space(s, at);
        size_t size;
        uint32_t c = char_at(s, at, &size);
        if (size && !mark &&
            ((c < 0x80 && strchr(marks, (int)c)) || (c == 0x60c && *marks == ',') ||
             (is_dash(c) && strchr(marks, '-')))) {
            at += size;
            mark = true;
            continue;
        }
        size_t end = word_in(s, at, connectors);
        if (!end)
            break;
        c = char_at(s, end, &size);
        at = c == '.' || c == '\'' || c == 0x2019 ? end + size : end;
        words++;
    }
    return skip_space(s, at);
}

/* What may hang on the figure of a day. */
static size_t skip_ordinal(const struct scan *s, size_t at)
{
    static const char *const endings[] = {
        "st", "nd", "rd", "th", "er", "re", "e", "ª", "º", "o", "a", "an", "ú",
        "го", "е", "η", "ης", "én", "án", "d", "ème", "te", "ten", "in", NULL,
    };
    size_t size, from = at;
    uint32_t c = char_at(s, at, &size);
    if (c == 0xb0)
        return at + size;
    if (c == '.' || c == ':' || c == '-')
        from += size;
    size_t end = word_in(s, from, endings);
    if (end && !is_word(char_only(s, end)))
        return end;
    return c == '.' ? from : at;
}

/* "-19", " and 18": the day until which it lasts. */
static size_t skip_range(const struct scan *s, size_t at)
{
    static const char *const words[] = {
        "and", "to", "und", "bis", "et", "au", "y", "e", "en", "och", "og", "i",
        "и", "al", "a", "tot", NULL,
    };
    size_t size, next = skip_space(s, at);
    uint32_t c = char_at(s, next, &size);
    size_t word = word_in(s, next, words);
    struct number n;
    if (is_dash(c) || c == '/' || c == '&')
        next = skip_space(s, next + size);
    else if (word)
        next = skip_space(s, word);
    else
        return at;
    if (!number_read(&n, s, next) || n.digits > 2 || n.value < 1 || n.value > 31)
        return at;
    return skip_ordinal(s, n.end);
}

/* ------------------------------------------------------------------- years */

/* Two figures are of 1969 to 2068, as POSIX strptime reads them. */
static int year_of_two(long value)
{
    return (int)(value < 69 ? 2000 + value : 1900 + value);
}

/* Turns a finding of another calendar into ours. */
static bool finding_settle(struct finding *f, const struct scan *s,
                           enum calendar calendar, bool thai)
{
    bool th = thai || (s->language && !strcmp(s->language->code, "th"));
    if (th && f->year >= 2400 && f->year < 2700)
        f->year -= 543; /* of the Buddhist era */
    /* a month alone lies in two of ours, so it is none */
    if (calendar == SOLAR && (f->precision < DATELINE_DAY ||
                              !solar_to_civil(&f->year, &f->month, &f->day)))
        return false;
    if (f->precision < DATELINE_DAY)
        f->day = 1;
    if (f->precision < DATELINE_MONTH)
        f->month = 1;
    return date_is_valid(f->year, f->month, f->day);
}

/* Figures in Persian digits, or of a Persian text, are of its calendar. */
static enum calendar figures_calendar(const struct scan *s, const struct number *year)
{
    bool persian = year->persian ||
                   (s->language && !strcmp(s->language->code, "fa"));
    return persian && year->value >= 1200 && year->value < 1500 ? SOLAR : CIVIL;
}

/* A year in words' company: four figures, or two behind an apostrophe (or, where
 * short is allowed, two). */
static bool year_read(struct number *n, const struct scan *s, size_t at,
                      bool short_too)
{
    size_t size;
    uint32_t c = char_at(s, at, &size);
    bool apostrophe = c == '\'' || c == 0x2019 || c == 0x2018;
    if (!number_read(n, s, apostrophe ? at + size : at))
        return false;
    c = char_at(s, n->end, &size);
    if (is_word(c) && c != 0x433 && c != 0x440) /* "2021г", "2021р" */
        return false;
    if (n->digits == 2 && (apostrophe || short_too)) {
        n->value = year_of_two(n->value);
        return c != ':';
    }
    return n->digits == 4 && !apostrophe && n->value >= 1000;
}

/* ------------------------------------------------------- dates with a word */

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
    if (finding_settle(f, s, month->calendar, month->thai || year->thai))
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
    size_t at = skip_range(s, skip_ordinal(s, day->end));
    if (!is_day(day) || !month_read(&month, s, skip_gap(s, at, ",-/")))
        return false;
    size_t dash = skip_space(s, month.end);
    bool short_too = is_dash(char_only(s, dash)) || char_only(s, dash) == '/';
    if (!year_read(&year, s, skip_gap(s, month.end, ",-/"), short_too))
        return false;
    f->start = day->start;
    f->end = year.end;
    return finding_of_words(f, s, &year, &month, day);
}

static size_t skip_clock(const struct scan *s, size_t at);

/* "October 17, 2021", "Oct 17 09:30:00 2021" */
static bool find_month_day_year(struct finding *f, const struct scan *s,
                                const struct month_name *month,
                                const struct number *day)
{
    struct number year;
    size_t at = skip_range(s, skip_ordinal(s, day->end));
    if (!is_day(day))
        return false;
    size_t behind = skip_clock(s, at);
    if (!year_read(&year, s, skip_gap(s, behind, ",-/"), false))
        return false;
    f->clock = behind > at ? skip_space(s, at) : 0;
    f->start = month->start;
    f->end = year.end;
    return finding_of_words(f, s, &year, month, day);
}

/* "October 2021" */
static bool find_month_year(struct finding *f, const struct scan *s,
                            const struct month_name *month)
{
    struct number year;
    if (!month->sure || !year_read(&year, s, skip_gap(s, month->end, ",-/"), false))
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
    size_t at = skip_gap(s, year->end, ".,-/");
    bool day_first = number_read(&day, s, at);
    if (day_first)
        at = skip_gap(s, skip_ordinal(s, day.end), "-");
    if (at == year->end || !month_read(&month, s, at))
        return false;
    if (!day_first && !number_read(&day, s, skip_gap(s, month.end, "-/")))
        return false;
    size_t end = day_first ? month.end : skip_ordinal(s, day.end);
    size_t next = skip_gap(s, end, ",");
    if (!is_day(&day) || is_word(char_only(s, end)) ||
        (number_read(&again, s, next) && again.digits == 4))
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
        uint32_t c = char_before(s, before, &start);
        if (start == before || c == '\n' || digit_value(c) >= 0)
            break;
        uint32_t previous = char_before(s, start, &(size_t){0});
        if (text_is_letter(c) && !text_is_letter(previous) && previous != 0x200c)
            starts[count++] = start;
        before = start;
    }
    for (size_t i = 0; i < count; i++) {
        if (!month_read(month, s, starts[i]) || month->end > at)
            continue;
        if (skip_gap(s, month->end, ",-/") >= at)
            return true;
    }
    return false;
}

static bool find_words(struct finding *f, const struct scan *s,
                       const struct number *n)
{
    struct month_name month;
    if (month_before(&month, s, n->start)) {
        if (find_month_day_year(f, s, &month, n))
            return true;
        if (!f->refused && find_month_year(f, s, &month))
            return true;
    }
    return !f->refused &&
           (find_day_month_year(f, s, n) || (!f->refused && find_year_first(f, s, n)));
}

/* ------------------------------------------------------- dates in figures */

/* Figures with single marks between: "2021-10-17", "1.2.3.4". */
struct figures {
    struct number parts[4];
    size_t count; /* 5: more than four */
    uint32_t mark; /* '-', '.', '/', or 0 when they differ */
    size_t end;
};

static uint32_t mark_at(const struct scan *s, size_t at, size_t *size)
{
    uint32_t c = char_at(s, at, size);
    if (is_dash(c))
        return '-';
    return c == '.' || c == '/' || c == ',' || c == ':' || c == '\\' ? c : 0;
}

/* "28.09.1912:44": a day and a time from two cells of a page that nothing parts.
 * (A log's "17/10/2021:09:30" has one figure more.) */
static void figures_unglue(struct figures *f, const struct scan *s)
{
    struct number *year = &f->parts[2], minute;
    if (f->count != 3 || year->digits != 4 || char_only(s, f->end) != ':' ||
        !number_read(&minute, s, f->end + 1) || minute.digits != 2 ||
        char_only(s, minute.end) == ':' || year->end != year->start + 4)
        return;
    year->value /= 100;
    year->digits = 2;
    year->end = f->end = year->start + 2;
}

static void figures_read(struct figures *f, const struct scan *s, size_t at)
{
    struct number n;
    *f = (struct figures){0};
    for (size_t size = 0; number_read(&n, s, at); at += size) {
        if (f->count < 4)
            f->parts[f->count] = n;
        f->count = f->count < 5 ? f->count + 1 : 5;
        f->end = at = n.end;
        uint32_t mark = mark_at(s, at, &size);
        if (!mark || digit_value(char_only(s, at + size)) < 0)
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
                          const struct number p[3], uint32_t mark)
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
        f->year = year_of_two(year->value);
    } else if (year->digits != 4) {
        return false;
    }
    return finding_settle(f, s, figures_calendar(s, year), year->thai);
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
    return f->year >= 1900 && f->year < 2100 && finding_settle(f, s, CIVIL, false);
}

/* "10/2021"; "/2021/10/" of an address. */
static bool two_figures(struct finding *f, const struct scan *s,
                        const struct figures *figures)
{
    const struct number *p = figures->parts;
    bool address = p[0].digits == 4 && char_before(s, p[0].start, &(size_t){0}) == '/' &&
                   char_only(s, figures->end) == '/';
    if (figures->mark != '/' || !(address || p[1].digits == 4) || p[0].digits == p[1].digits)
        return false;
    const struct number *month = address ? &p[1] : &p[0];
    if (month->digits > 2)
        return false;
    f->year = (int)(address ? p[0].value : p[1].value);
    f->month = (int)month->value;
    f->day = 1;
    f->precision = DATELINE_MONTH;
    return finding_settle(f, s, CIVIL, false);
}

/* What stands around the figures tells a date from a part of something else. A
 * day in full, year first, may hang on words by marks, as in file names. */
static bool stands_alone(const struct scan *s, const struct figures *figures)
{
    size_t size, before;
    uint32_t left = char_before(s, figures->parts[0].start, &before);
    uint32_t right = char_at(s, figures->end, &size);
    uint32_t beyond = char_only(s, figures->end + size);
    bool full = figures->count == 3 && figures->parts[0].digits == 4;
    bool plain = figures->count == 1;
    if (is_word(left) || left == '$' || left == '+' || left == 0x20ac || left == 0xa3)
        return full && left == '_';
    if ((right == 'T' && digit_value(beyond) >= 0) || digit_value(right) >= 0)
        return true; /* a time follows */
    if (is_word(right) && right != 0x433 && right != 0x440)
        return full && right == '_';
    if (right == '%' || (plain && (right == '.' || right == ',') && is_word(beyond)))
        return false;
    if (full)
        return true;
    if (left == '-' || left == '.' || left == ',' || left == '/' || left == ':' ||
        left == '#' || left == '=' || left == '@')
        return figures->count == 2 && figures->parts[0].digits == 4;
    return !((is_dash(right) || right == '/' || right == '@' || right == '=') &&
             is_word(beyond)) ||
           (figures->count == 2 && figures->parts[0].digits == 4);
}

static bool find_figures(struct finding *f, const struct scan *s,
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
        return (figures->mark == '-' || figures->mark == '.' || figures->mark == '/') &&
               three_figures(f, s, figures->parts, figures->mark);
    default: return false;
    }
}

/* "17. 10. 2021", "2021. 10. 17.", "10 / 17 / 2021": marks with spaces. */
static bool find_spaced(struct finding *f, const struct scan *s,
                        const struct number *first)
{
    struct number p[3] = {*first};
    uint32_t mark = 0;
    size_t at = first->end, size;
    for (int i = 1; i < 3; i++) {
        size_t space = skip_space(s, at);
        uint32_t here = mark_at(s, space, &size);
        at = skip_space(s, space + size);
        if ((here != '.' && here != '/') || (mark && here != mark) ||
            (here == '.' ? space != p[i - 1].end || at == space + size : space == p[i - 1].end) ||
            !number_read(&p[i], s, at))
            return false;
        mark = here;
        at = p[i].end;
    }
    uint32_t right = char_only(s, at);
    if (is_word(right) || is_word(char_before(s, first->start, &size)) ||
        (p[0].digits != 4 && p[2].digits != 4))
        return false;
    f->start = first->start;
    f->end = at;
    return three_figures(f, s, p, mark);
}

/* ------------------------------------------------------- dates of the East */

/* "2021年10月17日", "2021년 10월 17일", with or without spaces. */
static const uint32_t units[3][3] = {
    {0x5e74, 0xb144}, {0x6708, 0xc6d4}, {0x65e5, 0xc77c, 0x53f7},
};

static bool is_unit(uint32_t c, int which)
{
    return c && (c == units[which][0] || c == units[which][1] || c == units[which][2]);
}

/* The era that stands right before the year, as years to add. */
static int era_before(const struct scan *s, size_t *start)
{
    static const struct { const char *name; int add; } eras[] = {
        {"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"大正", 1911},
        {"明治", 1867}, {"民國", 1911}, {"民国", 1911},
    };
    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++) {
        size_t length = strlen(eras[i].name);
        if (*start - s->floor >= length &&
            !memcmp(s->text + *start - length, eras[i].name, length)) {
            *start -= length;
            return eras[i].add;
        }
    }
    return 0;
}

static int han_digit(uint32_t c)
{
    static const uint32_t digits[] = {
        0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d,
    };
    for (int i = 0; i < 10; i++)
        if (c == digits[i])
            return i;
    return c == 0x96f6 ? 0 : c == 0x5341 ? 10 : -1;
}

/* Chinese figures: "二〇二一", "十七", "二十"; at most five characters. */
static bool han_number_read(struct number *n, const struct scan *s, size_t at)
{
    *n = (struct number){.start = at};
    bool ten = false;
    for (size_t size; n->digits < 5; at += size) {
        int value = han_digit(char_at(s, at, &size));
        if (value < 0)
            break;
        if (value == 10)
            n->value = (n->digits ? n->value : 1) * 10;
        else
            n->value = ten ? n->value + value : n->value * 10 + value;
        ten = value == 10;
        n->digits++;
    }
    n->end = at;
    return n->digits > 0;
}

static bool eastern_number(struct number *n, const struct scan *s, size_t at)
{
    return number_read(n, s, at) || han_number_read(n, s, at);
}

static bool find_eastern(struct finding *f, const struct scan *s,
                         const struct number *year)
{
    struct number parts[3] = {*year};
    size_t at = year->end, end = 0, size;
    int count = 0;
    for (; count < 3; count++) {
        if (count && !eastern_number(&parts[count], s, skip_space(s, at)))
            break;
        at = skip_space(s, count ? parts[count].end : at);
        if (!is_unit(char_at(s, at, &size), count))
            break;
        end = at += size;
    }
    if (count < 2)
        return false;
    f->start = year->start;
    int add = era_before(s, &f->start);
    if (add ? year->value > 99 : year->digits != 4)
        return false;
    f->year = (int)year->value + add;
    f->month = (int)parts[1].value;
    f->day = count == 3 ? (int)parts[2].value : 1;
    f->precision = count == 3 ? DATELINE_DAY : DATELINE_MONTH;
    f->end = end;
    return finding_settle(f, s, CIVIL, false);
}

/* ------------------------------------------------------------------- times */

struct clock {
    int hour, minute, second; /* second -1: not told */
    char zone[16];
};

/* "09:30", "9:30:15.25", "093015" behind a T; "09h30". */
static bool clock_figures(struct clock *clock, const struct scan *s, size_t *at,
                          bool basic)
{
    struct number hour, part;
    if (!number_read(&hour, s, *at) || hour.persian)
        return false;
    *clock = (struct clock){.hour = (int)hour.value, .second = -1};
    size_t end = hour.end;
    if (basic && (hour.digits == 6 || hour.digits == 4)) {
        long value = hour.digits == 6 ? hour.value : hour.value * 100;
        *clock = (struct clock){(int)(value / 10000), (int)(value / 100 % 100),
                                hour.digits == 6 ? (int)(value % 100) : -1, ""};
    } else {
        uint32_t mark = char_only(s, end);
        if (hour.digits > 2 || (mark != ':' && mark != 'h') ||
            !number_read(&part, s, end + 1) || part.digits != 2)
            return false;
        clock->minute = (int)part.value;
        end = part.end;
        if (char_only(s, end) == ':' && number_read(&part, s, end + 1) && part.digits == 2) {
            clock->second = (int)part.value;
            end = part.end;
        }
    }
    if (clock->second >= 0 && (char_only(s, end) == '.' || char_only(s, end) == ',') &&
        number_read(&part, s, end + 1))
        end = part.end;
    *at = end;
    return clock->hour < 25 && clock->minute < 60 && clock->second < 61;
}

/* "9:30 p.m." */
static void clock_half(struct clock *clock, const struct scan *s, size_t *at)
{
    size_t here = skip_space(s, *at), left = s->length - here;
    const char *p = s->text + here;
    char half = left ? (char)(p[0] | 0x20) : 0;
    bool points = left > 3 && p[1] == '.' && (p[2] | 0x20) == 'm';
    if ((half != 'a' && half != 'p') ||
        !(points || (left > 1 && (p[1] | 0x20) == 'm')) ||
        (!points && is_word(char_only(s, here + 2))))
        return;
    if (clock->hour <= 12)
        clock->hour = clock->hour % 12 + (half == 'p' ? 12 : 0);
    *at = here + (points ? 3 : 2);
    if (points && char_only(s, *at) == '.')
        ++*at;
}

static bool zone_offset(struct clock *clock, const struct scan *s, size_t *at)
{
    struct number n, minutes;
    size_t size;
    uint32_t sign = char_at(s, *at, &size);
    if ((sign != '+' && !is_dash(sign)) || !number_read(&n, s, *at + size) ||
        (n.digits != 2 && n.digits != 4))
        return false;
    long value = n.digits == 4 ? n.value : n.value * 100;
    size_t end = n.end;
    if (n.digits == 2 && char_only(s, end) == ':' &&
        number_read(&minutes, s, end + 1) && minutes.digits == 2) {
        value += minutes.value;
        end = minutes.end;
    }
    if (value < 0 || value > 1500 || value % 100 > 59)
        return false;
    snprintf(clock->zone, sizeof clock->zone, "%c%02u:%02u", sign == '+' ? '+' : '-',
             (unsigned)value / 100 % 100, (unsigned)value % 100);
    *at = end;
    return true;
}

static void zone_read(struct clock *clock, const struct scan *s, size_t *at)
{
    static const struct { const char *name, *offset; } zones[] = {
        {"z", "Z"},         {"utc", "Z"},       {"gmt", "Z"},       {"ut", "Z"},
        {"est", "-05:00"},  {"edt", "-04:00"},  {"cst", "-06:00"},  {"cdt", "-05:00"},
        {"mst", "-07:00"},  {"mdt", "-06:00"},  {"pst", "-08:00"},  {"pdt", "-07:00"},
        {"cet", "+01:00"},  {"cest", "+02:00"}, {"bst", "+01:00"},  {"msk", "+03:00"},
        {"jst", "+09:00"},  {"eet", "+02:00"},  {"eest", "+03:00"},
    };
    size_t here = skip_space(s, *at);
    if (zone_offset(clock, s, &here)) {
        *at = here;
        return;
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        const char *const name[] = {zones[i].name, NULL};
        size_t end = word_in(s, here, name);
        if (!end || is_word(char_only(s, end)))
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
static size_t skip_clock(const struct scan *s, size_t at)
{
    struct clock clock;
    size_t here = skip_space(s, at);
    return clock_read(&clock, s, &here, false) ? here : at;
}

/* What stands between a day and its time: "T", " at ", ", ", " - ". */
static size_t skip_to_clock(const struct scan *s, size_t at)
{
    static const char *const words[] = {
        "at", "um", "kl", "à", "a", "las", "la", "alle", "ore", "às", "om", "o",
        "в", "г", "r", "ob", "klo", "uhr", NULL,
    };
    for (int n = 0; n < 4; n++) {
        size_t size, here = skip_space(s, at);
        uint32_t c = char_at(s, here, &size);
        if (c == ',' || c == '.' || c == '|' || is_dash(c) || c == 0x2022 || c == 0xb7 ||
            (c == ':' && !n)) {
            at = here + size;
            continue;
        }
        size_t word = word_in(s, here, words);
        if (!word)
            return here;
        at = word;
    }
    return skip_space(s, at);
}

/* The time behind the date, if there is one; *end moves past a time that is
 * written as one with its day. */
static void find_clock(dateline_date *date, struct arena *arena,
                       const struct scan *s, struct finding *f, size_t *at)
{
    struct clock clock;
    uint32_t joint = char_only(s, f->end);
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
        uint32_t character = char_at(s, at, &size);
        if (digit_value(character) >= 0 || han_digit(character) >= 0)
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
    if (!number_read(&n, s, at)) {
        han_number_read(&n, s, at);
        *next = n.end > at ? n.end : at + 1;
        return n.end > at && find_eastern(f, s, &n);
    }
    *next = n.end;
    if (find_eastern(f, s, &n))
        return true;
    uint32_t left = char_before(s, at, &(size_t){0});
    if (!is_word(left) && (n.digits <= 2 || n.digits == 4) &&
        (find_words(f, s, &n) || (!f->refused && find_spaced(f, s, &n))))
        return true;
    if (f->refused) {
        *next = f->refused > n.end ? f->refused : n.end;
        return false;
    }
    figures_read(&figures, s, at);
    bool found = find_figures(f, s, &figures);
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
        find_clock(date, arena, s, &f, at);
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
    figures_read(&figures, &s, at);
    bool alone = skip_space(&s, 0) == at &&
                 !is_word(char_only(&s, skip_space(&s, figures.end)));
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
