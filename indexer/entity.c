/* The stages label the body one after another, each seeing what the ones before
 * it said; then overlaps are decided, and names become canonical. */
#include "indexer/entity.h"

#include "common/alias.h"
#include "common/error.h"
#include "common/text.h"
#include "indexer/acronym.h"
#include "indexer/choose.h"
#include "indexer/gazetteer.h"
#include "indexer/label.h"
#include "indexer/mention.h"
#include "indexer/pattern.h"
#include "indexer/tagger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entity_finder {
    struct patterns *patterns;
    struct gazetteer *gazetteer;
    struct tagger *tagger;
    struct alias_list *aliases;
};


static void alias_warned(void *context, size_t line, const char *message)
{
    const struct entity_options *options = context;
    struct buffer text = {0};
    if (!options->warn)
        return;
    text_escape(&text, options->aliases, strlen(options->aliases));
    buffer_format(&text, ":%zu: %s", line, message);
    options->warn(options->context, text.bytes);
    buffer_free(&text);
}

dateline_status entity_open(struct entity_finder **out,
                            const struct entity_options *options,
                            dateline_error *error)
{
    struct entity_finder *finder = calloc(1, sizeof *finder);
    dateline_status status = DATELINE_OK;
    if (!finder)
        return error_set(error, DATELINE_NO_MEMORY, "no memory for names");
    if (options->model)
        status = tagger_load(&finder->tagger, options->model, error);
    if (!status && options->aliases)
        status = alias_load(&finder->aliases, options->aliases, alias_warned,
                            (void *)(uintptr_t)options, error);
    if (!status && !options->later)
        status = entity_ready(finder, error);
    if (status) {
        entity_close(finder);
        return status;
    }
    *out = finder;
    return DATELINE_OK;
}

dateline_status entity_ready(struct entity_finder *finder,
                             dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    if (!finder->patterns)
        status = pattern_compile(&finder->patterns, error);
    if (!status && !finder->gazetteer)
        status = gazetteer_load(&finder->gazetteer, error);
    if (!status && !finder->tagger)
        status = tagger_load(&finder->tagger, NULL, error);
    return status;
}

const struct alias_list *entity_aliases(const struct entity_finder *finder)
{
    return finder ? finder->aliases : NULL;
}

uint64_t entity_model_hash(const struct entity_finder *finder)
{
    return tagger_file_hash(finder->tagger);
}

void entity_close(struct entity_finder *finder)
{
    if (!finder)
        return;
    pattern_free(finder->patterns);
    gazetteer_free(finder->gazetteer);
    tagger_free(finder->tagger);
    alias_free(finder->aliases);
    free(finder);
}

/* ------------------------------------------------------------------- stages */

/* Both forms of a definition are names. */
static void label_acronyms(struct labels *labels, const struct acronym *acronyms,
                           size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        dateline_span s = acronyms[i].short_form, l = acronyms[i].long_form;
        size_t size;
        /* "consumer price index (CPI)" names nobody */
        if (!text_is_upper(text_decode(text + l.start, l.end - l.start, &size)))
            continue;
        label_add(labels, s.start, s.end, DATELINE_ORG, DATELINE_BY_ACRONYM);
        label_add(labels, l.start, l.end, DATELINE_ORG, DATELINE_BY_ACRONYM);
    }
}

/* Names of the alias file; one without a type takes that of the label there. */
static void label_aliases(struct labels *labels, const struct alias_list *list,
                          const char *text, size_t length)
{
    struct text_word word;
    size_t others = labels->count, next = 0;
    for (size_t at = 0; list && text_word(&word, text, length, &at);) {
        const struct alias_name *name;
        size_t size = alias_find_written(&name, list, text, length, word.start);
        if (!size)
            continue;
        size_t end = word.start + size;
        dateline_entity_type type = name->typed ? name->type : DATELINE_ORG;
        while (next < others && labels->items[next].end <= word.start)
            next++;
        for (size_t i = next; !name->typed && i < others && i < next + 8 &&
                              labels->items[i].start < end; i++)
            if (labels->items[i].end > word.start)
                type = labels->items[i].type;
        label_add(labels, word.start, end, type, DATELINE_BY_ALIAS)->name = name->name;
        if (at < end)
            at = end;
    }
}

/* ------------------------------------------------------------------ article */

static bool same_alias(const dateline_alias *a, const dateline_alias *b)
{
    return !strcmp(a->short_form, b->short_form) &&
           !strcmp(a->long_form, b->long_form);
}

/* Each definition once. An article repeats few of them, so the last ones are
 * looked at only. */
static void facts_aliases(dateline_article *article,
                          const struct acronym *acronyms, size_t count)
{
    enum { LOOK_BACK = 64 };
    dateline_alias *aliases = arena_array(&article->arena, dateline_alias, count);
    size_t wrote = 0;
    for (size_t i = 0; i < count; i++) {
        dateline_span s = acronyms[i].short_form, l = acronyms[i].long_form;
        dateline_alias alias = {
            arena_copy(&article->arena, article->body + s.start, s.end - s.start),
            text_squeeze(&article->arena, article->body + l.start, l.end - l.start,
                         NULL)};
        bool known = false;
        for (size_t k = wrote; k > 0 && wrote - k < LOOK_BACK && !known; k--)
            known = same_alias(&aliases[k - 1], &alias);
        if (!known)
            aliases[wrote++] = alias;
    }
    article->facts.aliases = aliases;
    article->facts.alias_count = wrote;
}

static void article_entities(dateline_article *article,
                             const struct labels *labels)
{
    article->entities = arena_array(&article->arena, dateline_entity, labels->count);
    article->entity_count = labels->count;
    for (size_t i = 0; i < labels->count; i++) {
        const struct label *label = &labels->items[i];
        size_t length = label->end - label->start;
        bool same = label->name && strlen(label->name) == length &&
                    !memcmp(label->name, article->body + label->start, length);
        article->entities[i] = (dateline_entity){
            .start = label->start, .end = label->end, .type = label->type,
            .by = label->by,
            .name = same ? NULL : arena_string(&article->arena, label->name),
            .value = arena_string(&article->arena, label->value)};
    }
}

void entity_find(dateline_article *article, const struct entity_finder *finder)
{
    struct arena scratch = ARENA_INIT;
    struct labels labels = {.arena = &scratch};
    struct acronym *acronyms;
    const char *text = article->body, *language = article->facts.language;
    size_t length = article->length;

    size_t defined = acronym_find(&acronyms, &scratch, text, length);
    pattern_find(&labels, finder->patterns, text, length,
                 &article->facts.published, language);
    gazetteer_find(&labels, finder->gazetteer, text, length, language);
    label_sort(&labels);
    /* taught on English, it goes by capitals: German nouns are all names to it */
    if (!language || strncmp(language, "de", 2))
        tagger_tag(&labels, finder->tagger, text, length);
    label_acronyms(&labels, acronyms, defined, text);
    label_sort(&labels);
    label_aliases(&labels, finder->aliases, text, length);

    choose_labels(&labels, text, length,
                  !language || !strncmp(language, "en", 2));
    mention_settle(&labels, text, acronyms, defined);
    article_entities(article, &labels);
    facts_aliases(article, acronyms, defined);
    arena_release(&scratch);
}
