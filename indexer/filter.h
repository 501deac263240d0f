/* Facts, entities and roles -> the boolean terms that a question can ask for, by
 * the rules of the field table. */
#ifndef INDEXER_FILTER_H
#define INDEXER_FILTER_H

#include "indexer/posting.h"

#include <dateline.h>

/* Where the terms of an article go, and who owns their bytes. */
struct filters {
    struct postings *to;
    struct arena *arena;
    unsigned types, roles; /* bits of those that are there already */
};

void filter_facts(struct filters *filters, const dateline_facts *facts);

/* name: the canonical one, else the words themselves. */
void filter_entity(struct filters *filters, const dateline_entity *entity,
                   const char *name);
void filter_role(struct filters *filters, dateline_role role);
void filter_copy(struct filters *filters, uint32_t fingerprint);

#endif
