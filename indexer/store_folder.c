/* A path goes in: whose folder is it, and may an index be there? */
#include "indexer/store_part.h"

#include "common/error.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What Xapian puts into a folder of its own. */
static const char *const own_files[] = {
    "flintlock",       "iamglass",        "iamglass.tmp",  "v.tmp",
    "postlist.glass",  "docdata.glass",   "termlist.glass", "position.glass",
    "spelling.glass",  "synonym.glass",   NULL};

static bool is_own_file(const char *name)
{
    for (size_t i = 0; own_files[i]; i++)
        if (!strcmp(name, own_files[i]))
            return true;
    return false;
}

/* The first foreign name in a folder, or NULL. */
static char *foreign_name(DIR *folder)
{
    for (struct dirent *entry; (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
            !is_own_file(entry->d_name))
            return entry->d_name;
    return NULL;
}

static dateline_status folders_make(const char *path, dateline_error *error)
{
    char *copy = strdup(path);
    if (!copy)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    for (char *at = copy; (at = strchr(at + 1, '/'));) {
        *at = '\0';
        mkdir(copy, 0777); /* the last one tells whether it went well */
        *at = '/';
    }
    int failed = mkdir(copy, 0777) && errno != EEXIST;
    free(copy);
    return failed ? error_set(error, DATELINE_IO, "%s: %s", path,
                              strerror(errno))
                  : DATELINE_OK;
}

dateline_status store_folder_check(const char *path, dateline_error *error)
{
    struct stat found;
    if (stat(path, &found))
        return errno == ENOENT ? folders_make(path, error)
                               : error_set(error, DATELINE_IO, "%s: %s", path,
                                           strerror(errno));
    if (!S_ISDIR(found.st_mode))
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "%s is a file, not an index; name a folder", path);
    if (access(path, W_OK | X_OK))
        return error_set(error, DATELINE_IO, "%s cannot be written to: %s",
                         path, strerror(errno));
    DIR *folder = opendir(path);
    if (!folder)
        return error_set(error, DATELINE_IO, "%s: %s", path, strerror(errno));
    dateline_status status = DATELINE_OK;
    const char *name = foreign_name(folder);
    if (name)
        status = error_set(error, DATELINE_BAD_ARGUMENT,
                           "%s holds %s and is no index; name an empty folder",
                           path, name);
    closedir(folder);
    return status;
}
