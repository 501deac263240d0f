/* Saved queries in, what is new out: dateline_saved_ask. */
#include "common/error.h"
#include "common/given.h"
#include "query/hit.h"
#include "query/index.h"
#include "query/saved.h"
#include "query/search.h"

#include <string.h>

struct alert {
    dateline_saved *saved;
    dateline_search *search;
    dateline_request request;
    dateline_saved_tell *tell;
    void *context;
    dateline_error *error; /* the first question that could not be asked */
};

/* Only what no further question can do better ends the walk. */
static bool is_about_question(dateline_status status)
{
    return status == DATELINE_BAD_QUERY || status == DATELINE_LIMIT;
}

static dateline_status query_failed(struct alert *alert,
                                    const dateline_saved_query *query,
                                    dateline_status status,
                                    const dateline_error *why)
{
    error_set(alert->error, status, "%s: %s", query->name, why->message);
    if (!is_about_question(status))
        return status;
    return alert->tell(alert->context, query, NULL, why)
               ? DATELINE_OK
               : error_set(alert->error, DATELINE_STOPPED, "stopped");
}

static dateline_status query_ask(struct alert *alert,
                                 const dateline_saved_query *query)
{
    dateline_error why = {.position = -1};
    dateline_hits *hits = NULL;
    alert->request.question = query->question;
    alert->request.since_mark = query->mark ? query->mark : "";
    dateline_status status =
        search_ask(&hits, alert->search, &alert->request, &why);
    if (status)
        return query_failed(alert, query, status, &why);
    hit_answer(hits, query->name, query->question);
    if (!alert->tell(alert->context, query, hits, NULL))
        status = error_set(alert->error, DATELINE_STOPPED, "stopped");
    else
        status = dateline_saved_mark(alert->saved, query->name,
                                     dateline_hits_summary(hits)->mark,
                                     &why);
    dateline_hits_free(hits);
    return status;
}

static dateline_status queries_ask(struct alert *alert, const char *name)
{
    const dateline_saved_query *query;
    if (name) {
        query = dateline_saved_find(alert->saved, name);
        return query ? query_ask(alert, query)
                     : error_set(alert->error, DATELINE_NOT_FOUND,
                                 "no query is saved as %.100s", name);
    }
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; !status && i < alert->saved->count; i++)
        status = query_ask(alert, &alert->saved->items[i]);
    return status;
}

dateline_status dateline_saved_ask(dateline_saved *saved, const char *name,
                                   dateline_search *search,
                                   const dateline_request *request,
                                   dateline_saved_tell *tell, void *context,
                                   dateline_error *error)
{
    dateline_error own = {.position = -1}, writing = {.position = -1};
    dateline_request all = DATELINE_REQUEST_INIT;
    given_read(&all, sizeof all, request);
    struct alert alert = {.saved = saved, .search = search, .request = all,
                          .tell = tell, .context = context,
                          .error = error ? error : &own};
    error_clear(alert.error);
    dateline_status status = index_renew(search, alert.error);
    if (!status)
        status = queries_ask(&alert, name);
    dateline_status written = dateline_saved_write(saved, &writing);
    if (written)
        error_set(alert.error, written, "%s; what was told will be told again",
                  writing.message);
    return status ? status : written ? written : alert.error->status;
}
