/* A file, what the index knew of it, and what it will know. */
#include "indexer/input.h"

#include "common/stored.h"

#include <string.h>
#include <time.h>

/* A file that was written this shortly before it was looked at may be written
 * again without a new time: then its content is asked. */
enum { FRESH_NANOSECONDS = 1000000000 };

static uint64_t mix(uint64_t recipe, const char *text)
{
    return text ? seen_hash(text, strlen(text), recipe + 1) : recipe;
}

struct input *input_new(const struct dateline_indexer *indexer,
                        const struct source_item *item)
{
    struct arena arena = ARENA_INIT;
    struct input *input = arena_new(&arena, struct input);
    input->path = arena_string(&arena, item->path);
    input->real = arena_string(&arena, item->real);
    input->id = arena_string(&arena, item->id);
    input->url = arena_string(&arena, item->url);
    input->stat = item->stat;
    input->format = item->input ? arena_string(&arena, item->input)
                                : indexer->options.input;
    input->recipe = mix(mix(mix(indexer->recipe, input->format), item->id),
                        item->url);
    input->arena = arena;
    return input;
}

void input_free(struct input *input)
{
    if (!input)
        return;
    struct arena arena = input->arena; /* the input lives in it */
    buffer_free(&input->old_bytes);
    buffer_free(&input->keys);
    arena_release(&arena);
}

dateline_status input_recall(struct dateline_indexer *indexer,
                             struct input *input, dateline_error *error)
{
    char key[LIMIT_TERM_BYTES + 1];
    if (!indexer->store || !input->real)
        return DATELINE_OK;
    dateline_status status =
        store_get(&input->old_bytes, indexer->store,
                  known_key(key, input->real), error);
    if (status)
        return status;
    struct xapian_bytes bytes = {input->old_bytes.bytes,
                                 input->old_bytes.length};
    /* long paths share a key only if their hashes do */
    if (!known_read(&input->old, &input->arena, bytes) ||
        strcmp(input->old.path, input->real))
        input->old = (struct known){0};
    return DATELINE_OK;
}

bool input_is_alike(const struct dateline_indexer *indexer,
                    const struct input *input)
{
    return input->old.path && input->old.recipe == input->recipe &&
           input->old.names == indexer->names && !indexer->retrying;
}

bool input_is_unchanged(const struct dateline_indexer *indexer,
                        const struct input *input)
{
    return input_is_alike(indexer, input) && !indexer->options.checksum &&
           known_same_stat(&input->old.stat, &input->stat);
}

void input_add_key(struct input *input, struct xapian_bytes key)
{
    stored_write_string(&input->keys, key.bytes, key.length);
    input->key_count++;
}

void input_keep_keys(struct input *input)
{
    for (size_t i = 0; i < input->old.count; i++)
        input_add_key(input, input->old.keys[i]);
}

static bool stat_is_fresh(const struct source_stat *stat)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec - stat->modified <
           FRESH_NANOSECONDS;
}

dateline_status input_remember(struct dateline_indexer *indexer,
                               struct input *input, bool whole,
                               dateline_error *error)
{
    char key[LIMIT_TERM_BYTES + 1];
    if (!indexer->store || !input->real)
        return DATELINE_OK;
    struct known known = {.path = input->real,
                          .recipe = input->recipe,
                          .names = indexer->names,
                          .failure = {input->faults, input->why, input->id,
                                      input->url, input->format},
                          .count = input->key_count};
    struct xapian_bytes *keys = arena_array(
        &input->arena, struct xapian_bytes, input->key_count);
    const char *at = input->keys.bytes, *end = at + input->keys.length;
    for (size_t i = 0; i < input->key_count; i++)
        stored_read_string(&keys[i].bytes, &keys[i].length, &at, end);
    known.keys = keys;
    if (whole) {
        known.stat = input->stat;
        memcpy(known.hash, input->hash, sizeof known.hash);
        if (stat_is_fresh(&known.stat))
            known.stat.modified = INT64_MIN;
    }
    struct buffer bytes = {0};
    known_write(&bytes, &known);
    dateline_status status = store_set(
        indexer->store, known_key(key, input->real),
        (struct xapian_bytes){bytes.bytes, bytes.length}, error);
    buffer_free(&bytes);
    return status;
}
