/* Names of encodings, and where a page says one. */
#ifndef INDEXER_ENCODING_LABEL_H
#define INDEXER_ENCODING_LABEL_H

#include <stdbool.h>
#include <stddef.h>

/* An encoding. Its labels are those of the WHATWG Encoding standard (so "latin1"
 * is windows-1252 and "gb2312" is gb18030), and those that detection uses. */
struct encoding {
    const char *name;
    const char *converter; /* iconv's name of it; NULL: it is UTF-8 */
    unsigned unit;         /* bytes to skip after a fault */
    bool single;           /* one byte a character */
    const char *labels;    /* lower case, a space between */
};

/* By our own name of it; never NULL for one that is in the table. */
const struct encoding *encoding_named(const char *name);
/* A label as found, white space around it and any case; NULL: unknown. */
const struct encoding *encoding_labelled(const char *label, size_t length);
/* What the first KiB of the page say: XML prolog, or the first <meta> with a
 * label that we know; comments are passed over. NULL: nothing. */
const struct encoding *encoding_declared(const char *bytes, size_t size);

#endif
