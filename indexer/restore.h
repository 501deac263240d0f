/* What is stored of an article -> the article it was made of, with its body,
 * blocks, passages and entities, as it was when it went in. */
#ifndef INDEXER_RESTORE_H
#define INDEXER_RESTORE_H

#include "common/xapian_c.h"
#include "indexer/article.h"

/* *out is NULL where there is none; else dateline_article_free. */
dateline_status restore_article(dateline_article **out,
                                struct xapian_reader *reader,
                                struct xapian_bytes key, dateline_error *error);

/* Shows every article of an index in the order in which they went in; those that
 * go or change meanwhile are shown once or not at all. The article is the
 * visitor's from then on; a status that is not 0 ends the walk. */
typedef dateline_status restore_visit(void *context, dateline_article *article,
                                      dateline_error *error);
dateline_status restore_all(struct xapian_reader *reader, restore_visit *visit,
                            void *context, dateline_error *error);

#endif
