/* A word goes in, the month that it names comes out, in any language. */
#include "common/date_scan.h"

#include <stdio.h>
#include <string.h>

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
    size_t start = scan_skip_space(s, at), end = scan_letters(s, start);
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
    if (strcmp(word, "tháng") || !scan_number(&n, s, scan_skip_space(s, at)) ||
        n.value < 1 || n.value > 12)
        return false;
    name->month = (int)n.value;
    name->end = n.end;
    return true;
}

static bool month_read_one(struct month_name *name, const struct scan *s, size_t at)
{
    size_t end = scan_letters(s, at);
    char word[WORD_BYTES];
    if (end == at)
        return false;
    *name = (struct month_name){.start = at, .end = end, .sure = true};
    uint32_t first = scan_only(s, at);
    name->thai = first >= 0xe01 && first <= 0xe4e;
    word_fold(word, s, at, end);
    if (!month_of_two(name, s, word, end) && !month_counted(name, s, word, end) &&
        !month_look_up(name, s, word) && !month_without_particle(name, s, word))
        return false;
    if (scan_only(s, name->end) == '.')
        name->end++;
    return true;
}

/* A month's name; in Arabic often both of them, "أكتوبر/تشرين الأول". */
bool scan_month(struct month_name *name, const struct scan *s, size_t at)
{
    struct month_name other;
    if (!month_read_one(name, s, at))
        return false;
    size_t next = scan_skip_space(s, name->end);
    if (scan_only(s, next) == '/' &&
        month_read_one(&other, s, scan_skip_space(s, next + 1)) &&
        other.month == name->month)
        name->end = other.end;
    return true;
}
