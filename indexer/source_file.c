/* A file of a source: what it is, opened, and lists read whole. */
#include "indexer/source_part.h"

#include "common/error.h"
#include "indexer/path.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { LARGEST_LIST = 1 << 30 }; /* a manifest or a list of names */

void source_stat_keep(struct source_stat *to, const struct stat *from)
{
    *to = (struct source_stat){
        .size = (uint64_t)from->st_size,
        .inode = from->st_ino,
        .device = from->st_dev,
        .modified = (int64_t)from->st_mtim.tv_sec * 1000000000 +
                    from->st_mtim.tv_nsec};
}

const char *source_special(mode_t mode)
{
    return S_ISDIR(mode)    ? "is a folder"
           : S_ISFIFO(mode) ? "is a pipe; only regular files are read"
           : S_ISSOCK(mode) ? "is a socket; only regular files are read"
           : S_ISCHR(mode) || S_ISBLK(mode)
               ? "is a device; only regular files are read"
               : "is not a regular file";
}

dateline_status source_file(int *out, struct source_stat *kept,
                            const struct source_item *item,
                            dateline_error *error)
{
    struct stat found;
    int fd = path_open(item->real, O_RDONLY | O_NONBLOCK | O_NOCTTY |
                                       O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &found)) {
        int why = errno;
        if (fd >= 0)
            close(fd);
        return error_set(error, DATELINE_IO, "%s", strerror(why));
    }
    if (!S_ISREG(found.st_mode)) {
        close(fd);
        return error_set(error, DATELINE_BAD_INPUT, "%s",
                         source_special(found.st_mode));
    }
    source_stat_keep(kept, &found);
    *out = fd;
    return DATELINE_OK;
}

static ssize_t file_read(void *context, char *bytes, size_t room)
{
    ssize_t n;
    do
        n = read(*(int *)context, bytes, room);
    while (n < 0 && errno == EINTR);
    return n;
}

static dateline_status read_all(struct buffer *out, const char *path,
                                const struct source_options *from,
                                dateline_error *error)
{
    char piece[65536];
    ssize_t n;
    buffer_add(out, "", 0);
    while ((n = from->read(from->context, piece, sizeof piece)) > 0) {
        buffer_add(out, piece, (size_t)n);
        if (out->length > LARGEST_LIST)
            return error_set(error, DATELINE_LIMIT,
                             "%s: the list is over 1 GiB", path);
    }
    if (n < 0 && errno == EINTR)
        return error_set(error, DATELINE_STOPPED, "stopped");
    return n < 0 ? error_set(error, DATELINE_IO, "%s: %s", path, strerror(errno))
                 : DATELINE_OK;
}

dateline_status source_list_read(struct buffer *out, const char *path,
                                 const struct source_options *options,
                                 dateline_error *error)
{
    int fd = 0;
    bool is_file = strcmp(path, "-");
    if (!is_file && options->read)
        return read_all(out, path, options, error);
    if (is_file && (fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        return error_set(error, DATELINE_NOT_FOUND, "%s: %s", path,
                         strerror(errno));
    const struct source_options from = {.read = file_read, .context = &fd};
    dateline_status status = read_all(out, path, &from, error);
    if (is_file)
        close(fd);
    return status;
}
