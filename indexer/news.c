/* The sentences that the article had before, then those that it has now. */
#include "indexer/news.h"

#include "common/text.h"
#include "indexer/seen.h"

#include <stdlib.h>
#include <string.h>

/* A sentence by its words, and the first run that is known to have had it. */
struct sentence {
    uint64_t hash, run;
};

struct news {
    struct arena *arena;
    struct sentence *old;
    size_t count, room;
};

/* ---------------------------------------------------------------- sentences */

static uint64_t sentence_hash(const char *text, size_t length)
{
    struct text_word word;
    uint64_t hash = 0;
    for (size_t at = 0; text_word(&word, text, length, &at);)
        hash = seen_hash(word.term, word.length, hash);
    return hash;
}

struct hashes {
    uint64_t *items;
    size_t count, room;
};

/* The sentences of a passage that have words; 0 for one that has none. Of no
 * language: what it is taken for may change, and the sentences shall not. */
static struct hashes sentences_hash(struct arena *arena,
                                    const struct stored_article *article,
                                    size_t number)
{
    const dateline_passage *passage = &article->passages[number];
    const char *text = article->body + passage->start;
    size_t length = passage->end - passage->start;
    struct hashes out = {0};
    size_t start, end, at = 0;
    while (text_sentence(&start, &end, text, length, &at, NULL)) {
        uint64_t hash = sentence_hash(text + start, end - start);
        if (hash)
            *(uint64_t *)arena_push(arena, &out.items, &out.count, &out.room) =
                hash;
    }
    if (!out.count)
        arena_push(arena, &out.items, &out.count, &out.room);
    return out;
}

/* ------------------------------------------------------------------- before */

static int sentence_order(const void *a, const void *b)
{
    const struct sentence *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->run > y->run) - (x->run < y->run);
}

/* Each once, with its first run, in the order of their hashes. */
static void old_read(struct news *news, const struct stored_article *before,
                     const uint64_t *runs)
{
    size_t kept = 0;
    for (size_t i = 0; i < before->passage_count; i++) {
        struct hashes hashes = sentences_hash(news->arena, before, i);
        for (size_t k = 0; k < hashes.count; k++)
            *(struct sentence *)arena_push(news->arena, &news->old,
                                           &news->count, &news->room) =
                (struct sentence){hashes.items[k], runs[i]};
    }
    if (news->count)
        qsort(news->old, news->count, sizeof *news->old, sentence_order);
    for (size_t i = 0; i < news->count; i++)
        if (!kept || news->old[kept - 1].hash != news->old[i].hash)
            news->old[kept++] = news->old[i];
    news->count = kept;
}

static uint64_t sentence_run(const struct news *news, uint64_t hash,
                             uint64_t run)
{
    size_t low = 0, high = news->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (news->old[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < news->count && news->old[low].hash == hash
               ? news->old[low].run
               : run;
}

/* ---------------------------------------------------------------------- now */

static uint64_t passage_run(const struct news *news,
                            const struct stored_article *now, size_t number,
                            uint64_t run)
{
    struct hashes hashes = sentences_hash(news->arena, now, number);
    uint64_t newest = 0;
    for (size_t i = 0; i < hashes.count; i++) {
        uint64_t one = sentence_run(news, hashes.items[i], run);
        newest = one > newest ? one : newest;
    }
    return newest;
}

uint64_t *news_runs(struct arena *arena, const struct stored_article *now,
                    uint64_t run, const struct stored_article *before,
                    const uint64_t *before_runs)
{
    struct news news = {.arena = arena};
    uint64_t *runs = arena_array(arena, uint64_t, now->passage_count);
    old_read(&news, before, before_runs);
    for (size_t i = 0; i < now->passage_count; i++)
        runs[i] = passage_run(&news, now, i, run);
    return runs;
}
