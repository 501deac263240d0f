/* version path size inode device modified hash recipe names faults keys
 * [why id url input] | checksum
 *
 * Version 1 had no names, and of a failure only that there was one. */
#include "indexer/known.h"

#include "common/field.h"
#include "common/stored.h"

#include <string.h>
#include <xxhash.h>

enum { KNOWN_VERSION = 2, CHECKSUM_BYTES = 4 };

struct xapian_bytes known_key(char *out, const char *path)
{
    size_t length = field_key(out, KNOWN_PREFIX, path, strlen(path));
    return (struct xapian_bytes){out, length};
}

static void checksum(char out[CHECKSUM_BYTES], const char *bytes, size_t length)
{
    uint64_t hash = XXH3_64bits(bytes, length);
    for (int i = 0; i < CHECKSUM_BYTES; i++)
        out[i] = (char)(hash >> 8 * i);
}

static void text_write(struct buffer *out, const char *text)
{
    stored_write_string(out, text, text ? strlen(text) : 0);
}

static void failure_write(struct buffer *out,
                          const struct known_failure *failure)
{
    if (!failure->count)
        return;
    text_write(out, failure->why);
    text_write(out, failure->id);
    text_write(out, failure->url);
    text_write(out, failure->input);
}

void known_write(struct buffer *out, const struct known *known)
{
    char sum[CHECKSUM_BYTES];
    size_t start = out->length;
    const uint64_t numbers[] = {
        known->stat.size, known->stat.inode, known->stat.device,
        (uint64_t)known->stat.modified, known->hash[0], known->hash[1],
        known->recipe, known->names, known->failure.count, known->count};
    stored_write_number(out, KNOWN_VERSION);
    stored_write_string(out, known->path, strlen(known->path));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        stored_write_number(out, numbers[i]);
    for (size_t i = 0; i < known->count; i++)
        stored_write_string(out, known->keys[i].bytes, known->keys[i].length);
    failure_write(out, &known->failure);
    checksum(sum, out->bytes + start, out->length - start);
    buffer_add(out, sum, sizeof sum);
}

static bool failure_read(struct known_failure *out, const char **at,
                         const char *end)
{
    const char **texts[] = {&out->why, &out->id, &out->url, &out->input};
    size_t length;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!stored_read_string(texts[i], &length, at, end))
            return false;
    return true;
}

static bool keys_read(struct known *out, struct arena *arena, const char **at,
                      const char *end)
{
    if (out->count > (size_t)(end - *at))
        return false;
    struct xapian_bytes *keys =
        arena_array(arena, struct xapian_bytes, out->count);
    for (size_t i = 0; i < out->count; i++)
        if (!stored_read_string(&keys[i].bytes, &keys[i].length, at, end) ||
            !keys[i].length || keys[i].length > LIMIT_TERM_BYTES)
            return false;
    out->keys = keys;
    return true;
}

bool known_read(struct known *out, struct arena *arena,
                struct xapian_bytes bytes)
{
    char sum[CHECKSUM_BYTES];
    uint64_t version, modified, count;
    size_t length;
    *out = (struct known){0};
    uint64_t *numbers[] = {&out->stat.size, &out->stat.inode,
                           &out->stat.device, &modified, &out->hash[0],
                           &out->hash[1], &out->recipe, &out->names,
                           &out->failure.count, &count};
    if (bytes.length < CHECKSUM_BYTES)
        return false;
    const char *at = bytes.bytes;
    const char *end = bytes.bytes + bytes.length - CHECKSUM_BYTES;
    checksum(sum, at, (size_t)(end - at));
    if (memcmp(sum, end, sizeof sum) ||
        !stored_read_number(&version, &at, end) || version < 1 ||
        version > KNOWN_VERSION ||
        !stored_read_string(&out->path, &length, &at, end) || !out->path)
        return false;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if ((version > 1 || numbers[i] != &out->names) &&
            !stored_read_number(numbers[i], &at, end))
            return false;
    out->stat.modified = (int64_t)modified;
    out->count = (size_t)count;
    return keys_read(out, arena, &at, end) &&
           (version == 1 || !out->failure.count ||
            failure_read(&out->failure, &at, end)) && at == end;
}

bool known_same_stat(const struct source_stat *a, const struct source_stat *b)
{
    return a->size == b->size && a->inode == b->inode &&
           a->device == b->device && a->modified == b->modified;
}
