/* What stands behind the last bar or dash is the site where it says the site's
 * name, and most likely where it is short. */
#include "indexer/title_site.h"

#include "common/text.h"

#include <string.h>

/* Between ideographs a hyphen or line is never spelling: "标题-新华网". */
static bool is_between_ideographs(const char *title, const char *at)
{
    size_t size, before = (size_t)(at - title);
    if (!before || !at[1])
        return false;
    size_t last = text_boundary(title, before, before - 1);
    uint32_t c = text_decode(title + last, before - last, &size);
    return c > 0x7f && !text_is_space(c) &&
           text_is_ideograph(text_decode(at + 1, strlen(at + 1), &size));
}

static bool is_separator_at(const char *title, const char *at, size_t *length)
{
    static const char *const marks[] = {" | ", " - ", " – ", " — ", " · ", " • ",
                                        " » ", " : ", "|", "ㅣ", NULL};
    for (size_t i = 0; marks[i]; i++) {
        *length = strlen(marks[i]);
        if (!strncmp(at, marks[i], *length))
            return true;
    }
    *length = 1;
    return (*at == '-' || *at == '_') && is_between_ideographs(title, at);
}

bool title_has_separator(const char *title)
{
    size_t mark;
    const char *at = title;
    while (*at && !is_separator_at(title, at, &mark))
        at++;
    return *at;
}

bool title_names_site(const struct metadata *m, const char *part, size_t length)
{
    const char *key = metadata_key(m->arena, arena_copy(m->arena, part, length));
    return (m->site && !strcmp(m->site_key, key)) ||
           (strlen(key) > 3 && strstr(m->host_key, key));
}

/* "Headline | Shipping": a section of one or two words, when what is left is a
 * headline still. Returns the length that stays. */
static size_t cut_section(const char *title, size_t length)
{
    size_t last = 0, mark, section = 0;
    for (size_t at = 0; at < length; at++)
        if (is_separator_at(title, title + at, &mark) && at + mark < length) {
            last = at;
            section = at + mark;
        }
    return last > 12 && text_count(title, last) > 2 &&
                   text_count(title + section, length - section) <= 2
               ? last
               : length;
}

const char *title_cut_site(const struct metadata *m, const char *title)
{
    const char *last = NULL, *rest = NULL, *first = NULL, *after = NULL;
    size_t mark;
    for (const char *at = title; *at; at++)
        if (is_separator_at(title, at, &mark)) {
            if (!first) {
                first = at;
                after = at + mark;
            }
            last = at;
            rest = at + mark;
        }
    if (!last)
        return title;
    bool site = title_names_site(m, rest, strlen(rest));
    if (!site && title_names_site(m, title, (size_t)(first - title)))
        return text_squeeze(m->arena, after, strlen(after), NULL);
    size_t length = (size_t)(last - title);
    bool longer = !site && strlen(rest) > length; /* a site's name is short */
    if (length <= 12 || longer || text_count(rest, strlen(rest)) > 5)
        return title;
    return text_squeeze(m->arena, title, site ? cut_section(title, length) : length, NULL);
}
