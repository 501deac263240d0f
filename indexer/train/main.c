/* Teaches the tagger: annotated texts in, indexer/tagger.model out.
 *
 *   tagger-train [--fold 0|1] [--rows N] [...] FOLDER MODEL
 *
 * 1. A first model learns from newswire alone and fills in, once, the types
 *    that other sets do not annotate.
 * 2. Each half of all texts is labelled by a model of the other half: that is
 *    what a second pass will be told.
 * 3. The model learns, every other time with the first pass's labels.
 *
 * With --fold the dev texts of that fold are held, and measured at the end with
 * the written file: the tagger's own labels, and those of the whole chain.
 * --learn 0 measures a file that is there. */
#include "common/error.h"
#include "indexer/article.h"
#include "indexer/entity.h"
#include "indexer/tagger.h"
#include "indexer/train/learn.h"
#include "indexer/train/measure.h"
#include "indexer/train/words.h"

#include <stdlib.h>
#include <string.h>

/* Set 0 first: what the tagger predicts as. Texts under a non-commercial
 * licence are left out: of re3d the BBC's; of gum only those genres are used
 * whose licence its own LICENSE.md states to be free. */
static const struct set sets[] = {
    {"dev/newswire.jsonl", 1, true, NULL, NULL, NULL},
    {"dev/re3d.jsonl", 1, true, "publisher", NULL, "BBC Online"},
    {"dev/wikigold.jsonl", 1, true, NULL, NULL, NULL},
    {"dev/uner.jsonl", 1, true, NULL, NULL, NULL},
    {"train/train.uner.jsonl", 1, false, NULL, NULL, NULL},
    {"train/train.gum.jsonl", 1, false, "genre",
     "academic bio court interview news voyage", NULL},
    {"train/train.crossner_politics.jsonl", 1, false, NULL, NULL, NULL},
    {"train/train.crossner_literature.jsonl", 1, false, NULL, NULL, NULL},
    {"train/train.crossner_science.jsonl", 1, false, NULL, NULL, NULL},
    {"train/train.crossner_music.jsonl", 0.5f, false, NULL, NULL, NULL},
    {"train/train.crossner_ai.jsonl", 0.5f, false, NULL, NULL, NULL},
    {"train/train.wnut_train.jsonl", 0.5f, false, NULL, NULL, NULL},
    {"train/train.btc.jsonl", 0.5f, false, NULL, NULL, NULL},
};
enum { SETS = sizeof sets / sizeof *sets };

/* Where Debian's wordnet-base puts it. */
#define WORDNET "/usr/share/wordnet"

struct settings {
    int fold;
    double rows, epochs, rate, decay, drop, average, repeats, learn;
    const char *folder, *model;
};

/* ---------------------------------------------------------------- the steps */

static struct learn_options options_of(const struct settings *s, const char *name)
{
    return (struct learn_options){
        .epochs = (unsigned)s->epochs, .rate = (float)s->rate,
        .decay = (float)s->decay, .drop = (float)s->drop, .name = name};
}

/* The label of type t that may follow what stands before. */
static unsigned label_after(unsigned label, unsigned before)
{
    return label && !tagger_follows(label, before) ? label - 1 : label;
}

static unsigned lowest(unsigned bits)
{
    unsigned i = 0;
    while (!(bits >> i & 1))
        i++;
    return i;
}

/* Decides a token whose annotation left several labels open, by what the first
 * model thought; MISC is never filled in, it is nobody's strength. */
static unsigned choose(unsigned allowed, unsigned thought, unsigned before)
{
    unsigned label = label_after(thought, before);
    unsigned misc = 3u << (2 * (TAGGER_TYPES - 1) + 1);
    bool outside = allowed & 1, all = allowed == (1u << TAGGER_LABELS) - 1;
    if (allowed >> label & 1 && (all || !outside || !(misc >> label & 1)))
        return label;
    if (outside)
        return 0;
    for (unsigned b = 1; b < TAGGER_LABELS; b++)
        if (allowed >> b & 1 && !tagger_begins(b) && tagger_follows(b, before))
            return b;
    return lowest(allowed);
}

static void complete(struct sample *s)
{
    unsigned before = 0;
    for (size_t i = 0; i < s->count; i++) {
        before = choose(s->allowed[i], s->tokens[i].label, before);
        s->allowed[i] = (uint16_t)(1u << before);
    }
}

static void fill_in(struct learner *learner, struct samples *all, bool *use,
                    const struct settings *s)
{
    struct learn_options o = options_of(s, "filling in");
    o.epochs = 6;
    for (size_t i = 0; i < all->count; i++)
        use[i] = all->items[i].set == 0 && !all->items[i].held;
    learner_fit(learner, all, use, &o);
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].set) {
            learner_predict(learner, &all->items[i], true);
            complete(&all->items[i]);
        }
}

/* First-pass labels from a model that has not seen the text. */
static void first_pass(struct learner *learner, struct samples *all, bool *use,
                       const struct settings *s)
{
    for (unsigned half = 0; half < 2; half++) {
        struct learn_options o = options_of(s, "first pass");
        o.epochs = 4;
        for (size_t i = 0; i < all->count; i++)
            use[i] = i % 2 != half && !all->items[i].held;
        learner_fit(learner, all, use, &o);
        for (size_t i = 0; i < all->count; i++)
            if (i % 2 == half)
                learner_predict(learner, &all->items[i], false);
    }
}

static void final(struct learner *learner, struct samples *all, bool *use,
                  const struct settings *s)
{
    struct learn_options o = options_of(s, "learning");
    o.votes = true;
    o.average = (unsigned)s->average;
    o.repeats = (unsigned)s->repeats;
    for (size_t i = 0; i < all->count; i++)
        use[i] = !all->items[i].held;
    learner_fit(learner, all, use, &o);
}

/* ------------------------------------------------------------- measurement */

static void print(const char *name, const char *what, const struct measure *m)
{
    static const char *const names[] = {"PERSON", "ORG",   "PLACE", "NORP",
                                        "DATE",   "MONEY", "MISC"};
    printf("%-20s %-6s exact F1 %.2f (P %.1f R %.1f) ", name, what,
           measure_f1(m->right, m->extra, m->missed),
           100.0 * (double)m->right / (double)(m->right + m->extra + 1),
           100.0 * (double)m->right / (double)(m->right + m->missed + 1));
    for (unsigned t = 0; t < TAGGER_TYPES; t++)
        printf(" %s %.1f", names[t],
               measure_f1(m->types[t].right, m->types[t].extra,
                          m->types[t].missed));
    printf("\n");
}

/* The tagger's own labels, after patterns and lists gave theirs. */
static void measure_tagger(struct measure *m, const struct samples *all,
                           const struct sample *s, struct tagger *tagger)
{
    struct arena arena = ARENA_INIT;
    struct labels labels = {.arena = &arena};
    samples_labels(&labels, all, s);
    size_t earlier = labels.count;
    tagger_tag(&labels, tagger, s->text, s->length);
    measure_add(m, s, labels.items + earlier, labels.count - earlier);
    arena_release(&arena);
}

/* What an article in English with this body has in the end. */
static void measure_chain(struct measure *m, const struct sample *s,
                          const struct entity_finder *finder)
{
    dateline_article article = {.arena = ARENA_INIT, .body = s->text,
                                .length = s->length};
    struct arena arena = ARENA_INIT;
    struct labels labels = {.arena = &arena};
    article.facts.language = "en";
    entity_find(&article, finder);
    for (size_t i = 0; i < article.entity_count; i++)
        label_add(&labels, article.entities[i].start, article.entities[i].end,
                  article.entities[i].type, article.entities[i].by);
    measure_add(m, s, labels.items, labels.count);
    arena_release(&arena);
    arena_release(&article.arena);
}

static void measure_set(const struct samples *all, unsigned set,
                        struct tagger *tagger,
                        const struct entity_finder *finder)
{
    struct measure alone = {0}, chain = {0};
    for (size_t i = 0; i < all->count; i++) {
        const struct sample *s = &all->items[i];
        if (s->set != set || !s->held)
            continue;
        measure_tagger(&alone, all, s, tagger);
        measure_chain(&chain, s, finder);
    }
    print(sets[set].path, "tagger", &alone);
    print(sets[set].path, "chain", &chain);
}

static dateline_status measure_held(const struct samples *all, const char *model,
                                    dateline_error *error)
{
    struct tagger *tagger = NULL;
    struct entity_finder *finder = NULL;
    dateline_status status = tagger_load(&tagger, model, error);
    if (!status)
        status = entity_open(&finder, &(struct entity_options){.model = model},
                             error);
    for (unsigned set = 0; set < SETS && !status; set++)
        if (sets[set].folds)
            measure_set(all, set, tagger, finder);
    tagger_free(tagger);
    entity_close(finder);
    return status;
}

/* ----------------------------------------------------------------- the walk */

static dateline_status learn(struct samples *all, const struct settings *s,
                             dateline_error *error)
{
    dateline_status status = words_learn(all, s->folder, WORDNET, error);
    if (status)
        return status;
    uint32_t row_count = (uint32_t)s->rows;
    samples_prepare(all, row_count);
    struct learner *learner = learner_open(row_count, SETS);
    bool *use = calloc(all->count + 1, sizeof *use);
    fill_in(learner, all, use, s);
    first_pass(learner, all, use, s);
    samples_vote(all, row_count);
    final(learner, all, use, s);
    status = learner_write(learner, &all->lexicon, s->model, error);
    free(use);
    learner_close(learner);
    return status;
}

static dateline_status train(const struct settings *s, dateline_error *error)
{
    struct samples all = {0};
    dateline_status status = DATELINE_OK;
    for (unsigned i = 0; i < SETS && !status; i++)
        status = samples_read(&all, s->folder, &sets[i], i, s->fold, error);
    if (!status)
        status = pattern_compile(&all.patterns, error);
    if (!status)
        status = gazetteer_load(&all.gazetteer, error);
    if (!status && s->learn)
        status = learn(&all, s, error);
    if (!status && s->fold >= 0)
        status = measure_held(&all, s->model, error);
    pattern_free(all.patterns);
    gazetteer_free(all.gazetteer);
    arena_release(&all.arena);
    return status;
}

static bool setting(struct settings *s, const char *name, const char *value)
{
    struct { const char *name; double *value; } rows[] = {
        {"--rows", &s->rows}, {"--epochs", &s->epochs}, {"--rate", &s->rate},
        {"--decay", &s->decay}, {"--drop", &s->drop},
        {"--average", &s->average}, {"--repeats", &s->repeats},
        {"--learn", &s->learn},
    };
    if (!strcmp(name, "--fold")) {
        s->fold = atoi(value);
        return true;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(name, rows[i].name)) {
            *rows[i].value = atof(value);
            return true;
        }
    return false;
}

int main(int argc, char **argv)
{
    struct settings s = {.fold = -1, .rows = 220000, .epochs = 16,
                         .rate = 0.025, .decay = 0.15, .drop = 0.25,
                         .average = 4, .repeats = 3, .learn = 1};
    int i = 1;
    while (i + 1 < argc && setting(&s, argv[i], argv[i + 1]))
        i += 2;
    if (argc - i != 2) {
        fprintf(stderr, "usage: %s [--fold 0|1] [--rows N] FOLDER MODEL\n",
                argv[0]);
        return 2;
    }
    s.folder = argv[i];
    s.model = argv[i + 1];
    dateline_error error = {0};
    if (train(&s, &error)) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    return 0;
}
