/* text -> language. */
#ifndef INDEXER_DETECT_H
#define INDEXER_DETECT_H

#include <stddef.h>

/* ISO 639-1 code (else 639-3) of the language the text is written in, never
 * freed; NULL when nothing tells. declared: what the page says ("en-US"), a
 * hint where the text is short; may be NULL. Looks at a few KiB at most. */
const char *detect_language(const char *text, size_t length, const char *declared);

#endif
