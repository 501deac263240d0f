/* Text -> lines of a terminal: words filled to a width, and lines that are cut
 * where it ends. Everything passes through text_escape. */
#ifndef QUERY_LAYOUT_H
#define QUERY_LAYOUT_H

#include "common/arena.h"

enum { LAYOUT_STYLE_BYTES = 24 };

/* A paragraph on its way; a word knows its width and its styles. */
struct layout {
    struct buffer *out;
    unsigned columns, indent; /* of the terminal; before every line */
    struct buffer word;       /* escaped, with its colours */
    unsigned word_columns;
    unsigned column;          /* of the line so far; 0: nothing on it */
    bool space;               /* stands before the word */
    /* SGR numbers, "" for none: of that space, at the word's beginning and end,
     * and at the end of the line so far. */
    char space_style[LAYOUT_STYLE_BYTES], begun[LAYOUT_STYLE_BYTES],
        style[LAYOUT_STYLE_BYTES], line_style[LAYOUT_STYLE_BYTES];
};

/* Appends text in one style (SGR numbers, "" for none). Spaces part words, a
 * newline parts lines, ideographs may part anywhere, and a word wider than a line
 * is cut. */
void layout_text(struct layout *layout, const char *text, size_t length,
                 const char *style);

/* Ends the paragraph and releases what it held. */
void layout_end(struct layout *layout);

/* Columns that a text takes, once it is escaped. */
unsigned layout_columns(const char *text, size_t length);

/* One line of at most `columns`, its spaces squeezed, its end "…" where it was
 * cut; returns the columns it took. */
unsigned layout_cut(struct buffer *out, const char *text, size_t length,
                    unsigned columns);

#endif
