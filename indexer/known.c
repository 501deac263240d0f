/* version path size inode device modified hash recipe failed keys | checksum */
#include "indexer/known.h"

#include "common/field.h"
#include "common/stored.h"

#include <string.h>
#include <xxhash.h>

enum { KNOWN_VERSION = 1, CHECKSUM_BYTES = 4 };

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

void known_write(struct buffer *out, const struct known *known)
{
    char sum[CHECKSUM_BYTES];
    size_t start = out->length;
    const uint64_t numbers[] = {
        known->stat.size, known->stat.inode, known->stat.device,
        (uint64_t)known->stat.modified, known->hash[0], known->hash[1],
        known->recipe, known->failed, known->count};
    stored_write_number(out, KNOWN_VERSION);
    stored_write_string(out, known->path, strlen(known->path));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        stored_write_number(out, numbers[i]);
    for (size_t i = 0; i < known->count; i++)
        stored_write_string(out, known->keys[i].bytes, known->keys[i].length);
    checksum(sum, out->bytes + start, out->length - start);
    buffer_add(out, sum, sizeof sum);
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
    uint64_t version, modified, failed, count;
    size_t length;
    *out = (struct known){0};
    uint64_t *numbers[] = {&out->stat.size, &out->stat.inode,
                           &out->stat.device, &modified, &out->hash[0],
                           &out->hash[1], &out->recipe, &failed, &count};
    if (bytes.length < CHECKSUM_BYTES)
        return false;
    const char *at = bytes.bytes;
    const char *end = bytes.bytes + bytes.length - CHECKSUM_BYTES;
    checksum(sum, at, (size_t)(end - at));
    if (memcmp(sum, end, sizeof sum) ||
        !stored_read_number(&version, &at, end) || version != KNOWN_VERSION ||
        !stored_read_string(&out->path, &length, &at, end) || !out->path)
        return false;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (!stored_read_number(numbers[i], &at, end))
            return false;
    out->stat.modified = (int64_t)modified;
    out->failed = failed != 0;
    out->count = (size_t)count;
    return keys_read(out, arena, &at, end) && at == end;
}

bool known_same_stat(const struct source_stat *a, const struct source_stat *b)
{
    return a->size == b->size && a->inode == b->inode &&
           a->device == b->device && a->modified == b->modified;
}
