/* ASCII whatever its case, and bytes of white space: for names of tags, headers
 * and options, and for words of a machine in any text. Other bytes equal
 * themselves alone. */
#ifndef COMMON_ASCII_H
#define COMMON_ASCII_H

#include <stdbool.h>
#include <stddef.h>

static inline bool ascii_is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static inline char ascii_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

/* Nothing but white space. */
bool ascii_is_blank(const char *bytes, size_t length);

bool ascii_equal(const char *a, const char *b);

/* Where the needle begins, or NULL. */
const char *ascii_find(const char *text, size_t length, const char *needle);

/* Where the first of the needles begins, or NULL. Needles are in lower case and
 * have two letters at least; the list ends with NULL. */
const char *ascii_find_any(const char *text, size_t length,
                           const char *const *needles);

#endif
