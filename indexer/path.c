/* A long path is opened piece by piece, each from the folder before it. */
#include "indexer/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 3072 }; /* of a path, for one system call */

int path_open(const char *path, int flags)
{
    int folder = AT_FDCWD;
    while (strlen(path) > PIECE) {
        const char *cut = memrchr(path, '/', PIECE);
        if (!cut || cut == path) {
            errno = ENAMETOOLONG;
            break;
        }
        char piece[PIECE + 1];
        memcpy(piece, path, (size_t)(cut - path));
        piece[cut - path] = '\0';
        int next = openat(folder, piece, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (folder != AT_FDCWD)
            close(folder);
        if (next < 0)
            return -1;
        folder = next;
        path = cut + 1;
    }
    int fd = strlen(path) > PIECE ? -1 : openat(folder, path, flags);
    int keep = errno;
    if (folder != AT_FDCWD)
        close(folder);
    errno = keep;
    return fd;
}

char *path_real(struct arena *arena, const char *path)
{
    char *found = realpath(path, NULL);
    char *copy = arena_string(arena, found);
    free(found);
    if (copy || errno != ENAMETOOLONG)
        return copy;
    char *here = path[0] == '/' ? NULL : getcwd(NULL, 0);
    copy = here ? arena_format(arena, "%s/%s", here, path)
                : arena_string(arena, path);
    free(here);
    return copy;
}

/* The system knows the path of what is open. */
char *path_real_at(struct arena *arena, int folder, const char *name)
{
    char link[64], path[PATH_MAX];
    int fd = openat(folder, name, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path);
    close(fd);
    return length > 0 && length < (ssize_t)sizeof path
               ? arena_copy(arena, path, (size_t)length)
               : NULL;
}

bool path_is_under(const char *folder, const char *path)
{
    size_t length = strlen(folder);
    while (length && folder[length - 1] == '/')
        length--;
    return !strncmp(folder, path, length) &&
           (path[length] == '/' || !path[length]);
}
