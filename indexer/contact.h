/* The contact block of a release -> name, organisation, telephone, mail. */
#ifndef INDEXER_CONTACT_H
#define INDEXER_CONTACT_H

#include "common/arena.h"

#include <dateline.h>

/* Fills facts->contact from the blocks whose role is contact. */
void contact_read(dateline_facts *facts, struct arena *arena, const char *body,
                  const dateline_block *blocks, size_t count);

#endif
