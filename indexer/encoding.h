/* bytes -> UTF-8: byte order mark, what the page declares, else detection. */
#ifndef INDEXER_ENCODING_H
#define INDEXER_ENCODING_H

#include "common/arena.h"

#include <dateline.h>

/* *out (in the arena, NUL ended) is valid UTF-8 without NUL and without a byte
 * order mark; *used is the name of the encoding it was read as. declared: a
 * label given from outside (HTTP, mail), or NULL. Bytes that mean nothing become
 * U+FFFD. DATELINE_LIMIT when *out would exceed LIMIT_PAGE_BYTES. */
dateline_status encoding_convert(char **out, size_t *length, const char **used,
                                 struct arena *arena, const char *bytes,
                                 size_t size, const char *declared,
                                 dateline_error *error);

#endif
