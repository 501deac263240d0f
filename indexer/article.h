/* bytes -> article: encoding, tree, metadata, content, lead, language,
 * passages, entities, in that order. */
#ifndef INDEXER_ARTICLE_H
#define INDEXER_ARTICLE_H

#include "common/arena.h"

#include <dateline.h>

struct dateline_article {
    struct arena arena; /* owns all below, and the article itself */
    dateline_facts facts;
    const char *body;
    size_t length;
    dateline_block *blocks;
    size_t block_count;
    dateline_passage *passages;
    size_t passage_count;
    dateline_entity *entities;
    size_t entity_count;
};

struct entity_finder;

/* One input: a page, a text, or a file of JSON lines that holds many. */
struct article_input {
    const char *bytes;
    size_t length;
    const char *path;    /* or NULL */
    const char *id;      /* given from outside, or NULL */
    const char *url;     /* given from outside, or NULL */
    const char *format;  /* "html", "text", "jsonl", or NULL: by name, content */
    size_t line;         /* number of the first line, for messages; from 1 */
    long today;          /* days since 1970, or 0: no day is in the future */
    const struct entity_finder *finder; /* NULL: no entities */
};

/* Shows every article of the input, in order. The article belongs to the
 * visitor from then on (dateline_article_free). A part that cannot be read is
 * shown as NULL with its error (line number in the message), and the walk goes
 * on. An empty page is no article and no fault: nothing is shown. */
typedef dateline_status article_visit(void *context, dateline_article *article,
                                      const dateline_error *error);
dateline_status article_read(const struct article_input *input,
                             article_visit *visit, void *context,
                             dateline_error *error);

#endif
