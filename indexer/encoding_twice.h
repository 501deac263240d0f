/* Text that became UTF-8 twice: "weâ€™ve", "ZÃ¼rich". */
#ifndef INDEXER_ENCODING_TWICE_H
#define INDEXER_ENCODING_TWICE_H

#include <stddef.h>

/* Undoes it in place where it is certain, and returns the length of what is left:
 * more than once, and most of what the text holds beyond ASCII is so. text: valid
 * UTF-8, and so it stays. */
size_t encoding_undo_twice(char *text, size_t length);

#endif
