/* Any bytes, given a right checksum, are refused or read into sound structs. */
#include "common/stored.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a reader does with what it was given: every byte is looked at. */
static void touch(const char *text)
{
    volatile size_t length = text ? strlen(text) : 0;
    (void)length;
}

static void passage_check(const struct stored_passage *passage)
{
    const struct stored_article *article = passage->article;
    if (passage->start > article->length ||
        passage->length > article->length - passage->start ||
        passage->text != article->body + passage->start)
        abort();
    for (size_t i = 0; i < passage->entity_count; i++) {
        const dateline_entity *entity = &passage->entities[i];
        if (entity->start > entity->end || entity->end > passage->length)
            abort();
    }
}

static void passages_check(const struct stored_article *article,
                           struct arena *arena)
{
    size_t last = 0;
    if (!article->passage_count)
        abort();
    for (size_t i = 0; i < article->passage_count; i++) {
        struct stored_passage passage = stored_passage(article, i, arena);
        if (passage.start < last)
            abort();
        last = passage.start + passage.length;
        passage_check(&passage);
    }
}

static void article_check(const struct stored_article *article,
                          struct arena *arena)
{
    touch(article->facts.title);
    touch(article->facts.published.time);
    for (size_t i = 0; i < article->facts.author_count; i++)
        touch(article->facts.authors[i]);
    for (size_t i = 0; i < article->facts.alias_count; i++)
        touch(article->facts.aliases[i].long_form);
    for (size_t i = 0; i < article->block_count; i++)
        if (article->blocks[i].start > article->blocks[i].end)
            abort();
    if (!article->body || article->body[article->length])
        abort();
    passages_check(article, arena);
    for (size_t i = 0; i < article->entity_count; i++)
        touch(stored_name(arena, article, &article->entities[i]));
    volatile uint32_t sum = 0;
    for (size_t i = 0; i < article->fingerprint_count; i++)
        sum += article->fingerprints[i];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct stored_article article;
    uint64_t runs[4];
    char *bytes = malloc(size + 4);
    if (size)
        memcpy(bytes, data, size);
    uint64_t hash = XXH3_64bits(bytes, size);
    for (size_t i = 0; i < 4; i++)
        bytes[size + i] = (char)(hash >> 8 * i);
    if (!stored_read(&article, &arena, bytes, size + 4, NULL))
        article_check(&article, &arena);
    stored_read_runs(runs, 4, "0123456789abcdef", bytes, size);
    arena_release(&arena);
    free(bytes);
    return 0;
}
