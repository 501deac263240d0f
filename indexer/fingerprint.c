/* Paragraphs in, a sorted set of hashes out. */
#include "indexer/fingerprint.h"

#include "common/limit.h"
#include "common/text.h"

#include <stdlib.h>
#include <xxhash.h>

enum { PARAGRAPH_WORDS = 15 };

static bool is_counted(dateline_role role)
{
    return role == DATELINE_ROLE_BODY || role == DATELINE_ROLE_LIST ||
           role == DATELINE_ROLE_QUOTE;
}

/* The hash of a text's words; false where they are too few. */
static bool paragraph_hash(uint32_t *out, const char *text, size_t length)
{
    struct buffer words = {0};
    struct text_word word;
    size_t at = 0, count = 0;
    for (; text_word(&word, text, length, &at); count++) {
        buffer_add(&words, word.term, word.length);
        buffer_byte(&words, ' ');
    }
    if (count)
        *out = (uint32_t)XXH3_64bits(words.bytes, words.length);
    buffer_free(&words);
    return count >= PARAGRAPH_WORDS;
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

size_t fingerprint_make(uint32_t **out, struct arena *arena,
                        const dateline_article *article)
{
    size_t sentence = article->facts.dateline.end, count = 0, kept = 0;
    uint32_t *all = arena_array(arena, uint32_t, article->block_count);
    for (size_t i = 0; i < article->block_count; i++) {
        const dateline_block *block = &article->blocks[i];
        size_t start = block->start;
        if (start < sentence && sentence < block->end)
            start = sentence;
        if (is_counted(block->role))
            count += paragraph_hash(&all[count], article->body + start,
                                    block->end - start);
    }
    if (count)
        qsort(all, count, sizeof *all, compare);
    for (size_t i = 0; i < count && kept < LIMIT_FINGERPRINTS; i++)
        if (!kept || all[kept - 1] != all[i])
            all[kept++] = all[i];
    *out = all;
    return kept;
}
