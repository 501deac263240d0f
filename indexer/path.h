/* Paths of any length; the system alone takes 4,096 bytes at a time. */
#ifndef INDEXER_PATH_H
#define INDEXER_PATH_H

#include "common/arena.h"

/* As open() does. */
int path_open(const char *path, int flags);

/* The absolute path without links of something that may be one, in the arena;
 * NULL with errno when it has none. The second: of a name in an open folder. */
char *path_real(struct arena *arena, const char *path);
char *path_real_at(struct arena *arena, int folder, const char *name);

/* The path is the folder or lies under it; both are real. */
bool path_is_under(const char *folder, const char *path);

#endif
