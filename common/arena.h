/* Memory that is released whole: an article, a list of hits and a question each
 * own one arena. No allocation fails: where the system has no memory left, the
 * process ends with one line on stderr and exit status 2. A page and a question
 * are bounded (see limit.h), and pages are read in worker processes, so there it
 * costs one page. */
#ifndef COMMON_ARENA_H
#define COMMON_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *chunk; /* newest first */
    size_t used;               /* in the newest */
    size_t total;              /* bytes obtained from the system */
};

#define ARENA_INIT {0}

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) \
    ((type *)arena_alloc_array((arena), sizeof(type), (count)))
void *arena_alloc_array(struct arena *arena, size_t size, size_t count);

/* The same for bytes, not zeroed: for who fills them all. */
char *arena_bytes(struct arena *arena, size_t size);

/* Copies length bytes and ends them with NUL. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);
/* Copies a string; NULL gives NULL. */
char *arena_string(struct arena *arena, const char *string);
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Grows an array that lives in an arena: makes room for one more element and
 * returns it, zeroed. *items, *count and *room begin as NULL, 0, 0. */
#define arena_push(arena, items, count, room) \
    arena_push_item((arena), (void **)(items), (count), (room), sizeof **(items))
void *arena_push_item(struct arena *arena, void **items, size_t *count,
                      size_t *room, size_t size);

/* Releases everything; the arena may be used again. */
void arena_release(struct arena *arena);

/* Bytes that grow at their end, on the heap, not in an arena. */
struct buffer {
    char *bytes; /* NUL after the last, once anything was added */
    size_t length, room;
};

/* Room for so many bytes in all, so that it need not grow step by step. */
void buffer_reserve(struct buffer *buffer, size_t bytes);
void buffer_add(struct buffer *buffer, const char *bytes, size_t length);
void buffer_text(struct buffer *buffer, const char *string);
void buffer_byte(struct buffer *buffer, char byte);
void buffer_decimal(struct buffer *buffer, uint64_t number);
void buffer_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_free(struct buffer *buffer);

#endif
