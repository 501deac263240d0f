/* Segments go in, the article's blocks come out.
 *
 *   container   the element that holds the good paragraphs: scored from below,
 *               widened while its neighbours bring more of them, narrowed
 *               through wrappers that add nothing
 *   choice      its segments, and a standfirst between headline and container,
 *               less furniture, captions, lists of links, and the tail
 *   fallback    without the names of boxes, where too little came out; the text
 *               of the linked data, where the page shows only a part of it
 *
 * Shares and lengths were fitted on 1,377 pages. */
#include "indexer/content.h"

#include "common/text.h"
#include "indexer/furniture.h"

#include <string.h>

struct choice {
    struct arena *arena;
    const struct metadata *metadata;
    struct segments *segments;
    const struct node *body;
    uint32_t nodes;
    const char *title;       /* letters and digits only, or "" */
    const char *description; /* in that form, or "" */
    const char *linked;      /* the linked data's text in that form, or NULL */
    size_t linked_length;
    const char **keys;       /* each segment in that form */
    float *below;            /* per node: weight of the paragraphs in it */
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

/* --------------------------------------------------------------- container */

static void sum_below(struct choice *c)
{
    memset(c->below, 0, c->nodes * sizeof *c->below);
    for (size_t i = 0; i < c->segments->count; i++) {
        const struct segment *s = &c->segments->items[i];
        float weight = s->weight;
        if (!s->doubt && s->characters >= 40 && is_linked(c, i))
            weight = 3 * (weight > (float)s->characters ? weight : (float)s->characters);
        for (const struct node *n = s->element; weight > 0 && n; n = n->parent)
            c->below[n->number] += weight;
    }
}

/* Paragraphs speak for their parents, less the further up. */
static const struct node *best_scored(struct choice *c)
{
    static const float share[] = {1, 0.85f, 0.65f, 0.45f, 0.3f, 0.2f};
    float *score = arena_array(c->arena, float, c->nodes);
    const struct node **met = arena_array(c->arena, const struct node *, c->nodes);
    size_t count = 0;
    for (size_t i = 0; i < c->segments->count; i++) {
        const struct segment *s = &c->segments->items[i];
        const struct node *n = s->element;
        if (s->weight <= 0)
            continue;
        if ((n->tag == TAG_P || n->tag == TAG_LI || n->tag == TAG_TD ||
             n->tag == TAG_BLOCKQUOTE || n->tag == TAG_PRE) && n->parent)
            n = n->parent;
        for (size_t up = 0; n && up < sizeof share / sizeof *share; up++, n = n->parent) {
            if (score[n->number] == 0)
                met[count++] = n;
            score[n->number] += s->weight * share[up];
            if (n == c->body)
                break;
        }
    }
    const struct node *best = c->body;
    float most = 0;
    for (size_t i = 0; i < count; i++) {
        float value = score[met[i]->number];
        char names[1024];
        const char *class = tree_attribute(met[i], ATTRIBUTE_CLASS);
        const char *id = tree_attribute(met[i], ATTRIBUTE_ID);
        const char *property = tree_attribute(met[i], ATTRIBUTE_ITEMPROP);
        snprintf(names, sizeof names, "%s %s %s", class ? class : "", id ? id : "",
                 property ? property : "");
        if (furniture_is_body_name(names))
            value *= 1.4f;
        if (met[i]->tag == TAG_ARTICLE)
            value *= 1.15f;
        if (value > most)
            most = value, best = met[i];
    }
    return best;
}

/* What an element's text is made of. */
struct makeup {
    float characters, link;
    unsigned linked_headings;
};

static struct makeup *sum_makeup(struct choice *c)
{
    struct makeup *sums = arena_array(c->arena, struct makeup, c->nodes);
    for (size_t i = 0; i < c->segments->count; i++) {
        const struct segment *s = &c->segments->items[i];
        for (const struct node *n = s->element; n; n = n->parent) {
            struct makeup *m = &sums[n->number];
            m->characters += (float)s->characters;
            m->link += (float)s->characters * s->link;
            m->linked_headings += s->heading && s->link > 0.7f;
        }
    }
    return sums;
}

/* Upwards while the neighbours bring good text that is no list of teasers. */
static const struct node *widen(struct choice *c, const struct node *best,
                                const struct makeup *sums)
{
    for (int step = 0; step < 12 && best != c->body && best->parent; step++) {
        const struct node *parent = best->parent;
        float good = 0, all = 0;
        for (const struct node *n = parent->first; n; n = n->next) {
            const struct makeup *m = &sums[n->number];
            if (n == best || c->below[n->number] <= 0)
                continue;
            all += c->below[n->number];
            if (m->link < 0.3f * m->characters &&
                (float)m->linked_headings * 1200 < m->characters)
                good += c->below[n->number];
        }
        if (all == 0 && parent == c->body)
            break;
        if (all > 0 && !(good > 0.08f * c->below[best->number] && good >= 0.65f * all))
            break;
        best = parent;
    }
    return best;
}

/* Downwards through elements that hold nothing but the next one. */
static const struct node *narrow(const struct choice *c, const struct node *best)
{
    for (;;) {
        const struct node *only = NULL;
        for (const struct node *n = best->first; n; n = n->next)
            if (n->tag != TAG_TEXT && c->below[best->number] > 0 &&
                c->below[n->number] >= 0.999f * c->below[best->number])
                only = n;
        if (!only)
            break;
        best = only;
    }
    bool line = best->tag == TAG_P || best->tag == TAG_SPAN || best->tag == TAG_LI ||
                best->tag == TAG_BLOCKQUOTE || best->tag == TAG_TD;
    return line && best != c->body && best->parent ? best->parent : best;
}

static void find_container(struct choice *c)
{
    sum_below(c);
    c->container = c->body;
    if (c->below[c->body->number] > 0)
        c->container = narrow(c, widen(c, best_scored(c), sum_makeup(c)));
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
    const char *first = text_find_ascii(s->text, s->length, "cookie");
    if (!first || strstr(c->title, "cookie"))
        return false;
    size_t rest = s->length - (size_t)(first + 6 - s->text);
    return text_find_ascii(first + 6, rest, "cookie") ||
           text_find_ascii(s->text, s->length, "website") ||
           text_find_ascii(s->text, s->length, "consent");
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
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (const char *at = key; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 1099511628211u;
    hash |= 1;
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
    const struct node *body = tree_find(metadata->tree, NULL, TAG_BODY);
    static const char *const descriptions[] = {"og:description", "description"};
    const char *text = linked_text(arena, metadata);
    struct choice c = {.arena = arena,
                       .metadata = metadata,
                       .segments = segments,
                       .body = body ? body : metadata->tree->root,
                       .nodes = metadata->tree->count,
                       .title = metadata_key(arena, title),
                       .description = metadata_key(
                           arena, metadata_first(metadata, descriptions, 2))};
    if (text && strlen(text) > LINKED_LEAST) {
        c.linked = metadata_key(arena, text);
        c.linked_length = strlen(c.linked);
    }
    c.keys = arena_array(arena, const char *, segments->count);
    c.below = arena_array(arena, float, c.nodes);
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
    content_roles(out->body, out->blocks, out->block_count);
    for (size_t i = 0; i < segments->count; i++)
        if (!c.kept[i])
            segments->items[i].weight = 0;
}

/* ------------------------------------------------------------------- roles */

static bool starts_with(const char *text, size_t length, const char *const *words)
{
    for (; *words; words++) {
        size_t n = strlen(*words);
        if (n <= length && !strncasecmp(text, *words, n))
            return true;
    }
    return false;
}

/* "###", "-30-", "ENDS", "- Ende -": nothing of the release follows. */
static bool is_end_mark(const char *text, size_t length)
{
    static const char *const marks[] = {"30", "ends", "end", "ende", "fin", "fine",
                                        NULL};
    const char *end = text + length;
    size_t hashes = strspn(text, "# ");
    if (hashes == length && length >= 3)
        return true;
    while (text < end && strchr("-–— #*/", *text))
        text++;
    while (end > text && strchr("- #*/.", end[-1]))
        end--;
    size_t bare = (size_t)(end - text);
    return length < 16 && bare && bare <= 4 && starts_with(text, bare, marks) &&
           (bare < length || text[0] == 'E');
}

/* "About Sandholm Harbour", "Notes to editors": a line that is no sentence. */
static bool is_about_label(const char *text, size_t length)
{
    static const char *const starts[] = {
        "about ", "über ", "Über ", "à propos d", "À propos d", "acerca de ", "sobre ",
        "informazioni su ", "over ", "notes to editors", "note to editors", NULL};
    const char *space = length < 90 ? memchr(text, ' ', length) : NULL;
    return space && space + 1 < text + length && starts_with(text, length, starts) &&
           !strchr(".,;?!", text[length - 1]) && !text_is_digit((unsigned char)space[1]);
}

/* "Media contact", "Press contact: Nadia Rask, ...", "Contact: ...", but not
 * "Contact tracing begins". */
static bool is_contact_label(const char *text, size_t length)
{
    static const char *const phrases[] = {
        "media contact", "press contact", "contact us", "contact info", "contact detail",
        "contact for ", "contact person", "contacts for ", "contact presse",
        "contact media", "for more information", "for further information",
        "for media inquiries", "for press inquiries", "media enquiries", "media inquiries",
        "press enquiries", "press inquiries", "pressekontakt", "medienkontakt",
        "ansprechpartner", "kontakt für", "kontakt dla", "contacto de prensa",
        "contacto para", "contato para", "contatti stampa", "perscontact", "presskontakt",
        NULL};
    static const char *const bare[] = {"contact", "kontakt", "contacto", "contato",
                                       "contatti", "contacts", NULL};
    size_t word = 0;
    while (word < length && !strchr(" :(-", text[word]))
        word++;
    bool colon = memchr(text, ':', length < 60 ? length : 60);
    bool one_word = word == length || text[word] == ':' || text[word] == '(';
    if (length > 300 || (length >= 90 && !colon))
        return false;
    if (starts_with(text, length, phrases))
        return true;
    return one_word && word > 6 && starts_with(text, word, bare);
}

static bool has_number_or_mail(const char *text, size_t length)
{
    size_t digits = 0;
    for (size_t i = 0; i < length; i++)
        digits += text_is_digit((unsigned char)text[i]);
    return digits >= 7 || memchr(text, '@', length);
}

/* Releases of some houses name the contact first. How many of the blocks from
 * `at` on belong to such a label: short lines, up to the last that has a number or
 * an address. */
static size_t contact_lines(const char *body, const dateline_block *blocks, size_t at,
                            size_t count)
{
    enum { MOST_LINES = 6, LONGEST_LINE = 60 };
    size_t lines = 0;
    for (size_t i = at; i < count && i < at + MOST_LINES; i++) {
        size_t length = blocks[i].end - blocks[i].start;
        if (length > LONGEST_LINE || blocks[i].role == DATELINE_ROLE_HEADING)
            break;
        if (has_number_or_mail(body + blocks[i].start, length))
            lines = i + 1 - at;
    }
    return lines;
}

/* Returns where the blocks begin that were not looked at. */
static size_t mark_first_contact(const char *body, dateline_block *blocks, size_t count)
{
    for (size_t i = 0; i < count / 3; i++) {
        const char *text = body + blocks[i].start;
        size_t length = blocks[i].end - blocks[i].start;
        if (!is_contact_label(text, length))
            continue;
        size_t lines = contact_lines(body, blocks, i + 1, count);
        if (!lines && !has_number_or_mail(text, length))
            continue;
        for (size_t k = i; k <= i + lines; k++)
            blocks[k].role = DATELINE_ROLE_CONTACT;
        i += lines;
        if (i >= count / 3)
            return i + 1;
    }
    return count / 3;
}

void content_roles(const char *body, dateline_block *blocks, size_t count)
{
    dateline_role section = DATELINE_ROLE_BODY;
    size_t first = mark_first_contact(body, blocks, count);
    for (size_t i = first; i < count; i++) { /* labels of sections: not at the top */
        const char *text = body + blocks[i].start;
        size_t length = blocks[i].end - blocks[i].start;
        if (is_end_mark(text, length))
            blocks[i].role = DATELINE_ROLE_END;
        else if (is_contact_label(text, length))
            blocks[i].role = section = DATELINE_ROLE_CONTACT;
        else if (blocks[i].role != DATELINE_ROLE_LIST && is_about_label(text, length))
            blocks[i].role = section = DATELINE_ROLE_ABOUT;
        else if (blocks[i].role == DATELINE_ROLE_HEADING)
            section = DATELINE_ROLE_BODY;
        else if (section != DATELINE_ROLE_BODY)
            blocks[i].role = section;
    }
}
