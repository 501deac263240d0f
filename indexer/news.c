/* The sentences that the article had before, then those that it has now. */
#include "indexer/news.h"

#include "common/field.h"
#include "common/stored.h"
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
    struct words *before;
    const char *identity;
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
static struct hashes sentences_hash(struct news *news,
                                    const struct stored_passage *passage)
{
    struct hashes out = {0};
    size_t start, end, at = 0;
    while (text_sentence(&start, &end, passage->text, passage->length, &at,
                         NULL)) {
        uint64_t hash = sentence_hash(passage->text + start, end - start);
        if (hash)
            *(uint64_t *)arena_push(news->arena, &out.items, &out.count,
                                    &out.room) = hash;
    }
    if (!out.count)
        arena_push(news->arena, &out.items, &out.count, &out.room);
    return out;
}

static bool passage_read(struct stored_passage *out, struct news *news,
                         struct xapian_bytes data)
{
    return !stored_is_article(data.bytes, data.length) &&
           !stored_read_passage(out, news->arena, data.bytes, data.length,
                                NULL);
}

/* ------------------------------------------------------------------- before */

static bool old_visit(void *context, struct xapian_bytes value,
                      struct xapian_bytes data, uint32_t document)
{
    struct news *news = context;
    struct stored_passage passage;
    uint64_t run = 0;
    (void)document;
    data.bytes = arena_copy(news->arena, data.bytes, data.length);
    if (!passage_read(&passage, news, data))
        return true;
    if (!field_run_read(&run, news->identity, value.bytes, value.length))
        run = 0; /* from before there were numbers, or of another index */
    words_count(news->before, passage.text, passage.length);
    struct hashes hashes = sentences_hash(news, &passage);
    for (size_t i = 0; i < hashes.count; i++)
        *(struct sentence *)arena_push(news->arena, &news->old, &news->count,
                                       &news->room) =
            (struct sentence){hashes.items[i], run};
    return true;
}

static int sentence_order(const void *a, const void *b)
{
    const struct sentence *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->run > y->run) - (x->run < y->run);
}

/* Each once, with its first run, in the order of their hashes. */
static void old_sort(struct news *news)
{
    size_t kept = 0;
    if (!news->count)
        return;
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

static uint64_t passage_run(struct news *news, struct xapian_bytes data,
                            uint64_t run)
{
    struct stored_passage passage;
    uint64_t newest = 0;
    if (!news->count || !passage_read(&passage, news, data))
        return run;
    struct hashes hashes = sentences_hash(news, &passage);
    for (size_t i = 0; i < hashes.count; i++) {
        uint64_t one = sentence_run(news, hashes.items[i], run);
        newest = one > newest ? one : newest;
    }
    return newest;
}

static bool has_run(const struct xapian_document *document)
{
    for (size_t i = 0; i < document->value_count; i++)
        if (document->values[i].slot == FIELD_SLOT_RUN)
            return true;
    return false;
}

static void run_set(struct news *news, struct xapian_document *document,
                    uint64_t run)
{
    size_t count = document->value_count;
    struct xapian_value *values =
        arena_array(news->arena, struct xapian_value, count + 1);
    char *value = arena_alloc(news->arena, FIELD_RUN_BYTES + 1);
    field_run_write(value, news->identity,
                    passage_run(news, document->data, run));
    if (count)
        memcpy(values, document->values, count * sizeof *values);
    values[count] =
        (struct xapian_value){FIELD_SLOT_RUN, value, FIELD_RUN_BYTES};
    document->values = values;
    document->value_count++;
}

dateline_status news_number(const struct xapian_document **out,
                            struct arena *arena, struct words *before,
                            const struct record *record,
                            const char *identity, uint64_t run,
                            struct xapian_reader *in, dateline_error *error)
{
    struct news news = {
        .arena = arena, .before = before, .identity = identity};
    dateline_status status =
        in ? xapian_reader_values(in, record->key, FIELD_SLOT_RUN, old_visit,
                                  &news, error)
           : DATELINE_OK;
    if (status)
        return status;
    old_sort(&news);
    struct xapian_document *documents =
        arena_array(arena, struct xapian_document, record->count);
    for (size_t i = 0; i < record->count; i++) {
        const struct xapian_bytes data = record->documents[i].data;
        documents[i] = record->documents[i];
        if (!has_run(&documents[i]) &&
            !stored_is_article(data.bytes, data.length))
            run_set(&news, &documents[i], run);
    }
    *out = documents;
    return DATELINE_OK;
}
