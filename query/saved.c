/* Lines in, queries out, and back: written whole to a file beside, which then
 * takes the place of the old one, so there is always one that is whole. */
#include "query/saved.h"

#include "common/error.h"
#include "common/json.h"
#include "common/json_write.h"
#include "common/limit.h"
#include "common/text.h"
#include "query/mark.h"
#include "query/request.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_BYTES = 100, LINE_DEPTH = 8, SAVED_VERSION = 1 };

static const char line_type[] = "saved";

/* ------------------------------------------------------------------ queries */

static dateline_saved_query *query_find(const dateline_saved *saved,
                                        const char *name)
{
    for (size_t i = 0; i < saved->count; i++)
        if (!strcmp(saved->items[i].name, name))
            return &saved->items[i];
    return NULL;
}

static void query_add(dateline_saved *saved, const char *name,
                      const char *question, const char *mark)
{
    dateline_saved_query *query = arena_push(&saved->arena, &saved->items,
                                             &saved->count, &saved->room);
    query->name = arena_string(&saved->arena, name);
    query->question = arena_string(&saved->arena, question);
    query->mark = arena_string(&saved->arena, mark);
}

/* A name stands in lines and lists: one word. */
static bool is_name(const char *name)
{
    size_t length = strlen(name), size;
    if (!length || length > NAME_BYTES || *name == '-' ||
        !text_is_valid(name, length))
        return false;
    for (size_t at = 0; at < length; at += size) {
        uint32_t c = text_decode(name + at, length - at, &size);
        if (text_is_space(c) || text_is_invisible(c))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------ reading */

static dateline_status query_check(const dateline_saved *saved,
                                   const char *name, const char *question,
                                   const char *mark, dateline_error *error)
{
    struct arena scratch = ARENA_INIT;
    struct marks marks = {0};
    dateline_status status = DATELINE_OK;
    if (!name || !question)
        status = error_set(error, DATELINE_BAD_INPUT,
                           "a saved query has a name and a question");
    else if (!is_name(name))
        status = error_set(error, DATELINE_BAD_INPUT, "%.100s is no name: one "
                           "word of at most %d bytes", name, NAME_BYTES);
    else if (saved->count == LIMIT_SAVED)
        status = error_set(error, DATELINE_LIMIT, "over %d saved queries",
                           LIMIT_SAVED);
    else if (query_find(saved, name))
        status = error_set(error, DATELINE_BAD_INPUT, "%s is there twice",
                           name);
    else
        status = marks_read(&marks, &scratch, mark ? mark : "", error);
    arena_release(&scratch);
    return status;
}

static dateline_status line_read(dateline_saved *saved, const char *line,
                                 size_t length, dateline_error *error)
{
    struct arena scratch = ARENA_INIT;
    const struct json *json = NULL;
    dateline_status status =
        json_read(&json, &scratch, line, length, LINE_DEPTH, false, error);
    const struct json *version = json_member(json, "v");
    const char *type = json_text(json, "type");
    if (!status && (!type || strcmp(type, line_type)))
        status = error_set(error, DATELINE_BAD_INPUT,
                           "no saved query stands here");
    if (!status && (!version || version->number != SAVED_VERSION))
        status = error_set(error, DATELINE_VERSION,
                           "the file was written by a later version");
    const char *name = json_text(json, "name"), *mark = json_text(json, "mark");
    const char *question = json_text(json, "question");
    if (!status)
        status = query_check(saved, name, question, mark, error);
    if (!status)
        query_add(saved, name, question, mark);
    arena_release(&scratch);
    return status;
}

static dateline_status lines_read(dateline_saved *saved, FILE *from,
                                  dateline_error *error)
{
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t length;
    dateline_error why = {.position = -1};
    dateline_status status = DATELINE_OK;
    while (!status && (length = getline(&line, &room, from)) >= 0) {
        number++;
        if (line[strspn(line, " \t\r\n")])
            status = line_read(saved, line, (size_t)length, &why);
    }
    if (status)
        error_set(error, status, "%s: line %zu: %s", saved->path, number,
                  why.message);
    else if (ferror(from))
        status = error_set(error, DATELINE_IO, "%s: %s", saved->path,
                           strerror(errno));
    free(line);
    return status;
}

/* Takes the descriptor. */
static dateline_status file_read(dateline_saved *saved, int fd,
                                 dateline_error *error)
{
    struct stat found;
    FILE *from = NULL;
    dateline_status status = DATELINE_OK;
    if (fstat(fd, &found) || !S_ISREG(found.st_mode))
        status = error_set(error, DATELINE_BAD_ARGUMENT,
                           "%s is no file that could hold saved queries",
                           saved->path);
    else if (found.st_size > LIMIT_FILE_BYTES)
        status = error_set(error, DATELINE_LIMIT, "%s is over %u MiB",
                           saved->path, LIMIT_FILE_BYTES / LIMIT_MIB);
    else if (!(from = fdopen(fd, "rb")))
        status = error_set(error, DATELINE_IO, "%s: %s", saved->path,
                           strerror(errno));
    else
        status = lines_read(saved, from, error);
    if (from)
        fclose(from);
    else
        close(fd);
    return status;
}

/* ------------------------------------------------------------------ opening */

static void folders_make(const char *path)
{
    char *copy = strdup(path);
    for (char *at = copy; at && (at = strchr(at + 1, '/'));) {
        *at = '\0';
        mkdir(copy, 0700); /* opening the file tells whether it went well */
        *at = '/';
    }
    free(copy);
}

/* Opens the file and waits for its lock. Who held it has put another file in its
 * place: then that one is wanted. */
static dateline_status lock_take(dateline_saved *saved, dateline_error *error)
{
    struct stat held, there;
    for (;;) {
        int fd = open(saved->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK,
                      0600);
        if (fd < 0)
            return error_set(error, DATELINE_IO,
                             "%s: %s; it must be writable, to keep what was "
                             "told; --state names another", saved->path,
                             strerror(errno));
        while (flock(fd, LOCK_EX) && errno == EINTR)
            ;
        if (!fstat(fd, &held) && !stat(saved->path, &there) &&
            held.st_ino == there.st_ino && held.st_dev == there.st_dev) {
            saved->lock = fd;
            return DATELINE_OK;
        }
        close(fd);
    }
}

static dateline_status file_open(int *out, dateline_saved *saved, bool change,
                                 dateline_error *error)
{
    dateline_status status = change ? lock_take(saved, error) : DATELINE_OK;
    if (status)
        return status;
    *out = change ? fcntl(saved->lock, F_DUPFD_CLOEXEC, 3)
                  : open(saved->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*out >= 0 || (!change && errno == ENOENT))
        return DATELINE_OK;
    return error_set(error, DATELINE_IO, "%s: %s", saved->path,
                     strerror(errno));
}

/* A link is followed now, for what takes the file's place must stand there. */
static void path_resolve(dateline_saved *saved, const char *file)
{
    char *real = realpath(file, NULL);
    if (!real && !saved->path && !(real = strdup(file)))
        abort();
    if (!real)
        return;
    free(saved->path);
    saved->path = real;
}

dateline_status dateline_saved_open(dateline_saved **out, const char *file,
                                    bool change, dateline_error *error)
{
    error_clear(error);
    dateline_saved *saved = calloc(1, sizeof *saved);
    if (!saved)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    saved->lock = -1;
    if (change)
        folders_make(file);
    path_resolve(saved, file);
    int fd = -1;
    dateline_status status = file_open(&fd, saved, change, error);
    path_resolve(saved, file); /* a link to what was made just now */
    if (!status && fd >= 0)
        status = file_read(saved, fd, error);
    if (status)
        dateline_saved_close(saved);
    else
        *out = saved;
    return status;
}

void dateline_saved_close(dateline_saved *saved)
{
    if (!saved)
        return;
    if (saved->lock >= 0)
        close(saved->lock);
    arena_release(&saved->arena);
    free(saved->path);
    free(saved);
}

/* ----------------------------------------------------------------- changing */

size_t dateline_saved_count(const dateline_saved *saved)
{
    return saved->count;
}

const dateline_saved_query *dateline_saved_get(const dateline_saved *saved,
                                               size_t i)
{
    return i < saved->count ? &saved->items[i] : NULL;
}

const dateline_saved_query *dateline_saved_find(const dateline_saved *saved,
                                                const char *name)
{
    return query_find(saved, name);
}

static dateline_status question_check(const char *question,
                                      dateline_error *error)
{
    struct arena scratch = ARENA_INIT;
    struct request request;
    dateline_status status = request_read(&request, &scratch, question,
                                          strlen(question), error);
    arena_release(&scratch);
    return status;
}

dateline_status dateline_saved_set(dateline_saved *saved, const char *name,
                                   const char *question, dateline_error *error)
{
    error_clear(error);
    if (!is_name(name))
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "%.100s is no name for a query: take one word of at "
                         "most %d bytes", name, NAME_BYTES);
    dateline_status status = question_check(question, error);
    if (status)
        return status;
    dateline_saved_query *query = query_find(saved, name);
    if (!query && saved->count == LIMIT_SAVED)
        return error_set(error, DATELINE_LIMIT, "over %d saved queries",
                         LIMIT_SAVED);
    if (query)
        query->question = arena_string(&saved->arena, question);
    else
        query_add(saved, name, question, NULL);
    saved->changed = true;
    return DATELINE_OK;
}

dateline_status dateline_saved_remove(dateline_saved *saved, const char *name,
                                      dateline_error *error)
{
    error_clear(error);
    dateline_saved_query *query = query_find(saved, name);
    if (!query)
        return error_set(error, DATELINE_NOT_FOUND,
                         "no query is saved as %.100s", name);
    size_t after = saved->count - 1 - (size_t)(query - saved->items);
    memmove(query, query + 1, after * sizeof *query);
    saved->count--;
    saved->changed = true;
    return DATELINE_OK;
}

dateline_status dateline_saved_mark(dateline_saved *saved, const char *name,
                                    const char *mark, dateline_error *error)
{
    error_clear(error);
    struct marks marks = {0};
    dateline_saved_query *query = query_find(saved, name);
    if (!query)
        return error_set(error, DATELINE_NOT_FOUND,
                         "no query is saved as %.100s", name);
    dateline_status status = marks_read(&marks, &saved->arena, mark, error);
    if (status || (query->mark && !strcmp(query->mark, mark)))
        return status;
    query->mark = arena_string(&saved->arena, mark);
    saved->changed = true;
    return DATELINE_OK;
}

/* ------------------------------------------------------------------ writing */

static void lines_write(struct buffer *out, const dateline_saved *saved)
{
    for (size_t i = 0; i < saved->count; i++) {
        const dateline_saved_query *query = &saved->items[i];
        json_line_open(out, line_type);
        json_add_string(out, "name", query->name);
        json_add_string(out, "question", query->question);
        json_add_string(out, "mark", query->mark);
        json_line_close(out);
    }
}

static bool all_written(int fd, const struct buffer *bytes)
{
    for (size_t at = 0; at < bytes->length;) {
        ssize_t n = write(fd, bytes->bytes + at, bytes->length - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += (size_t)n;
    }
    return !fsync(fd);
}

/* A rename is kept when its folder is. */
static void folder_sync(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : NULL;
    int fd = open(folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

/* The new file is locked before it is seen, so the lock goes on being held. */
static bool file_replace(dateline_saved *saved, const struct buffer *bytes)
{
    struct buffer beside = {0};
    struct stat old;
    buffer_format(&beside, "%s.XXXXXX", saved->path);
    int fd = mkostemp(beside.bytes, O_CLOEXEC);
    bool good = fd >= 0 && !flock(fd, LOCK_EX | LOCK_NB) &&
                !fstat(saved->lock, &old) &&
                !fchmod(fd, old.st_mode & 0777) && all_written(fd, bytes) &&
                !rename(beside.bytes, saved->path);
    int why = errno, spare = good ? saved->lock : fd;
    if (good) {
        saved->lock = fd;
        folder_sync(saved->path);
    } else if (fd >= 0) {
        unlink(beside.bytes);
    }
    if (spare >= 0)
        close(spare);
    buffer_free(&beside);
    errno = why;
    return good;
}

dateline_status dateline_saved_write(dateline_saved *saved,
                                     dateline_error *error)
{
    error_clear(error);
    if (!saved->changed)
        return DATELINE_OK;
    if (saved->lock < 0)
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "%s was opened to be read only", saved->path);
    struct buffer bytes = {0};
    buffer_add(&bytes, "", 0);
    lines_write(&bytes, saved);
    dateline_status status =
        file_replace(saved, &bytes)
            ? DATELINE_OK
            : error_set(error, DATELINE_IO, "%s could not be written: %s",
                        saved->path, strerror(errno));
    buffer_free(&bytes);
    saved->changed = status != DATELINE_OK;
    return status;
}
