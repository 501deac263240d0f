/* Paths, lists and "-" go in; inputs come out one at a time, in sorted order, so
 * that two runs over the same folders meet the same inputs in the same order.
 *
 * Only regular files come out. Links to folders are followed only when asked,
 * a link to a file is given by its real path, each file and each folder once.
 * Paths may be longer than the system's PATH_MAX. */
#ifndef INDEXER_SOURCE_H
#define INDEXER_SOURCE_H

#include "common/arena.h"

#include <dateline.h>

#include <sys/stat.h>

struct source;

/* What tells whether a file is still the one it was. */
struct source_stat {
    uint64_t size, inode, device;
    int64_t modified; /* nanoseconds since 1970 */
};

struct source_item {
    const char *path; /* as it was named */
    const char *real; /* absolute, without links; NULL: standard input */
    const char *id, *url; /* given by a manifest, or NULL */
    const char *input;    /* its own format, or NULL: that of the options */
    struct source_stat stat;
    bool known; /* stat is filled */
};

struct source_options {
    const char *const *paths;
    size_t count;
    const char *input;    /* as in dateline_index_options */
    const char *manifest; /* or NULL */
    const char *files0;   /* or NULL */
    bool follow;
    const struct source_item *items; /* these come first: path, id, url, input */
    size_t item_count;
    /* How a list is read that comes by standard input; -1 with EINTR: no more is
     * wanted. NULL: as any file. */
    ssize_t (*read)(void *context, char *bytes, size_t room);
    void *context;
};

enum source_event {
    SOURCE_END,
    SOURCE_ITEM,
    SOURCE_FAULT,  /* item.path; the error says what is wrong with it */
    SOURCE_WARNING /* the same, but nothing failed */
};

/* Fails when a list cannot be read. */
dateline_status source_open(struct source **out,
                            const struct source_options *options,
                            dateline_error *error);

/* The item is borrowed until the next call. */
enum source_event source_next(struct source_item *item, struct source *source,
                              dateline_error *error);

/* How many inputs source_next will give, as far as the lists and folders tell
 * now; 0 when one of them holds many (JSON lines, standard input). */
uint64_t source_count(const struct source_options *options);

/* Opens the file of an item for reading; refuses what is not regular. */
dateline_status source_file(int *out, struct source_stat *stat,
                            const struct source_item *item,
                            dateline_error *error);

/* Holds many articles, one a line; input is the format asked for, or NULL. */
bool source_is_lines(const char *input, const char *path);

/* After the walk: which of the folders given were read, as real paths. A root
 * that could not be read at all is `failed`. */
struct source_root {
    const char *real;
    bool failed;
};
const struct source_root *source_roots(size_t *count,
                                       const struct source *source);
/* The file was met, or lies in a folder that could not be looked into, or is
 * still there though nobody asked for it this time. */
bool source_may_exist(const struct source *source, const char *real);

void source_close(struct source *source);

#endif
