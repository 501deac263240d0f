/* An input's bytes -> the parts that each are one article. Adding a format is a
 * row in format.c and a file of its name. */
#ifndef INDEXER_FORMAT_H
#define INDEXER_FORMAT_H

#include "common/arena.h"

#include <dateline.h>

enum part_kind {
    PART_HTML,  /* bytes of a page, in any encoding */
    PART_TEXT,  /* bytes of a plain text, in any encoding */
    PART_LINES  /* valid UTF-8, taken as it is: a line is a paragraph */
};

/* One article's bytes and what its container says of it; strings may be NULL. */
struct part {
    enum part_kind kind;
    const char *bytes;
    size_t length;
    const char *charset;
    const char *id, *url, *title, *published, *site, *language;
    const char *const *authors;
    size_t author_count;
};

/* part is NULL where one could not be read; then why says so. What part points
 * to lives until the visitor returns. */
typedef dateline_status part_visit(void *context, const struct part *part,
                                   const dateline_error *why);

struct format {
    const char *name;     /* for --input */
    const char *suffixes; /* ".html .htm", of names without ".gz" */
    bool lines;           /* an article a line; a walk passes over such files
                             unless they are asked for */
    bool (*sniff)(const char *bytes, size_t length); /* NULL: by name only */
    dateline_status (*split)(const char *bytes, size_t length, size_t line,
                             part_visit *visit, void *context,
                             dateline_error *error);
};

/* By the format's own name; by the suffix of a path. NULL: none. */
const struct format *format_named(const char *name);
const struct format *format_of_path(const char *path);

/* By name of the format if one is given, else by the input's name, else by its
 * bytes; a name that promises text is not believed where the bytes are a
 * picture's or a program's. DATELINE_BAD_INPUT says what they are. */
dateline_status format_find(const struct format **out, const char *name,
                            const char *path, const char *bytes, size_t length,
                            dateline_error *error);

#endif
