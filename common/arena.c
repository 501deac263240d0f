/* Chunks of memory, newest first; the newest is filled from its front. */
#include "common/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_chunk {
    struct arena_chunk *older;
    size_t size;
    alignas(max_align_t) char bytes[];
};

enum { FIRST_CHUNK = 1024, LARGEST_STEP = 1 << 20 };

static void *memory_or_exit(void *memory)
{
    if (!memory) {
        fputs("dateline: out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

static size_t chunk_size(const struct arena *arena, size_t wanted)
{
    size_t next = arena->chunk ? 2 * arena->chunk->size : FIRST_CHUNK;
    if (next > LARGEST_STEP)
        next = LARGEST_STEP;
    return wanted > next ? wanted : next;
}

static void *take(struct arena *arena, size_t size)
{
    size_t at = (arena->used + alignof(max_align_t) - 1) &
                ~(alignof(max_align_t) - 1);
    struct arena_chunk *chunk = arena->chunk;
    if (!chunk || at > chunk->size || size > chunk->size - at) {
        size_t room = chunk_size(arena, size);
        chunk = memory_or_exit(
            room < SIZE_MAX - sizeof *chunk ? malloc(sizeof *chunk + room) : NULL);
        chunk->size = room;
        chunk->older = arena->chunk;
        arena->chunk = chunk;
        arena->total += room;
        at = 0;
    }
    arena->used = at + size;
    return chunk->bytes + at;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(take(arena, size), 0, size);
}

char *arena_bytes(struct arena *arena, size_t size)
{
    return take(arena, size);
}

void *arena_alloc_array(struct arena *arena, size_t size, size_t count)
{
    if (count && size > SIZE_MAX / count)
        memory_or_exit(NULL);
    return arena_alloc(arena, size * count);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = take(arena, length + 1);
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *arena_string(struct arena *arena, const char *string)
{
    return string ? arena_copy(arena, string, strlen(string)) : NULL;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = arena_alloc(arena, length < 0 ? 1 : (size_t)length + 1);
    if (length > 0)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void *arena_push_item(struct arena *arena, void **items, size_t *count,
                      size_t *room, size_t size)
{
    if (*count == *room) {
        size_t more = *room ? 2 * *room : 8;
        void *larger = arena_alloc_array(arena, size, more);
        if (*count)
            memcpy(larger, *items, *count * size);
        *items = larger;
        *room = more;
    }
    return (char *)*items + (*count)++ * size;
}

void arena_release(struct arena *arena)
{
    for (struct arena_chunk *chunk = arena->chunk; chunk;) {
        struct arena_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
    *arena = (struct arena){0};
}

/* Room for `more` bytes and the NUL behind them. */
static void buffer_grow(struct buffer *buffer, size_t more)
{
    if (more > SIZE_MAX / 2 - buffer->length)
        memory_or_exit(NULL);
    size_t need = buffer->length + more + 1;
    if (need <= buffer->room)
        return;
    size_t room = buffer->room ? buffer->room : 64;
    while (room < need)
        room *= 2;
    buffer->bytes = memory_or_exit(realloc(buffer->bytes, room));
    buffer->room = room;
}

void buffer_reserve(struct buffer *buffer, size_t bytes)
{
    if (bytes > buffer->length)
        buffer_grow(buffer, bytes - buffer->length);
}

void buffer_add(struct buffer *buffer, const char *bytes, size_t length)
{
    if (length >= buffer->room - buffer->length || !buffer->room)
        buffer_grow(buffer, length);
    if (length)
        memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void buffer_text(struct buffer *buffer, const char *string)
{
    buffer_add(buffer, string, strlen(string));
}

void buffer_byte(struct buffer *buffer, char byte)
{
    if (buffer->room - buffer->length < 2)
        buffer_grow(buffer, 1);
    buffer->bytes[buffer->length++] = byte;
    buffer->bytes[buffer->length] = '\0';
}

void buffer_decimal(struct buffer *buffer, uint64_t number)
{
    char digits[sizeof "18446744073709551615"], *end = digits + sizeof digits, *at = end;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    buffer_add(buffer, at, (size_t)(end - at));
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length > 0) {
        buffer_grow(buffer, (size_t)length);
        vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format,
                  again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}
