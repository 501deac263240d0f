/* A path goes in, whether Xapian may open or make a database there comes out. */
#include "common/xapian_folder.h"

#include "common/error.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The files of a database. The first stands for it all: Xapian renames it into
 * place when the others are there. */
static const char *const files[] = {
    "iamglass",      "v.tmp",          "flintlock",      "postlist.glass",
    "docdata.glass", "termlist.glass", "position.glass", "spelling.glass",
    "synonym.glass",
};
enum { FILES = sizeof files / sizeof *files, PATH_BYTES = 4096 };

static const char *file_path(const char *folder, const char *name)
{
    static _Thread_local char path[PATH_BYTES];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    return length < PATH_BYTES ? path : "";
}

static bool holds(const char *folder, const char *name)
{
    return access(file_path(folder, name), F_OK) == 0;
}

static bool holds_bytes(const char *folder, const char *name)
{
    struct stat info;
    return stat(file_path(folder, name), &info) == 0 &&
           (info.st_size > 0 || !S_ISREG(info.st_mode));
}

static bool is_ours(const char *name)
{
    for (size_t i = 0; i < FILES; i++)
        if (!strcmp(files[i], name))
            return true;
    return false;
}

static dateline_status system_fault(dateline_error *error)
{
    return error_set(error, DATELINE_IO, "%s", strerror(errno));
}

static dateline_status damaged(dateline_error *error, const char *what)
{
    return error_set(error, DATELINE_CORRUPT,
                     "%s; damaged, build it again with dateline-index", what);
}

/* --------------------------------------------------------------------- head */

/* iamglass: magic and version (16 bytes), UUID (16), revision, then for each of
 * six tables root block, 4 * depth + flags, entries, block size / 2048, least
 * length to compress, and the free list as length and bytes; last, statistics.
 * Numbers are LEB128. */
static const char magic[] = "\x0f\x0dXapian Glass\x04\x6e";
enum { MAGIC = sizeof magic - 1, HEAD_BYTES = 1 << 16, TABLES = 6 };

/* Xapian's BTREE_CURSOR_LEVELS is 10: it writes that many cursors, and behind
 * them when a head claims to be deeper. */
enum { DEEPEST = 9 };

struct head {
    const unsigned char *at, *end;
};

static bool number_read(uint32_t *out, struct head *head)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 35 && head->at < head->end; shift += 7) {
        unsigned char byte = *head->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = (uint32_t)value;
            return value <= UINT32_MAX;
        }
    }
    return false;
}

static bool table_is_sane(struct head *head)
{
    uint32_t numbers[6];
    for (size_t i = 0; i < 6; i++)
        if (!number_read(&numbers[i], head))
            return false;
    uint32_t depth = numbers[1] / 4, block = numbers[3], list = numbers[5];
    if (depth > DEEPEST || block < 1 || block > 32 || (block & (block - 1)) ||
        list > (size_t)(head->end - head->at))
        return false;
    head->at += list;
    return true;
}

/* A head of another version is Xapian's to refuse, and so is every other fault. */
static bool head_is_sane(const unsigned char *bytes, size_t length)
{
    if (length < 32 || memcmp(bytes, magic, MAGIC))
        return true;
    struct head head = {bytes + 32, bytes + length};
    uint32_t revision;
    bool sane = number_read(&revision, &head);
    for (int table = 0; sane && table < TABLES; table++)
        sane = table_is_sane(&head);
    return sane;
}

static dateline_status head_check(const char *folder, dateline_error *error)
{
    unsigned char bytes[HEAD_BYTES];
    FILE *file = fopen(file_path(folder, files[0]), "rb");
    if (!file)
        return system_fault(error);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    if (!head_is_sane(bytes, length))
        return damaged(error, "iamglass is not what it was");
    return DATELINE_OK;
}

/* Xapian would make a lost table anew, empty. The others are made when they are
 * needed, so only these are always there. */
static dateline_status tables_check(const char *folder, dateline_error *error)
{
    if (!holds(folder, "postlist.glass"))
        return damaged(error, "postlist.glass is missing");
    if (!holds(folder, "termlist.glass"))
        return damaged(error, "termlist.glass is missing");
    return DATELINE_OK;
}

/* ------------------------------------------------------------------ folders */

/* Shows the names of a folder but . and .. until visit says no. */
typedef dateline_status name_visit(const char *folder, const char *name,
                                   dateline_error *error);

static dateline_status names_visit(const char *path, name_visit *visit,
                                   dateline_error *error)
{
    DIR *folder = opendir(path);
    if (!folder)
        return system_fault(error);
    dateline_status status = DATELINE_OK;
    for (struct dirent *item; !status && (item = readdir(folder));)
        if (strcmp(item->d_name, ".") && strcmp(item->d_name, ".."))
            status = visit(path, item->d_name, error);
    closedir(folder);
    return status;
}

/* Without iamglass, tables that hold something have lost their head, and empty
 * ones were being made. */
static dateline_status leftover_check(const char *folder, const char *name,
                                      dateline_error *error)
{
    if (!is_ours(name))
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "holds other files (%s); choose an empty or a new "
                         "folder",
                         name);
    if (strcmp(name, "v.tmp") && holds_bytes(folder, name))
        return damaged(error, "iamglass is missing");
    return DATELINE_OK;
}

static dateline_status nothing_check(const char *folder, const char *name,
                                     dateline_error *error)
{
    (void)folder;
    return error_set(error, DATELINE_BAD_ARGUMENT,
                     "holds %s; choose an empty or a new folder", name);
}

static dateline_status leftover_claim(const char *folder,
                                      dateline_error *error)
{
    dateline_status status = names_visit(folder, leftover_check, error);
    if (!status) /* Xapian takes it for a sign of a finished one */
        unlink(file_path(folder, "postlist.glass"));
    return status;
}

/* ------------------------------------------------------------------- public */

dateline_status xapian_place_find(enum xapian_place *out, const char *path,
                                  dateline_error *error)
{
    struct stat info;
    if (stat(path, &info) == 0)
        *out = S_ISDIR(info.st_mode) ? XAPIAN_FOLDER : XAPIAN_FILE;
    else if (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG)
        *out = XAPIAN_NOWHERE;
    else
        return system_fault(error);
    return DATELINE_OK;
}

dateline_status xapian_folder_check(const char *folder, dateline_error *error)
{
    if (holds(folder, "iamglass"))
        return head_check(folder, error);
    if (holds_bytes(folder, "postlist.glass"))
        return damaged(error, "iamglass is missing");
    if (holds(folder, "iamchert"))
        return error_set(error, DATELINE_VERSION,
                         "written by an old Xapian; build it again with "
                         "dateline-index");
    return error_set(error, DATELINE_NOT_FOUND,
                     "holds no index; make one with dateline-index");
}

dateline_status xapian_folder_claim(const char *path, dateline_error *error)
{
    enum xapian_place place;
    if (!*path)
        return error_set(error, DATELINE_BAD_ARGUMENT, "an empty path");
    dateline_status status = xapian_place_find(&place, path, error);
    if (status || place == XAPIAN_NOWHERE)
        return status;
    if (place == XAPIAN_FILE)
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "is a file, not a folder");
    if (!holds(path, "iamglass"))
        return leftover_claim(path, error);
    status = head_check(path, error);
    return status ? status : tables_check(path, error);
}

dateline_status xapian_folder_vacant(const char *path, dateline_error *error)
{
    enum xapian_place place;
    dateline_status status = xapian_place_find(&place, path, error);
    if (status || place == XAPIAN_NOWHERE)
        return status;
    if (place == XAPIAN_FILE)
        return error_set(error, DATELINE_BAD_ARGUMENT, "is a file");
    return names_visit(path, nothing_check, error);
}

bool xapian_folder_stamp(struct xapian_stamp *out, const char *folder)
{
    struct stat info;
    if (stat(file_path(folder, files[0]), &info))
        return false;
    *out = (struct xapian_stamp){
        {info.st_dev, info.st_ino, (uint64_t)info.st_ctim.tv_sec,
         (uint64_t)info.st_ctim.tv_nsec}};
    return true;
}

void xapian_folder_remove(const char *folder)
{
    for (size_t i = 0; i < FILES; i++)
        unlink(file_path(folder, files[i]));
    rmdir(folder);
}
