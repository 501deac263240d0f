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
    touch(passage->title);
    touch(passage->language);
    for (size_t i = 0; i < passage->entity_count; i++) {
        const dateline_entity *entity = &passage->entities[i];
        if (entity->start > entity->end || entity->end > passage->length)
            abort();
        touch(entity->name);
    }
    if (!passage->text || passage->text[passage->length])
        abort();
}

static void article_check(const struct stored_article *article)
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
    for (size_t i = 0; i < article->name_count; i++)
        touch(article->names[i].name);
    volatile uint32_t sum = 0;
    for (size_t i = 0; i < article->fingerprint_count; i++)
        sum += article->fingerprints[i];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct stored_passage passage;
    struct stored_article article;
    char *bytes = malloc(size + 4);
    if (size)
        memcpy(bytes, data, size);
    uint64_t hash = XXH3_64bits(bytes, size);
    for (size_t i = 0; i < 4; i++)
        bytes[size + i] = (char)(hash >> 8 * i);
    if (!stored_read_passage(&passage, &arena, bytes, size + 4, NULL))
        passage_check(&passage);
    if (!stored_read_article(&article, &arena, bytes, size + 4, NULL))
        article_check(&article);
    arena_release(&arena);
    free(bytes);
    return 0;
}
