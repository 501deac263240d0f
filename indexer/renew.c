/* key -> article -> passages, entities -> record */
#include "indexer/renew.h"

#include "common/error.h"
#include "indexer/contact.h"
#include "indexer/passage.h"
#include "indexer/restore.h"

#include <string.h>

/* The stages after the page was read, over what it gave. */
static void article_renew(dateline_article *article,
                          const struct entity_finder *finder)
{
    dateline_facts *facts = &article->facts;
    memset(&facts->contact, 0, sizeof facts->contact);
    contact_read(facts, &article->arena, article->body, article->blocks,
                 article->block_count);
    article->passage_count =
        passage_split(&article->passages, &article->arena, article->body,
                      article->blocks, article->block_count, facts->language);
    article->entity_count = 0;
    facts->alias_count = 0;
    if (finder)
        entity_find(article, finder);
}

static dateline_status renew(struct buffer *record, struct renewer *renewer,
                             struct xapian_bytes key, dateline_error *error)
{
    dateline_article *article = NULL;
    dateline_status status = DATELINE_OK;
    if (!renewer->reader)
        status = xapian_reader_open(&renewer->reader, &renewer->index, 1,
                                    error);
    if (!status)
        status = restore_article(&article, renewer->reader, key, error);
    if (status || !article)
        return status;
    article_renew(article, renewer->finder);
    status = record_build(record, renewer->recorder, article, error);
    dateline_article_free(article);
    return status;
}

static void tell_failure(struct worker_reply *reply, dateline_status status,
                         const dateline_error *error)
{
    struct buffer text = {0};
    buffer_byte(&text, (char)status);
    buffer_text(&text, error->message);
    worker_send(reply, RENEW_FAILED, text.bytes, text.length);
    buffer_free(&text);
}

void renew_run(void *context, int fd, const char *head, size_t length,
               struct worker_reply *reply)
{
    struct buffer record = {0};
    dateline_error error = {.position = -1};
    (void)fd;
    dateline_status status =
        renew(&record, context, (struct xapian_bytes){head, length}, &error);
    if (status == DATELINE_CORRUPT)
        worker_send(reply, RENEW_DAMAGED, error.message, strlen(error.message));
    else if (status)
        tell_failure(reply, status, &error);
    else if (record.length)
        worker_send(reply, RENEW_RECORD, record.bytes, record.length);
    buffer_free(&record);
}
