/* The list of names as alias.c and alias_read.c know it; for them alone.
 *
 * Surfaces lie in a trie whose steps are pieces: a folded word, or one symbol
 * between words. Spaces, hyphens and quotes only part words, so "Al-Qaeda" and
 * "Al Qaeda" are one surface; a possessive 's is left out. All edges share one
 * hash table, so a step costs one look-up and a text is walked in linear time:
 * a surface has at most MOST_PIECES. */
#ifndef COMMON_ALIAS_PART_H
#define COMMON_ALIAS_PART_H

#include "common/alias.h"
#include "common/text.h"

enum { MOST_PIECES = 32 /* of a surface */ };

struct surface {
    const char *text;
    struct surface *next;
};

struct entry {
    struct alias_name name;
    struct surface *first, *last;
};

struct node {
    const char *piece;
    uint32_t parent;
    uint32_t entry;     /* of the surface that ends here, plus 1; 0: none */
    const char *exact;  /* the surface, where it must stand to the letter */
    bool possessive;    /* the surface itself ends with 's */
    bool capital;       /* every such surface is written with a capital */
};

struct alias_list {
    struct arena arena;
    struct entry *entries;
    size_t count, room;
    struct node *nodes; /* 0 is the root */
    size_t node_count, node_room;
    uint32_t *edges;    /* open addressing: numbers of nodes, 0: free */
    size_t edge_room;   /* a power of two */
};

struct piece {
    size_t start, end;
    size_t bare; /* the end without a possessive 's */
    char text[TEXT_TERM_BYTES];
};

struct alias_list *alias_new(void);

/* The pieces of a surface, from its first word on; bare: without optional
 * marks. Returns how many, or 0 where they are too many. */
size_t alias_pieces(struct piece pieces[MOST_PIECES], const char *surface,
                    bool bare);

/* The node of a surface, or 0. */
uint32_t alias_node(const struct alias_list *list, const char *surface);

bool alias_has_capital(const char *text, size_t length);

/* Lets the node of these pieces mean the entry, unless it means one. */
void alias_claim(struct alias_list *list, const struct piece *pieces,
                 size_t count, uint32_t entry, const char *surface, bool exact);

#endif
