/* Texts go in, counts of words by hash are taken, classes are learnt from their
 * order; WordNet's proper names are added; slots of the lexicon come out. */
#include "indexer/train/words.h"

#include "common/error.h"
#include "common/json.h"
#include "indexer/tagger_feature.h"
#include "indexer/train/classes.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLOTS = 1 << 22,  /* of the table of all words met */
    LEAST = 5,        /* rarer words have no class */
    ROUNDS = 10,
    SOME = 3          /* as often in lower case to be a common word */
};

struct word {
    uint32_t hash, count, lower, capital;
    uint32_t number; /* by frequency, from 1; 0: too rare */
    uint8_t lists;
};

struct words {
    struct arena arena;
    struct word *table;
    size_t count;
    struct tagger_window window;
    uint32_t *text; /* slots, in order; 0 parts sentences */
    size_t length, room;
};

static struct word *word_at(struct words *w, uint32_t hash)
{
    uint32_t i = hash >> 10 & (SLOTS - 1);
    hash |= !hash;
    while (w->table[i].hash && w->table[i].hash != hash)
        i = (i + 1) & (SLOTS - 1);
    if (!w->table[i].hash && w->count < SLOTS / 2) {
        w->table[i].hash = hash;
        w->count++;
    }
    return &w->table[i];
}

/* ------------------------------------------------------------------ texts */

/* All numbers are one word; parts of sentences another. */
enum { SENTENCE = 1, NUMBER = 2 };

static void push(struct words *w, uint32_t hash)
{
    struct word *word = word_at(w, hash);
    word->count++;
    if (w->length == w->room) {
        w->room = w->room ? 2 * w->room : 1u << 20;
        w->text = realloc(w->text, w->room * sizeof *w->text);
        if (!w->text)
            exit(2);
    }
    w->text[w->length++] = (uint32_t)(word - w->table);
}

static void add_token(struct words *w, const struct tagger_token *t)
{
    if (t->form == TAGGER_NUMBER) {
        push(w, NUMBER);
        return;
    }
    push(w, t->folded);
    struct word *word = word_at(w, t->folded);
    if (t->form == TAGGER_LOWER)
        word->lower++;
    else if (!(t->flags & (TAGGER_FIRST | TAGGER_ALL_CAPS | TAGGER_TITLE)))
        word->capital++;
}

static void add_text(struct words *w, const char *text, size_t length)
{
    uint32_t sentence = 0;
    for (size_t at = 0; at < length;) {
        at = tagger_window_read(&w->window, text, length, at);
        push(w, SENTENCE);
        for (size_t i = 0; i < w->window.count; i++) {
            const struct tagger_token *t = &w->window.tokens[i];
            if (i && t->sentence != sentence)
                push(w, SENTENCE);
            sentence = t->sentence;
            add_token(w, t);
        }
    }
}

/* A line of a collection of texts, or of dateline-index --dry-run; English, or
 * what does not say. */
static void add_line(struct words *w, const struct json *line)
{
    const char *language = json_text(line, "language");
    const struct json *text = json_member(line, "text");
    if (!text)
        text = json_member(line, "body");
    if (text && text->text && (!language || !strcmp(language, "en")))
        add_text(w, text->text, text->length);
}

static dateline_status add_file(struct words *w, const char *path,
                                dateline_error *error)
{
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
        if (!status)
            add_line(w, json);
        arena_release(&scratch);
    }
    free(line);
    fclose(file);
    return status;
}

static dateline_status add_folder(struct words *w, const char *folder,
                                  dateline_error *error)
{
    char *pattern = arena_format(&w->arena, "%s/raw/*.jsonl", folder);
    glob_t found = {0};
    dateline_status status = DATELINE_OK;
    if (!glob(pattern, 0, NULL, &found))
        for (size_t i = 0; i < found.gl_pathc && !status; i++)
            status = add_file(w, found.gl_pathv[i], error);
    globfree(&found);
    return status;
}

/* ---------------------------------------------------------------- classes */

/* Most frequent first; equal ones by hash, so that the order is one. */
static int compare_words(const void *a, const void *b)
{
    const struct word *x = *(struct word *const *)a;
    const struct word *y = *(struct word *const *)b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static uint32_t number_words(struct words *w)
{
    struct word **order = arena_alloc(&w->arena, w->count * sizeof *order);
    uint32_t count = 0;
    for (size_t i = 0; i < SLOTS; i++)
        if (w->table[i].count >= LEAST)
            order[count++] = &w->table[i];
    qsort(order, count, sizeof *order, compare_words);
    for (uint32_t i = 0; i < count; i++)
        order[i]->number = i + 1;
    return count;
}

/* Numbers from 1 for the words in order; rare words are all number 0. */
static uint8_t *learn_classes(struct words *w)
{
    uint32_t count = number_words(w);
    for (size_t i = 0; i < w->length; i++)
        w->text[i] = w->table[w->text[i]].number;
    uint8_t *classes = arena_alloc(&w->arena, count + 1);
    classes_learn(classes, w->text, w->length, count + 1, ROUNDS);
    return classes;
}

/* ---------------------------------------------------------------- WordNet */

/* Lexicographer files: lexnames(5WN). */
enum { ADJECTIVE = 0, PERTAINYM = 1, GROUP = 14, LOCATION = 15, PERSON = 18 };

static unsigned list_of(unsigned file, bool instance)
{
    switch (file) {
    case ADJECTIVE: case PERTAINYM: return WORD_PEOPLE;
    case GROUP: return WORD_GROUP;
    case LOCATION: return instance ? WORD_PLACE : 0;
    case PERSON: return instance ? WORD_PERSON : WORD_PEOPLE;
    default: return 0;
    }
}

/* "Bank_of_England" -> its words that begin with a capital. */
static void add_lemma(struct words *w, const char *lemma, unsigned list)
{
    while (*lemma) {
        size_t n = strcspn(lemma, "_-(");
        char folded[64];
        if (*lemma >= 'A' && *lemma <= 'Z' && n > 2 && n < sizeof folded) {
            for (size_t i = 0; i < n; i++)
                folded[i] = (char)(lemma[i] | 0x20);
            word_at(w, tagger_hash(folded, n))->lists |= (uint8_t)list;
        }
        lemma += n;
        lemma += *lemma != 0;
    }
}

/* A line of data.POS: offset, file, kind, number of words in hex, then words
 * and numbers, then pointers, "@i" for an instance: wndb(5WN). */
static void add_synset(struct words *w, char *line)
{
    unsigned file, count;
    int at;
    char kind;
    if (sscanf(line, "%*8c %2u %c %2x %n", &file, &kind, &count, &at) != 3)
        return;
    unsigned list = list_of(file, strstr(line, " @i ") != NULL);
    char *rest, *word = strtok_r(line + at, " ", &rest);
    for (unsigned i = 0; i < count && list && word; i++) {
        add_lemma(w, word, list);
        strtok_r(NULL, " ", &rest);
        word = strtok_r(NULL, " ", &rest);
    }
}

static void add_wordnet(struct words *w, const char *folder, const char *name)
{
    FILE *file = fopen(arena_format(&w->arena, "%s/%s", folder, name), "r");
    char *line = NULL;
    size_t room = 0;
    if (!file) {
        fprintf(stderr, "%s/%s is missing; its lists stay empty\n", folder, name);
        return;
    }
    while (getline(&line, &room, file) > 0)
        if (line[0] != ' ')
            add_synset(w, line);
    free(line);
    fclose(file);
}

/* ------------------------------------------------------------------ names */

/* whole: for a name of one word; part: for each word of a longer one. */
static void add_name(struct words *w, const char *line, size_t length,
                     unsigned whole, unsigned part)
{
    tagger_window_read(&w->window, line, length, 0);
    for (size_t i = 0; i < w->window.count; i++) {
        const struct tagger_token *t = &w->window.tokens[i];
        bool small = t->end - t->start <= 3;
        if (t->form == TAGGER_LOWER || t->form == TAGGER_MARK)
            continue;
        if (w->window.count == 1)
            word_at(w, t->folded)->lists |= (uint8_t)whole;
        else if (!small)
            word_at(w, t->folded)->lists |= (uint8_t)part;
    }
}

static void add_names(struct words *w, const char *folder, const char *name,
                      unsigned whole, unsigned part)
{
    char *path = arena_format(&w->arena, "%s/words/%s", folder, name);
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    if (!file) {
        fprintf(stderr, "%s is missing; its list stays empty\n", path);
        return;
    }
    for (ssize_t n; (n = getline(&line, &room, file)) > 0;)
        add_name(w, line, (size_t)n, whole, part);
    free(line);
    fclose(file);
}

/* ---------------------------------------------------------------- lexicon */

static void fill(struct samples *all, struct words *w, const uint8_t *classes)
{
    size_t count = 0;
    for (size_t i = 0; i < SLOTS; i++) {
        struct word *word = &w->table[i];
        if (word->lower >= SOME && word->lower > word->capital)
            word->lists |= WORD_COMMON;
        count += word->number || word->lists;
    }
    uint32_t slots = (uint32_t)(count + count / 4);
    struct tagger_entry *entries = arena_array(&all->arena, struct tagger_entry,
                                               slots + 1u);
    for (size_t i = 0; i < SLOTS; i++) {
        const struct word *word = &w->table[i];
        if (!word->number && !word->lists)
            continue;
        struct tagger_entry *e = tagger_lexicon_add(entries, slots, word->hash);
        if (!e || e->class || e->lists)
            continue;
        e->class = (uint8_t)(word->number ? classes[word->number] + 1 : 0);
        e->lists = word->lists;
    }
    all->lexicon = (struct tagger_lexicon){entries, slots};
    fprintf(stderr, "lexicon: %zu words of %zu in %zu tokens\n", count, w->count,
            w->length);
}

dateline_status words_learn(struct samples *all, const char *folder,
                            const char *wordnet, dateline_error *error)
{
    struct words w = {.arena = ARENA_INIT};
    w.table = arena_array(&w.arena, struct word, SLOTS);
    tagger_window_open(&w.window, &w.arena);
    for (size_t i = 0; i < all->count; i++)
        if (!all->items[i].held)
            add_text(&w, all->items[i].text, all->items[i].length);
    dateline_status status = add_folder(&w, folder, error);
    if (!status) {
        const uint8_t *classes = learn_classes(&w);
        add_wordnet(&w, wordnet, "data.noun");
        add_wordnet(&w, wordnet, "data.adj");
        add_names(&w, folder, "person.txt", WORD_NAME, WORD_NAME);
        add_names(&w, folder, "town.txt", WORD_TOWN, WORD_TOWN_PART);
        fill(all, &w, classes);
    }
    free(w.text);
    arena_release(&w.arena);
    return status;
}
