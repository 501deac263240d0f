/* Text goes in, sentences come out. */
#include "common/text_part.h"

#include "common/ascii.h"
#include "common/language.h"

#include <string.h>

static bool is_full_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x61f ||
           c == 0x6d4 || c == 0x964 || c == 0x3002 || c == 0xff01 || c == 0xff1f;
}

static bool is_closing(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 ||
           c == 0x201d || c == 0xbb || c == 0x300d || c == 0x300f || c == 0x201c;
}

/* The point at `at` ends no sentence: an abbreviation, an initial, or the day
 * of a German date before its month. */
static bool point_is_inside(const char *text, size_t start, size_t at, size_t next,
                            size_t length, const struct language *language)
{
    size_t begin = at;
    while (begin > start && !ascii_is_space(text[begin - 1]) &&
           text[begin - 1] != '(' && at - begin < TEXT_TERM_BYTES)
        begin--;
    struct text_word word, following;
    size_t from = begin;
    if (!text_word(&word, text, at, &from))
        return false;
    if (word.end == at && word.start == begin && word.capital &&
        at - begin == 1 && text_is_upper((unsigned char)text[begin]))
        return true;
    if (memchr(text + begin, '.', at - begin) && word.length < 4)
        return !text_is_upper(text_at(text, length, next)) || word.upper;
    if (text_list_has(language ? language->abbreviations : NULL, word.term))
        return true;
    from = next;
    return word.digit && word.length <= 2 &&
           text_word(&following, text, length, &from) &&
           language_month(NULL, following.term);
}

/* Past further stops, and the quotes and brackets that close after them. */
static size_t stops_end(const char *text, size_t length, size_t at)
{
    for (size_t size; at < length; at += size) {
        uint32_t c = text_next(text, length, at, &size);
        if (!is_full_stop(c) && !is_closing(c))
            break;
    }
    return at;
}

/* Past white space on the same line. */
static size_t spaces_end(const char *text, size_t length, size_t at)
{
    for (size_t size; at < length; at += size) {
        uint32_t c = text_next(text, length, at, &size);
        if (c == '\n' || !text_is_space(c))
            break;
    }
    return at;
}

static size_t trimmed(const char *text, size_t length, size_t start, size_t end)
{
    while (end > start) {
        size_t before = text_boundary(text, length, end - 1);
        if (!text_is_space(text_at(text, length, before)))
            break;
        end = before;
    }
    return end;
}

/* The sentence that began at `start` ends with the stop at `stop`, whose closing
 * marks end at `here`: a space follows and no small letter, and the point is one
 * of its own. Stops of Chinese and Japanese need no space. */
static bool is_end(const char *text, size_t length, size_t start, size_t stop,
                   size_t here, const struct language *language)
{
    uint32_t last = text_at(text, length, text_boundary(text, length, here - 1));
    bool wide = last >= 0x3000 && last < 0xffff;
    size_t next = spaces_end(text, length, here);
    uint32_t following = text_at(text, length, next);
    if (next == here && next < length && following != '\n' && !wide)
        return false;
    if (following >= 'a' && following <= 'z')
        return false;
    return text[stop] != '.' ||
           !point_is_inside(text, start, stop, next, length, language);
}

bool text_sentence(size_t *start, size_t *end, const char *text, size_t length,
                   size_t *at, const char *language)
{
    const struct language *row = language ? language_find(language) : NULL;
    size_t size, here = *at;
    while (here < length && text_is_space(text_next(text, length, here, &size)))
        here += size;
    if (here >= length)
        return *at = length, false;
    *start = here;
    while (here < length) {
        size_t stop = here;
        uint32_t c = text_next(text, length, here, &size);
        if (c == '\n')
            break;
        here += size;
        if (!is_full_stop(c))
            continue;
        here = stops_end(text, length, here);
        if (is_end(text, length, *start, stop, here, row))
            break;
    }
    *at = here;
    *end = trimmed(text, length, *start, here);
    return true;
}
