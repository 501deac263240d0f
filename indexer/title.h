/* metadata and tree -> the title that a reader sees. */
#ifndef INDEXER_TITLE_H
#define INDEXER_TITLE_H

#include "indexer/metadata.h"

/* The visible headline nearest to what the page says its title is, else that,
 * without the site's name at its end; NULL when there is none. */
const char *title_read(const struct metadata *metadata);

#endif
