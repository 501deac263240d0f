/* What writing and reading share: the layout of what is kept with an article. For
 * stored_*.c alone.
 *
 *   version | hash | size | facts, text, its parts and entities | checksum
 *
 * Numbers are LEB128. What follows the size is compressed and was so many bytes;
 * after a 0 it is plain: too short to get smaller, or larger than a reader lets
 * itself be told to make room for. The checksum is of what is kept, so damage is
 * seen before anything is made of it. */
#ifndef COMMON_STORED_PART_H
#define COMMON_STORED_PART_H

#include "common/stored.h"

enum { STORED_VERSION = 5, CHECKSUM_BYTES = 4 };

/* Added to the precision of a day in the future. */
enum { FUTURE = DATELINE_DAY + 1 };

void stored_checksum(char out[CHECKSUM_BYTES], const char *bytes,
                     size_t length);

#endif
