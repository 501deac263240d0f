/* The roles of blocks that follow from their words. */
#ifndef INDEXER_ROLE_H
#define INDEXER_ROLE_H

#include <stddef.h>

#include <dateline.h>

/* Boilerplate "About ...", contacts, the end mark; what is a heading, a list or a
 * quotation otherwise stays one. Of pages and of plain text. */
void role_mark(const char *body, dateline_block *blocks, size_t count);

#endif
