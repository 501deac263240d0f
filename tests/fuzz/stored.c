/* Any bytes, given a right checksum, are refused or read into sound structs: as
 * they are, frame and all, and as what is in a frame. */
#include "common/compress.h"
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
        touch(stored_name(arena, article->body, &article->entities[i]));
    volatile uint32_t sum = 0;
    for (size_t i = 0; i < article->fingerprint_count; i++)
        sum += article->fingerprints[i];
}

/* In a block of its own, so that a byte too far is seen. */
static void checked_read(const char *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct stored_article article;
    char *bytes = malloc(size + 4);
    if (size)
        memcpy(bytes, data, size);
    uint64_t hash = XXH3_64bits(bytes, size);
    for (size_t i = 0; i < 4; i++)
        bytes[size + i] = (char)(hash >> 8 * i);
    dateline_status status =
        stored_read(&article, &arena, bytes, size + 4, NULL);
    free(bytes);
    if (!status)
        article_check(&article, &arena);
    arena_release(&arena);
}

/* The first byte is the version, the rest what was compressed. */
static void framed_read(const char *data, size_t size)
{
    struct buffer bytes = {0};
    buffer_byte(&bytes, data[0]);
    stored_write_number(&bytes, 1);
    stored_write_number(&bytes, 2);
    stored_write_number(&bytes, size - 1);
    if (compress_write(&bytes, data + 1, size - 1))
        checked_read(bytes.bytes, bytes.length);
    buffer_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t runs[4];
    const char *bytes = (const char *)data;
    checked_read(bytes, size);
    if (!size)
        return 0;
    framed_read(bytes, size);
    stored_read_runs(runs, 4, "0123456789abcdef", bytes, size);
    return 0;
}
