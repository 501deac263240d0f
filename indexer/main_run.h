/* A run of dateline-index: pages into an index, or onto standard output. */
#ifndef INDEXER_MAIN_RUN_H
#define INDEXER_MAIN_RUN_H

#include "indexer/main_options.h"

/* Returns the exit status. */
int index_paths(struct options *options, const char *const *paths, size_t count);

#endif
