/* A title as <title> or og:title has it -> without the site's name. */
#ifndef INDEXER_TITLE_SITE_H
#define INDEXER_TITLE_SITE_H

#include "indexer/metadata.h"

/* Is the part the site's name, or written in its host? */
bool title_names_site(const struct metadata *metadata, const char *part, size_t length);

/* Cuts "Site | " or " | Section | Site"; else a last part of few words, when what
 * is left is long enough to be the title. In the arena. */
const char *title_cut_site(const struct metadata *metadata, const char *title);

/* Does something stand in it that parts a headline from a site's name? */
bool title_has_separator(const char *title);

#endif
