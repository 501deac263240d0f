/* Lines of topics in, all hits out, in the order of the lines. */
#include "query/batch.h"

#include "common/error.h"
#include "query/index.h"
#include "query/output.h"
#include "query/search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct batch {
    dateline_search *search;
    dateline_request request;
    struct output_writer writer;
    dateline_error *error; /* the first bad question, or what ended it */
    size_t line, failed;
};

static void line_failed(struct batch *batch, const dateline_error *error,
                        const char *id)
{
    batch->failed++;
    error_set(batch->error, error->status, "line %zu (%s): %s", batch->line, id,
              error->message);
}

/* Only what no further question can do better ends the batch. */
static bool is_about_question(dateline_status status)
{
    return status == DATELINE_BAD_QUERY || status == DATELINE_LIMIT;
}

static dateline_status topic_ask(struct batch *batch, const char *id,
                                 const char *question)
{
    dateline_error error = {0};
    dateline_hits *hits = NULL;
    batch->request.question = question;
    dateline_status status =
        search_ask(&hits, batch->search, &batch->request, &error);
    if (!status)
        status = output_hits(&batch->writer, hits, id, question, batch->error);
    else if (is_about_question(status)) {
        line_failed(batch, &error, id);
        status = DATELINE_OK;
    } else
        error_set(batch->error, status, "line %zu (%s): %s", batch->line, id,
                  error.message);
    dateline_hits_free(hits);
    return status;
}

/* "id TAB question", its newline and a byte order mark taken away. */
static dateline_status line_ask(struct batch *batch, char *line)
{
    static const char mark[] = "\xef\xbb\xbf";
    if (++batch->line == 1 && !strncmp(line, mark, 3))
        line += 3;
    line[strcspn(line, "\r\n")] = '\0';
    if (!*line)
        return DATELINE_OK;
    char *tab = strchr(line, '\t');
    if (!tab) {
        dateline_error error = {.status = DATELINE_BAD_QUERY};
        strcpy(error.message, "no tab after the id");
        line[strlen(line) < 40 ? strlen(line) : 40] = '\0';
        line_failed(batch, &error, line);
        return DATELINE_OK;
    }
    *tab = '\0';
    return topic_ask(batch, line, tab + 1);
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
    memcpy(&all, request, request->size < sizeof all ? request->size
                                                     : sizeof all);
    batch.request = all;
    dateline_status status = index_renew(search, error);
    if (!status)
        status = output_open(&batch.writer, to, options, error);
    if (status)
        return status;
    char *line = NULL;
    size_t room = 0;
    errno = 0;
    while (!status && getline(&line, &room, topics) >= 0)
        status = line_ask(&batch, line);
    if (!status && ferror(topics))
        status = error_set(error, DATELINE_IO, "reading topics failed: %s",
                           strerror(errno));
    free(line);
    dateline_status closed = output_close(&batch.writer, batch.error);
    if (failed)
        *failed = batch.failed;
    return status ? status : closed;
}
