/* Folders, files, lists and a manifest go in, one after the other; items come
 * out. */
#include "indexer/source_part.h"

#include "common/error.h"
#include "common/json.h"
#include "indexer/format.h"
#include "indexer/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MANIFEST_DEPTH = 8 };

bool source_is_lines(const char *input, const char *path)
{
    const struct format *format =
        input ? format_named(input) : format_of_path(path);
    return format && format->lines;
}

/* ------------------------------------------------------------------ source */

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
        status = source_list_read(&source->manifest, options->manifest, options,
                                  error);
    if (!status && options->files0)
        status = source_list_read(&source->files0, options->files0, options,
                                  error);
    if (status) {
        source_close(source);
        return status;
    }
    *out = source;
    return DATELINE_OK;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    while (source->level_count)
        source_folder_leave(source);
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

bool source_may_exist(const struct source *source, const char *real)
{
    if (seen_has(&source->met, source_hash(real, 0)))
        return true;
    for (size_t i = 0; i < source->hidden_count; i++)
        if (path_is_under(source->hidden[i], real))
            return true;
    int fd = path_open(real, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0)
        close(fd);
    return fd >= 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* ------------------------------------------------------------------- items */

enum source_event source_give(struct source_item *item,
                              struct source *source)
{
    if (!item->real)
        return SOURCE_ITEM;
    uint64_t name = source_hash(item->real, 0);
    seen_add(&source->met, name);
    if (item->id)
        name = source_hash(item->id, name);
    return seen_add(&source->named, name) ? SOURCE_ITEM : SOURCE_END;
}

enum source_event source_fault(dateline_error *error, const char *message)
{
    error_set(error, DATELINE_IO, "%s", message);
    return SOURCE_FAULT;
}

static enum source_event root_enter(struct source_item *item,
                                    struct source *source, const char *real,
                                    dateline_error *error)
{
    struct source_root *root = arena_push(&source->kept, &source->roots,
                                          &source->root_count,
                                          &source->root_room);
    root->real = arena_string(&source->kept, real);
    source_put(&source->path, item->path);
    source_put(&source->real, real);
    if (source_folder_enter(source))
        return SOURCE_END;
    root->failed = true;
    return source_fault(error, strerror(errno));
}

/* A path that somebody named: read whatever its name is. */
static enum source_event named_next(struct source_item *item,
                                    struct source *source, bool may_be_folder,
                                    dateline_error *error)
{
    struct stat found;
    if (!*item->path)
        return source_fault(error, "an empty name");
    char *real = path_real(&source->arena, item->path);
    int fd = real ? path_open(real, O_PATH | O_CLOEXEC) : -1;
    if (fd < 0 || fstat(fd, &found)) {
        int why = errno;
        if (fd >= 0)
            close(fd);
        return source_fault(error, strerror(why));
    }
    close(fd);
    if (S_ISDIR(found.st_mode) && may_be_folder)
        return root_enter(item, source, real, error);
    if (!S_ISREG(found.st_mode))
        return source_fault(error, source_special(found.st_mode));
    item->real = real;
    item->known = true;
    source_stat_keep(&item->stat, &found);
    return source_give(item, source);
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
        return source_folder_next(item, source, error);
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
