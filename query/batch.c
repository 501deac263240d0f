/* Lines of topics in, all hits out, in the order of the lines. */
#include "query/batch.h"

#include "common/arena.h"
#include "common/error.h"
#include "common/given.h"
#include "common/limit.h"
#include "query/index.h"
#include "query/output.h"
#include "query/search.h"

#include <errno.h>
#include <string.h>

struct batch {
    dateline_search *search;
    dateline_request request;
    struct output_writer writer;
    dateline_error *error; /* what ended it */
    dateline_error first;  /* bad question */
    struct buffer text;    /* the line at hand */
    bool cut;              /* it was longer than a line may be */
    size_t line, failed;
};

enum { LINE_BYTES = LIMIT_QUESTION_BYTES + 1024 };

static void line_failed(struct batch *batch, const dateline_error *error,
                        const char *id, const char *question)
{
    dateline_error named = {.position = -1};
    error_set(&named, error->status, "line %zu (%.40s): %s", batch->line, id,
              error->message);
    named.position = error->position;
    if (batch->request.failed)
        batch->request.failed(batch->request.context, &named, question);
    if (!batch->failed++)
        batch->first = named;
}

/* Only what no further question can do better ends the batch. */
static bool is_about_question(dateline_status status)
{
    return status == DATELINE_BAD_QUERY || status == DATELINE_LIMIT;
}

static dateline_status topic_ask(struct batch *batch, const char *id,
                                 const char *question)
{
    dateline_error error = {.position = -1};
    dateline_hits *hits = NULL;
    batch->request.question = question;
    dateline_status status =
        search_ask(&hits, batch->search, &batch->request, &error);
    if (!status)
        status = output_hits(&batch->writer, hits, id, question, batch->error);
    else if (is_about_question(status)) {
        line_failed(batch, &error, id, question);
        status = DATELINE_OK;
    } else
        error_set(batch->error, status, "line %zu (%s): %s", batch->line, id,
                  error.message);
    dateline_hits_free(hits);
    return status;
}

/* The next line, as far as a line may go; false at the end. */
static bool line_read(struct batch *batch, FILE *topics)
{
    int c;
    batch->text.length = 0;
    batch->cut = false;
    while ((c = getc(topics)) != EOF && c != '\n')
        if (batch->text.length < LINE_BYTES)
            buffer_byte(&batch->text, (char)c);
        else
            batch->cut = true;
    buffer_byte(&batch->text, '\0');
    batch->line++;
    return c != EOF || batch->text.length > 1;
}

/* What is wrong with a line before its question is read, or NULL. */
static const char *line_fault(const struct batch *batch, const char *line)
{
    if (batch->cut)
        return "the line is too long";
    if (strlen(line) != (size_t)(batch->text.bytes + batch->text.length - 1 -
                                 line))
        return "a NUL byte in the line";
    return strchr(line, '\t') ? NULL : "no tab after the id";
}

/* "id TAB question", a byte order mark before the first taken away. */
static dateline_status line_ask(struct batch *batch)
{
    static const char mark[] = "\xef\xbb\xbf";
    char *line = batch->text.bytes;
    if (batch->line == 1 && !strncmp(line, mark, 3))
        line += 3;
    size_t length = strlen(line);
    if (length && line[length - 1] == '\r')
        line[length - 1] = '\0', batch->text.length--;
    if (!*line && batch->text.bytes + batch->text.length - 1 == line)
        return DATELINE_OK;
    const char *fault = line_fault(batch, line);
    size_t id = strcspn(line, "\t");
    bool has_question = line[id] == '\t';
    line[id] = '\0';
    if (!fault)
        return topic_ask(batch, line, line + id + 1);
    dateline_error error = {.position = -1};
    error_set(&error, DATELINE_BAD_QUERY, "%s", fault);
    line_failed(batch, &error, line, has_question ? line + id + 1 : NULL);
    return DATELINE_OK;
}

dateline_status dateline_search_batch(size_t *failed, dateline_search *search,
                                      const dateline_request *request,
                                      FILE *topics, FILE *to,
                                      const dateline_write_options *options,
                                      dateline_error *error)
{
    error_clear(error);
    dateline_error own = {.position = -1};
    struct batch batch = {.search = search, .error = error ? error : &own};
    dateline_request all = DATELINE_REQUEST_INIT;
    given_read(&all, sizeof all, request);
    batch.request = all;
    if (all.copies == DATELINE_COPIES_AUTO)
        batch.request.copies = DATELINE_COPIES_SHOW;
    dateline_status status = index_renew(search, error);
    if (!status)
        status = output_open(&batch.writer, to, options, error);
    if (status)
        return status;
    errno = 0;
    while (!status && line_read(&batch, topics))
        status = line_ask(&batch);
    if (!status && ferror(topics))
        status = error_set(error, DATELINE_IO, "reading topics failed: %s",
                           strerror(errno));
    buffer_free(&batch.text);
    dateline_status closed = output_close(&batch.writer, batch.error);
    if (failed)
        *failed = batch.failed;
    if (!status && !closed && batch.failed)
        *batch.error = batch.first;
    return status ? status : closed;
}
