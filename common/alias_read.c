/* Lines "Canonical [TYPE] {id} = surface | surface" go in, a list of names comes
 * out; what cannot be used is told with its line. */
#include "common/alias_part.h"

#include "common/ascii.h"
#include "common/error.h"
#include "common/language.h"
#include "common/limit.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Where warnings go, and about which line. */
struct reader {
    struct alias_list *list;
    alias_warn *warn;
    void *context;
    size_t line;
};

static void warn(const struct reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void warn(const struct reader *reader, const char *format, ...)
{
    if (!reader->warn)
        return;
    char message[400];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    struct buffer shown = {0};
    text_escape(&shown, message, strlen(message));
    reader->warn(reader->context, reader->line, shown.bytes ? shown.bytes : "");
    buffer_free(&shown);
}

static bool is_stop_word(const char *word)
{
    size_t count;
    const struct language *languages = language_all(&count);
    for (size_t i = 0; i < count; i++)
        if (language_is_stop_word(&languages[i], word))
            return true;
    return false;
}

static void entry_keep(struct alias_list *list, uint32_t number,
                       const char *surface)
{
    struct surface *kept = arena_new(&list->arena, struct surface);
    struct entry *entry = &list->entries[number];
    kept->text = surface;
    if (entry->last)
        entry->last->next = kept;
    else
        entry->first = kept;
    entry->last = kept;
}

/* Why a surface cannot be used, or NULL. "WHO" and "US" must stand to the
 * letter, since folded they are stop words. */
static const char *surface_fault(const struct piece *pieces, size_t count,
                                 const char *surface, bool *exact)
{
    struct text_word word;
    size_t at = 0;
    if (!count)
        return *surface && text_count(surface, strlen(surface))
                   ? "it is too long" : "it holds no word";
    *exact = count == 1 && is_stop_word(pieces[0].text);
    text_word(&word, surface, strlen(surface), &at);
    return *exact && !word.capital ? "it is a stop word" : NULL;
}

static bool surface_add(const struct reader *reader, uint32_t entry,
                        const char *surface)
{
    struct alias_list *list = reader->list;
    struct piece pieces[MOST_PIECES];
    size_t count = alias_pieces(pieces, surface, false);
    bool exact = false;
    const char *fault = surface_fault(pieces, count, surface, &exact);
    if (fault)
        return warn(reader, "\"%.80s\" skipped: %s", surface, fault), false;
    struct node *node = &list->nodes[alias_node(list, surface)];
    uint32_t known = node->entry;
    if (known == entry + 1) {
        node->capital &= alias_has_capital(surface, strlen(surface));
        return warn(reader, "\"%.80s\" is here already", surface), true;
    }
    if (known) {
        warn(reader, "\"%.80s\" skipped: it already means \"%.80s\"", surface,
             list->entries[known - 1].name.name);
        return false;
    }
    const char *kept = arena_string(&list->arena, surface);
    alias_claim(list, pieces, count, entry, kept, exact);
    count = alias_pieces(pieces, surface, true);
    alias_claim(list, pieces, count, entry, kept, exact);
    entry_keep(list, entry, kept);
    return true;
}

/* Cuts white space, and a byte order mark before it, at both ends, in place. */
static char *trim(char *text)
{
    size_t length = strlen(text);
    while (length && strchr(" \t\r", text[length - 1]))
        text[--length] = '\0';
    while (*text == ' ' || *text == '\t' || *text == '\r' ||
           !strncmp(text, "\ufeff", 3))
        text += *text == '\xef' ? 3 : 1;
    return text;
}

/* A bracket at the end of "Name [TYPE] {id}": cut off, and what it holds; NULL
 * when there is none. */
static char *cut_bracket(char *text, char open, char close)
{
    size_t length = strlen(text);
    char *at = strrchr(text, open);
    if (!at || at == text || text[length - 1] != close)
        return NULL;
    text[length - 1] = *at = '\0';
    trim(text);
    return trim(at + 1);
}

static bool type_find(dateline_entity_type *type, const char *name)
{
    static const char *const names[] = {
#define X(name, letter, colour, text) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ascii_equal(names[i], name)) {
            *type = (dateline_entity_type)i;
            return true;
        }
    return false;
}

/* "Name [TYPE] {id}", brackets in either order; cuts text to the name. */
static struct alias_name name_read(const struct reader *reader, char *text)
{
    struct alias_name name = {0};
    for (char *type = text, *id = text; type || id;) {
        type = cut_bracket(text, '[', ']');
        id = cut_bracket(text, '{', '}');
        if (type && !(name.typed = type_find(&name.type, type)))
            warn(reader, "no such type: \"%.40s\"; read without one", type);
        if (id && *id)
            name.id = arena_string(&reader->list->arena, id);
    }
    name.name = arena_string(&reader->list->arena, text);
    return name;
}

/* A further line about a known name may add what was not said before. */
static void name_merge(struct alias_name *known, const struct alias_name *more)
{
    if (more->typed && !known->typed) {
        known->type = more->type;
        known->typed = true;
    }
    if (more->id && !known->id)
        known->id = more->id;
}

/* The entry of a canonical name, old or new; false when it can be none. */
static bool entry_open(uint32_t *number, const struct reader *reader,
                       const struct alias_name *name)
{
    struct alias_list *list = reader->list;
    uint32_t known = list->nodes[alias_node(list, name->name)].entry;
    if (known) {
        *number = known - 1;
        struct alias_name *old = &list->entries[*number].name;
        if (strcmp(old->name, name->name)) {
            warn(reader, "line skipped: \"%.80s\" is another name of \"%.80s\"",
                 name->name, old->name);
            return false;
        }
        name_merge(old, name);
        return true;
    }
    *number = (uint32_t)list->count;
    struct entry *entry = arena_push(&list->arena, &list->entries, &list->count,
                                     &list->room);
    *entry = (struct entry){.name = *name};
    if (surface_add(reader, *number, name->name))
        return true;
    list->count--;
    return false;
}

static void line_read(const struct reader *reader, char *line)
{
    char *equals = strchr(line, '='), *rest = NULL;
    if (equals) {
        *equals = '\0';
        rest = equals + 1;
    }
    char *left = trim(line);
    if (*left == '#')
        return;
    if (!*left) {
        if (rest)
            warn(reader, "line skipped: no name before \"=\"");
        return;
    }
    uint32_t entry;
    struct alias_name name = name_read(reader, left);
    if (!entry_open(&entry, reader, &name))
        return;
    while (rest) {
        char *bar = strchr(rest, '|');
        if (bar)
            *bar = '\0';
        char *surface = trim(rest);
        if (*surface)
            surface_add(reader, entry, surface);
        else
            warn(reader, "an empty name skipped");
        rest = bar ? bar + 1 : NULL;
    }
}

dateline_status alias_read(struct alias_list **list, const char *bytes,
                           size_t length, alias_warn *warning, void *context,
                           dateline_error *error)
{
    (void)error;
    if (!*list)
        *list = alias_new();
    struct reader reader = {.list = *list, .warn = warning, .context = context};
    size_t at = 0;
    while (at < length) {
        const char *newline = memchr(bytes + at, '\n', length - at);
        size_t end = newline ? (size_t)(newline - bytes) : length;
        struct arena scratch = ARENA_INIT;
        reader.line++;
        if (end > at) {
            size_t repaired;
            char *line = text_repair(&scratch, bytes + at, end - at, &repaired);
            if (!text_is_valid(bytes + at, end - at))
                warn(&reader, "not UTF-8; what is not was replaced");
            line_read(&reader, line);
        }
        arena_release(&scratch);
        at = end + 1;
    }
    return DATELINE_OK;
}

static dateline_status file_read(struct buffer *out, const char *path,
                                 dateline_error *error)
{
    FILE *file = fopen(path, "rbe");
    struct stat status;
    if (!file)
        return error_set(error, DATELINE_NOT_FOUND, "%s: %s", path,
                         strerror(errno));
    if (fstat(fileno(file), &status) || S_ISDIR(status.st_mode)) {
        fclose(file);
        return error_set(error, DATELINE_IO, "%s: not a file", path);
    }
    char piece[16384];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, file)) > 0 &&
           out->length <= LIMIT_FILE_BYTES)
        buffer_add(out, piece, n);
    bool failed = ferror(file);
    fclose(file);
    if (failed)
        return error_set(error, DATELINE_IO, "%s: cannot be read", path);
    if (out->length > LIMIT_FILE_BYTES)
        return error_set(error, DATELINE_LIMIT, "%s: larger than %u bytes", path,
                         LIMIT_FILE_BYTES);
    return DATELINE_OK;
}

dateline_status alias_load(struct alias_list **list, const char *path,
                           alias_warn *warning, void *context,
                           dateline_error *error)
{
    struct buffer file = {0};
    dateline_status status = file_read(&file, path, error);
    if (!status)
        status = alias_read(list, file.bytes, file.length, warning, context,
                            error);
    buffer_free(&file);
    return status;
}
