/* What the parts of text share. For text_*.c alone. */
#ifndef COMMON_TEXT_PART_H
#define COMMON_TEXT_PART_H

#include "common/text.h"

/* The character at `at` and its size; 0 and 0 at the end. */
static inline uint32_t text_next(const char *text, size_t length, size_t at,
                                 size_t *size)
{
    *size = 0;
    return at < length ? text_decode(text + at, length - at, size) : 0;
}

static inline uint32_t text_at(const char *text, size_t length, size_t at)
{
    size_t size;
    return text_next(text, length, at, &size);
}

/* Digits of any kind, "½" and "Ⅳ" too, beyond ASCII. */
bool text_is_number_long(uint32_t character);

/* Folds a word into out, at most `room` bytes. */
size_t text_fold_word(char *out, size_t room, const char *text, size_t length);

#endif
