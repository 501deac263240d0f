/* What dateline-index does besides reading pages: each is one of its options,
 * and one excludes the others. */
#ifndef INDEXER_MAIN_MODE_H
#define INDEXER_MAIN_MODE_H

#include "indexer/main_options.h"

struct mode {
    const char *name;
    size_t wanted; /* where in the options it is said */
    /* on the index in this folder; returns the exit status. NULL: it is a kind
     * of run */
    int (*call)(const struct options *options, const char *folder);
};

/* The one that was asked for, or NULL. -1, or the exit status when two were, or
 * when it does not go with `paths` many paths or another option. */
int mode_find(const struct mode **out, const struct options *options,
              size_t paths);

/* Says what went wrong; returns 2, or 75 when another holds the lock. */
int mode_fail(const dateline_error *error);

#endif
