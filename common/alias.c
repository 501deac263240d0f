/* Surfaces go in, piece by piece into a trie; where one stands in a text, and
 * what it stands for, comes out. */
#include "common/alias_part.h"

#include "common/hash.h"

#include <string.h>

enum { MOST_GAP = 8 /* bytes of space and hyphens inside a surface */ };

/* ------------------------------------------------------------------ pieces */

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

struct alias_list *alias_new(void)
{
    struct arena arena = ARENA_INIT;
    struct alias_list *list = arena_new(&arena, struct alias_list);
    list->arena = arena;
    (void)arena_push(&list->arena, &list->nodes, &list->node_count,
                     &list->node_room);
    edges_grow(list);
    return list;
}

/* ---------------------------------------------------------------- surfaces */

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

size_t alias_pieces(struct piece pieces[MOST_PIECES], const char *surface,
                    bool bare)
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

uint32_t alias_node(const struct alias_list *list, const char *surface)
{
    struct piece pieces[MOST_PIECES];
    size_t count = alias_pieces(pieces, surface, false);
    uint32_t node = 0;
    for (size_t i = 0; i < count; i++) {
        node = node_step(list, node, pieces[i].text);
        if (!node)
            return 0;
    }
    return node;
}

bool alias_has_capital(const char *text, size_t length)
{
    for (size_t at = 0, size; at < length; at += size)
        if (text_is_upper(text_decode(text + at, length - at, &size)))
            return true;
    return false;
}

void alias_claim(struct alias_list *list, const struct piece *pieces,
                 size_t count, uint32_t entry, const char *surface, bool exact)
{
    uint32_t number = 0;
    for (size_t i = 0; i < count; i++)
        number = node_add(list, number, pieces[i].text);
    struct node *node = &list->nodes[number];
    if (!number || node->entry)
        return;
    node->entry = entry + 1;
    node->exact = exact ? surface : NULL;
    node->capital = alias_has_capital(surface, strlen(surface));
    node->possessive = pieces[count - 1].bare != pieces[count - 1].end;
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
                     !alias_has_capital(text + at, end - at))) {
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
    uint32_t entry = list ? list->nodes[alias_node(list, canonical)].entry : 0;
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
