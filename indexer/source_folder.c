/* The walk: a stack of folders, each read whole and sorted, none kept open. */
#include "indexer/source_part.h"

#include "common/error.h"
#include "indexer/format.h"
#include "indexer/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_PATH = 64 * 1024 };

/* ----------------------------------------------------------------- entries */

/* A walk takes what a format claims by its suffix: the format asked for, else
 * any whose files are one article each. */
static bool is_wanted(const char *input, const char *name)
{
    const struct format *format = format_of_path(name);
    return format && (input ? format == format_named(input) : !format->lines);
}

static bool is_inside_roots(const struct source *source, const char *real)
{
    for (size_t i = 0; i < source->root_count; i++)
        if (!source->roots[i].failed && path_is_under(source->roots[i].real, real))
            return true;
    return false;
}

static void entry_say(struct entry *entry, enum entry_kind kind,
                      const char *message)
{
    entry->kind = kind;
    entry->message = message;
}

static bool entry_link(struct entry *entry, struct source *source,
                       struct level *level, int folder)
{
    struct stat found;
    bool wanted = is_wanted(source->options.input, entry->name);
    if (fstatat(folder, entry->name, &found, 0)) {
        entry_say(entry, ENTRY_FAULT,
                  errno == ELOOP ? "a link to itself" : "a link to nothing");
        return wanted;
    }
    if (S_ISDIR(found.st_mode)) {
        entry->kind = ENTRY_FOLDER;
        entry->real = path_real_at(&level->arena, folder, entry->name);
        return source->options.follow && entry->real;
    }
    if (!wanted)
        return false;
    if (!S_ISREG(found.st_mode)) {
        entry_say(entry, ENTRY_FAULT, source_special(found.st_mode));
        return true;
    }
    entry->real = path_real_at(&level->arena, folder, entry->name);
    if (!entry->real)
        entry_say(entry, ENTRY_FAULT, "a link whose target has no path");
    else if (!source->options.follow && !is_inside_roots(source, entry->real))
        entry_say(entry, ENTRY_WARNING,
                  "a link to a file outside the given folders; not read");
    source_stat_keep(&entry->stat, &found);
    entry->known = true;
    return true;
}

/* True when the entry is worth keeping. */
static bool entry_look(struct entry *entry, struct source *source,
                       struct level *level, int folder, unsigned char type)
{
    struct stat found;
    bool wanted = is_wanted(source->options.input, entry->name);
    if (type == DT_DIR) {
        entry->kind = ENTRY_FOLDER;
        return true;
    }
    if (type != DT_UNKNOWN && type != DT_LNK && !wanted)
        return false;
    if (type == DT_REG && source->counting)
        return true;
    if (fstatat(folder, entry->name, &found, AT_SYMLINK_NOFOLLOW))
        return false; /* gone since */
    if (S_ISLNK(found.st_mode))
        return entry_link(entry, source, level, folder);
    if (S_ISDIR(found.st_mode)) {
        entry->kind = ENTRY_FOLDER;
        return true;
    }
    if (!S_ISREG(found.st_mode))
        entry_say(entry, ENTRY_FAULT, source_special(found.st_mode));
    source_stat_keep(&entry->stat, &found);
    entry->known = true;
    return wanted;
}

/* ------------------------------------------------------------------ levels */

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static void level_read(struct level *level, struct source *source, DIR *folder)
{
    for (struct dirent *found; (found = readdir(folder));) {
        if (!strcmp(found->d_name, ".") || !strcmp(found->d_name, ".."))
            continue;
        struct entry entry = {.name = found->d_name};
        if (!entry_look(&entry, source, level, dirfd(folder), found->d_type))
            continue;
        entry.name = arena_string(&level->arena, found->d_name);
        *(struct entry *)arena_push(&level->arena, &level->entries,
                                    &level->count, &level->room) = entry;
    }
    if (level->count)
        qsort(level->entries, level->count, sizeof *level->entries,
              compare_entries);
}

static bool folder_is_new(struct source *source, int fd)
{
    struct stat found;
    if (fstat(fd, &found))
        return false;
    uint64_t pair[2] = {found.st_dev, found.st_ino};
    return seen_add(&source->folders, seen_hash(pair, sizeof pair, 0));
}

static struct level *level_push(struct source *source)
{
    if (source->level_count == source->level_room) {
        source->level_room = source->level_room ? 2 * source->level_room : 16;
        source->levels = realloc(source->levels,
                                 source->level_room * sizeof *source->levels);
        if (!source->levels) {
            fputs("dateline: out of memory\n", stderr);
            exit(2); /* as an arena does */
        }
    }
    struct level *level = &source->levels[source->level_count++];
    *level = (struct level){.path_length = source->path.length,
                            .real_length = source->real.length};
    return level;
}

bool source_folder_enter(struct source *source)
{
    if (source->real.length > LONGEST_PATH) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = path_open(source->real.bytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC |
                                               O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return false;
    if (!folder_is_new(source, fd)) {
        close(fd);
        return true;
    }
    DIR *folder = fdopendir(fd);
    if (!folder) {
        close(fd);
        return false;
    }
    level_read(level_push(source), source, folder);
    closedir(folder);
    return true;
}

static void path_join(struct buffer *path, size_t length, const char *name)
{
    path->length = length;
    if (length && path->bytes[length - 1] != '/')
        buffer_byte(path, '/');
    buffer_text(path, name);
}

/* -------------------------------------------------------------------- walk */

void source_folder_leave(struct source *source)
{
    arena_release(&source->levels[--source->level_count].arena);
}

static void hide(struct source *source, const char *real)
{
    *(const char **)arena_push(&source->kept, &source->hidden,
                               &source->hidden_count, &source->hidden_room) =
        arena_string(&source->kept, real);
}

static enum source_event folder_next(struct source_item *item,
                                     struct source *source,
                                     const struct entry *entry,
                                     dateline_error *error)
{
    if (entry->real)
        source_put(&source->real, entry->real);
    if (source_folder_enter(source))
        return SOURCE_END;
    int why = errno;
    hide(source, source->real.bytes);
    if (why == ENOENT)
        return SOURCE_END; /* gone since */
    item->path = source->path.bytes;
    return source_fault(error, strerror(why));
}

enum source_event source_folder_next(struct source_item *item,
                                     struct source *source,
                                     dateline_error *error)
{
    struct level *level = &source->levels[source->level_count - 1];
    if (level->next == level->count) {
        source_folder_leave(source);
        return SOURCE_END;
    }
    const struct entry *entry = &level->entries[level->next++];
    path_join(&source->path, level->path_length, entry->name);
    path_join(&source->real, level->real_length, entry->name);
    if (entry->kind == ENTRY_FOLDER)
        return folder_next(item, source, entry, error);
    item->path = source->path.bytes;
    item->real = entry->real ? entry->real : source->real.bytes;
    if (entry->kind == ENTRY_FAULT || entry->kind == ENTRY_WARNING) {
        seen_add(&source->met, source_hash(item->real, 0));
        source_fault(error, entry->message);
        return entry->kind == ENTRY_FAULT ? SOURCE_FAULT : SOURCE_WARNING;
    }
    item->stat = entry->stat;
    item->known = entry->known;
    return source_give(item, source);
}
