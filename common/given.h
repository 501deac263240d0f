/* Structs of <dateline.h> that a caller fills begin with their size and grow at the
 * end: a caller may be older than we are, and know of less, or newer. */
#ifndef COMMON_GIVEN_H
#define COMMON_GIVEN_H

#include <stddef.h>
#include <string.h>

/* Lays what was given (NULL: nothing) over the defaults in `all`, a struct of the
 * same kind and `size` bytes, which then is whole. */
static inline void given_read(void *all, size_t size, const void *given)
{
    size_t known;
    if (!given)
        return;
    memcpy(&known, given, sizeof known);
    memcpy(all, given, known < size ? known : size);
    memcpy(all, &size, sizeof size);
}

#endif
