/* Nodes come in document order and are numbered so; everything else is walking. */
#include "indexer/tree.h"

#include "common/text.h"

#include <string.h>
#include <xxhash.h>

static const struct {
    const char *name;
    uint8_t flags;
} tags[TAG_COUNT] = {
    [TAG_TEXT] = {"", 0},
    [TAG_OTHER] = {"", 0},
#define X(name, text, flags) [TAG_##name] = {#text, flags},
    TREE_TAGS(X)
#undef X
};

static const char *const attribute_names[] = {
#define X(name, text) text,
    TREE_ATTRIBUTES(X)
#undef X
};

/* Where the names of a letter begin, in a list in alphabetical order. */
static const uint8_t tag_begin['z' - 'a' + 1] = {
    TAG_A,      TAG_B,    TAG_CANVAS,   TAG_DD,    TAG_EM,    TAG_FIELDSET, TAG_COUNT,
    TAG_H1,     TAG_I,    TAG_COUNT,    TAG_COUNT, TAG_LABEL, TAG_MAIN,     TAG_NAV,
    TAG_OBJECT, TAG_P,    TAG_Q,        TAG_COUNT, TAG_SCRIPT, TAG_TABLE,   TAG_UL,
    TAG_VIDEO,  TAG_COUNT, TAG_COUNT,   TAG_COUNT, TAG_COUNT,
};

enum tag tree_tag(const char *name)
{
    unsigned letter = (unsigned char)name[0] - 'a';
    int i = letter < sizeof tag_begin ? tag_begin[letter] : TAG_COUNT;
    for (; i < TAG_COUNT && tags[i].name[0] == name[0]; i++)
        if (tags[i].name[1] == name[1] && !strcmp(tags[i].name, name))
            return (enum tag)i;
    return TAG_OTHER;
}

enum attribute_name tree_attribute_name(const char *name)
{
    for (int i = 0; i < ATTRIBUTE_COUNT && attribute_names[i][0] <= name[0]; i++)
        if (attribute_names[i][0] == name[0] && attribute_names[i][1] == name[1] &&
            !strcmp(attribute_names[i], name))
            return (enum attribute_name)i;
    return ATTRIBUTE_COUNT;
}

unsigned tree_flags(enum tag tag)
{
    return tags[tag].flags;
}

/* ------------------------------------------------------------ class values */

enum { FIRST_SLOTS = 256 }; /* a power of two; as many values as half of it */

static uint32_t *class_slot(const struct class_values *classes, const char *value,
                            size_t length)
{
    uint32_t at = (uint32_t)XXH3_64bits(value, length);
    for (;; at++) {
        uint32_t *slot = &classes->slots[at & (classes->slot_count - 1)];
        if (!*slot || (!strncmp(classes->items[*slot], value, length) &&
                       !classes->items[*slot][length]))
            return slot;
    }
}

static void classes_grow(struct class_values *classes, struct arena *arena)
{
    struct class_values old = *classes;
    classes->slot_count = old.slot_count ? 2 * old.slot_count : FIRST_SLOTS;
    classes->slots = arena_array(arena, uint32_t, classes->slot_count);
    classes->items = arena_array(arena, const char *, classes->slot_count / 2);
    for (uint32_t i = 1; i < old.count; i++) {
        classes->items[i] = old.items[i];
        *class_slot(classes, old.items[i], strlen(old.items[i])) = i;
    }
}

static uint32_t class_number(struct class_values *classes, struct arena *arena,
                             const char *value, size_t length)
{
    if (classes->count >= classes->slot_count / 2)
        classes_grow(classes, arena);
    uint32_t *slot = class_slot(classes, value, length);
    if (!*slot) {
        classes->items[classes->count] = arena_copy(arena, value, length);
        *slot = classes->count++;
    }
    return *slot;
}

/* ----------------------------------------------------------------- building */

void tree_init(struct tree *tree, struct arena *arena)
{
    *tree = (struct tree){.arena = arena, .classes.count = 1};
    tree->root = tree_add(tree, NULL, TAG_HTML);
}

struct node *tree_add(struct tree *tree, struct node *parent, enum tag tag)
{
    struct node *node = arena_new(tree->arena, struct node);
    node->tag = (uint8_t)tag;
    node->number = tree->count++;
    node->parent = parent;
    if (!parent)
        return node;
    node->previous = parent->last;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    return parent->last = node;
}

struct node *tree_add_text(struct tree *tree, struct node *parent,
                           const char *text, size_t length)
{
    struct node *node = tree_add(tree, parent, TAG_TEXT);
    node->text = arena_copy(tree->arena, text, length);
    node->length = (uint32_t)length;
    return node;
}

static const struct attribute *attribute_new(struct tree *tree, enum attribute_name name,
                                             const char *value, size_t length,
                                             const struct attribute *next)
{
    struct attribute *attribute = arena_new(tree->arena, struct attribute);
    attribute->next = next;
    attribute->name = name;
    if (!length) {
        attribute->value = "";
    } else if (name == ATTRIBUTE_CLASS) {
        attribute->class_number = class_number(&tree->classes, tree->arena, value, length);
        attribute->value = tree->classes.items[attribute->class_number];
    } else {
        attribute->value = arena_copy(tree->arena, value, length);
    }
    return attribute;
}

void tree_set(struct tree *tree, struct node *node, enum attribute_name name,
              const char *value, size_t length)
{
    node->attributes = attribute_new(tree, name, value, length, node->attributes);
    node->class_number |= node->attributes->class_number;
}

void tree_row_begin(struct tree *tree)
{
    arena_push(tree->arena, &tree->rows, &tree->row_count, &tree->row_room);
}

void tree_row_set(struct tree *tree, enum attribute_name name, const char *value,
                  size_t length)
{
    const struct attribute **row = &tree->rows[tree->row_count - 1];
    *row = attribute_new(tree, name, value, length, *row);
}

void tree_row_take(struct tree *tree, struct node *node, size_t row)
{
    const struct attribute *first = row < tree->row_count ? tree->rows[row] : NULL;
    if (!node->attributes) {
        node->attributes = first;
        for (const struct attribute *a = first; a; a = a->next)
            node->class_number |= a->class_number; /* one has a number, at most */
        return;
    }
    for (const struct attribute *a = first; a; a = a->next)
        if (!tree_attribute(node, a->name))
            tree_set(tree, node, a->name, a->value, strlen(a->value));
}

/* ------------------------------------------------------------------ walking */

const char *tree_attribute(const struct node *node, enum attribute_name name)
{
    for (const struct attribute *a = node->attributes; a; a = a->next)
        if (a->name == name)
            return a->value;
    return NULL;
}

struct node *tree_skip(const struct node *node, const struct node *top)
{
    while (node && node != top && !node->next)
        node = node->parent;
    return node && node != top ? node->next : NULL;
}

struct node *tree_next(const struct node *node, const struct node *top)
{
    return node->first ? node->first : tree_skip(node, top);
}

struct node *tree_find(const struct tree *tree, const struct node *top, enum tag tag)
{
    if (!top)
        top = tree->root;
    for (struct node *n = tree_next(top, top); n; n = tree_next(n, top))
        if (n->tag == tag)
            return n;
    return NULL;
}

bool tree_is_within(const struct node *node, const struct node *top)
{
    while (node && node != top)
        node = node->parent;
    return node != NULL;
}

bool tree_parts_words(const struct node *node)
{
    const struct node *before = node->previous;
    if (node->tag != TAG_SPAN || !before || before->tag != TAG_SPAN)
        return false;
    if (node->first && node->first->tag == TAG_TEXT && node->first->length &&
        strchr(":;,.!?)", node->first->text[0]))
        return false; /* "Shipping" and ": harbour" */
    size_t length = 0;
    for (const struct node *n = tree_next(before, before); n && length < 3;
         n = tree_next(n, before))
        length += n->tag == TAG_TEXT ? n->length : 0;
    return length >= 3;
}

const char *tree_text(struct arena *arena, const struct node *node, size_t *length)
{
    struct buffer raw = {0};
    for (const struct node *n = node; n;) {
        unsigned flags = tree_flags(n->tag);
        if (n->tag == TAG_TEXT)
            buffer_add(&raw, n->text, n->length);
        else if (flags & TREE_B || n->tag == TAG_BR || tree_parts_words(n))
            buffer_byte(&raw, ' ');
        bool skip = flags & TREE_S && n != node;
        n = skip ? tree_skip(n, node) : tree_next(n, node);
    }
    const char *text = text_squeeze(arena, raw.bytes ? raw.bytes : "", raw.length, length);
    buffer_free(&raw);
    return text;
}
