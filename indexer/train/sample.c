/* JSON lines go in; texts with tokens, rows of features and the labels that
 * their annotation allows come out. */
#include "indexer/train/sample.h"

#include "common/error.h"
#include "common/json.h"
#include "indexer/tagger_model.h"
#include "indexer/train/sha1.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *const type_names[] = {
#define X(name, letter, colour, text) #name,
    DATELINE_ENTITY_TYPES(X)
#undef X
};

/* The index of a name in tagger_types, or TAGGER_TYPES. */
static unsigned type_find(const char *name)
{
    unsigned i = 0;
    while (i < TAGGER_TYPES &&
           (!name || strcmp(type_names[tagger_types[i]], name)))
        i++;
    return i;
}

static unsigned type_bit(const char *name)
{
    return 1u << type_find(name) & ((1u << TAGGER_TYPES) - 1);
}

static unsigned type_bits(const struct json *list)
{
    unsigned bits = 0;
    for (const struct json *j = list ? list->child : NULL; j; j = j->next)
        bits |= type_bit(j->text);
    return bits;
}

/* ---------------------------------------------------------------- reading */

/* Where each code point of a text begins; one more for its end. */
static size_t *character_starts(struct arena *arena, const char *text,
                                size_t length, size_t *count)
{
    size_t *starts = arena_array(arena, size_t, length + 1);
    *count = 0;
    for (size_t i = 0; i < length; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            starts[(*count)++] = i;
    starts[*count] = length;
    return starts;
}

static size_t byte_of(const struct json *number, const size_t *starts,
                      size_t count)
{
    if (!number || number->number < 0)
        return 0;
    size_t i = (size_t)number->number;
    return starts[i < count ? i : count];
}

/* The set of types beside MISC that a MISC of a set may be: where a set knows
 * no nationalities or dates, it files them there. */
static unsigned misc_types(unsigned annotated)
{
    return ((1u << type_find("NORP")) | (1u << type_find("DATE"))) & ~annotated;
}

static void read_entity(struct samples *all, struct sample *sample,
                        const struct json *entity, const size_t *starts,
                        size_t count)
{
    size_t start = byte_of(json_member(entity, "start"), starts, count);
    size_t end = byte_of(json_member(entity, "end"), starts, count);
    const char *name = json_text(entity, "type");
    unsigned bit = type_bit(name);
    if (!(bit & sample->types)) {
        dateline_span *span = arena_push(&all->arena, &sample->ignored,
                                         &sample->ignored_count,
                                         &sample->ignored_room);
        *span = (dateline_span){start, end};
        return;
    }
    struct gold *gold = arena_push(&all->arena, &sample->golds,
                                   &sample->gold_count, &sample->gold_room);
    unsigned accepted = bit | type_bits(json_member(entity, "alt"));
    *gold = (struct gold){start, end, type_find(name), accepted, accepted};
    if (bit == type_bit("MISC"))
        gold->types |= misc_types(sample->types);
}

static void read_ignored(struct samples *all, struct sample *sample,
                         const struct json *list, const size_t *starts,
                         size_t count)
{
    for (const struct json *j = list ? list->child : NULL; j; j = j->next) {
        dateline_span *span = arena_push(&all->arena, &sample->ignored,
                                         &sample->ignored_count,
                                         &sample->ignored_room);
        span->start = byte_of(j->child, starts, count);
        span->end = byte_of(j->child ? j->child->next : NULL, starts, count);
    }
}

/* Parity of sha1("f" + id), taken as one number: the customary split. */
static int fold_of(const char *id)
{
    struct buffer key = {0};
    uint8_t digest[20];
    buffer_text(&key, "f");
    buffer_text(&key, id);
    sha1(digest, key.bytes, key.length);
    buffer_free(&key);
    return digest[19] & 1;
}

/* Whether a word stands in a space-separated list. */
static bool listed(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += n)
        if ((at == list || at[-1] == ' ') && (!at[n] || at[n] == ' '))
            return true;
    return false;
}

static bool is_wanted(const struct set *set, const struct json *line)
{
    const char *value = set->only ? json_text(line, set->only) : NULL;
    if (!set->only)
        return true;
    if (!value)
        return false;
    return set->values ? listed(set->values, value)
                       : strcmp(set->never, value) != 0;
}

static void read_sample(struct samples *all, const struct json *line,
                        const struct set *set, unsigned number, int fold)
{
    const struct json *text = json_member(line, "text");
    const char *id = json_text(line, "id");
    if (!text || !text->text || !id)
        return;
    struct sample *sample = arena_push(&all->arena, &all->items, &all->count,
                                       &all->room);
    sample->id = arena_string(&all->arena, id);
    sample->text = arena_copy(&all->arena, text->text, text->length);
    sample->length = text->length;
    sample->set = number;
    sample->weight = set->weight;
    sample->types = type_bits(json_member(line, "types"));
    sample->held = set->folds && fold >= 0 && fold_of(id) == fold;
    struct arena scratch = ARENA_INIT;
    size_t count;
    const size_t *starts = character_starts(&scratch, sample->text,
                                            sample->length, &count);
    const struct json *entities = json_member(line, "entities");
    for (const struct json *j = entities ? entities->child : NULL; j; j = j->next)
        read_entity(all, sample, j, starts, count);
    read_ignored(all, sample, json_member(line, "ignore"), starts, count);
    arena_release(&scratch);
}

dateline_status samples_read(struct samples *all, const char *folder,
                             const struct set *set, unsigned number, int fold,
                             dateline_error *error)
{
    char *path = arena_format(&all->arena, "%s/%s", folder, set->path);
    FILE *file = fopen(path, "rb");
    if (!file)
        return error_set(error, DATELINE_IO, "%s: %s", path, strerror(errno));
    char *line = NULL;
    size_t room = 0;
    dateline_status status = DATELINE_OK;
    for (ssize_t n; !status && (n = getline(&line, &room, file)) > 0;) {
        struct arena scratch = ARENA_INIT;
        const struct json *json;
        status = json_read(&json, &scratch, line, (size_t)n, 16, false, error);
        if (!status && is_wanted(set, json))
            read_sample(all, json, set, number, fold);
        arena_release(&scratch);
    }
    free(line);
    fclose(file);
    return status;
}

/* -------------------------------------------------------------- preparing */

static void allow_all(struct sample *s, size_t start, size_t end)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->tokens[i].start < end && s->tokens[i].end > start)
            s->allowed[i] = (1u << TAGGER_LABELS) - 1;
}

static void allow_gold(struct sample *s, const struct gold *gold)
{
    bool first = true;
    for (size_t i = 0; i < s->count; i++) {
        if (s->tokens[i].start >= gold->end || s->tokens[i].end <= gold->start)
            continue;
        s->allowed[i] = 0;
        for (unsigned t = 0; t < TAGGER_TYPES; t++)
            if (gold->types >> t & 1)
                s->allowed[i] |= (uint16_t)(1u << (2 * t + 1 + !first));
        first = false;
    }
}

/* Unmarked tokens are outside, or of a type that was not annotated. */
static void allow(struct sample *s, struct arena *arena)
{
    unsigned open = 1;
    for (unsigned t = 0; t < TAGGER_TYPES; t++)
        if (!(s->types >> t & 1))
            open |= 3u << (2 * t + 1);
    s->allowed = arena_array(arena, uint16_t, s->count + 1);
    for (size_t i = 0; i < s->count; i++)
        s->allowed[i] = (uint16_t)open;
    for (size_t i = 0; i < s->ignored_count; i++)
        allow_all(s, s->ignored[i].start, s->ignored[i].end);
    for (size_t i = 0; i < s->gold_count; i++)
        allow_gold(s, &s->golds[i]);
}

static void *copy(struct arena *arena, const void *bytes, size_t size)
{
    return memcpy(arena_alloc(arena, size + 1), bytes, size);
}

void samples_labels(struct labels *labels, const struct samples *all,
                    const struct sample *s)
{
    static const dateline_date today = {.precision = DATELINE_NO_DATE};
    pattern_find(labels, all->patterns, s->text, s->length, &today, "en");
    gazetteer_find(labels, all->gazetteer, s->text, s->length, "en");
    label_sort(labels);
}

static void hint(struct tagger_window *w, const struct samples *all,
                 const struct sample *s)
{
    struct arena scratch = ARENA_INIT;
    struct labels labels = {.arena = &scratch};
    size_t from = 0;
    samples_labels(&labels, all, s);
    tagger_window_hint(w, &labels, &from);
    arena_release(&scratch);
}

static void prepare(struct sample *s, struct samples *all,
                    struct tagger_window *w, uint32_t *rows, uint32_t row_count)
{
    tagger_window_read(w, s->text, s->length, 0);
    hint(w, all, s);
    s->count = w->count;
    s->row_start = arena_array(&all->arena, uint32_t, s->count + 1);
    s->special = arena_array(&all->arena, uint8_t, s->count + 1);
    uint32_t n = 0;
    for (size_t i = 0; i < s->count; i++) {
        s->row_start[i] = n;
        size_t special = 0;
        if (w->tokens[i].flags & TAGGER_NEAR)
            n += (uint32_t)tagger_features(rows + n, &special, w, i);
        s->special[i] = (uint8_t)special;
    }
    s->row_start[s->count] = n;
    for (uint32_t i = 0; i < n; i++)
        rows[i] = (uint32_t)tagger_row(rows[i], row_count);
    s->rows = copy(&all->arena, rows, n * sizeof *rows);
    s->tokens = copy(&all->arena, w->tokens, s->count * sizeof *s->tokens);
    allow(s, &all->arena);
}

void samples_prepare(struct samples *all, uint32_t row_count)
{
    struct tagger_window window;
    struct arena scratch = ARENA_INIT;
    tagger_window_open(&window, &scratch);
    window.lexicon = all->lexicon;
    uint32_t *rows = arena_array(&scratch, uint32_t,
                                 (size_t)TAGGER_TOKENS * TAGGER_FEATURES);
    for (size_t i = 0; i < all->count; i++)
        prepare(&all->items[i], all, &window, rows, row_count);
    arena_release(&scratch);
}

static void vote(struct sample *s, struct samples *all, struct tagger_window *w,
                 uint32_t *rows, uint32_t row_count)
{
    w->count = s->count;
    memcpy(w->tokens, s->tokens, s->count * sizeof *s->tokens);
    tagger_window_vote(w);
    uint32_t n = 0;
    s->vote_start = arena_array(&all->arena, uint32_t, s->count + 1);
    for (size_t i = 0; i < s->count; i++) {
        s->vote_start[i] = n;
        if (w->tokens[i].flags & TAGGER_NEAR)
            n += (uint32_t)tagger_vote_features(rows + n, w, i);
    }
    s->vote_start[s->count] = n;
    for (uint32_t i = 0; i < n; i++)
        rows[i] = (uint32_t)tagger_row(rows[i], row_count);
    s->vote_rows = copy(&all->arena, rows, n * sizeof *rows);
}

void samples_vote(struct samples *all, uint32_t row_count)
{
    struct tagger_window window;
    struct arena scratch = ARENA_INIT;
    tagger_window_open(&window, &scratch);
    uint32_t *rows = arena_array(&scratch, uint32_t,
                                 (size_t)TAGGER_TOKENS * TAGGER_VOTES);
    for (size_t i = 0; i < all->count; i++)
        vote(&all->items[i], all, &window, rows, row_count);
    arena_release(&scratch);
}
