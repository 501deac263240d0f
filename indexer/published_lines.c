/* One walk over the tree finds the elements; each is read when its turn comes.
 * Days of comments, related boxes and footers are not asked. */
#include "indexer/published_lines.h"

#include "common/ascii.h"

#include <string.h>

enum {
    LINES_BEFORE = 4,
    LINES_AFTER = 12,
    SHORT_HEADING = 30, /* characters; a longer one is about something */
    SHORT_LINE = 70,
    LONG_LINE = 200     /* bytes that are looked at */
};

static size_t find_headline(const struct metadata *m, const struct segments *segments,
                            const char *title)
{
    const char *key = title ? metadata_key(m->arena, title) : "";
    for (size_t i = 0; i < segments->count && *key; i++)
        if (segments->items[i].heading &&
            strstr(metadata_key(m->arena, segments->items[i].text), key))
            return i;
    return segments->count;
}

static struct surroundings find_surroundings(const struct metadata *m,
                                             const struct segments *segments,
                                             const char *title)
{
    size_t count = segments->count, at = find_headline(m, segments, title);
    struct surroundings near = {.headline = at, .last = count, .text = count,
                                .to = UINT32_MAX, .body = UINT32_MAX};
    if (at == count)
        return near;
    near.first = at > LINES_BEFORE ? at - LINES_BEFORE : 0;
    near.last = at + LINES_AFTER + 1 < count ? at + LINES_AFTER + 1 : count;
    for (near.text = at + 1; near.text < near.last; near.text++)
        if (segments->items[near.text].weight > 0)
            break;
    if (near.text < count)
        near.body = segments->items[near.text].element->number;
    near.from = segments->items[near.first].element->number;
    if (near.last < count)
        near.to = segments->items[near.last].element->number;
    return near;
}

/* ---------------------------------------------------------------- elements */

/* Is there little enough in the element to be a line? Looks a bounded way. */
static bool is_line(const struct node *element)
{
    enum { NODES = 200, BYTES = 2000 }; /* white space is among them */
    size_t nodes = 0, bytes = 0;
    for (const struct node *n = element; n; n = tree_next(n, element)) {
        bytes += n->tag == TAG_TEXT ? n->length : 0;
        if (++nodes > NODES || bytes > BYTES)
            return false;
    }
    return true;
}

static void from_element(struct candidates *out, const struct node *n, dateline_origin from,
                         bool shown)
{
    static const enum attribute_name attributes[] = {ATTRIBUTE_CONTENT, ATTRIBUTE_DATETIME,
                                                     ATTRIBUTE_TITLE};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        const char *value = tree_attribute(n, attributes[i]);
        if (value && candidate_from_value(out, value, from))
            return;
    }
    if (!is_line(n))
        return;
    size_t length;
    const char *text = tree_text(out->arena, n, &length);
    if (length <= LONG_LINE)
        candidate_from_text(out, text, length, from, shown && length < SHORT_LINE);
}

/* The last text in or of a node, or NULL. */
static const struct node *last_text(const struct node *n)
{
    while (n && n->tag != TAG_TEXT)
        n = n->last;
    return n;
}

/* "<span>Last updated</span> <span>on</span> <span class=date>20 October</span>" */
static bool follows_other(const struct node *n)
{
    enum { MOST_BACK = 4, LABEL = 28 };
    for (int back = 0; back < MOST_BACK && (n = n->previous); back++) {
        const struct node *label = last_text(n);
        if (label && (label->length > LABEL || strpbrk(label->text, "|0123456789")))
            return false;
        if (label && candidate_is_other(label->text, label->length))
            return true;
    }
    return false;
}

/* What a class says of the day in its element. */
enum day_class { CLASS_SILENT, CLASS_DATED, CLASS_OTHER };

static uint8_t read_class(const char *class)
{
    static const char *const parts[] = {"date", "time", "publish", "posted", "byline",
                                        "meta", "datum", "fecha", NULL};
    size_t length = strlen(class);
    return candidate_is_other(class, length)       ? CLASS_OTHER
           : ascii_find_any(class, length, parts) ? CLASS_DATED
                                                 : CLASS_SILENT;
}

/* By the number of the class. */
static const uint8_t *read_classes(const struct metadata *m)
{
    const struct class_values *values = &m->tree->classes;
    uint8_t *classes = arena_array(m->arena, uint8_t, values->count);
    for (uint32_t i = 1; i < values->count; i++)
        classes[i] = read_class(values->items[i]);
    return classes;
}

static bool is_property(const struct node *n, const char *name)
{
    const char *property = tree_attribute(n, ATTRIBUTE_ITEMPROP);
    return property && !strcmp(property, name);
}

static bool is_microdata(const struct node *n)
{
    return is_property(n, "datePublished") || is_property(n, "dateCreated") ||
           tree_attribute(n, ATTRIBUTE_PUBDATE);
}

static bool is_time(const struct node *n, uint8_t class)
{
    return n->tag == TAG_TIME && class != CLASS_OTHER && !is_property(n, "dateModified") &&
           !metadata_is_elsewhere(n, true);
}

static bool is_date_class(const struct node *n, uint8_t class)
{
    const char *id = class == CLASS_SILENT ? tree_attribute(n, ATTRIBUTE_ID) : NULL;
    return (class == CLASS_DATED || (id && ascii_find(id, strlen(id), "date"))) &&
           n->tag != TAG_BODY && n->tag != TAG_HTML && n->tag != TAG_META &&
           n->tag != TAG_TIME && !metadata_is_elsewhere(n, true);
}

static void keep(struct elements *elements, struct arena *arena, const struct node *n)
{
    *(const struct node **)arena_push(arena, &elements->items, &elements->count,
                                      &elements->room) = n;
}

static void collect(struct published_lines *page)
{
    const struct metadata *m = page->metadata;
    const uint8_t *classes = read_classes(m);
    for (const struct node *n = m->tree->root; n; n = tree_next(n, m->tree->root)) {
        if (n->tag == TAG_TEXT || (!n->attributes && n->tag != TAG_TIME))
            continue;
        if (is_microdata(n))
            keep(&page->microdata, m->arena, n);
        if (is_time(n, classes[n->class_number]))
            keep(&page->times, m->arena, n);
        else if (is_date_class(n, classes[n->class_number]))
            keep(&page->classes, m->arena, n);
    }
}

static bool is_near(const struct published_lines *page, const struct node *n)
{
    return n->number >= page->near.from && n->number < page->near.to;
}

static void from_elements(struct candidates *out, const struct published_lines *page,
                          const struct elements *elements, dateline_origin from, bool near)
{
    for (size_t i = 0; i < elements->count; i++) {
        const struct node *n = elements->items[i];
        if (near == is_near(page, n) &&
            (from == DATELINE_FROM_MICRODATA || !follows_other(n)))
            from_element(out, n, from, near && n->number < page->near.body);
    }
}

/* -------------------------------------------------------------------- text */

static bool from_segment(struct candidates *out, const struct segment *s, bool near)
{
    size_t length = s->length < LONG_LINE ? s->length : LONG_LINE;
    return candidate_from_text(out, s->text, length, DATELINE_FROM_TEXT,
                               near && s->characters < SHORT_LINE && s->link < 0.5f &&
                                   !s->quote);
}

/* A line that is about something, a day in it too: a sentence, a heading. */
static bool is_long(const struct segment *s, bool headline)
{
    return !headline && s->characters >= (s->heading ? SHORT_HEADING : SHORT_LINE);
}

/* The first day in the headline's own line or below it, then those above it: of
 * short lines, or of longer ones. */
static void from_near_lines(struct candidates *out, const struct published_lines *page,
                            bool longer)
{
    const struct surroundings *near = &page->near;
    const struct segment *items = page->segments->items;
    if (near->headline == page->segments->count)
        return;
    for (size_t i = near->headline + page->title_dated; i < near->last; i++)
        if (is_long(&items[i], i == near->headline) == longer &&
            from_segment(out, &items[i], i < near->text))
            break;
    for (size_t i = near->headline; i-- > near->first;)
        if (is_long(&items[i], false) == longer)
            from_segment(out, &items[i], true);
}

/* Any short line, furniture last. */
static void from_far_lines(struct candidates *out, const struct segments *segments)
{
    for (int doubt = 0; doubt < 3 && (doubt < 2 || !out->count); doubt++)
        for (size_t i = 0; i < segments->count; i++)
            if (segments->items[i].characters < SHORT_LINE &&
                segments->items[i].doubt == doubt)
                from_segment(out, &segments->items[i], false);
}

/* ------------------------------------------------------------------ public */

void published_lines_find(struct published_lines *out, const struct metadata *metadata,
                          const struct segments *segments, const char *title)
{
    dateline_date date;
    size_t at = 0;
    *out = (struct published_lines){.metadata = metadata, .segments = segments,
                                    .near = find_surroundings(metadata, segments, title)};
    out->title_dated = title && date_find(&date, metadata->arena, title, strlen(title), &at,
                                          NULL, NULL, DATE_DAY_FIRST, NULL);
    collect(out);
}

void published_from_microdata(struct candidates *out, const struct published_lines *page)
{
    from_elements(out, page, &page->microdata, DATELINE_FROM_MICRODATA, true);
    from_elements(out, page, &page->microdata, DATELINE_FROM_MICRODATA, false);
}

void published_from_times(struct candidates *out, const struct published_lines *page,
                          bool near)
{
    from_elements(out, page, &page->times, DATELINE_FROM_TIME, near);
}

void published_from_classes(struct candidates *out, const struct published_lines *page,
                            bool near)
{
    from_elements(out, page, &page->classes, DATELINE_FROM_CLASS, near);
}

void published_from_lines(struct candidates *out, const struct published_lines *page,
                          bool near)
{
    from_near_lines(out, page, !near);
    if (!near)
        from_far_lines(out, page->segments);
}
