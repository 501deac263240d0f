/* An article goes in; its documents come out, each term once and in order. */
#include "indexer/record.h"

#include "common/date.h"
#include "common/error.h"
#include "common/field.h"
#include "common/language.h"
#include "common/stored.h"
#include "common/text.h"
#include "indexer/article.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* Part of every article's hash: raise it when other terms are made of the same
 * text, and every article will be written anew. */
enum { RECORD_VERSION = 2 };

enum { WORD_LEAST_BYTES = 2, WORD_MOST_BYTES = 40 }; /* of the vocabulary */

/* --------------------------------------------------------------- stemmers */

struct open_stemmer {
    const char *name; /* of language.c, never freed */
    struct xapian_stemmer *stemmer;
    struct open_stemmer *next;
};

struct recorder {
    struct open_stemmer *stemmers;
};

dateline_status record_open(struct recorder **out, dateline_error *error)
{
    struct recorder *recorder = calloc(1, sizeof *recorder);
    if (!recorder)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    *out = recorder;
    return DATELINE_OK;
}

void record_close(struct recorder *recorder)
{
    if (!recorder)
        return;
    for (struct open_stemmer *open = recorder->stemmers; open;) {
        struct open_stemmer *next = open->next;
        xapian_stemmer_close(open->stemmer);
        free(open);
        open = next;
    }
    free(recorder);
}

static dateline_status stemmer_of(struct xapian_stemmer **out,
                                  struct recorder *recorder,
                                  const char *code, dateline_error *error)
{
    const struct language *language = code ? language_find(code) : NULL;
    const char *name = language ? language->stemmer : "none";
    for (struct open_stemmer *open = recorder->stemmers; open;
         open = open->next)
        if (!strcmp(open->name, name)) {
            *out = open->stemmer;
            return DATELINE_OK;
        }
    struct open_stemmer *open = calloc(1, sizeof *open);
    if (!open)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    dateline_status status = xapian_stemmer_open(&open->stemmer, name, error);
    if (status) {
        free(open);
        return status;
    }
    open->name = name;
    open->next = recorder->stemmers;
    recorder->stemmers = open;
    *out = open->stemmer;
    return DATELINE_OK;
}

/* ----------------------------------------------------- words of an article */

/* A distinct word, or pair of ideographs, of the article. */
struct entry {
    const char *word, *stem;
    uint16_t length, stem_length;
    bool pair, plain; /* plain: goes to the vocabulary */
    uint32_t frequency;
    uint64_t hash;
};

/* Open addressing; the entries themselves never move. */
struct lexicon {
    struct arena *arena;
    struct xapian_stemmer *stemmer;
    struct entry **slots;
    size_t count, room;
};

static void lexicon_grow(struct lexicon *lexicon)
{
    size_t room = lexicon->room ? 2 * lexicon->room : 512;
    struct entry **slots = arena_array(lexicon->arena, struct entry *, room);
    for (size_t i = 0; i < lexicon->room; i++) {
        struct entry *entry = lexicon->slots[i];
        if (!entry)
            continue;
        size_t at = entry->hash & (room - 1);
        while (slots[at])
            at = (at + 1) & (room - 1);
        slots[at] = entry;
    }
    lexicon->slots = slots;
    lexicon->room = room;
}

static bool only_letters(const char *word, size_t length)
{
    if (length < WORD_LEAST_BYTES || length > WORD_MOST_BYTES)
        return false;
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t character = text_decode(word + at, length - at, &size);
        if (!text_is_letter(character) || text_is_ideograph(character))
            return false;
    }
    return true;
}

static struct entry *entry_new(struct lexicon *lexicon, const char *word,
                               size_t length, bool pair)
{
    struct entry *entry = arena_new(lexicon->arena, struct entry);
    entry->word = arena_copy(lexicon->arena, word, length);
    entry->length = (uint16_t)length;
    entry->pair = pair;
    entry->plain = !pair && only_letters(word, length);
    struct xapian_bytes stem = {word, length};
    if (!pair)
        stem = xapian_stemmer_stem(lexicon->stemmer, word, length);
    if (!stem.length || stem.length > LIMIT_TERM_BYTES - 8)
        stem = (struct xapian_bytes){word, length};
    entry->stem = stem.length == length && !memcmp(stem.bytes, word, length)
                      ? entry->word
                      : arena_copy(lexicon->arena, stem.bytes, stem.length);
    entry->stem_length = (uint16_t)stem.length;
    return entry;
}

static const struct entry *lexicon_add(struct lexicon *lexicon,
                                       const char *word, size_t length,
                                       bool pair)
{
    if (2 * lexicon->count >= lexicon->room)
        lexicon_grow(lexicon);
    uint64_t hash = XXH3_64bits(word, length);
    size_t at = hash & (lexicon->room - 1);
    for (struct entry *entry; (entry = lexicon->slots[at]);
         at = (at + 1) & (lexicon->room - 1))
        if (entry->hash == hash && entry->length == length &&
            entry->pair == pair && !memcmp(entry->word, word, length)) {
            entry->frequency++;
            return entry;
        }
    struct entry *entry = entry_new(lexicon, word, length, pair);
    entry->hash = hash;
    entry->frequency = 1;
    lexicon->slots[at] = entry;
    lexicon->count++;
    return entry;
}

/* ---------------------------------------------------------------- postings */

/* One occurrence of a term; position 0: none. frequency 0: a filter. */
struct posting {
    const char *bytes;
    uint32_t length, frequency, position;
};

struct postings {
    struct posting *items;
    size_t count, room;
};

static void postings_add(struct postings *to, const char *bytes, size_t length,
                         uint32_t frequency, uint32_t position)
{
    if (to->count == to->room) {
        to->room = to->room ? 2 * to->room : 256;
        to->items = realloc(to->items, to->room * sizeof *to->items);
        if (!to->items) {
            fputs("dateline: out of memory\n", stderr);
            exit(2); /* as an arena does */
        }
    }
    to->items[to->count++] =
        (struct posting){bytes, (uint32_t)length, frequency, position};
}

static void postings_append(struct postings *to, const struct postings *from)
{
    for (size_t i = 0; i < from->count; i++)
        postings_add(to, from->items[i].bytes, from->items[i].length,
                     from->items[i].frequency, from->items[i].position);
}

static int compare_bytes(const char *a, size_t a_length, const char *b,
                         size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_postings(const void *a, const void *b)
{
    const struct posting *x = a, *y = b;
    int order = compare_bytes(x->bytes, x->length, y->bytes, y->length);
    return order ? order
                 : (x->position > y->position) - (x->position < y->position);
}

/* Writes the term that fills items[0..count) and returns its frequency. */
static uint64_t term_write(struct buffer *out, const struct posting *items,
                           size_t count)
{
    uint64_t frequency = 0;
    size_t positions = 0;
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        frequency += items[i].frequency;
        positions += items[i].position != 0 && items[i].position != last;
        last = items[i].position;
    }
    stored_write_string(out, items->bytes, items->length);
    stored_write_number(out, frequency);
    stored_write_number(out, positions);
    last = 0;
    for (size_t i = 0; i < count; i++)
        if (items[i].position && items[i].position != last) {
            stored_write_number(out, items[i].position - last);
            last = items[i].position;
        }
    return frequency;
}

static size_t run_length(const struct posting *items, size_t count)
{
    size_t n = 1;
    while (n < count && items[n].length == items->length &&
           !memcmp(items[n].bytes, items->bytes, items->length))
        n++;
    return n;
}

/* Sorts, writes each term once, and returns the document's length. */
static uint64_t postings_write(struct buffer *out, struct postings *postings)
{
    if (postings->count)
        qsort(postings->items, postings->count, sizeof *postings->items,
              compare_postings);
    size_t terms = 0;
    for (size_t i = 0; i < postings->count; terms++)
        i += run_length(postings->items + i, postings->count - i);
    stored_write_number(out, terms);
    uint64_t length = 0;
    for (size_t i = 0, n; i < postings->count; i += n) {
        n = run_length(postings->items + i, postings->count - i);
        length += term_write(out, postings->items + i, n);
    }
    return length;
}

/* ----------------------------------------------------------------- filters */

/* What is made once for the whole article. */
struct build {
    const dateline_article *article;
    struct arena arena;
    struct lexicon lexicon;
    struct postings title;   /* words of the title, with and without S */
    struct postings filters; /* of the facts */
    char slot_date[16];
    char key[LIMIT_TERM_BYTES + 1];
    size_t key_length;
};

static const char *prefixed(struct build *build, const char *prefix,
                            const char *bytes, size_t length)
{
    size_t at = strlen(prefix);
    char *term = arena_alloc(&build->arena, at + length + 1);
    memcpy(term, prefix, at);
    memcpy(term + at, bytes, length);
    return term;
}

static void value_add(struct build *build, struct postings *to,
                      const char *prefix, const char *value, size_t length,
                      uint32_t frequency)
{
    char term[LIMIT_TERM_BYTES + 1];
    size_t size = field_term(term, prefix, value, length);
    if (size)
        postings_add(to, arena_copy(&build->arena, term, size), size, frequency,
                     0);
}

static void filter_add(struct build *build, struct postings *to,
                       const char *prefix, const char *value, size_t length)
{
    value_add(build, to, prefix, value, length, 0);
}

static void filter_raw(struct build *build, const char *prefix,
                       const char *value, size_t length)
{
    postings_add(&build->filters, prefixed(build, prefix, value, length),
                 strlen(prefix) + length, 0, 0);
}

/* "https://user@news.example.org:80/x" -> news.example.org */
static const char *host_of(const char *url, size_t *length)
{
    const char *at = strstr(url, "://");
    if (!at)
        return NULL;
    at += 3;
    *length = strcspn(at, "/?#");
    const char *user = memchr(at, '@', *length);
    if (user) {
        *length -= (size_t)(user + 1 - at);
        at = user + 1;
    }
    const char *port = memchr(at, ':', *length);
    if (port)
        *length = (size_t)(port - at);
    return at;
}

/* news.example.org: itself, then example.org; a top domain alone is none. */
static void hosts_add(struct build *build, const char *prefix,
                      const char *host, size_t length)
{
    const char *point;
    while (length && (point = memchr(host, '.', length))) {
        filter_add(build, &build->filters, prefix, host, length);
        length -= (size_t)(point + 1 - host);
        host = point + 1;
    }
}

static void parts_add(struct build *build, const char *prefix,
                      const char *value)
{
    for (const char *at = value; *at;) {
        size_t length = strcspn(at, ",;/");
        filter_add(build, &build->filters, prefix, at, length);
        at += length + (at[length] != '\0');
    }
}

static void text_field_add(struct build *build, const struct field *field,
                           const char *value)
{
    if (!value)
        return;
    filter_add(build, &build->filters, field->prefix, value, strlen(value));
    if (field->use & FIELD_PARTS)
        parts_add(build, field->prefix, value);
    if ((field->use & FIELD_HOSTS) && !strpbrk(value, " /"))
        hosts_add(build, field->prefix, value, strlen(value));
}

/* "20211017" for D, its beginning for M and Y, as far as the day is known. */
static void date_add(struct build *build, const dateline_date *date)
{
    char day[64];
    if (date->precision == DATELINE_NO_DATE)
        return;
    snprintf(day, sizeof day, "%04d%02d%02d", date->year, date->month,
             date->day);
    memcpy(build->slot_date, day, 9);
    build->slot_date[8] = '\0';
    filter_raw(build, FIELD_YEAR, day, 4);
    if (date->precision >= DATELINE_MONTH)
        filter_raw(build, FIELD_MONTH, day, 6);
    if (date->precision >= DATELINE_DAY)
        filter_raw(build, FIELD_DAY, day, 8);
}

static void field_add(struct build *build, const struct field *field)
{
    const dateline_facts *facts = &build->article->facts;
    size_t count;
    const char *const *list;
    switch (field->shape) {
    case FIELD_TEXT:
        text_field_add(build, field, field_text(field, facts));
        break;
    case FIELD_LIST:
        list = field_list(&count, field, facts);
        for (size_t i = 0; i < count; i++)
            text_field_add(build, field, list[i]);
        break;
    case FIELD_DATE:
        date_add(build, field_date(field, facts));
        break;
    case FIELD_NOT_FACT:
        break;
    }
}

static void facts_add(struct build *build)
{
    size_t count, length;
    const struct field *fields = field_all(&count);
    for (size_t i = 0; i < count; i++)
        if ((fields[i].use & FIELD_FILTER) &&
            !(fields[i].use & (FIELD_WORDS | FIELD_EXACT)))
            field_add(build, &fields[i]);
    const char *url = build->article->facts.url;
    const char *host = url ? host_of(url, &length) : NULL;
    if (host)
        hosts_add(build, field_find("site", 4)->prefix, host, length);
}

static bool is_name(dateline_entity_type type)
{
    return type == DATELINE_PERSON || type == DATELINE_ORG ||
           type == DATELINE_PLACE || type == DATELINE_NORP ||
           type == DATELINE_MISC;
}

/* The canonical name, or the words themselves. */
static const char *entity_name(struct build *build,
                               const dateline_entity *entity)
{
    return entity->name ? entity->name
                        : text_squeeze(&build->arena,
                                       build->article->body + entity->start,
                                       entity->end - entity->start, NULL);
}

static const char *type_text(dateline_entity_type type)
{
    static const char *const texts[] = {
#define X(name, letter, colour, text) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    return texts[type];
}

static const char *role_text(dateline_role role)
{
    static const char *const texts[] = {
#define X(name, text) text,
        DATELINE_ROLES(X)
#undef X
    };
    return texts[role];
}

static void entity_add(struct build *build, struct postings *to,
                       const dateline_entity *entity)
{
    const char *type = type_text(entity->type);
    filter_add(build, to, FIELD_TYPE, type, strlen(type));
    if (!is_name(entity->type))
        return;
    const char *name = entity_name(build, entity);
    /* what an alias means is ranked by how often it is meant */
    value_add(build, to, FIELD_ENTITY, name, strlen(name),
              entity->by == DATELINE_BY_ALIAS);
}

static void role_add(struct build *build, struct postings *to,
                     dateline_role role)
{
    const char *text = role_text(role);
    filter_add(build, to, FIELD_ROLE, text, strlen(text));
}

/* ------------------------------------------------------------------- words */

/* Where the words of one text go. */
struct sink {
    struct postings *to;
    const char *prefix; /* besides the plain word; or NULL */
    bool positions;     /* of the plain word */
};

static void occurrence_add(struct build *build, const struct sink *sink,
                           const struct entry *entry, uint32_t position)
{
    postings_add(sink->to, entry->stem, entry->stem_length, 1,
                 sink->positions ? position : 0);
    if (sink->prefix)
        postings_add(sink->to,
                     prefixed(build, sink->prefix, entry->stem,
                              entry->stem_length),
                     strlen(sink->prefix) + entry->stem_length, 1, position);
}

static void words_add(struct build *build, const struct sink *sink,
                      const char *text, size_t length)
{
    struct text_word word;
    char pair[2 * TEXT_TERM_BYTES];
    size_t at = 0, before = 0;
    for (uint32_t position = 1; text_word(&word, text, length, &at);
         position++) {
        if (word.joined && before) {
            memcpy(pair + before, word.term, word.length);
            const struct entry *both = lexicon_add(
                &build->lexicon, pair, before + word.length, true);
            occurrence_add(build, sink, both, position - 1);
        }
        memcpy(pair, word.term, word.length);
        before = word.ideograph ? word.length : 0;
        if (word.length)
            occurrence_add(build, sink,
                           lexicon_add(&build->lexicon, word.term, word.length,
                                       false),
                           position);
    }
}

/* --------------------------------------------------------------- documents */

static void values_write(struct buffer *out, const struct build *build)
{
    size_t dated = strlen(build->slot_date);
    stored_write_number(out, dated ? 2 : 1);
    if (dated) {
        stored_write_number(out, FIELD_SLOT_DATE);
        stored_write_string(out, build->slot_date, dated);
    }
    stored_write_number(out, FIELD_SLOT_ARTICLE);
    stored_write_string(out, build->key, build->key_length);
}

static uint64_t document_write(struct buffer *out, const struct build *build,
                               const struct buffer *data,
                               struct postings *postings)
{
    stored_write_string(out, data->bytes, data->length);
    values_write(out, build);
    return postings_write(out, postings);
}

/* The entities that lie in a passage whole, moved to its own bytes. *next is
 * the first that may; entities come in order of their start. */
static size_t entities_within(struct build *build, dateline_entity *out,
                              const dateline_passage *passage, size_t *next,
                              struct postings *to)
{
    const dateline_article *article = build->article;
    size_t count = 0;
    for (; *next < article->entity_count; ++*next) {
        const dateline_entity *entity = &article->entities[*next];
        if (entity->start >= passage->end)
            break;
        if (entity->start < passage->start || entity->end > passage->end)
            continue;
        entity_add(build, to, entity);
        out[count] = *entity;
        out[count].start -= passage->start;
        out[count++].end -= passage->start;
    }
    return count;
}

static uint64_t passage_write(struct buffer *out, struct build *build,
                              size_t number, dateline_entity *entities,
                              size_t *next, struct postings *scratch)
{
    const dateline_article *article = build->article;
    const dateline_passage *passage = &article->passages[number];
    struct stored_passage stored = {
        .facts = article->facts,
        .number = number,
        .start = passage->start,
        .role = passage->role,
        .text = article->body ? article->body + passage->start : "",
        .length = passage->end - passage->start,
        .entities = entities};
    scratch->count = 0;
    postings_append(scratch, &build->title);
    postings_append(scratch, &build->filters);
    postings_add(scratch, FIELD_KIND "passage", strlen(FIELD_KIND "passage"),
                 0, 0);
    role_add(build, scratch, passage->role);
    stored.entity_count =
        entities_within(build, entities, passage, next, scratch);
    words_add(build, &(struct sink){scratch, NULL, true}, stored.text,
              stored.length);
    struct buffer data = {0};
    stored_write_passage(&data, &stored);
    uint64_t length = document_write(out, build, &data, scratch);
    buffer_free(&data);
    return length;
}

static uint64_t passages_write(struct buffer *out, struct build *build,
                               struct postings *scratch)
{
    const dateline_article *article = build->article;
    dateline_entity *entities =
        arena_array(&build->arena, dateline_entity, article->entity_count);
    uint64_t length = 0;
    size_t next = 0;
    for (size_t i = 0; i < article->passage_count; i++)
        length += passage_write(out, build, i, entities, &next, scratch);
    return length;
}

static int compare_names(const void *a, const void *b)
{
    const dateline_entity *x = a, *y = b;
    int order = (x->type > y->type) - (x->type < y->type);
    return order ? order : strcmp(x->name, y->name);
}

/* Each name of each type once. */
static size_t names_make(const dateline_entity **out, struct build *build)
{
    const dateline_article *article = build->article;
    size_t count = 0, kept = 0;
    dateline_entity *names =
        arena_array(&build->arena, dateline_entity, article->entity_count);
    for (size_t i = 0; i < article->entity_count; i++) {
        names[count] = article->entities[i];
        names[count].name = entity_name(build, &names[count]);
        names[count].value = NULL;
        names[count].start = names[count].end = 0;
        count += *names[count].name != '\0';
    }
    if (count)
        qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++)
        if (!kept || compare_names(&names[kept - 1], &names[i]))
            names[kept++] = names[i];
    *out = names;
    return kept;
}

static void article_terms(struct build *build, struct postings *to)
{
    const dateline_article *article = build->article;
    const struct lexicon *lexicon = &build->lexicon;
    to->count = 0;
    postings_append(to, &build->filters);
    postings_add(to, FIELD_KIND "article", strlen(FIELD_KIND "article"), 0, 0);
    for (size_t i = 0; i < article->passage_count; i++)
        role_add(build, to, article->passages[i].role);
    for (size_t i = 0; i < article->entity_count; i++)
        entity_add(build, to, &article->entities[i]);
    for (size_t i = 0; i < lexicon->room; i++) {
        const struct entry *entry = lexicon->slots[i];
        if (entry)
            postings_add(to,
                         prefixed(build, FIELD_ARTICLE, entry->stem,
                                  entry->stem_length),
                         strlen(FIELD_ARTICLE) + entry->stem_length,
                         entry->frequency, 0);
    }
}

static uint64_t lexicon_length(const struct lexicon *lexicon)
{
    uint64_t length = 0;
    for (size_t i = 0; i < lexicon->room; i++)
        if (lexicon->slots[i])
            length += lexicon->slots[i]->frequency;
    return length;
}

/* The hash is taken of everything while it is still zero itself. */
static void article_hash(struct stored_article *stored,
                         const struct buffer *passages)
{
    struct buffer data = {0};
    XXH3_state_t *state = XXH3_createState();
    stored_write_article(&data, stored);
    assert(state);
    XXH3_128bits_reset_withSeed(state, RECORD_VERSION);
    XXH3_128bits_update(state, passages->bytes, passages->length);
    XXH3_128bits_update(state, data.bytes, data.length);
    XXH128_hash_t hash = XXH3_128bits_digest(state);
    XXH3_freeState(state);
    buffer_free(&data);
    stored->hash[0] = hash.low64;
    stored->hash[1] = hash.high64;
}

static void words_write(struct buffer *out, const struct lexicon *lexicon)
{
    size_t count = 0;
    for (size_t i = 0; i < lexicon->room; i++)
        count += lexicon->slots[i] && lexicon->slots[i]->plain;
    stored_write_number(out, count);
    for (size_t i = 0; i < lexicon->room; i++) {
        const struct entry *entry = lexicon->slots[i];
        if (!entry || !entry->plain)
            continue;
        stored_write_string(out, entry->word, entry->length);
        stored_write_number(out, entry->frequency);
    }
}

static void head_write(struct buffer *out, const struct build *build,
                       const struct stored_article *stored)
{
    const dateline_facts *facts = &build->article->facts;
    stored_write_string(out, build->key, build->key_length);
    stored_write_string(out, facts->id, strlen(facts->id));
    stored_write_string(out, facts->language,
                        facts->language ? strlen(facts->language) : 0);
    stored_write_number(out, stored->hash[0]);
    stored_write_number(out, stored->hash[1]);
    stored_write_number(out, stored->passage_count);
    stored_write_number(out, stored->passage_length);
    stored_write_number(out, stored->article_length);
    stored_write_number(out, 1 + stored->passage_count);
}

static void record_write(struct buffer *out, struct build *build)
{
    const dateline_article *article = build->article;
    struct postings scratch = {0};
    struct buffer passages = {0}, data = {0};
    buffer_add(&passages, "", 0);
    struct stored_article stored = {.facts = article->facts,
                                    .blocks = article->blocks,
                                    .block_count = article->block_count,
                                    .passage_count = article->passage_count};
    stored.passage_length = passages_write(&passages, build, &scratch);
    stored.article_length = lexicon_length(&build->lexicon);
    stored.name_count = names_make(&stored.names, build);
    article_hash(&stored, &passages);
    head_write(out, build, &stored);
    stored_write_article(&data, &stored);
    article_terms(build, &scratch);
    document_write(out, build, &data, &scratch);
    buffer_add(out, passages.bytes, passages.length);
    words_write(out, &build->lexicon);
    buffer_free(&data);
    buffer_free(&passages);
    free(scratch.items);
}

/* Hits are passages, so an article of a title alone has an empty one. */
static dateline_article with_passage(const dateline_article *article)
{
    static dateline_passage empty = {0, 0, DATELINE_ROLE_BODY};
    dateline_article whole = *article;
    if (!whole.passage_count) {
        whole.passages = &empty;
        whole.passage_count = 1;
    }
    return whole;
}

dateline_status record_build(struct buffer *out, struct recorder *recorder,
                             const dateline_article *article,
                             dateline_error *error)
{
    const dateline_facts *facts = &article->facts;
    const dateline_article whole = with_passage(article);
    struct build build = {.article = &whole};
    dateline_status status = stemmer_of(&build.lexicon.stemmer, recorder,
                                        facts->language, error);
    if (status)
        return status;
    build.lexicon.arena = &build.arena;
    build.key_length =
        field_key(build.key, FIELD_KEY, facts->id, strlen(facts->id));
    facts_add(&build);
    if (facts->title)
        words_add(&build, &(struct sink){&build.title, FIELD_TITLE, false},
                  facts->title, strlen(facts->title));
    record_write(out, &build);
    free(build.title.items);
    free(build.filters.items);
    arena_release(&build.arena);
    return DATELINE_OK;
}

/* ----------------------------------------------------------------- reading */

struct reader {
    const char *at, *end;
    struct arena *arena;
    bool bad;
};

static uint64_t number_read(struct reader *reader)
{
    uint64_t number;
    if (stored_read_number(&number, &reader->at, reader->end))
        return number;
    reader->bad = true;
    reader->at = reader->end;
    return 0;
}

/* Each item that is counted takes a byte at least. */
static size_t count_read(struct reader *reader)
{
    uint64_t count = number_read(reader);
    if (count <= (size_t)(reader->end - reader->at))
        return (size_t)count;
    reader->bad = true;
    return 0;
}

static struct xapian_bytes bytes_read(struct reader *reader)
{
    struct xapian_bytes out = {NULL, 0};
    if (!stored_read_string(&out.bytes, &out.length, &reader->at,
                            reader->end)) {
        reader->bad = true;
        reader->at = reader->end;
        return (struct xapian_bytes){NULL, 0};
    }
    return out;
}

static void term_read(struct xapian_term *term, struct reader *reader)
{
    struct xapian_bytes name = bytes_read(reader);
    term->bytes = name.bytes;
    term->length = name.length;
    term->frequency = (uint32_t)number_read(reader);
    term->position_count = count_read(reader);
    if (!term->position_count)
        return;
    uint32_t *positions =
        arena_array(reader->arena, uint32_t, term->position_count);
    uint32_t last = 0;
    for (size_t i = 0; i < term->position_count; i++)
        positions[i] = last += (uint32_t)number_read(reader);
    term->positions = positions;
}

static void document_read(struct xapian_document *document,
                          struct reader *reader)
{
    document->data = bytes_read(reader);
    document->value_count = count_read(reader);
    struct xapian_value *values =
        arena_array(reader->arena, struct xapian_value, document->value_count);
    for (size_t i = 0; i < document->value_count; i++) {
        values[i].slot = (unsigned)number_read(reader);
        struct xapian_bytes value = bytes_read(reader);
        values[i].bytes = value.bytes;
        values[i].length = value.length;
    }
    document->values = values;
    document->term_count = count_read(reader);
    struct xapian_term *terms =
        arena_array(reader->arena, struct xapian_term, document->term_count);
    for (size_t i = 0; i < document->term_count; i++)
        term_read(&terms[i], reader);
    document->terms = terms;
}

static void words_read(struct record *out, struct reader *reader)
{
    out->word_count = count_read(reader);
    struct record_word *words =
        arena_array(reader->arena, struct record_word, out->word_count);
    for (size_t i = 0; i < out->word_count; i++) {
        struct xapian_bytes word = bytes_read(reader);
        words[i] = (struct record_word){word.bytes, word.length,
                                        (uint32_t)number_read(reader)};
    }
    out->words = words;
}

bool record_read(struct record *out, struct arena *arena, const char *bytes,
                 size_t length)
{
    struct reader reader = {bytes, bytes + length, arena, false};
    *out = (struct record){.key = bytes_read(&reader)};
    out->id = bytes_read(&reader).bytes;
    out->language = bytes_read(&reader).bytes;
    out->hash[0] = number_read(&reader);
    out->hash[1] = number_read(&reader);
    out->passage_count = (size_t)number_read(&reader);
    out->passage_length = number_read(&reader);
    out->article_length = number_read(&reader);
    out->count = count_read(&reader);
    struct xapian_document *documents =
        arena_array(arena, struct xapian_document, out->count);
    for (size_t i = 0; i < out->count; i++)
        document_read(&documents[i], &reader);
    out->documents = documents;
    words_read(out, &reader);
    return !reader.bad && reader.at == reader.end && out->key.bytes && out->id;
}
