/* A tree goes in; segments with their weight and doubt come out. The weights
 * and shares were fitted on 1,377 pages of news, releases and blogs. */
#include "indexer/segment.h"

#include "common/ascii.h"
#include "common/text.h"
#include "indexer/furniture.h"

#include <string.h>

/* ---------------------------------------------------------------- cutting */

struct place {
    const struct node *element;
    bool heading, list, quote, figure, cell, link, typed;
};

struct cutting {
    struct arena *arena;
    struct segments *out;
    struct buffer raw;
    size_t link_characters;
};

static unsigned count_characters(const char *text, size_t length)
{
    size_t plain = text_ascii(text, length);
    unsigned count = (unsigned)plain;
    for (size_t i = plain; i < length; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

/* No end of a sentence, nor the first byte of one. */
static bool is_plain(char byte)
{
    unsigned char c = (unsigned char)byte;
    return c < 0xc0 ? c != '.' && c != '!' && c != '?' : c < 0xd8 || (c > 0xdb && c < 0xe2);
}

/* A full stop, what may close after it, and a space or the end. */
static unsigned count_sentences(const char *text, size_t length)
{
    unsigned count = 0;
    for (size_t at = 0, size; at < length; at += size) {
        size = 1;
        if (is_plain(text[at]))
            continue;
        uint32_t c = text_decode(text + at, length - at, &size);
        bool wide = c == 0x3002 || c == 0xff01 || c == 0xff1f;
        if (!wide && c != '.' && c != '!' && c != '?' && c != 0x2026 && c != 0x61f &&
            c != 0x6d4)
            continue;
        size_t next = at + size, n = 0;
        while (next < length) {
            uint32_t after = text_decode(text + next, length - next, &n);
            if (after != '"' && after != '\'' && after != ')' && after != ']' &&
                after != 0x201d && after != 0x2019 && after != 0xbb)
                break;
            next += n;
        }
        count += wide || next >= length || text[next] == ' ';
    }
    return count;
}

static void flush(struct cutting *cut, const struct place *place)
{
    size_t length = 0;
    const char *text =
        cut->raw.length
            ? text_squeeze(cut->arena, cut->raw.bytes, cut->raw.length, &length)
            : "";
    size_t link = cut->link_characters;
    cut->raw.length = 0;
    cut->link_characters = 0;
    if (!length)
        return;
    struct segment *s =
        arena_push(cut->arena, &cut->out->items, &cut->out->count, &cut->out->room);
    *s = (struct segment){.element = place->element, .text = text, .length = length,
                          .characters = count_characters(text, length),
                          .sentences = count_sentences(text, length),
                          .heading = place->heading, .list = place->list,
                          .quote = place->quote, .figure = place->figure,
                          .cell = place->cell};
    float share = (float)link / (float)s->characters;
    s->link = share > 1 ? 1 : share;
}

/* Where an empty line of what was typed begins, or the end; *past it. */
static const char *empty_line(const char **past, const char *at, const char *end)
{
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        const char *next = at + 1;
        while (next < end && strchr(" \t\r", *next))
            next++;
        if (next < end && *next == '\n')
            return *past = next + 1, at;
        at = next;
    }
    return *past = end;
}

/* Text as it was typed: empty lines part paragraphs. */
static void add_typed(struct cutting *cut, const struct node *node,
                      const struct place *place)
{
    const char *at = node->text, *end = at + node->length, *past;
    while (at < end) {
        const char *stop = empty_line(&past, at, end);
        buffer_add(&cut->raw, at, (size_t)(stop - at));
        if (stop < end)
            flush(cut, place);
        at = past;
    }
}

static void add_text(struct cutting *cut, const struct node *node, bool link)
{
    buffer_add(&cut->raw, node->text, node->length);
    if (!link)
        return;
    bool before = false; /* white space at either end is not the link's */
    size_t spaces = 0;
    for (size_t i = 0; i < node->length; i++) {
        unsigned char c = (unsigned char)node->text[i];
        bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (space)
            spaces = before ? 1 : 0;
        else if ((c & 0xc0) != 0x80)
            cut->link_characters += 1 + spaces, spaces = 0, before = true;
    }
}

static void enter_block(struct place *place, const struct node *node)
{
    place->element = node;
    place->heading |= !!(tree_flags(node->tag) & TREE_H);
    switch (node->tag) {
    case TAG_LI: place->list = true; break;
    case TAG_PRE: place->typed = true; break;
    case TAG_FIGURE:
    case TAG_FIGCAPTION: place->figure = true; break;
    case TAG_TD:
    case TAG_TH: place->cell = true; break;
    case TAG_BLOCKQUOTE: place->quote = true; break;
    default: break;
    }
}

/* Two breaks in a row, with nothing but space between, part paragraphs. */
static bool is_double_break(const struct node *node)
{
    const struct node *next = node->next;
    while (next && next->tag == TAG_TEXT && text_is_blank(next->text, next->length))
        next = next->next;
    return next && next->tag == TAG_BR;
}

/* Depth is bounded by LIMIT_ELEMENT_DEPTH. */
static void cut_node(struct cutting *cut, const struct node *node, struct place place)
{
    unsigned flags = tree_flags(node->tag);
    if (node->tag == TAG_TEXT && place.typed && !place.link) {
        add_typed(cut, node, &place);
    } else if (node->tag == TAG_TEXT) {
        add_text(cut, node, place.link);
    } else if (node->tag == TAG_BR) {
        if (is_double_break(node))
            flush(cut, &place);
        else
            buffer_byte(&cut->raw, ' ');
    } else if (!(flags & TREE_S)) {
        struct place inner = place;
        if (tree_parts_words(node))
            buffer_byte(&cut->raw, ' ');
        inner.link |= node->tag == TAG_A;
        if (flags & TREE_B) {
            flush(cut, &place);
            enter_block(&inner, node);
        }
        for (const struct node *child = node->first; child; child = child->next)
            cut_node(cut, child, inner);
        if (flags & TREE_B)
            flush(cut, &inner);
    }
}

/* ---------------------------------------------------------------- weighing */

/* Scripts that say in one character what takes others three. */
static unsigned extra_characters(const struct segment *s)
{
    unsigned extra = 0;
    if (s->length == s->characters)
        return 0;
    for (size_t at = 0, size; at < s->length; at += size)
        extra += 2 * text_is_ideograph(text_decode(s->text + at, s->length - at, &size));
    return extra;
}

/* A paragraph has 60 characters and a sentence, or 120; a list item or a table
 * cell counts half. */
static float weigh(const struct segment *s)
{
    if (s->doubt || s->heading || s->figure || s->link > 0.45f)
        return 0;
    unsigned n = s->characters + extra_characters(s);
    if (n < 60 || (!s->sentences && n < 120))
        return 0;
    if (s->length < 60 && furniture_text(s->text, s->length) == FURNITURE_JUNK)
        return 0;
    bool sentence = s->sentences || n > 160;
    return (float)(n < 700 ? n : 700) * (1 - s->link) * (s->list || s->cell ? 0.5f : 1) *
           (sentence ? 1 : 0.3f);
}

static bool is_role_of_furniture(const char *role)
{
    static const char *const roles[] = {"navigation", "complementary", "search",
                                        "banner", "contentinfo", "dialog",
                                        "alertdialog"};
    for (size_t i = 0; role && i < sizeof roles / sizeof *roles; i++)
        if (ascii_equal(role, roles[i]))
            return true;
    return false;
}

static bool is_hidden(const struct node *node)
{
    const char *style = tree_attribute(node, ATTRIBUTE_STYLE);
    return tree_attribute(node, ATTRIBUTE_HIDDEN) ||
           (style && (strstr(style, "display:none") || strstr(style, "display: none")));
}

/* What the page's elements are called, and how much of its good text stands
 * below each name. */
struct naming {
    float *below;             /* per node: share of the good text */
    uint8_t *names;           /* per node: furniture_name */
    float by_name[FURNITURE_NAMES]; /* outermost elements of a vague name together */
};

/* How far the element itself is furniture. What holds much of the good text is
 * no furniture, whatever it is called; nor is a name that many small boxes of
 * text share: it is the layout's own word ("elementor-widget"). */
static uint8_t doubt_of(const struct node *node, const struct naming *naming)
{
    enum tag tag = node->tag;
    float share = naming->below[node->number];
    uint8_t name = naming->names[node->number];
    if (tag == TAG_HTML || tag == TAG_BODY || tag == TAG_MAIN || tag == TAG_ARTICLE)
        return 0;
    if (share < 0.5f && (tag == TAG_ASIDE || tag == TAG_FOOTER || tag == TAG_NAV ||
                         tag == TAG_NOSCRIPT || tag == TAG_TEMPLATE || is_hidden(node) ||
                         is_role_of_furniture(tree_attribute(node, ATTRIBUTE_ROLE))))
        return 2;
    if (name == FURNITURE_COMMENTS && share < 0.9f)
        return 2;
    if (name && share < 0.3f && (name == FURNITURE_SURE || naming->by_name[name] < 0.3f))
        return 2;
    return share < 0.5f && (tag == TAG_HEADER || tag == TAG_FORM);
}

enum { NAMED_BODY = FURNITURE_NAMES, LONGEST_NAMES = 300 };

/* What a class, an id or the like calls its element. */
static uint8_t name_of_value(const char *value)
{
    char names[LONGEST_NAMES + 1];
    size_t length = value ? strnlen(value, LONGEST_NAMES) : 0;
    if (!length)
        return 0;
    memcpy(names, value, length);
    names[length] = '\0';
    return furniture_is_body_name(names) ? NAMED_BODY : (uint8_t)furniture_name(names);
}

/* The body's name counts most, then that of comments, then the first. */
static uint8_t stronger_name(uint8_t first, uint8_t second)
{
    bool strong = second == NAMED_BODY || (second == FURNITURE_COMMENTS && first != NAMED_BODY);
    return strong || !first ? second : first;
}

/* by_class: what class values are called, as far as it was asked. */
enum { NOT_ASKED = NAMED_BODY + 1 };

static uint8_t name_of(const struct node *node, const struct tree *tree,
                       uint8_t *by_class)
{
    static const enum attribute_name others[] = {ATTRIBUTE_ID, ATTRIBUTE_DATA_COMPONENT,
                                                 ATTRIBUTE_DATA_TESTID};
    uint8_t name = by_class[node->class_number];
    if (name == NOT_ASKED)
        name = by_class[node->class_number] =
            name_of_value(tree->classes.items[node->class_number]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        name = stronger_name(name, name_of_value(tree_attribute(node, others[i])));
    return name == NAMED_BODY ? 0 : name;
}

/* Is an element around it called so too? */
static bool is_nested(const struct node *node, const struct naming *naming)
{
    uint8_t name = naming->names[node->number];
    for (const struct node *n = node->parent; n; n = n->parent)
        if (naming->names[n->number] == name)
            return true;
    return false;
}

static void name_all(struct naming *naming, struct arena *arena,
                     const struct tree *tree, const bool *used)
{
    uint8_t *by_class = arena_array(arena, uint8_t, tree->classes.count);
    memset(by_class + 1, NOT_ASKED, tree->classes.count - 1);
    for (const struct node *n = tree->root; n; n = tree_next(n, tree->root)) {
        if (!used[n->number] || !n->attributes)
            continue;
        uint8_t name = naming->names[n->number] = name_of(n, tree, by_class);
        if (name > FURNITURE_SURE && !is_nested(n, naming))
            naming->by_name[name] += naming->below[n->number];
    }
}

/* Elements come before what is in them, so one pass hands doubt down. */
static void doubt_all(struct segments *segments, struct arena *arena,
                      const struct tree *tree)
{
    struct naming naming = {.below = arena_array(arena, float, tree->count),
                            .names = arena_array(arena, uint8_t, tree->count)};
    float total = 0;
    bool *used = arena_array(arena, bool, tree->count);
    uint8_t *doubt = arena_array(arena, uint8_t, tree->count);
    for (size_t i = 0; i < segments->count; i++)
        total += segments->items[i].weight;
    for (size_t i = 0; i < segments->count; i++) {
        const struct segment *s = &segments->items[i];
        for (const struct node *n = s->element; n; n = n->parent) {
            if (used[n->number] && s->weight == 0)
                break; /* and so are all above it */
            used[n->number] = true;
            naming.below[n->number] += total > 0 ? s->weight / total : 0;
        }
    }
    name_all(&naming, arena, tree, used);
    for (const struct node *n = tree->root; n; n = tree_next(n, tree->root)) {
        if (!used[n->number])
            continue;
        uint8_t outer = n->parent ? doubt[n->parent->number] : 0;
        uint8_t own = outer < 2 ? doubt_of(n, &naming) : 2;
        doubt[n->number] = own > outer ? own : outer;
    }
    for (size_t i = 0; i < segments->count; i++)
        segments->items[i].doubt = doubt[segments->items[i].element->number];
}

static void weigh_all(struct segments *segments)
{
    for (size_t i = 0; i < segments->count; i++)
        segments->items[i].weight = weigh(&segments->items[i]);
}

void segment_read(struct segments *out, struct arena *arena, const struct tree *tree)
{
    *out = (struct segments){0};
    const struct node *body = tree_find(tree, NULL, TAG_BODY);
    struct cutting cut = {.arena = arena, .out = out};
    struct place place = {.element = body ? body : tree->root};
    cut_node(&cut, place.element, place);
    flush(&cut, &place);
    buffer_free(&cut.raw);
    weigh_all(out);
    doubt_all(out, arena, tree);
    weigh_all(out);
}

void segment_trust(struct segments *segments)
{
    for (size_t i = 0; i < segments->count; i++)
        segments->items[i].doubt = 0;
    weigh_all(segments);
}
