/* An article goes in; its document comes out, each term once and in order.
 *
 *   title, passages -> lexicon -> terms -> flat record
 *   facts, entities -> filters ->
 *
 * Each distinct word is stemmed once and sorted once, however often it stands
 * there; of a passage no more is made than the number of its words. */
#include "indexer/record.h"

#include "common/error.h"
#include "common/field.h"
#include "common/stored.h"
#include "common/text.h"
#include "indexer/article.h"
#include "indexer/filter.h"
#include "indexer/fingerprint.h"
#include "indexer/lexicon.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* Part of every article's hash: raise it when other terms are made of the same
 * text, and every article will be written anew. */
enum { RECORD_VERSION = 5 };

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

struct build {
    struct arena arena;
    struct stored_article stored;
    uint64_t passage_words;
    struct lexicon lexicon; /* of title and passages */
    struct fingerprints fingerprints;
    struct postings terms;
};

/* ------------------------------------------------------------------- words */

static const struct entry *word_add(struct build *build, const char *word,
                                    size_t length, bool pair, bool title)
{
    const struct entry *entry =
        lexicon_add(&build->lexicon, word, length, pair);
    if (title) {
        size_t prefix = strlen(FIELD_TITLE);
        char *term = arena_bytes(&build->arena, prefix + entry->stem_length);
        memcpy(term, FIELD_TITLE, prefix);
        memcpy(term + prefix, entry->stem, entry->stem_length);
        postings_add(&build->terms, term, prefix + entry->stem_length, 0);
    }
    return entry;
}

/* Of the title, or of the body from `start` on. Returns how many there are, pairs
 * among them. */
static uint32_t words_add(struct build *build, const char *text, size_t length,
                          bool title, size_t start)
{
    struct text_word word;
    char pair[2 * TEXT_TERM_BYTES];
    size_t at = 0, before = 0;
    uint32_t count = 0;
    while (text_word(&word, text, length, &at)) {
        if (word.joined && before) {
            memcpy(pair + before, word.term, word.length);
            word_add(build, pair, before + word.length, true, title);
            count++;
        }
        before = 0;
        if (word.ideograph) {
            memcpy(pair, word.term, word.length);
            before = word.length;
        }
        if (!title)
            fingerprint_word(&build->fingerprints, word.term, word.length,
                             start + word.start);
        word_add(build, word.term, word.length, false, title);
        count++;
    }
    return count;
}

/* Between passages lies nothing but white space. */
static void passages_read(struct build *build, const dateline_article *article)
{
    struct stored_article *stored = &build->stored;
    fingerprint_begin(&build->fingerprints, &build->arena, article);
    uint32_t *words =
        arena_array(&build->arena, uint32_t, stored->passage_count);
    for (size_t i = 0; i < stored->passage_count; i++) {
        const dateline_passage *passage = &stored->passages[i];
        words[i] = words_add(build, stored->body + passage->start,
                             passage->end - passage->start, false,
                             passage->start);
        build->passage_words += words[i];
    }
    stored->words = words;
    stored->fingerprint_count = fingerprint_end(&build->fingerprints);
    stored->fingerprints = build->fingerprints.items;
}

/* ------------------------------------------------------------------- terms */

static void filters_add(struct build *build)
{
    const struct stored_article *stored = &build->stored;
    struct filters filters = {.to = &build->terms, .arena = &build->arena};
    filter_facts(&filters, &stored->facts);
    for (size_t i = 0; i < stored->passage_count; i++)
        filter_role(&filters, stored->passages[i].role);
    for (size_t i = 0; i < stored->entity_count; i++)
        filter_entity(&filters, &stored->entities[i],
                      stored_name(&build->arena, stored->body,
                                  &stored->entities[i]));
    for (size_t i = 0; i < stored->fingerprint_count && i < FIELD_COPY_MOST; i++)
        filter_copy(&filters, stored->fingerprints[i]);
}

static void lexicon_terms(struct build *build)
{
    const struct lexicon *lexicon = &build->lexicon;
    for (size_t i = 0; i < lexicon->room; i++) {
        const struct entry *entry = lexicon->slots[i];
        if (entry)
            postings_add(&build->terms, entry->stem, entry->stem_length,
                         entry->frequency);
    }
}

static int compare_entities(const void *a, const void *b)
{
    const dateline_entity *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/* They come in order, but who makes an article by hand may not know. */
static const dateline_entity *entities_sort(struct arena *arena,
                                            const dateline_entity *entities,
                                            size_t count)
{
    size_t i = 1;
    while (i < count && entities[i - 1].start <= entities[i].start)
        i++;
    if (i >= count)
        return entities;
    dateline_entity *sorted = arena_array(arena, dateline_entity, count);
    memcpy(sorted, entities, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_entities);
    return sorted;
}

/* Hits are passages, so an article of a title alone has an empty one. */
static void article_take(struct build *build, const dateline_article *article)
{
    static const dateline_passage empty = {0, 0, DATELINE_ROLE_BODY};
    build->stored = (struct stored_article){
        .facts = article->facts,
        .body = article->body ? article->body : "",
        .length = article->length,
        .blocks = article->blocks,
        .block_count = article->block_count,
        .passages = article->passage_count ? article->passages : &empty,
        .passage_count = article->passage_count ? article->passage_count : 1,
        .entities = entities_sort(&build->arena, article->entities,
                                  article->entity_count),
        .entity_count = article->entity_count};
}

/* ----------------------------------------------------------------- writing */

static void values_write(struct buffer *out, const dateline_date *date)
{
    char day[FIELD_DAY_BYTES + 1];
    field_day_write(day, date);
    stored_write_number(out, *day != '\0');
    if (!*day)
        return;
    stored_write_number(out, FIELD_SLOT_DATE);
    stored_write_string(out, day, strlen(day));
}

static void hash_make(uint64_t out[2], const struct buffer *terms,
                      const struct buffer *plain)
{
    XXH3_state_t *state = XXH3_createState();
    assert(state);
    XXH3_128bits_reset_withSeed(state, RECORD_VERSION);
    XXH3_128bits_update(state, terms->bytes, terms->length);
    XXH3_128bits_update(state, plain->bytes, plain->length);
    XXH128_hash_t hash = XXH3_128bits_digest(state);
    XXH3_freeState(state);
    out[0] = hash.low64;
    out[1] = hash.high64;
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

static void head_write(struct buffer *out, const struct build *build)
{
    const struct stored_article *stored = &build->stored;
    const char *id = stored->facts.id, *language = stored->facts.language;
    char key[LIMIT_TERM_BYTES + 1];
    stored_write_string(out, key, field_article(key, id, strlen(id)));
    stored_write_string(out, id, strlen(id));
    stored_write_string(out, language, language ? strlen(language) : 0);
    stored_write_number(out, stored->hash[0]);
    stored_write_number(out, stored->hash[1]);
    stored_write_number(out, stored->passage_count);
    stored_write_number(out, build->passage_words);
    stored_write_number(out, stored->terms);
}

static void record_write(struct buffer *out, struct build *build)
{
    struct buffer terms = {0}, plain = {0}, data = {0};
    build->stored.terms = postings_write(&terms, &build->terms);
    stored_write_plain(&plain, &build->stored);
    hash_make(build->stored.hash, &terms, &plain);
    stored_pack(&data, build->stored.hash, &plain);
    head_write(out, build);
    stored_write_string(out, data.bytes, data.length);
    values_write(out, &build->stored.facts.published);
    buffer_add(out, terms.bytes, terms.length);
    words_write(out, &build->lexicon);
    buffer_free(&data);
    buffer_free(&plain);
    buffer_free(&terms);
}

dateline_status record_build(struct buffer *out, struct recorder *recorder,
                             const dateline_article *article,
                             dateline_error *error)
{
    const dateline_facts *facts = &article->facts;
    struct build build = {.passage_words = 0};
    dateline_status status = stemmers_find(
        &build.lexicon.stemmer, &recorder->stemmers, facts->language, error);
    if (status)
        return status;
    build.lexicon.arena = &build.arena;
    article_take(&build, article);
    if (facts->title)
        words_add(&build, facts->title, strlen(facts->title), true, 0);
    passages_read(&build, article);
    filters_add(&build);
    lexicon_terms(&build);
    record_write(out, &build);
    free(build.terms.items);
    arena_release(&build.arena);
    return DATELINE_OK;
}
