/* Words of paragraphs in, a sorted set of hashes out. */
#include "indexer/fingerprint.h"

#include "common/limit.h"

#include <stdlib.h>
#include <xxhash.h>

enum { PARAGRAPH_WORDS = 15 };

static bool is_counted(dateline_role role)
{
    return role == DATELINE_ROLE_BODY || role == DATELINE_ROLE_LIST ||
           role == DATELINE_ROLE_QUOTE;
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* What the words of the block came to is kept, and the next one begun. */
static void block_end(struct fingerprints *to)
{
    if (to->words >= PARAGRAPH_WORDS)
        to->items[to->count++] =
            (uint32_t)XXH3_64bits(to->text.bytes, to->text.length);
    to->text.length = 0;
    to->words = 0;
    to->block++;
}

void fingerprint_begin(struct fingerprints *to, struct arena *arena,
                       const dateline_article *article)
{
    *to = (struct fingerprints){
        .article = article,
        .items = arena_array(arena, uint32_t, article->block_count)};
}

void fingerprint_word(struct fingerprints *to, const char *word, size_t length,
                      size_t start)
{
    const dateline_article *article = to->article;
    const dateline_block *blocks = article->blocks;
    while (to->block < article->block_count && start >= blocks[to->block].end)
        block_end(to);
    if (to->block == article->block_count || start < blocks[to->block].start ||
        !is_counted(blocks[to->block].role))
        return;
    size_t sentence = article->facts.dateline.end;
    if (start < sentence && sentence < blocks[to->block].end)
        return; /* the dateline of the block */
    buffer_add(&to->text, word, length);
    buffer_byte(&to->text, ' ');
    to->words++;
}

size_t fingerprint_end(struct fingerprints *to)
{
    uint32_t *all = to->items;
    size_t kept = 0;
    if (to->block < to->article->block_count)
        block_end(to);
    if (to->count)
        qsort(all, to->count, sizeof *all, compare);
    for (size_t i = 0; i < to->count && kept < LIMIT_FINGERPRINTS; i++)
        if (!kept || all[kept - 1] != all[i])
            all[kept++] = all[i];
    buffer_free(&to->text);
    return kept;
}
