/* A linear-chain conditional random field over words: names by context
 * (Lafferty, McCallum & Pereira 2001). How it was taught and what it reaches
 * stands in tagger.model.md. */
#ifndef INDEXER_TAGGER_H
#define INDEXER_TAGGER_H

#include "indexer/label.h"

struct tagger;

/* path NULL: the weights built into the library (a pointer, not a parse). A file
 * that holds no weights, or not those of this version, is DATELINE_BAD_ARGUMENT;
 * at most LIMIT_MODEL_BYTES are read. */
dateline_status tagger_load(struct tagger **out, const char *path,
                            dateline_error *error);

/* Of the bytes of the file; 0: the weights are those built in. */
uint64_t tagger_file_hash(const struct tagger *tagger);

/* Adds labels by DATELINE_BY_TAGGER: PERSON ORG PLACE NORP DATE MONEY MISC.
 * Labels already there (patterns, lists), sorted as label_sort does, are
 * features. Two passes: the second knows what each word was elsewhere in this
 * article. Linear in the text and of bounded memory, whatever the text: past
 * some 16,000 words it begins anew, as with another article. Not const: it
 * keeps working memory. */
void tagger_tag(struct labels *labels, struct tagger *tagger, const char *text,
                size_t length);
void tagger_free(struct tagger *tagger);

#endif
