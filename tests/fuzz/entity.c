/* Any text: entities are in order, apart, and
 * whole characters. */
#include "common/text.h"
#include "indexer/entity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Loaded once: what it holds is only read. */
static struct entity_finder *finder;

static void check(const dateline_article *article)
{
    size_t end = 0;
    for (size_t i = 0; i < article->entity_count; i++) {
        const dateline_entity *e = &article->entities[i];
        if (e->start < end || e->start >= e->end || e->end > article->length ||
            text_boundary(article->body, article->length, e->start) != e->start ||
            text_boundary(article->body, article->length, e->end) != e->end)
            abort();
        end = e->end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"en", "de", "fr", "es", "fa", "ar", NULL};
    struct entity_options options = {0};
    if (!finder && entity_open(&finder, &options, NULL))
        abort();
    dateline_article article = {0};
    article.body = text_repair(&article.arena, (const char *)data, size,
                               &article.length);
    article.facts.language = languages[size % 7];
    if (size % 2)
        article.facts.published = (dateline_date){.year = 2021, .month = 10, .day = 17,
                                                  .precision = DATELINE_DAY};
    entity_find(&article, finder);
    check(&article);
    arena_release(&article.arena);
    return 0;
}
