/* Attributes go in. Each element is held against every kind of mark once; what
 * stands around it is known from the regions that the walk is in. */
#include "indexer/byline_mark.h"

#include "common/ascii.h"

#include <string.h>
#include <strings.h>

enum { MOST_MARKS = 64, MOST_TRIED = 4, LONGEST_BYLINE = 150 };

/* ------------------------------------------------------- what attributes say */

static bool has_word(const char *class, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = class; *at;) {
        size_t n = strcspn(at, " \t\n");
        if (n == length && !strncmp(at, word, length))
            return true;
        at += n + (at[n] != '\0');
    }
    return false;
}

static bool has_part(const char *text, const char *const *parts)
{
    return ascii_find_any(text, strlen(text), parts);
}

/* Beyond the kinds of mark: what makes a region. */
enum { IN_AUTHOR = MARK_KINDS, IN_BOX, IN_VCARD, IS_NAME, IS_FN };

#define BIT(kind) (1u << (kind))

/* Where an address leads: to an author, "/author/jane-doe", or where people of a
 * house are shown, and readers too. */
static const struct {
    const char *part;
    enum byline_mark kind;
} addresses[] = {
    {"/author/", MARK_ADDRESS},     {"/authors/", MARK_ADDRESS},
    {"/autor/", MARK_ADDRESS},      {"/autoren/", MARK_ADDRESS},
    {"/auteur/", MARK_ADDRESS},     {"/autore/", MARK_ADDRESS},
    {"/editors/", MARK_ADDRESS},    {"/reporter/", MARK_ADDRESS},
    {"/journalist/", MARK_ADDRESS}, {"/contributor", MARK_ADDRESS},
    {"/byline/", MARK_ADDRESS},     {"/staff/", MARK_ADDRESS},
    {"/profil/", MARK_PROFILE},     {"/profile/", MARK_PROFILE},
    {"/user/", MARK_PROFILE},       {"/users/", MARK_PROFILE},
    {"/newsteam/", MARK_PROFILE},   {"/people/", MARK_PROFILE},
    {"/periodista/", MARK_PROFILE}, {"/journaliste/", MARK_PROFILE},
    {"/redaktion/", MARK_PROFILE},  {"/team/", MARK_PROFILE},
};

/* An author's address is no profile besides. */
static unsigned address_bits(const char *href)
{
    unsigned bits = 0;
    for (const char *at = strchr(href, '/'); at; at = strchr(at + 1, '/'))
        for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
            if (addresses[i].part[1] == ascii_lower(at[1]) &&
                !strncasecmp(at, addresses[i].part, strlen(addresses[i].part)))
                bits |= BIT(addresses[i].kind);
    return bits & BIT(MARK_ADDRESS) ? BIT(MARK_ADDRESS) : bits;
}

static unsigned class_bits(const char *class)
{
    static const char *const names[] = {"author-name", "author_name", "authorname",
                                        "byline-name", "author__name", NULL};
    static const char *const bylines[] = {"byline", "by-line", NULL};
    bool author = ascii_find(class, strlen(class), "author");
    bool own = author && has_word(class, "author");
    unsigned bits = author ? BIT(MARK_ANY_AUTHOR) : 0;
    if (own || (author && (has_word(class, "post-author") || has_word(class, "entry-author"))))
        bits |= BIT(MARK_AUTHOR_CLASS);
    if (has_part(class, names))
        bits |= BIT(MARK_NAME_CLASS);
    if (has_part(class, bylines))
        bits |= BIT(MARK_BYLINE_CLASS);
    if (own || has_word(class, "byline"))
        bits |= BIT(IN_BOX);
    if (has_word(class, "vcard"))
        bits |= BIT(IN_VCARD);
    if (has_word(class, "fn"))
        bits |= BIT(IS_FN);
    if (has_word(class, "username"))
        bits |= BIT(MARK_USERNAME);
    return bits;
}

/* By the number of the class. */
static const unsigned *read_classes(const struct metadata *m)
{
    const struct class_values *values = &m->tree->classes;
    unsigned *bits = arena_array(m->arena, unsigned, values->count);
    for (uint32_t i = 1; i < values->count; i++)
        bits[i] = class_bits(values->items[i]);
    return bits;
}

/* Of all but the class. */
static unsigned attribute_bits(const struct node *n, const struct attribute *a)
{
    const char *value = a->value;
    switch (a->name) {
    case ATTRIBUTE_ITEMPROP:
        return !strcmp(value, "author") ? BIT(MARK_PROPERTY) | BIT(IN_AUTHOR)
               : !strcmp(value, "name") ? BIT(IS_NAME)
                                        : 0;
    case ATTRIBUTE_REL:
        return n->tag == TAG_A && !strcmp(value, "author") ? BIT(MARK_REL) : 0;
    case ATTRIBUTE_HREF:
        return n->tag == TAG_A ? address_bits(value) : 0;
    case ATTRIBUTE_ITEMTYPE:
        return strstr(value, "schema.org/Person") ? BIT(MARK_PERSON) : 0;
    case ATTRIBUTE_ID:
        return !strcmp(value, "author") || !strcmp(value, "byline") ? BIT(MARK_ID) : 0;
    default:
        return 0;
    }
}

/* ------------------------------------------------------------------ the walk */

/* What is below the outermost element of a sort. */
struct region {
    const struct node *end; /* the first behind it */
    bool inside;
};

static void region_leave(struct region *region, const struct node *n)
{
    region->inside = region->inside && n != region->end;
}

static void region_enter(struct region *region, const struct node *n, bool begins)
{
    if (!begins || region->inside)
        return;
    region->inside = true;
    region->end = tree_skip(n, NULL);
}

static void add_mark(struct byline_marks *out, struct arena *arena, const struct node *n,
                     unsigned bits)
{
    for (int kind = 0; kind < MARK_KINDS; kind++)
        if (bits & BIT(kind) && out->of[kind].count < MOST_MARKS)
            *(const struct node **)arena_push(arena, &out->of[kind].items,
                                              &out->of[kind].count, &out->of[kind].room) = n;
}

static bool is_void(const struct node *n)
{
    return n->tag == TAG_META || n->tag == TAG_IMG || n->tag == TAG_LINK ||
           n->tag == TAG_BODY || n->tag == TAG_HTML;
}

void byline_mark_find(struct byline_marks *out, const struct metadata *m)
{
    struct region author = {0}, box = {0}, vcard = {0};
    const unsigned *class_says = read_classes(m);
    *out = (struct byline_marks){0};
    for (const struct node *n = m->tree->root; n; n = tree_next(n, m->tree->root)) {
        region_leave(&author, n);
        region_leave(&box, n);
        region_leave(&vcard, n);
        if (n->tag == TAG_TEXT)
            continue;
        unsigned bits = class_says[n->class_number];
        for (const struct attribute *a = n->attributes; a; a = a->next)
            bits |= attribute_bits(n, a);
        if (author.inside && bits & BIT(IS_NAME))
            bits |= BIT(MARK_PROPERTY_NAME);
        if (box.inside && n->tag == TAG_A)
            bits |= BIT(MARK_BOX_LINK);
        if (vcard.inside && bits & BIT(IS_FN))
            bits |= BIT(MARK_VCARD_NAME);
        region_enter(&author, n, bits & BIT(IN_AUTHOR));
        region_enter(&box, n, bits & BIT(IN_BOX));
        region_enter(&vcard, n, bits & BIT(IN_VCARD));
        if (bits && !is_void(n))
            add_mark(out, m->arena, n, bits);
    }
}

/* --------------------------------------------------------------------- names */

/* Does the mark-up say that this is the author, wherever it stands? */
static bool is_strong(enum byline_mark kind)
{
    return kind <= MARK_REL || kind == MARK_VCARD_NAME;
}

static void read_element(struct byline *out, const struct node *n, enum byline_mark kind)
{
    size_t length;
    if (metadata_is_elsewhere(n, !is_strong(kind)))
        return;
    const char *text = tree_text(out->arena, n, &length);
    if (length && length < LONGEST_BYLINE && (kind != MARK_PROFILE || byline_is_person(text)))
        byline_split(out, text);
}

/* The first four elements of a kind, until one names somebody; then also those
 * that stand in the same box. */
static void read_kind(struct byline *out, const struct byline_marks *marks,
                      enum byline_mark kind)
{
    const struct node *box = NULL, *found = NULL;
    int tried = 0;
    for (size_t i = 0; i < marks->of[kind].count && tried < MOST_TRIED; i++) {
        const struct node *n = marks->of[kind].items[i];
        if (found && (!tree_is_within(n, box) || tree_is_within(n, found)))
            continue;
        if (!found)
            tried++;
        read_element(out, n, kind);
        if (out->count && !found) {
            found = n;
            box = n->parent && n->parent->parent ? n->parent->parent : n;
        }
    }
}

void byline_mark_read(struct byline *out, const struct byline_marks *marks,
                      enum byline_mark end)
{
    out->shown = true;
    for (enum byline_mark kind = 0; kind < end && !out->count; kind++)
        read_kind(out, marks, kind);
}
