/* The page's other days tell, then its language and country. */
#include "indexer/published_order.h"

#include "common/ascii.h"
#include "common/text.h"

#include <stdio.h>
#include <string.h>

/* "25/3/2021": a first or second number that is no month tells how the page
 * writes. The difference of both kinds in one line. */
static int figures_say(const char *text)
{
    int days_first = 0;
    for (const char *at = text; (at = strchr(at, '/')); at++) {
        int first = 0, second = 0, year = 0, end = 0;
        const char *start = at;
        while (start > text && at - start < 2 && text_is_digit((unsigned char)start[-1]))
            start--;
        if (start == at || (start > text && strchr("/-0123456789", start[-1])) ||
            sscanf(start, "%2d/%2d/%4d%n", &first, &second, &year, &end) != 3 ||
            year < 1900 || start[end] == '/')
            continue;
        days_first += first > 12 && first <= 31 && second <= 12;
        days_first -= second > 12 && second <= 31 && first <= 12;
    }
    return days_first;
}

/* American pages write the month first: en-us, or English without a country on
 * a host under .com, .gov, .us, .org or .edu. */
static bool is_american(const struct metadata *m)
{
    static const char *const points[] = {".com", ".gov", ".us", ".org", ".edu"};
    const char *locale = metadata_value(m, "og:locale");
    const char *language = m->language && strlen(m->language) > 2 ? m->language
                           : locale ? locale
                           : m->language ? m->language : "";
    const char *host = metadata_host(m->arena, m->canonical ? m->canonical : m->url);
    const char *point = host ? strrchr(host, '.') : NULL;
    if (ascii_equal(language, "en-us") || ascii_equal(language, "en_us"))
        return true;
    if (*language && !ascii_equal(language, "en"))
        return false;
    for (size_t i = 0; point && i < sizeof points / sizeof *points; i++)
        if (!strcmp(point, points[i]))
            return true;
    return false;
}

enum date_order published_order(const struct metadata *m, const struct segments *segments)
{
    enum { LINE = 200 };
    int days_first = 0;
    for (size_t i = 0; i < segments->count; i++)
        if (segments->items[i].length < LINE)
            days_first += figures_say(segments->items[i].text);
    if (days_first)
        return days_first > 0 ? DATE_DAY_FIRST : DATE_MONTH_FIRST;
    return is_american(m) ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
}
