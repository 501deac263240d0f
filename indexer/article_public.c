/* The public dateline_reader_* and dateline_article_*: bytes go in, an article
 * comes out of which everything can be asked. */
#include "common/error.h"
#include "common/given.h"
#include "indexer/article.h"
#include "indexer/article_json.h"
#include "indexer/entity.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ readers */

struct dateline_reader {
    struct entity_finder *finder; /* NULL: no names are found */
};

dateline_status dateline_reader_open(dateline_reader **out,
                                     const dateline_reader_options *options,
                                     dateline_error *error)
{
    dateline_reader_options all = DATELINE_READER_OPTIONS_INIT;
    error_clear(error);
    given_read(&all, sizeof all, options);
    dateline_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return error_set(error, DATELINE_NO_MEMORY, "no memory for a reader");
    const struct entity_options needed = {.aliases = all.aliases,
                                          .model = all.model,
                                          .warn = all.warn,
                                          .context = all.context};
    dateline_status status =
        all.entities ? entity_open(&reader->finder, &needed, error)
                     : DATELINE_OK;
    if (status)
        free(reader);
    else
        *out = reader;
    return status;
}

void dateline_reader_close(dateline_reader *reader)
{
    if (!reader)
        return;
    entity_close(reader->finder);
    free(reader);
}

/* ------------------------------------------------------------------ reading */

/* Of an input that holds many: the first article, and the first fault. */
struct kept {
    dateline_article *article;
    dateline_error error;
};

static dateline_status keep_first(void *context, dateline_article *article,
                                  const dateline_error *error)
{
    struct kept *kept = context;
    if (article && kept->article)
        dateline_article_free(article);
    else if (article)
        kept->article = article;
    else if (!kept->error.status)
        kept->error = *error;
    return DATELINE_OK;
}

dateline_status dateline_reader_read(dateline_article **out,
                                     dateline_reader *reader,
                                     const char *bytes, size_t length,
                                     const char *url, dateline_error *error)
{
    struct kept kept = {0};
    const struct article_input input = {.bytes = bytes,
                                        .length = length,
                                        .url = url,
                                        .finder = reader->finder};
    error_clear(error);
    dateline_status status = article_read(&input, keep_first, &kept, error);
    if (kept.article)
        return *out = kept.article, DATELINE_OK;
    if (status)
        return status;
    return kept.error.status
               ? error_set(error, kept.error.status, "%s", kept.error.message)
               : error_set(error, DATELINE_BAD_INPUT, "there is no text in it");
}

dateline_status dateline_article_read(dateline_article **out,
                                      const char *bytes, size_t length,
                                      const char *url, dateline_error *error)
{
    dateline_reader *reader;
    dateline_status status = dateline_reader_open(&reader, NULL, error);
    if (status)
        return status;
    status = dateline_reader_read(out, reader, bytes, length, url, error);
    dateline_reader_close(reader);
    return status;
}

/* ----------------------------------------------------------------- articles */

const dateline_facts *dateline_article_facts(const dateline_article *article)
{
    return &article->facts;
}

const char *dateline_article_body(const dateline_article *article, size_t *length)
{
    *length = article->length;
    return article->body;
}

const dateline_block *dateline_article_blocks(const dateline_article *article,
                                              size_t *count)
{
    *count = article->block_count;
    return article->blocks;
}

const dateline_passage *
dateline_article_passages(const dateline_article *article, size_t *count)
{
    *count = article->passage_count;
    return article->passages;
}

const dateline_entity *
dateline_article_entities(const dateline_article *article, size_t *count)
{
    *count = article->entity_count;
    return article->entities;
}

dateline_status dateline_article_write(const dateline_article *article, FILE *to,
                                       dateline_error *error)
{
    struct buffer line = {0};
    article_json(&line, article);
    bool wrote = fwrite(line.bytes, 1, line.length, to) == line.length;
    buffer_free(&line);
    return wrote ? DATELINE_OK
                 : error_set(error, DATELINE_IO, "the article cannot be written");
}
