/* A place in a text goes in, the figure, the word or the gap that stands there
 * comes out. */
#include "common/date_scan.h"

#include <string.h>

uint32_t scan_char(const struct scan *s, size_t at, size_t *size)
{
    *size = 0;
    return at < s->length ? text_decode(s->text + at, s->length - at, size) : 0;
}

uint32_t scan_before(const struct scan *s, size_t at, size_t *start)
{
    *start = at;
    if (at <= s->floor)
        return 0;
    size_t size;
    *start = text_boundary(s->text, s->length, at - 1);
    return scan_char(s, *start, &size);
}

uint32_t scan_only(const struct scan *s, size_t at)
{
    size_t size;
    return scan_char(s, at, &size);
}

bool scan_is_word(uint32_t c)
{
    return (text_is_letter(c) || text_is_digit(c) || c == '_') &&
           !text_is_ideograph(c);
}

bool scan_is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* White space and direction marks, at most eight characters. */
size_t scan_skip_space(const struct scan *s, size_t at)
{
    size_t size;
    for (int n = 0; n < 8; n++, at += size) {
        uint32_t c = scan_char(s, at, &size);
        if (!size || !(text_is_space(c) || (c >= 0x200c && c <= 0x200f)))
            break;
    }
    return at;
}

int scan_digit(uint32_t c)
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
bool scan_number(struct number *n, const struct scan *s, size_t at)
{
    *n = (struct number){.start = at};
    for (size_t size;; at += size) {
        uint32_t c = scan_char(s, at, &size);
        int value = size ? scan_digit(c) : -1;
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

/* Letters and marks from `at` on; points between Thai letters stay inside. The
 * byte where they end; a run of more than forty characters is no name. */
size_t scan_letters(const struct scan *s, size_t at)
{
    size_t begin = at, size;
    for (int n = 0;; n++, at += size) {
        uint32_t c = scan_char(s, at, &size);
        bool inside = text_is_letter(c) || c == 0x200c;
        if (c == '.' && at > begin) {
            uint32_t next = scan_only(s, at + 1);
            inside = next >= 0xe01 && next <= 0xe4e;
        }
        if (!size || !inside || n == 40)
            break;
    }
    return at;
}

/* Does one of the words stand at `at`, whole? The byte behind it, or 0. */
size_t scan_word(const struct scan *s, size_t at, const char *const *words)
{
    size_t end = scan_letters(s, at);
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
    "of", "day", "de", "del", "d", "do", "da", "di", "den", "la", "el",
    "ngày", "năm", "gada", "m", "г", "р", "року", "года", "year", "an", "na",
    "พ.ศ", "ค.ศ", "ماه", "سال", "من", "عام", "سنة", "لسنة", "eko", "ko", NULL,
};

/* White space, at most one mark of `marks`, at most three connecting words. */
size_t scan_skip_gap(const struct scan *s, size_t at, const char *marks)
{
    bool mark = false;
    for (int words = 0; words < 3;) {
        at = scan_skip_space(s, at);
        size_t size;
        uint32_t c = scan_char(s, at, &size);
        if (size && !mark &&
            ((c < 0x80 && strchr(marks, (int)c)) || (c == 0x60c && *marks == ',') ||
             (scan_is_dash(c) && strchr(marks, '-')))) {
            at += size;
            mark = true;
            continue;
        }
        size_t end = scan_word(s, at, connectors);
        if (!end)
            break;
        c = scan_char(s, end, &size);
        at = c == '.' || c == '\'' || c == 0x2019 ? end + size : end;
        words++;
    }
    return scan_skip_space(s, at);
}

/* What may hang on the figure of a day. */
size_t scan_skip_ordinal(const struct scan *s, size_t at)
{
    static const char *const endings[] = {
        "st", "nd", "rd", "th", "er", "re", "e", "ª", "º", "o", "a", "an", "ú",
        "го", "е", "η", "ης", "én", "án", "d", "ème", "te", "ten", "in", NULL,
    };
    size_t size, from = at;
    uint32_t c = scan_char(s, at, &size);
    if (c == 0xb0)
        return at + size;
    if (c == '.' || c == ':' || c == '-')
        from += size;
    size_t end = scan_word(s, from, endings);
    if (end && !scan_is_word(scan_only(s, end)))
        return end;
    return c == '.' ? from : at;
}

/* "-19", " and 18": the day until which it lasts. */
size_t scan_skip_range(const struct scan *s, size_t at)
{
    static const char *const words[] = {
        "and", "to", "und", "bis", "et", "au", "y", "e", "en", "och", "og", "i",
        "и", "al", "a", "tot", NULL,
    };
    size_t size, next = scan_skip_space(s, at);
    uint32_t c = scan_char(s, next, &size);
    size_t word = scan_word(s, next, words);
    struct number n;
    if (scan_is_dash(c) || c == '/' || c == '&')
        next = scan_skip_space(s, next + size);
    else if (word)
        next = scan_skip_space(s, word);
    else
        return at;
    if (!scan_number(&n, s, next) || n.digits > 2 || n.value < 1 || n.value > 31)
        return at;
    return scan_skip_ordinal(s, n.end);
}
