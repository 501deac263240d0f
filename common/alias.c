/* Lines "Canonical [TYPE] {id} = surface | surface" go in; where a surface
 * stands in a text, and what it stands for, comes out.
 *
 * Surfaces lie in a trie whose steps are pieces: a folded word, or one symbol
 * between words. Spaces, hyphens and quotes only part words, so "Al-Qaeda" and
 * "Al Qaeda" are one surface; a possessive 's is left out. All edges share one
 * hash table, so a step costs one look-up and a text is walked in linear time:
 * a surface has at most MOST_PIECES. */
#include "common/alias.h"

#include "common/ascii.h"
#include "common/error.h"
#include "common/hash.h"
#include "common/language.h"
#include "common/limit.h"
#include "common/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    MOST_PIECES = 32, /* of a surface */
    MOST_GAP = 8      /* bytes of space and hyphens inside a surface */
};

struct surface {
    const char *text;
    struct surface *next;
};

struct entry {
    struct alias_name name;
    struct surface *first, *last;
};

struct node {
    const char *piece;
    uint32_t parent;
    uint32_t entry;     /* of the surface that ends here, plus 1; 0: none */
    const char *exact;  /* the surface, where it must stand to the letter */
    bool possessive;    /* the surface itself ends with 's */
    bool capital;       /* every such surface is written with a capital */
};

struct alias_list {
    struct arena arena;
    struct entry *entries;
    size_t count, room;
    struct node *nodes; /* 0 is the root */
    size_t node_count, node_room;
    uint32_t *edges;    /* open addressing: numbers of nodes, 0: free */
    size_t edge_room;   /* a power of two */
};

/* Where warnings go, and about which line. */
struct reader {
    struct alias_list *list;
    alias_warn *warn;
    void *context;
    size_t line;
};

/* ------------------------------------------------------------------ pieces */

struct piece {
    size_t start, end;
    size_t bare; /* the end without a possessive 's */
    char text[TEXT_TERM_BYTES];
};

static bool parts_words(uint32_t c)
{
    return text_is_space(c) || text_is_invisible(c) || c == '-' || c == '\'' ||
           c == '"' || (c >= 0x2010 && c <= 0x201f) || c == 0xab || c == 0xbb;
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if (*text & 0x80)
            return false;
    return true;
}

/* Drops diacritics of the folded word. */
static void piece_drop_marks(struct piece *piece)
{
    struct arena scratch = ARENA_INIT;
    const char *plain = text_fold_marks(&scratch, piece->text, strlen(piece->text));
    size_t length = text_boundary(plain, strlen(plain), TEXT_TERM_BYTES - 1);
    memmove(piece->text, plain, length);
    piece->text[length] = '\0';
    arena_release(&scratch);
}

static size_t bare_end(const char *text, size_t start, size_t end)
{
    if (end - start > 2 && (text[end - 1] | 0x20) == 's') {
        if (text[end - 2] == '\'')
            return end - 2;
        if (end - start > 4 && !memcmp(text + end - 4, "\u2019", 3))
            return end - 4;
    }
    return end;
}

static void piece_word(struct piece *piece, const char *text,
                       const struct text_word *word)
{
    piece->start = word->start;
    piece->end = word->end;
    piece->bare = bare_end(text, word->start, word->end);
    memcpy(piece->text, word->term, (size_t)word->length + 1);
    if (!is_ascii(piece->text))
        piece_drop_marks(piece);
}

/* The next piece at or after *at; false at a newline, the end, or a gap too
 * wide to lie within a name. */
static bool piece_next(struct piece *piece, const char *text, size_t length,
                       size_t *at)
{
    size_t here = *at, size;
    for (; here < length; here += size) {
        uint32_t c = text_decode(text + here, length - here, &size);
        if (c == '\n' || here - *at > MOST_GAP)
            return false;
        if (!parts_words(c))
            break;
    }
    if (here >= length)
        return false;
    struct text_word word;
    size_t from = here, near = here + TEXT_TERM_BYTES < length
                                   ? here + TEXT_TERM_BYTES : length;
    /* a look at a few bytes tells a word from a symbol, however many follow */
    if (text_word(&word, text, text_boundary(text, length, near), &from) &&
        word.start == here) {
        from = here;
        text_word(&word, text, length, &from);
        piece_word(piece, text, &word);
    } else {
        text_decode(text + here, length - here, &size);
        *piece = (struct piece){.start = here, .end = here + size,
                                .bare = here + size};
        memcpy(piece->text, text + here, size);
    }
    *at = piece->end;
    return true;
}

/* -------------------------------------------------------------------- trie */

static uint64_t edge_hash(uint32_t parent, const char *piece)
{
    uint64_t hash = hash_64(HASH_64, (const char *)&parent, sizeof parent);
    hash = hash_64(hash, piece, strlen(piece));
    return hash ^ hash >> 29;
}

/* The place in the table of an edge, or the free place where it would go. */
static size_t edge_place(const struct alias_list *list, uint32_t parent,
                         const char *piece)
{
    size_t at = edge_hash(parent, piece) & (list->edge_room - 1);
    for (; list->edges[at]; at = (at + 1) & (list->edge_room - 1)) {
        const struct node *node = &list->nodes[list->edges[at]];
        if (node->parent == parent && !strcmp(node->piece, piece))
            break;
    }
    return at;
}

static void edges_grow(struct alias_list *list)
{
    list->edge_room = list->edge_room ? 2 * list->edge_room : 256;
    list->edges = arena_array(&list->arena, uint32_t, list->edge_room);
    for (size_t i = 1; i < list->node_count; i++)
        list->edges[edge_place(list, list->nodes[i].parent,
                               list->nodes[i].piece)] = (uint32_t)i;
}

static uint32_t node_step(const struct alias_list *list, uint32_t parent,
                          const char *piece)
{
    return list->edges[edge_place(list, parent, piece)];
}

static uint32_t node_add(struct alias_list *list, uint32_t parent,
                         const char *piece)
{
    uint32_t found = node_step(list, parent, piece);
    if (found)
        return found;
    uint32_t number = (uint32_t)list->node_count;
    struct node *node = arena_push(&list->arena, &list->nodes,
                                   &list->node_count, &list->node_room);
    node->parent = parent;
    node->piece = arena_string(&list->arena, piece);
    if (2 * list->node_count > list->edge_room)
        edges_grow(list);
    list->edges[edge_place(list, parent, piece)] = number;
    return number;
}

static struct alias_list *list_new(void)
{
    struct arena arena = ARENA_INIT;
    struct alias_list *list = arena_new(&arena, struct alias_list);
    list->arena = arena;
    (void)arena_push(&list->arena, &list->nodes, &list->node_count,
                     &list->node_room);
    edges_grow(list);
    return list;
}

/* ----------------------------------------------------------------- reading */

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

/* A mark that writers leave out or add at will. */
static bool is_optional(const struct piece *piece)
{
    return piece->text[0] && strchr(".,!?", piece->text[0]) && !piece->text[1];
}

static bool is_word(const struct piece *piece)
{
    struct text_word word;
    size_t at = 0;
    return text_word(&word, piece->text, strlen(piece->text), &at);
}

/* The pieces of a surface, from its first word on; bare: without optional
 * marks. Returns how many, or 0 where they are too many. */
static size_t surface_pieces(struct piece pieces[MOST_PIECES],
                             const char *surface, bool bare)
{
    size_t length = strlen(surface), at = 0, count = 0;
    for (struct piece piece; piece_next(&piece, surface, length, &at);) {
        if ((!count && !is_word(&piece)) || (bare && is_optional(&piece)))
            continue;
        if (count == MOST_PIECES)
            return 0;
        pieces[count++] = piece;
    }
    return count;
}

/* The node of a surface, or 0. */
static uint32_t surface_node(const struct alias_list *list, const char *surface)
{
    struct piece pieces[MOST_PIECES];
    size_t count = surface_pieces(pieces, surface, false);
    uint32_t node = 0;
    for (size_t i = 0; i < count; i++) {
        node = node_step(list, node, pieces[i].text);
        if (!node)
            return 0;
    }
    return node;
}

static bool has_capital(const char *text, size_t length)
{
    for (size_t at = 0, size; at < length; at += size)
        if (text_is_upper(text_decode(text + at, length - at, &size)))
            return true;
    return false;
}

/* Lets the node of these pieces mean the entry. */
static void surface_claim(struct alias_list *list, const struct piece *pieces,
                          size_t count, uint32_t entry, const char *surface,
                          bool exact)
{
    uint32_t number = 0;
    for (size_t i = 0; i < count; i++)
        number = node_add(list, number, pieces[i].text);
    struct node *node = &list->nodes[number];
    if (!number || node->entry)
        return;
    node->entry = entry + 1;
    node->exact = exact ? surface : NULL;
    node->capital = has_capital(surface, strlen(surface));
    node->possessive = pieces[count - 1].bare != pieces[count - 1].end;
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
    size_t count = surface_pieces(pieces, surface, false);
    bool exact = false;
    const char *fault = surface_fault(pieces, count, surface, &exact);
    if (fault)
        return warn(reader, "\"%.80s\" skipped: %s", surface, fault), false;
    struct node *node = &list->nodes[surface_node(list, surface)];
    uint32_t known = node->entry;
    if (known == entry + 1) {
        node->capital &= has_capital(surface, strlen(surface));
        return warn(reader, "\"%.80s\" is here already", surface), true;
    }
    if (known) {
        warn(reader, "\"%.80s\" skipped: it already means \"%.80s\"", surface,
             list->entries[known - 1].name.name);
        return false;
    }
    const char *kept = arena_string(&list->arena, surface);
    surface_claim(list, pieces, count, entry, kept, exact);
    count = surface_pieces(pieces, surface, true);
    surface_claim(list, pieces, count, entry, kept, exact);
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
    uint32_t known = list->nodes[surface_node(list, name->name)].entry;
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
        *list = list_new();
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

/* ----------------------------------------------------------------- finding */

/* A surface may end at this node of the walk; a stop word's stands to the
 * letter. Where, or 0. */
static size_t surface_end(const struct node *node, const struct piece *last,
                          const char *text, size_t at)
{
    if (!node->entry)
        return 0;
    size_t end = node->possessive ? last->end : last->bare;
    if (node->exact && (strlen(node->exact) != end - at ||
                        memcmp(node->exact, text + at, end - at)))
        return 0;
    return end;
}

static size_t find(const struct alias_name **name, const struct alias_list *list,
                   const char *text, size_t length, size_t at, bool written)
{
    size_t longest = 0, here = at;
    uint32_t node = 0;
    for (struct piece piece; piece_next(&piece, text, length, &here);) {
        if (!node && piece.start != at)
            break;
        node = node_step(list, node, piece.text);
        if (!node)
            break;
        size_t end = surface_end(&list->nodes[node], &piece, text, at);
        if (end && !(written && list->nodes[node].capital &&
                     !has_capital(text + at, end - at))) {
            longest = end - at;
            *name = &list->entries[list->nodes[node].entry - 1].name;
        }
    }
    return longest;
}

size_t alias_find(const struct alias_name **name, const struct alias_list *list,
                  const char *text, size_t length, size_t at)
{
    return list ? find(name, list, text, length, at, false) : 0;
}

size_t alias_find_written(const struct alias_name **name,
                          const struct alias_list *list, const char *text,
                          size_t length, size_t at)
{
    return list ? find(name, list, text, length, at, true) : 0;
}

void alias_surfaces(const struct alias_list *list, const char *canonical,
                    alias_visit *visit, void *context)
{
    uint32_t entry = list ? list->nodes[surface_node(list, canonical)].entry : 0;
    if (!entry)
        return;
    const struct surface *s = list->entries[entry - 1].first;
    while (s && visit(context, s->text))
        s = s->next;
}

void alias_write(struct buffer *out, const struct alias_list *list)
{
    static const char *const types[] = {
#define X(name, letter, colour, text) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    for (size_t i = 0; list && i < list->count; i++) {
        const struct alias_name *name = &list->entries[i].name;
        buffer_text(out, name->name);
        if (name->typed)
            buffer_format(out, " [%s]", types[name->type]);
        if (name->id)
            buffer_format(out, " {%s}", name->id);
        /* the first surface is the name itself */
        const char *mark = " = ";
        for (const struct surface *s = list->entries[i].first->next; s; s = s->next) {
            buffer_format(out, "%s%s", mark, s->text);
            mark = " | ";
        }
        buffer_byte(out, '\n');
    }
}

size_t alias_count(const struct alias_list *list)
{
    return list ? list->count : 0;
}

void alias_free(struct alias_list *list)
{
    if (!list)
        return;
    struct arena arena = list->arena;
    arena_release(&arena);
}
