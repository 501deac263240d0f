/* What no reader sees goes first, then what stands at the headline, then the rest,
 * each in the order of its measured precision; then three rules, for where they
 * do not agree. */
#include "indexer/published.h"

#include "indexer/candidate.h"
#include "indexer/published_hidden.h"
#include "indexer/published_lines.h"
#include "indexer/published_order.h"

#include <string.h>

static void find_all(struct candidates *found, const struct metadata *m,
                     const struct published_lines *page)
{
    published_from_article(found, m);
    published_from_metas(found, m);
    published_from_objects(found, m);
    published_from_microdata(found, page);
    published_from_times(found, page, true);
    published_from_url(found, m->url);
    published_from_url(found, m->canonical);
    published_from_classes(found, page, true);
    published_from_lines(found, page, true);
    published_from_times(found, page, false);
    published_from_classes(found, page, false);
    published_from_lines(found, page, false);
    published_from_scripts(found, m);
}

/* ------------------------------------------------------------------- rules */

static void put_first(struct candidates *found, size_t i)
{
    struct candidate first = found->items[i];
    memmove(found->items + 1, found->items, i * sizeof first);
    found->items[0] = first;
}

/* Does the address say the day? */
static bool is_in_address(const struct candidates *found, long day)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].date.from == DATELINE_FROM_URL &&
            date_days(&found->items[i].date) == day)
            return true;
    return false;
}

static bool is_shown(const struct candidates *found, long day)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].shown && date_days(&found->items[i].date) == day)
            return true;
    return false;
}

/* Machines write the day in UTC, the address has the newsroom's own: where it is
 * the day before or after, that one goes first. */
static void prefer_address(struct candidates *found)
{
    if (!found->count)
        return;
    long day = date_days(&found->items[0].date);
    if (is_in_address(found, day) ||
        is_in_address(found, day - 1) == is_in_address(found, day + 1))
        return;
    long own = is_in_address(found, day - 1) ? day - 1 : day + 1;
    for (size_t i = 1; i < found->count; i++)
        if (date_days(&found->items[i].date) == own) {
            put_first(found, i);
            return;
        }
}

static bool is_swapped(const dateline_date *a, const dateline_date *b)
{
    return a->year == b->year && a->month == b->day && a->day == b->month;
}

/* "3/4/2021" where another day of the page, written so that there is no doubt, is
 * 3 April or 4 March: all such days are of that order. */
static void settle_order(struct candidates *found)
{
    struct candidate *first = found->items;
    if (!found->count || !first->either)
        return;
    bool swapped = false;
    for (size_t i = 1; i < found->count; i++) {
        if (!found->items[i].either && !date_compare(&found->items[i].date, &first->date))
            return;
        swapped |= !found->items[i].either &&
                   is_swapped(&found->items[i].date, &first->date);
    }
    for (size_t i = 0; swapped && i < found->count; i++)
        if (found->items[i].either) {
            dateline_date *date = &found->items[i].date;
            int month = date->day;
            date->day = date->month;
            date->month = month;
        }
}

static bool is_of_machine(const struct candidate *c)
{
    return c->date.from == DATELINE_FROM_JSON_LD || c->date.from == DATELINE_FROM_META ||
           c->date.from == DATELINE_FROM_MICRODATA;
}

/* A page cannot have been read before it was published: where another day stands
 * at the headline and it is earlier, the machine's is that of a move to another
 * system, of a change, or tomorrow's in UTC. */
static void prefer_shown(struct candidates *found)
{
    if (!found->count || !is_of_machine(&found->items[0]))
        return;
    long day = date_days(&found->items[0].date);
    if (is_shown(found, day) || is_in_address(found, day))
        return;
    for (size_t i = 1; i < found->count; i++)
        if (found->items[i].shown && date_days(&found->items[i].date) < day &&
            !is_swapped(&found->items[0].date, &found->items[i].date)) {
            put_first(found, i);
            return;
        }
}

size_t published_read(const dateline_date **out, const struct metadata *metadata,
                      const struct segments *segments, const char *title)
{
    struct candidates found = {.arena = metadata->arena,
                               .order = published_order(metadata, segments)};
    struct published_lines page;
    published_lines_find(&page, metadata, segments, title);
    find_all(&found, metadata, &page);
    settle_order(&found);
    prefer_address(&found);
    prefer_shown(&found);
    dateline_date *dates = arena_array(metadata->arena, dateline_date, found.count);
    for (size_t i = 0; i < found.count; i++)
        dates[i] = found.items[i].date;
    *out = dates;
    return found.count;
}
