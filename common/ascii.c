/* Searches that look at every byte of a page, so each step counts. */
#include "common/ascii.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

bool ascii_is_blank(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!ascii_is_space(bytes[i]))
            return false;
    return true;
}

bool ascii_equal(const char *a, const char *b)
{
    while (*a && ascii_lower(*a) == ascii_lower(*b))
        a++, b++;
    return ascii_lower(*a) == ascii_lower(*b);
}

/* A place in a set of 1,024 bits for two letters, small or capital; others may
 * share it. */
static unsigned pair_bit(char first, char second)
{
    return (((unsigned char)first | 0x20u) * 33u +
            ((unsigned char)second | 0x20u)) & 1023;
}

const char *ascii_find_any(const char *text, size_t length,
                           const char *const *needles)
{
    uint64_t begins[16] = {0}; /* the first two letters of a needle */
    for (const char *const *needle = needles; *needle; needle++) {
        unsigned bit = pair_bit((*needle)[0], (*needle)[1]);
        begins[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    for (const char *at = text, *end = text + length; end - at >= 2; at++) {
        unsigned bit = pair_bit(at[0], at[1]);
        if (!(begins[bit / 64] >> bit % 64 & 1))
            continue;
        char first = ascii_lower(*at);
        for (const char *const *needle = needles; *needle; needle++) {
            size_t wanted = **needle == first ? strlen(*needle) : SIZE_MAX;
            if (wanted <= (size_t)(end - at) && !strncasecmp(at, *needle, wanted))
                return at;
        }
    }
    return NULL;
}

const char *ascii_find(const char *text, size_t length, const char *needle)
{
    size_t wanted = strlen(needle);
    if (!wanted)
        return text;
    char first = ascii_lower(*needle);
    const char *end = length < wanted ? text : text + length - wanted + 1;
    for (const char *at = text; at < end; at++)
        if ((*at == first || ascii_lower(*at) == first) &&
            !strncasecmp(at, needle, wanted))
            return at;
    return NULL;
}
