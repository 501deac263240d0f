/* What the entity chain costs:
 *
 *   dateline-index --dry-run --entities=off PAGES | entities [MODEL]
 *   -> stage=NAME mb_per_s=N ... for each stage, and for all of them as one
 *
 * Megabytes of body a second of CPU, the best of three rounds over all articles;
 * then the size of the weights. MODEL: weights other than those built in. */
#include "common/json.h"
#include "indexer/acronym.h"
#include "indexer/entity.h"
#include "indexer/gazetteer.h"
#include "indexer/pattern.h"
#include "indexer/tagger.h"
#include "indexer/tagger_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 3 };

struct bench {
    struct arena arena;
    dateline_article *articles;
    size_t count, room, bytes;
    struct patterns *patterns;
    struct gazetteer *gazetteer;
    struct tagger *tagger;
    struct entity_finder *finder;
};

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ----------------------------------------------------------------- articles */

static void add_article(struct bench *b, const char *line, size_t length)
{
    const struct json *json;
    dateline_error error = {0};
    if (json_read(&json, &b->arena, line, length, 64, false, &error)) {
        fprintf(stderr, "%s\n", error.message);
        exit(2);
    }
    const struct json *body = json_member(json, "body");
    if (!body || !body->text)
        return;
    dateline_article *article = arena_push(&b->arena, &b->articles, &b->count,
                                           &b->room);
    *article = (dateline_article){.body = body->text, .length = body->length};
    article->facts.language = json_text(json, "language");
    b->bytes += body->length;
}

static void read_articles(struct bench *b)
{
    char *line = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;)
        add_article(b, line, (size_t)n);
    free(line);
}

/* ------------------------------------------------------------------- stages */

typedef void stage(struct bench *b, const dateline_article *article,
                   struct labels *labels);

static void stage_acronym(struct bench *b, const dateline_article *a,
                          struct labels *labels)
{
    struct acronym *acronyms;
    (void)b;
    acronym_find(&acronyms, labels->arena, a->body, a->length);
}

static void stage_pattern(struct bench *b, const dateline_article *a,
                          struct labels *labels)
{
    pattern_find(labels, b->patterns, a->body, a->length, &a->facts.published,
                 a->facts.language);
}

static void stage_gazetteer(struct bench *b, const dateline_article *a,
                            struct labels *labels)
{
    gazetteer_find(labels, b->gazetteer, a->body, a->length, a->facts.language);
}

static void stage_tagger(struct bench *b, const dateline_article *a,
                         struct labels *labels)
{
    tagger_tag(labels, b->tagger, a->body, a->length);
}

static void stage_all(struct bench *b, const dateline_article *a,
                      struct labels *labels)
{
    dateline_article article = *a;
    article.arena = (struct arena)ARENA_INIT;
    (void)labels;
    entity_find(&article, b->finder);
    arena_release(&article.arena);
}

static const struct {
    const char *name;
    stage *run;
} stages[] = {
    {"acronym", stage_acronym},     {"pattern", stage_pattern},
    {"gazetteer", stage_gazetteer}, {"tagger", stage_tagger},
    {"all", stage_all},
};

static double round_of(struct bench *b, stage *run)
{
    double begin = cpu();
    for (size_t i = 0; i < b->count; i++) {
        struct arena scratch = ARENA_INIT;
        struct labels labels = {.arena = &scratch};
        run(b, &b->articles[i], &labels);
        arena_release(&scratch);
    }
    return cpu() - begin;
}

static void measure(struct bench *b, size_t i)
{
    double best = round_of(b, stages[i].run);
    for (unsigned n = 1; n < ROUNDS; n++) {
        double seconds = round_of(b, stages[i].run);
        best = seconds < best ? seconds : best;
    }
    printf("stage=%s mb_per_s=%.2f\n", stages[i].name,
           (double)b->bytes / 1e6 / (best + 1e-9));
}

int main(int argc, char **argv)
{
    struct bench b = {.arena = ARENA_INIT};
    dateline_error error = {0};
    const char *path = argc > 1 ? argv[1] : NULL;
    dateline_status status = pattern_compile(&b.patterns, &error);
    if (!status)
        status = gazetteer_load(&b.gazetteer, &error);
    if (!status)
        status = tagger_load(&b.tagger, path, &error);
    if (!status)
        status = entity_open(&b.finder, &(struct entity_options){.model = path},
                             &error);
    if (status) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    read_articles(&b);
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        measure(&b, i);
    size_t size;
    tagger_model_built_in(&size);
    printf("articles=%zu mb=%.2f weights_mb=%.2f\n", b.count,
           (double)b.bytes / 1e6, (double)size / 1e6);
    entity_close(b.finder);
    tagger_free(b.tagger);
    gazetteer_free(b.gazetteer);
    pattern_free(b.patterns);
    arena_release(&b.arena);
    return 0;
}
