/* An article goes in; its documents come out, each term once and in order. */
#include "indexer/record.h"

#include "common/error.h"
#include "common/field.h"
#include "common/stored.h"
#include "common/text.h"
#include "indexer/article.h"
#include "indexer/filter.h"
#include "indexer/fingerprint.h"
#include "indexer/lexicon.h"
#include "indexer/remainder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* Part of every article's hash: raise it when other terms are made of the same
 * text, and every article will be written anew. */
enum { RECORD_VERSION = 4 };

struct recorder {
    struct stemmers stemmers;
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
    stemmers_close(&recorder->stemmers);
    free(recorder);
}

/* What is made once for the whole article. */
struct build {
    const dateline_article *article;
    struct arena arena;
    struct lexicon lexicon;
    struct postings title;   /* words of the title, with and without S */
    struct postings filters; /* of the facts, those of every passage */
    struct postings own;     /* those of the article alone */
    char day[16];            /* published, "20211017" or "" */
    uint32_t *fingerprints;
    size_t fingerprint_count;
    char key[LIMIT_TERM_BYTES + 1];
    size_t key_length;
};

/* ------------------------------------------------------------------- words */

static const char *prefixed(struct build *build, const char *prefix,
                            const char *bytes, size_t length)
{
    size_t at = strlen(prefix);
    char *term = arena_alloc(&build->arena, at + length + 1);
    memcpy(term, prefix, at);
    memcpy(term + at, bytes, length);
    return term;
}

/* Where the words of one text go. */
struct sink {
    struct postings *to;
    const char *prefix; /* besides the plain word; or NULL */
};

static void occurrence_add(struct build *build, const struct sink *sink,
                           const struct entry *entry)
{
    postings_add(sink->to, entry->stem, entry->stem_length, 1);
    if (sink->prefix)
        postings_add(sink->to,
                     prefixed(build, sink->prefix, entry->stem,
                              entry->stem_length),
                     strlen(sink->prefix) + entry->stem_length, 1);
}

static void words_add(struct build *build, const struct sink *sink,
                      const char *text, size_t length)
{
    struct text_word word;
    char pair[2 * TEXT_TERM_BYTES];
    size_t at = 0, before = 0;
    while (text_word(&word, text, length, &at)) {
        if (word.joined && before) {
            memcpy(pair + before, word.term, word.length);
            const struct entry *both = lexicon_add(
                &build->lexicon, pair, before + word.length, true);
            occurrence_add(build, sink, both);
        }
        memcpy(pair, word.term, word.length);
        before = word.ideograph ? word.length : 0;
        if (word.length)
            occurrence_add(build, sink,
                           lexicon_add(&build->lexicon, word.term, word.length,
                                       false));
    }
}

/* --------------------------------------------------------------- documents */

static void day_write(char out[16], const dateline_date *date)
{
    if (date->precision != DATELINE_NO_DATE)
        snprintf(out, 16, "%04d%02d%02d", date->year % 10000,
                 date->month % 100, date->day % 100);
}

static void values_write(struct buffer *out, const struct build *build)
{
    size_t dated = strlen(build->day);
    stored_write_number(out, dated ? 2 : 1);
    if (dated) {
        stored_write_number(out, FIELD_SLOT_DATE);
        stored_write_string(out, build->day, dated);
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

/* The canonical name, or the words themselves. */
static const char *entity_name(struct build *build,
                               const dateline_entity *entity)
{
    return entity->name ? entity->name
                        : text_squeeze(&build->arena,
                                       build->article->body + entity->start,
                                       entity->end - entity->start, NULL);
}

/* The entities that lie in a passage whole, moved to its own bytes. *next is
 * the first that may; entities come in order of their start. */
static size_t entities_within(struct build *build, dateline_entity *out,
                              const dateline_passage *passage, size_t *next,
                              struct postings *to)
{
    const dateline_article *article = build->article;
    struct filters filters = {to, &build->arena};
    size_t count = 0;
    for (; *next < article->entity_count; ++*next) {
        const dateline_entity *entity = &article->entities[*next];
        if (entity->start >= passage->end)
            break;
        if (entity->start < passage->start || entity->end > passage->end)
            continue;
        filter_entity(&filters, entity, entity_name(build, entity));
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
        .language = article->facts.language,
        .title = article->facts.title,
        .day = *build->day ? build->day : NULL,
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
                 0);
    filter_role(&(struct filters){scratch, &build->arena}, passage->role);
    stored.entity_count =
        entities_within(build, entities, passage, next, scratch);
    words_add(build, &(struct sink){scratch, NULL}, stored.text,
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
    struct filters filters = {to, &build->arena};
    to->count = 0;
    postings_append(to, &build->filters);
    postings_append(to, &build->own);
    postings_add(to, FIELD_KIND "article", strlen(FIELD_KIND "article"), 0);
    for (size_t i = 0; i < article->passage_count; i++)
        filter_role(&filters, article->passages[i].role);
    for (size_t i = 0; i < article->entity_count; i++)
        filter_entity(&filters, &article->entities[i],
                      entity_name(build, &article->entities[i]));
    for (size_t i = 0; i < build->fingerprint_count && i < FIELD_COPY_MOST; i++)
        filter_copy(&filters, build->fingerprints[i]);
    for (size_t i = 0; i < lexicon->room; i++) {
        const struct entry *entry = lexicon->slots[i];
        if (entry)
            postings_add(to,
                         prefixed(build, FIELD_ARTICLE, entry->stem,
                                  entry->stem_length),
                         strlen(FIELD_ARTICLE) + entry->stem_length,
                         entry->frequency);
    }
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
    struct buffer passages = {0}, terms = {0}, data = {0};
    buffer_add(&passages, "", 0);
    struct stored_article stored = {.facts = article->facts,
                                    .blocks = article->blocks,
                                    .block_count = article->block_count,
                                    .passage_count = article->passage_count,
                                    .fingerprints = build->fingerprints,
                                    .fingerprint_count =
                                        build->fingerprint_count};
    stored.passage_length = passages_write(&passages, build, &scratch);
    article_terms(build, &scratch);
    stored.article_length = postings_write(&terms, &scratch);
    stored.name_count = names_make(&stored.names, build);
    remainder_find(&stored, &build->arena, article);
    article_hash(&stored, &passages);
    head_write(out, build, &stored);
    stored_write_article(&data, &stored);
    stored_write_string(out, data.bytes, data.length);
    values_write(out, build);
    buffer_add(out, terms.bytes, terms.length);
    buffer_add(out, passages.bytes, passages.length);
    words_write(out, &build->lexicon);
    buffer_free(&data);
    buffer_free(&terms);
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
    dateline_status status = stemmers_find(
        &build.lexicon.stemmer, &recorder->stemmers, facts->language, error);
    if (status)
        return status;
    build.lexicon.arena = &build.arena;
    build.key_length =
        field_article(build.key, facts->id, strlen(facts->id));
    filter_facts(&(struct filters){&build.filters, &build.arena}, facts, false);
    filter_facts(&(struct filters){&build.own, &build.arena}, facts, true);
    day_write(build.day, &facts->published);
    build.fingerprint_count =
        fingerprint_make(&build.fingerprints, &build.arena, &whole);
    if (facts->title)
        words_add(&build, &(struct sink){&build.title, FIELD_TITLE},
                  facts->title, strlen(facts->title));
    record_write(out, &build);
    free(build.title.items);
    free(build.filters.items);
    free(build.own.items);
    arena_release(&build.arena);
    return DATELINE_OK;
}
