/* zstd's door: bytes are made small, and are what they were again. How many they
 * were is for the caller to keep, and to bound before there is room for them.
 * Threads may share it. */
#ifndef COMMON_COMPRESS_H
#define COMMON_COMPRESS_H

#include "common/arena.h"

/* Adds them to out, compressed; false, and nothing is added, when that makes
 * them no smaller. */
bool compress_write(struct buffer *out, const char *bytes, size_t length);

/* Fills out with the `length` bytes that were compressed into these `size`; false
 * when they are others or damaged, and out then holds anything. */
bool compress_read(char *out, size_t length, const char *bytes, size_t size);

#endif
