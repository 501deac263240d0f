/* A linear-chain conditional random field over words: names by context. */
#ifndef INDEXER_TAGGER_H
#define INDEXER_TAGGER_H

#include "indexer/label.h"

struct tagger;

/* path NULL: the weights built into the library (a pointer, not a parse). */
dateline_status tagger_load(struct tagger **out, const char *path,
                            dateline_error *error);

/* Adds labels by DATELINE_BY_TAGGER. Labels already there (patterns, lists)
 * are features. Two passes: the second knows what each word was elsewhere in
 * this article. Not const: it keeps working memory. */
void tagger_tag(struct labels *labels, struct tagger *tagger, const char *text,
                size_t length);
void tagger_free(struct tagger *tagger);

#endif
