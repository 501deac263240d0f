/* An index goes in, the same index as small as it goes takes its place.
 *
 *   news  ->  news.compact is built  ->  the two swap names  ->  the old one goes
 *
 * The lock of the old one is held until the end. Swapping is one step of the file
 * system, so at every moment `news` is one of the two, whole; whoever reads the
 * old one goes on with it. What a crash leaves is news.compact, which the next
 * compaction removes. */
#include "common/error.h"
#include "common/xapian_folder.h"
#include "indexer/indexer.h"
#include "indexer/inspect.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static dateline_status system_fault(dateline_error *error, const char *path)
{
    return error_set(error, DATELINE_IO, "%s: %s", path, strerror(errno));
}

/* Only what an earlier compaction left may be in the way. */
static dateline_status way_clear(const char *beside, dateline_error *error)
{
    struct stat found;
    xapian_folder_remove(beside);
    if (!lstat(beside, &found))
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "%s is in the way; move it elsewhere", beside);
    return DATELINE_OK;
}

/* Mode and owner, as far as we may. */
static void rights_copy(int to, const struct stat *from)
{
    if (fchown(to, from->st_uid, from->st_gid))
        errno = 0;
    fchmod(to, from->st_mode & 07777);
}

/* The new files are as readable as the old ones were, and on disk. */
static dateline_status settle(const char *index, const char *beside,
                              dateline_error *error)
{
    struct stat folder, file;
    int from = open(index, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *to = opendir(beside);
    bool good = from >= 0 && to && !fstat(from, &folder) &&
                !fstatat(from, "iamglass", &file, 0);
    for (struct dirent *entry; good && (entry = readdir(to));) {
        int fd = openat(dirfd(to), entry->d_name,
                        O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
        if (fd < 0 || *entry->d_name == '.') {
            if (fd >= 0)
                close(fd);
            continue;
        }
        rights_copy(fd, &file);
        good = !fsync(fd);
        close(fd);
    }
    if (good) {
        rights_copy(dirfd(to), &folder);
        good = !fsync(dirfd(to));
    }
    dateline_status status = good ? DATELINE_OK : system_fault(error, beside);
    if (to)
        closedir(to);
    if (from >= 0)
        close(from);
    return status;
}

static dateline_status swap(const char *index, const char *beside,
                            dateline_error *error)
{
    if (renameat2(AT_FDCWD, beside, AT_FDCWD, index, RENAME_EXCHANGE)) {
        if (errno == EINVAL || errno == ENOSYS)
            return error_set(error, DATELINE_IO,
                             "%s: this file system cannot swap two folders, so "
                             "the index is left as it was", index);
        return system_fault(error, index);
    }
    char *parent = strdup(index);
    char *slash = parent ? strrchr(parent, '/') : NULL;
    if (slash)
        slash[slash == parent] = '\0';
    int fd = slash ? open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        fsync(fd); /* a crash before it leaves the old one, as whole */
        close(fd);
    }
    free(parent);
    return DATELINE_OK;
}

static dateline_status build_and_swap(const char *index, const char *beside,
                                      dateline_error *error)
{
    dateline_status status = way_clear(beside, error);
    if (!status)
        status = xapian_compact(beside, &index, 1, error);
    if (status)
        return status;
    status = settle(index, beside, error);
    if (!status)
        status = swap(index, beside, error);
    xapian_folder_remove(beside); /* the old one, or the one that failed */
    return status;
}

dateline_status dateline_indexer_compact(dateline_indexer *indexer,
                                         uint64_t *before, uint64_t *after,
                                         dateline_error *error)
{
    struct buffer beside = {0};
    error_clear(error);
    char *index = indexer->index ? realpath(indexer->index, NULL) : NULL;
    if (!index)
        return error_set(error, DATELINE_NOT_FOUND, "no index is open");
    buffer_format(&beside, "%s.compact", index);
    *before = inspect_bytes(index);
    dateline_status status = store_commit(indexer->store, error);
    if (!status)
        status = build_and_swap(index, beside.bytes, error);
    *after = inspect_bytes(index);
    buffer_free(&beside);
    free(index);
    if (!status) { /* what it had open is no more */
        store_close(indexer->store);
        indexer->store = NULL;
    }
    return status;
}
