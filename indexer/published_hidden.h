/* Days that no reader sees: of linked data, meta elements, the address, and the
 * data of scripts. Each function adds those of one kind. */
#ifndef INDEXER_PUBLISHED_HIDDEN_H
#define INDEXER_PUBLISHED_HIDDEN_H

#include "indexer/candidate.h"
#include "indexer/metadata.h"

/* Of the article's own object, else of other articles; of the text of linked
 * data that is no JSON. */
void published_from_article(struct candidates *out, const struct metadata *metadata);
/* Of the page, and all else but the site and who runs it. */
void published_from_objects(struct candidates *out, const struct metadata *metadata);
void published_from_metas(struct candidates *out, const struct metadata *metadata);
/* "/2021/10/17/", "/2021-10-17-", "/20211017", "/17-10-2021"; url may be NULL. */
void published_from_url(struct candidates *out, const char *url);
/* Where nothing else tells. */
void published_from_scripts(struct candidates *out, const struct metadata *metadata);

#endif
