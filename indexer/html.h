/* libxml2's door: HTML through SAX straight into our tree. No other file
 * includes <libxml/...>. */
#ifndef INDEXER_HTML_H
#define INDEXER_HTML_H

#include "indexer/tree.h"

#include <dateline.h>

/* bytes: valid UTF-8. Scripts, styles and comments are cut out beforehand;
 * scripts with data are kept in tree->scripts. Any bytes give a tree. */
dateline_status html_read(struct tree *tree, struct arena *arena,
                          const char *bytes, size_t length,
                          dateline_error *error);

#endif
