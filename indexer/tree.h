/* The document tree: nodes in an arena, in document order. It is ours, so that
 * no foreign type leaves the reader that built it. */
#ifndef INDEXER_TREE_H
#define INDEXER_TREE_H

#include "common/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Tags that something asks for. Flags: B begins a block, S is never text of an
 * article, V is void (has no content), H a heading. */
#define TREE_TAGS(X)                                                          \
    X(A, a, 0) X(ABBR, abbr, 0) X(ADDRESS, address, TREE_B)                   \
    X(ARTICLE, article, TREE_B) X(ASIDE, aside, TREE_B)                       \
    X(AUDIO, audio, TREE_S) X(B, b, 0) X(BLOCKQUOTE, blockquote, TREE_B)      \
    X(BODY, body, TREE_B) X(BR, br, TREE_V) X(BUTTON, button, TREE_S)         \
    X(CANVAS, canvas, TREE_S) X(CAPTION, caption, TREE_B)                     \
    X(CENTER, center, TREE_B) X(CITE, cite, 0) X(DD, dd, TREE_B)              \
    X(DETAILS, details, TREE_B) X(DIALOG, dialog, TREE_B) X(DIV, div, TREE_B) \
    X(DL, dl, TREE_B) X(DT, dt, TREE_B) X(EM, em, 0) X(EMBED, embed, TREE_S)  \
    X(FIELDSET, fieldset, TREE_B) X(FIGCAPTION, figcaption, TREE_B)           \
    X(FIGURE, figure, TREE_B) X(FONT, font, 0) X(FOOTER, footer, TREE_B)      \
    X(FORM, form, TREE_B) X(H1, h1, TREE_B | TREE_H)                          \
    X(H2, h2, TREE_B | TREE_H) X(H3, h3, TREE_B | TREE_H)                     \
    X(H4, h4, TREE_B | TREE_H) X(H5, h5, TREE_B | TREE_H)                     \
    X(H6, h6, TREE_B | TREE_H) X(HEAD, head, TREE_B | TREE_S)                 \
    X(HEADER, header, TREE_B) X(HR, hr, TREE_B | TREE_V)                      \
    X(HTML, html, TREE_B) X(I, i, 0) X(IFRAME, iframe, TREE_S)                \
    X(IMG, img, TREE_V) X(INPUT, input, TREE_S | TREE_V)                      \
    X(LABEL, label, TREE_S) X(LI, li, TREE_B) X(LINK, link, TREE_V)           \
    X(MAIN, main, TREE_B) X(MAP, map, TREE_S) X(MATH, math, TREE_S)           \
    X(MENU, menu, TREE_B) X(META, meta, TREE_V) X(NAV, nav, TREE_B)           \
    X(NOSCRIPT, noscript, TREE_B) X(OBJECT, object, TREE_S)                   \
    X(OL, ol, TREE_B) X(OPTION, option, TREE_B) X(P, p, TREE_B)               \
    X(PRE, pre, TREE_B) X(Q, q, 0) X(SCRIPT, script, TREE_S)                  \
    X(SECTION, section, TREE_B) X(SELECT, select, TREE_S) X(SMALL, small, 0)  \
    X(SPAN, span, 0) X(STRONG, strong, 0) X(STYLE, style, TREE_S)             \
    X(SUMMARY, summary, TREE_B) X(SVG, svg, TREE_S) X(TABLE, table, TREE_B)   \
    X(TBODY, tbody, TREE_B) X(TD, td, TREE_B)                                 \
    X(TEMPLATE, template, TREE_B) X(TEXTAREA, textarea, TREE_S)               \
    X(TFOOT, tfoot, TREE_B) X(TH, th, TREE_B) X(THEAD, thead, TREE_B)         \
    X(TIME, time, 0) X(TITLE, title, TREE_S) X(TR, tr, TREE_B)                \
    X(UL, ul, TREE_B) X(VIDEO, video, TREE_S)

enum { TREE_B = 1, TREE_S = 2, TREE_V = 4, TREE_H = 8 };

enum tag {
    TAG_TEXT,  /* not an element */
    TAG_OTHER, /* any other element */
#define X(name, text, flags) TAG_##name,
    TREE_TAGS(X)
#undef X
    TAG_COUNT
};

/* Attributes that something asks for; the others are not kept. */
#define TREE_ATTRIBUTES(X)                                                    \
    X(CLASS, "class") X(CONTENT, "content") X(DATA_COMPONENT, "data-component") \
    X(DATA_TESTID, "data-testid") X(DATETIME, "datetime") X(HIDDEN, "hidden") \
    X(HREF, "href") X(HTTP_EQUIV, "http-equiv") X(ID, "id")                   \
    X(ITEMPROP, "itemprop") X(ITEMTYPE, "itemtype") X(LANG, "lang")           \
    X(NAME, "name") X(PROPERTY, "property") X(PUBDATE, "pubdate")             \
    X(REL, "rel") X(ROLE, "role") X(STYLE, "style") X(TITLE, "title")         \
    X(VALUE, "value")

enum attribute_name {
#define X(name, text) ATTRIBUTE_##name,
    TREE_ATTRIBUTES(X)
#undef X
    ATTRIBUTE_COUNT
};

struct attribute {
    const struct attribute *next;
    const char *value; /* never NULL; "" for a bare attribute */
    enum attribute_name name;
    uint32_t class_number; /* as of a node; 0 for other attributes */
};

struct node {
    struct node *parent, *first, *last, *next, *previous;
    const struct attribute *attributes;
    const char *text; /* of a text node, ended by NUL */
    uint32_t length;  /* of text */
    uint32_t number;  /* in document order, from 0 */
    uint32_t class_number; /* of its class value in tree->classes; 0: none */
    uint8_t tag;      /* enum tag */
};

/* A script that holds data: JSON-LD, or the data of a client-side page. */
struct script {
    struct script *next;
    const char *text;
    size_t length;
    bool linked_data; /* type application/ld+json */
};

/* A page has many elements and few class values, so each is kept once: what a
 * class says needs to be found out only once a value. */
struct class_values {
    const char **items; /* from 1 on */
    uint32_t count;     /* one more than there are */
    uint32_t *slots;    /* numbers by hash; 0: free */
    uint32_t slot_count;
};

struct tree {
    struct arena *arena;
    struct node *root;      /* the html element; never NULL */
    struct class_values classes;
    struct script *scripts; /* in document order */
    const struct attribute **rows; /* of tags whose nodes are still to come */
    size_t row_count, row_room;
    uint32_t count;         /* nodes */
    bool cut;               /* a limit ended it early */
};

void tree_init(struct tree *tree, struct arena *arena);

/* Adds a last child. */
struct node *tree_add(struct tree *tree, struct node *parent, enum tag tag);
struct node *tree_add_text(struct tree *tree, struct node *parent,
                           const char *text, size_t length);
void tree_set(struct tree *tree, struct node *node, enum attribute_name name,
              const char *value, size_t length);

/* Begins a row of attributes; sets one in the last row; gives the node those of
 * a row that it has not; no such row gives none. */
void tree_row_begin(struct tree *tree);
void tree_row_set(struct tree *tree, enum attribute_name name, const char *value,
                  size_t length);
void tree_row_take(struct tree *tree, struct node *node, size_t row);

/* TAG_OTHER or ATTRIBUTE_COUNT for names that nothing asks for. name: lower
 * case. */
enum tag tree_tag(const char *name);
enum attribute_name tree_attribute_name(const char *name);
unsigned tree_flags(enum tag tag);

/* NULL when the node has none. */
const char *tree_attribute(const struct node *node, enum attribute_name name);

/* The node after `node` in document order below `top`, NULL at the end;
 * tree_skip leaves out what is below node. */
struct node *tree_next(const struct node *node, const struct node *top);
struct node *tree_skip(const struct node *node, const struct node *top);

/* The first element below top (NULL: the root) with the tag, or NULL. */
struct node *tree_find(const struct tree *tree, const struct node *top, enum tag tag);

bool tree_is_within(const struct node *node, const struct node *top);

/* Spans side by side without a space between are apart on the screen ("17 Dec
 * 2025" and "Jane Doe"): is node the second of two, the first not a mere letter? */
bool tree_parts_words(const struct node *node);

/* All text below node, squeezed; scripts and such left out. In the arena. */
const char *tree_text(struct arena *arena, const struct node *node, size_t *length);

#endif
