/* Segments go in, the article's blocks come out.
 *
 *   choice      the segments of the container, and a standfirst between headline
 *               and container, less furniture, captions, lists of links, and the
 *               tail
 *   fallback    without the names of boxes, where too little came out; the text
 *               of the linked data, where the page shows only a part of it
 *
 * Shares and lengths were fitted on 1,377 pages. */
#include "indexer/content.h"

#include "common/ascii.h"
#include "common/hash.h"
#include "common/text.h"
#include "indexer/container.h"
#include "indexer/furniture.h"
#include "indexer/role.h"

#include <string.h>

struct choice {
    struct arena *arena;
    const struct metadata *metadata;
    struct segments *segments;
    uint32_t nodes;
    const char *title;       /* letters and digits only, or "" */
    const char *description; /* in that form, or "" */
    const char *linked;      /* the linked data's text in that form, or NULL */
    size_t linked_length;
    const char **keys;       /* each segment in that form */
    const struct node *container;
    size_t first, last;      /* segments of the container; first > last: none */
    bool *kept;
};

static const char *key_of(struct choice *c, size_t i)
{
    if (!c->keys[i])
        c->keys[i] = metadata_key(c->arena, c->segments->items[i].text);
    return c->keys[i];
}

/* Is the segment part of the text that the linked data gives? */
static bool is_linked(struct choice *c, size_t i)
{
    if (!c->linked)
        return false;
    const char *key = key_of(c, i);
    size_t length = strlen(key);
    return length > 15 && memmem(c->linked, c->linked_length, key, length);
}

static void find_container(struct choice *c)
{
    bool *linked = arena_array(c->arena, bool, c->segments->count);
    for (size_t i = 0; c->linked && i < c->segments->count; i++) {
        const struct segment *s = &c->segments->items[i];
        linked[i] = !s->doubt && s->characters >= 40 && is_linked(c, i);
    }
    c->container = container_find(c->arena, c->metadata->tree, c->segments, linked);
    c->first = 1;
    c->last = 0;
    for (size_t i = 0; i < c->segments->count; i++) {
        if (!tree_is_within(c->segments->items[i].element, c->container))
            continue;
        if (c->first > c->last)
            c->first = i;
        c->last = i;
    }
}

/* ------------------------------------------------------------------ choice */

/* Does the page give the segment's beginning as its own description? */
static bool is_description(struct choice *c, size_t i)
{
    enum { LEAST = 30, COMPARED = 80 }; /* bytes; descriptions are cut anywhere */
    size_t length = strnlen(c->description, COMPARED);
    return length > LEAST && !strncmp(key_of(c, i), c->description, length);
}

/* Segments between a heading that is the title and the container that read like
 * a standfirst are the article's too. Returns where they begin. */
static void keep_standfirst(struct choice *c)
{
    size_t found[4], count = 0, heading = c->first;
    if (!*c->title)
        return;
    for (size_t back = 1; back < 60 && back <= c->first && heading == c->first; back++)
        if (c->segments->items[c->first - back].heading &&
            strstr(key_of(c, c->first - back), c->title))
            heading = c->first - back;
    for (size_t i = heading + 1; i < c->first && count < 4; i++) {
        const struct segment *s = &c->segments->items[i];
        if (s->characters >= 60 && s->link < 0.2f && !s->figure && !s->list && !s->cell &&
            (s->doubt < 2 || is_description(c, i)) && (s->sentences || s->characters > 100) &&
            furniture_text(s->text, s->length) < FURNITURE_LEAD_IN)
            found[count++] = i;
    }
    for (size_t i = 0; i < count && count < 4; i++)
        c->kept[found[i]] = true;
}

/* Characters, and those inside links, of the list around an item. */
static const struct node *list_around(const struct node *n)
{
    while (n && n->tag != TAG_UL && n->tag != TAG_OL && n->tag != TAG_MENU &&
           n->tag != TAG_BODY)
        n = n->parent;
    return n;
}

static float *list_links(struct choice *c)
{
    float *all = arena_array(c->arena, float, c->nodes);
    float *link = arena_array(c->arena, float, c->nodes);
    for (size_t i = c->first; i <= c->last; i++) {
        const struct segment *s = &c->segments->items[i];
        const struct node *list = s->list ? list_around(s->element) : NULL;
        if (!list)
            continue;
        all[list->number] += (float)s->characters;
        link[list->number] += (float)s->characters * s->link;
    }
    for (uint32_t i = 0; i < c->nodes; i++)
        link[i] = all[i] > 0 ? link[i] / all[i] : 0;
    return link;
}

static bool is_title_again(struct choice *c, size_t i)
{
    const char *key = key_of(c, i);
    if (!*c->title)
        return false;
    if (!strcmp(key, c->title))
        return true;
    return c->segments->items[i].heading && strlen(key) > 10 &&
           (strstr(c->title, key) || strstr(key, c->title));
}

/* A notice about cookies, on a page about something else. */
static bool is_cookie_notice(const struct choice *c, const struct segment *s)
{
    const char *first = ascii_find(s->text, s->length, "cookie");
    if (!first || strstr(c->title, "cookie"))
        return false;
    size_t rest = s->length - (size_t)(first + 6 - s->text);
    return ascii_find(first + 6, rest, "cookie") ||
           ascii_find(s->text, s->length, "website") ||
           ascii_find(s->text, s->length, "consent");
}

/* Is a segment of the container no part of the article? */
static bool is_left_out(struct choice *c, size_t i, bool linked, bool before_text,
                        const float *list_link)
{
    const struct segment *s = &c->segments->items[i];
    if (is_title_again(c, i))
        return true;
    if (linked)
        return false;
    if (is_cookie_notice(c, s))
        return true;
    if (s->doubt == 2 || (s->doubt == 1 && s->weight <= 0) || s->figure)
        return true;
    if (s->link > 0.7f && s->characters < 250 && !s->quote)
        return true;
    if (s->list && s->link > 0.5f && list_link[list_around(s->element)->number] > 0.6f)
        return true;
    return before_text && s->weight <= 0 && !s->heading && s->characters < 25 &&
           !s->sentences;
}

/* Text after each segment, in characters of good paragraphs. */
static float *good_after(const struct choice *c)
{
    float *after = arena_array(c->arena, float, c->last + 2);
    for (size_t i = c->last + 1; i-- > c->first;) {
        const struct segment *s = &c->segments->items[i];
        after[i] = after[i + 1] + (s->weight > 0 ? (float)s->characters : 0);
    }
    return after;
}

/* A set of the keys seen so far, by hash. */
struct seen {
    uint64_t *slots;
    size_t mask;
};

static bool seen_before(struct seen *seen, const char *key)
{
    uint64_t hash = hash_64(HASH_64, key, strlen(key)) | 1;
    size_t i = hash & seen->mask;
    for (; seen->slots[i]; i = (i + 1) & seen->mask)
        if (seen->slots[i] == hash)
            return true;
    seen->slots[i] = hash;
    return false;
}

static void seen_init(struct seen *seen, struct arena *arena, size_t count)
{
    seen->mask = 15;
    while (seen->mask < 2 * count)
        seen->mask = 2 * seen->mask + 1;
    seen->slots = arena_array(arena, uint64_t, seen->mask + 1);
}

/* A heading, or a short leftover, at the end belongs to what was cut. */
static void drop_loose_end(struct choice *c)
{
    for (size_t i = c->last + 1; i-- > c->first;) {
        if (!c->kept[i])
            continue;
        if (!c->segments->items[i].heading)
            return;
        c->kept[i] = false;
    }
}

static void choose(struct choice *c)
{
    if (c->first > c->last)
        return;
    keep_standfirst(c);
    float *after = good_after(c), *list_link = list_links(c);
    float all = after[c->first] > 1 ? after[c->first] : 1;
    struct seen seen;
    seen_init(&seen, c->arena, c->last - c->first + 1);
    for (size_t i = c->first; i <= c->last; i++) {
        const struct segment *s = &c->segments->items[i];
        bool linked = is_linked(c, i);
        if (is_left_out(c, i, linked, after[i] == after[c->first], list_link))
            continue;
        enum furniture_text words = furniture_text(s->text, s->length);
        if (words == FURNITURE_JUNK && !s->list)
            continue;
        if (words >= FURNITURE_LEAD_IN && s->characters < 160 && s->link > 0.3f)
            continue;
        if (words == FURNITURE_NOTICE && s->characters < 80 && !s->heading && !s->list)
            continue;
        if (words == FURNITURE_TAIL && !linked) {
            if (after[i] < 0.12f * all)
                break;
            if (s->heading || s->characters < 60)
                continue;
        }
        if (seen_before(&seen, key_of(c, i)) && s->characters > 20 &&
            s->element->tag != TAG_PRE)
            continue;
        c->kept[i] = true;
    }
    drop_loose_end(c);
}

/* Of the container; a standfirst alone is no article. */
static size_t kept_length(const struct choice *c)
{
    size_t length = 0;
    for (size_t i = c->first; i <= c->last && i < c->segments->count; i++)
        length += c->kept[i] ? c->segments->items[i].characters + 1 : 0;
    return length;
}

/* Less text than this may be the wrong text. */
enum { LITTLE_TEXT = 250 };

static void choose_twice(struct choice *c)
{
    find_container(c);
    choose(c);
    size_t length = kept_length(c);
    if (length >= LITTLE_TEXT)
        return;
    size_t count = c->segments->count;
    bool *first_try = c->kept;
    uint8_t *doubt = arena_array(c->arena, uint8_t, count);
    float *weight = arena_array(c->arena, float, count);
    for (size_t i = 0; i < count; i++) {
        doubt[i] = c->segments->items[i].doubt;
        weight[i] = c->segments->items[i].weight;
    }
    c->kept = arena_array(c->arena, bool, count);
    segment_trust(c->segments);
    find_container(c);
    choose(c);
    if (kept_length(c) > 2 * length)
        return;
    c->kept = first_try;
    for (size_t i = 0; i < count; i++) {
        c->segments->items[i].doubt = doubt[i];
        c->segments->items[i].weight = weight[i];
    }
}

/* ------------------------------------------------------------------- result */

static void add_block(struct content *out, struct arena *arena, struct buffer *body,
                      size_t *room, const char *text, size_t length,
                      dateline_role role)
{
    if (body->length)
        buffer_byte(body, '\n');
    dateline_block *block = arena_push(arena, &out->blocks, &out->block_count, room);
    *block = (dateline_block){body->length, body->length + length, role};
    buffer_add(body, text, length);
}

/* The linked data's text, a paragraph a line. */
static void take_linked(struct content *out, struct arena *arena, struct buffer *body,
                        const char *text)
{
    size_t room = 0;
    while (*text) {
        size_t line = strcspn(text, "\n\r"), length;
        const char *squeezed = text_squeeze(arena, text, line, &length);
        if (length)
            add_block(out, arena, body, &room, squeezed, length, DATELINE_ROLE_BODY);
        text += line + (text[line] != '\0');
    }
}

static dateline_role role_of(const struct segment *s)
{
    return s->heading ? DATELINE_ROLE_HEADING
           : s->list  ? DATELINE_ROLE_LIST
           : s->quote ? DATELINE_ROLE_QUOTE
                      : DATELINE_ROLE_BODY;
}

static void take_kept(struct content *out, const struct choice *c, struct buffer *body)
{
    size_t room = 0;
    for (size_t i = 0; i < c->segments->count; i++) {
        const struct segment *s = &c->segments->items[i];
        if (c->kept[i])
            add_block(out, c->arena, body, &room, s->text, s->length, role_of(s));
    }
}

/* Markup inside articleBody is undone, its paragraphs stay apart. */
static const char *linked_text(struct arena *arena, const struct metadata *metadata)
{
    const char *text = metadata->article_body;
    if (!text || (!strchr(text, '<') && !strchr(text, '&')))
        return text;
    struct buffer lines = {0};
    for (const char *at = text; *at;) {
        size_t line = strcspn(at, "\n\r");
        const char *end = at + line, *p = at;
        for (; p < end; p++)
            if (!strncmp(p, "</p>", 4) || !strncmp(p, "<br", 3) || !strncmp(p, "&lt;/p", 6))
                break;
        const char *plain = metadata_plain(arena, at, (size_t)(p - at));
        buffer_text(&lines, plain);
        buffer_byte(&lines, '\n');
        at = p < end ? strchr(p, *p == '&' ? ';' : '>') : end;
        at = !at ? end : *at ? at + 1 : at;
    }
    char *copy = arena_copy(arena, lines.bytes, lines.length);
    buffer_free(&lines);
    return copy;
}

/* Shorter articleBody texts are teasers. */
enum { LINKED_LEAST = 400 };

void content_find(struct content *out, struct arena *arena,
                  const struct metadata *metadata, struct segments *segments,
                  const char *title)
{
    static const char *const descriptions[] = {"og:description", "description"};
    const char *text = linked_text(arena, metadata);
    struct choice c = {.arena = arena,
                       .metadata = metadata,
                       .segments = segments,
                       .nodes = metadata->tree->count,
                       .title = metadata_key(arena, title),
                       .description = metadata_key(
                           arena, metadata_first(metadata, descriptions, 2))};
    if (text && strlen(text) > LINKED_LEAST) {
        c.linked = metadata_key(arena, text);
        c.linked_length = strlen(c.linked);
    }
    c.keys = arena_array(arena, const char *, segments->count);
    c.kept = arena_array(arena, bool, segments->count);
    choose_twice(&c);
    *out = (struct content){0};
    struct buffer bytes = {0};
    take_kept(out, &c, &bytes);
    if (c.linked && strlen(metadata_key(arena, bytes.bytes ? bytes.bytes : "")) <
                        c.linked_length / 2) {
        *out = (struct content){0};
        bytes.length = 0;
        take_linked(out, arena, &bytes, text);
    }
    out->body = arena_copy(arena, bytes.bytes ? bytes.bytes : "", bytes.length);
    out->length = bytes.length;
    buffer_free(&bytes);
    role_mark(out->body, out->blocks, out->block_count);
    for (size_t i = 0; i < segments->count; i++)
        if (!c.kept[i])
            segments->items[i].weight = 0;
}
