/* The walk: a stack of folders, each read whole and sorted, none kept open. */
#include "indexer/source.h"

#include "common/error.h"
#include "common/json.h"
#include "common/limit.h"
#include "common/text.h"
#include "indexer/format.h"
#include "indexer/path.h"
#include "indexer/seen.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LONGEST_PATH = 64 * 1024,
    LARGEST_LIST = 1 << 30,    /* a manifest or a list of names */
    MANIFEST_DEPTH = 8
};

/* ------------------------------------------------------------------- names */

/* A walk takes what a format claims by its suffix: the format asked for, else
 * any whose files are one article each. */
static bool is_wanted(const char *input, const char *name)
{
    const struct format *format = format_of_path(name);
    return format && (input ? format == format_named(input) : !format->lines);
}

bool source_is_lines(const char *input, const char *path)
{
    const struct format *format =
        input ? format_named(input) : format_of_path(path);
    return format && format->lines;
}

/* ------------------------------------------------------------------- files */

static void stat_keep(struct source_stat *to, const struct stat *from)
{
    *to = (struct source_stat){
        .size = (uint64_t)from->st_size,
        .inode = from->st_ino,
        .device = from->st_dev,
        .modified = (int64_t)from->st_mtim.tv_sec * 1000000000 +
                    from->st_mtim.tv_nsec};
}

static const char *special_text(mode_t mode)
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
                         special_text(found.st_mode));
    }
    stat_keep(kept, &found);
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

/* "-" is standard input. */
static dateline_status list_read(struct buffer *out, const char *path,
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

/* ------------------------------------------------------------------ source */

enum entry_kind { ENTRY_FILE, ENTRY_FOLDER, ENTRY_FAULT, ENTRY_WARNING };

struct entry {
    const char *name;
    enum entry_kind kind;
    bool known;
    const char *real;    /* of a link, else NULL */
    const char *message; /* of a fault or warning */
    struct source_stat stat;
};

/* A folder that is being walked. */
struct level {
    struct arena arena;
    struct entry *entries;
    size_t count, room, next;
    size_t path_length, real_length; /* of the paths up to this folder */
};

struct source {
    struct source_options options;
    bool counting; /* source_count: nothing is asked that it need not know */
    size_t next_item, next_path, at_manifest, at_files0, line;
    struct buffer manifest, files0;
    struct buffer path, real; /* of the folder or item in hand */
    struct level *levels;
    size_t level_count, level_room;
    struct arena arena; /* of the item in hand */
    struct arena kept;  /* roots and hidden folders */
    struct source_root *roots;
    size_t root_count, root_room;
    const char **hidden; /* folders that could not be looked into */
    size_t hidden_count, hidden_room;
    struct seen met, named, folders;
};

dateline_status source_open(struct source **out,
                            const struct source_options *options,
                            dateline_error *error)
{
    struct source *source = calloc(1, sizeof *source);
    if (!source)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    source->options = *options;
    dateline_status status = DATELINE_OK;
    if (options->manifest)
        status = list_read(&source->manifest, options->manifest, options,
                           error);
    if (!status && options->files0)
        status = list_read(&source->files0, options->files0, options, error);
    if (status) {
        source_close(source);
        return status;
    }
    *out = source;
    return DATELINE_OK;
}

static void level_pop(struct source *source)
{
    arena_release(&source->levels[--source->level_count].arena);
}

void source_close(struct source *source)
{
    if (!source)
        return;
    while (source->level_count)
        level_pop(source);
    free(source->levels);
    buffer_free(&source->manifest);
    buffer_free(&source->files0);
    buffer_free(&source->path);
    buffer_free(&source->real);
    arena_release(&source->arena);
    arena_release(&source->kept);
    seen_free(&source->met);
    seen_free(&source->named);
    seen_free(&source->folders);
    free(source);
}

const struct source_root *source_roots(size_t *count,
                                       const struct source *source)
{
    *count = source->root_count;
    return source->roots;
}

static uint64_t text_hash(const char *text, uint64_t seed)
{
    return seen_hash(text, strlen(text), seed);
}

bool source_may_exist(const struct source *source, const char *real)
{
    if (seen_has(&source->met, text_hash(real, 0)))
        return true;
    for (size_t i = 0; i < source->hidden_count; i++)
        if (path_is_under(source->hidden[i], real))
            return true;
    int fd = path_open(real, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0)
        close(fd);
    return fd >= 0 || (errno != ENOENT && errno != ENOTDIR);
}

static void hide(struct source *source, const char *real)
{
    *(const char **)arena_push(&source->kept, &source->hidden,
                               &source->hidden_count, &source->hidden_room) =
        arena_string(&source->kept, real);
}

static bool is_inside_roots(const struct source *source, const char *real)
{
    for (size_t i = 0; i < source->root_count; i++)
        if (!source->roots[i].failed && path_is_under(source->roots[i].real, real))
            return true;
    return false;
}

/* ----------------------------------------------------------------- folders */

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
        entry_say(entry, ENTRY_FAULT, special_text(found.st_mode));
        return true;
    }
    entry->real = path_real_at(&level->arena, folder, entry->name);
    if (!entry->real)
        entry_say(entry, ENTRY_FAULT, "a link whose target has no path");
    else if (!source->options.follow && !is_inside_roots(source, entry->real))
        entry_say(entry, ENTRY_WARNING,
                  "a link to a file outside the given folders; not read");
    stat_keep(&entry->stat, &found);
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
        entry_say(entry, ENTRY_FAULT, special_text(found.st_mode));
    stat_keep(&entry->stat, &found);
    entry->known = true;
    return wanted;
}

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

/* Reads the folder at source->path and source->real. False with errno. */
static bool folder_enter(struct source *source)
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

static void buffer_put(struct buffer *buffer, const char *text)
{
    buffer->length = 0;
    buffer_text(buffer, text);
}

static void path_join(struct buffer *path, size_t length, const char *name)
{
    path->length = length;
    if (length && path->bytes[length - 1] != '/')
        buffer_byte(path, '/');
    buffer_text(path, name);
}

/* ------------------------------------------------------------------- items */

/* SOURCE_END here: this one is nothing new, look at the next. */
static enum source_event item_give(struct source_item *item,
                                   struct source *source)
{
    if (!item->real)
        return SOURCE_ITEM;
    uint64_t name = text_hash(item->real, 0);
    seen_add(&source->met, name);
    if (item->id)
        name = text_hash(item->id, name);
    return seen_add(&source->named, name) ? SOURCE_ITEM : SOURCE_END;
}

static enum source_event fault(dateline_error *error, const char *message)
{
    error_set(error, DATELINE_IO, "%s", message);
    return SOURCE_FAULT;
}

static enum source_event folder_next(struct source_item *item,
                                     struct source *source,
                                     const struct entry *entry,
                                     dateline_error *error)
{
    if (entry->real)
        buffer_put(&source->real, entry->real);
    if (folder_enter(source))
        return SOURCE_END;
    int why = errno;
    hide(source, source->real.bytes);
    if (why == ENOENT)
        return SOURCE_END; /* gone since */
    item->path = source->path.bytes;
    return fault(error, strerror(why));
}

/* The next entry of the folder on top. */
static enum source_event walk_next(struct source_item *item,
                                   struct source *source,
                                   dateline_error *error)
{
    struct level *level = &source->levels[source->level_count - 1];
    if (level->next == level->count) {
        level_pop(source);
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
        seen_add(&source->met, text_hash(item->real, 0));
        fault(error, entry->message);
        return entry->kind == ENTRY_FAULT ? SOURCE_FAULT : SOURCE_WARNING;
    }
    item->stat = entry->stat;
    item->known = entry->known;
    return item_give(item, source);
}

static enum source_event root_enter(struct source_item *item,
                                    struct source *source, const char *real,
                                    dateline_error *error)
{
    struct source_root *root = arena_push(&source->kept, &source->roots,
                                          &source->root_count,
                                          &source->root_room);
    root->real = arena_string(&source->kept, real);
    buffer_put(&source->path, item->path);
    buffer_put(&source->real, real);
    if (folder_enter(source))
        return SOURCE_END;
    root->failed = true;
    return fault(error, strerror(errno));
}

/* A path that somebody named: read whatever its name is. */
static enum source_event named_next(struct source_item *item,
                                    struct source *source, bool may_be_folder,
                                    dateline_error *error)
{
    struct stat found;
    if (!*item->path)
        return fault(error, "an empty name");
    char *real = path_real(&source->arena, item->path);
    int fd = real ? path_open(real, O_PATH | O_CLOEXEC) : -1;
    if (fd < 0 || fstat(fd, &found)) {
        int why = errno;
        if (fd >= 0)
            close(fd);
        return fault(error, strerror(why));
    }
    close(fd);
    if (S_ISDIR(found.st_mode) && may_be_folder)
        return root_enter(item, source, real, error);
    if (!S_ISREG(found.st_mode))
        return fault(error, special_text(found.st_mode));
    item->real = real;
    item->known = true;
    stat_keep(&item->stat, &found);
    return item_give(item, source);
}

static enum source_event operand_next(struct source_item *item,
                                      struct source *source,
                                      dateline_error *error)
{
    item->path = source->options.paths[source->next_path++];
    if (!strcmp(item->path, "-"))
        return SOURCE_ITEM;
    return named_next(item, source, true, error);
}

static enum source_event files0_next(struct source_item *item,
                                     struct source *source,
                                     dateline_error *error)
{
    item->path = source->files0.bytes + source->at_files0;
    source->at_files0 += strlen(item->path) + 1;
    if (!*item->path)
        return SOURCE_END;
    return named_next(item, source, true, error);
}

/* A relative path of a manifest is taken from the folder of the manifest, so
 * that the two can be moved together. */
static const char *manifest_path(struct source *source, const char *path)
{
    const char *manifest = source->options.manifest;
    const char *slash = strrchr(manifest, '/');
    if (*path == '/' || !slash)
        return path;
    return arena_format(&source->arena, "%.*s%s", (int)(slash + 1 - manifest),
                        manifest, path);
}

static enum source_event manifest_line(struct source_item *item,
                                       struct source *source, const char *line,
                                       size_t length, dateline_error *error)
{
    const struct json *json;
    dateline_error why = {0};
    item->path = source->options.manifest;
    if (json_read(&json, &source->arena, line, length, MANIFEST_DEPTH, false,
                  &why)) {
        error_set(error, DATELINE_BAD_INPUT, "line %zu: %s", source->line,
                  why.message);
        return SOURCE_FAULT;
    }
    if (!json_text(json, "path")) {
        error_set(error, DATELINE_BAD_INPUT, "line %zu: no \"path\"",
                  source->line);
        return SOURCE_FAULT;
    }
    item->path = manifest_path(source, json_text(json, "path"));
    item->id = json_text(json, "id");
    item->url = json_text(json, "url");
    return named_next(item, source, false, error);
}

static enum source_event manifest_next(struct source_item *item,
                                       struct source *source,
                                       dateline_error *error)
{
    const char *line = source->manifest.bytes + source->at_manifest;
    size_t rest = source->manifest.length - source->at_manifest;
    const char *end = memchr(line, '\n', rest);
    size_t length = end ? (size_t)(end - line) : rest;
    source->at_manifest += length + (end != NULL);
    source->line++;
    size_t blank = 0;
    while (blank < length && strchr(" \t\r", line[blank]) && line[blank])
        blank++;
    if (blank == length)
        return SOURCE_END;
    return manifest_line(item, source, line, length, error);
}

/* One step; *more is false when there is nothing left at all. */
static enum source_event step(struct source_item *item, struct source *source,
                              bool *more, dateline_error *error)
{
    *more = true;
    arena_release(&source->arena);
    *item = (struct source_item){0};
    if (source->level_count)
        return walk_next(item, source, error);
    if (source->next_item < source->options.item_count) {
        *item = source->options.items[source->next_item++];
        return named_next(item, source, false, error);
    }
    if (source->next_path < source->options.count)
        return operand_next(item, source, error);
    if (source->at_manifest < source->manifest.length)
        return manifest_next(item, source, error);
    if (source->at_files0 < source->files0.length)
        return files0_next(item, source, error);
    *more = false;
    return SOURCE_END;
}

enum source_event source_next(struct source_item *item, struct source *source,
                              dateline_error *error)
{
    enum source_event event;
    bool more;
    do {
        error_clear(error);
        event = step(item, source, &more, error);
    } while (event == SOURCE_END && more);
    return event;
}

/* Standard input is read once, so neither it nor a list from it is counted. */
static bool can_count(const struct source_options *options)
{
    for (size_t i = 0; i < options->count; i++)
        if (!strcmp(options->paths[i], "-"))
            return false;
    return !(options->manifest && !strcmp(options->manifest, "-")) &&
           !(options->files0 && !strcmp(options->files0, "-"));
}

uint64_t source_count(const struct source_options *options)
{
    struct source *source;
    struct source_item item;
    uint64_t count = 0;
    bool lines = false;
    enum source_event event;
    if (!can_count(options) || source_open(&source, options, NULL))
        return 0;
    source->counting = true;
    while (!lines && (event = source_next(&item, source, NULL)) != SOURCE_END) {
        count += event != SOURCE_WARNING;
        lines = event == SOURCE_ITEM &&
                source_is_lines(item.input ? item.input : options->input,
                                item.path);
    }
    source_close(source);
    return lines ? 0 : count;
}
