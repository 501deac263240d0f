/* An article as a line of JSON: what --dry-run and --dump print. */
#ifndef INDEXER_ARTICLE_JSON_H
#define INDEXER_ARTICLE_JSON_H

#include "indexer/article.h"

/* Appends {"v":1,"type":"article",...} and a newline. */
void article_json(struct buffer *out, const dateline_article *article);

#endif
