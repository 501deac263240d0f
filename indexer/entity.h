/* labels -> entities: patterns, lists, definitions and the tagger each label
 * the body; here overlaps are decided, what a name was elsewhere in the article
 * is carried over, and names become canonical. */
#ifndef INDEXER_ENTITY_H
#define INDEXER_ENTITY_H

#include "indexer/article.h"

/* What the stages need, loaded once and only read afterwards. */
struct entity_finder;

struct entity_options {
    const char *aliases;      /* alias file, or NULL */
    const char *model;        /* tagger weights, or NULL: those built in */
    void (*warn)(void *context, const char *message);
    void *context;
    bool later;               /* patterns and lists wait for entity_ready */
};

dateline_status entity_open(struct entity_finder **out,
                            const struct entity_options *options,
                            dateline_error *error);

/* Loads what is still missing of it; many runs find nothing to read. */
dateline_status entity_ready(struct entity_finder *finder,
                             dateline_error *error);

/* Fills article->entities and article->facts.aliases from body, facts.title,
 * facts.language and facts.published. */
void entity_find(dateline_article *article, const struct entity_finder *finder);

/* Of the bytes of the weights that were named; 0: those built in. */
uint64_t entity_model_hash(const struct entity_finder *finder);

/* The aliases of the file, to be kept in the index; NULL: none. */
const struct alias_list *entity_aliases(const struct entity_finder *finder);

void entity_close(struct entity_finder *finder);

#endif
