/* Calls of the library, and how their results are said: results on standard
 * output, remarks and faults on standard error. */
#include "indexer/main_mode.h"

#include <errno.h>
#include <string.h>

/* EX_TEMPFAIL of <sysexits.h>: a scheduler may try again. */
enum { EXIT_LOCKED = 75 };

int mode_fail(const struct option_program *program, const dateline_error *error)
{
    option_fail(program, "%s", error->message[0]
                ? error->message : dateline_status_text(error->status));
    return error->status == DATELINE_LOCKED ? EXIT_LOCKED : 2;
}

/* What was printed must also have gone out. */
static int finish(const struct mode_call *call, dateline_status status,
                  const dateline_error *error)
{
    if (status && !ferror(stdout))
        return mode_fail(call->program, error);
    if (fflush(stdout) || ferror(stdout))
        return option_fail(call->program, "standard output: %s",
                           strerror(errno));
    return 0;
}

int mode_stats(const struct mode_call *call)
{
    dateline_stats *stats = NULL;
    dateline_error error = {0};
    dateline_status status = dateline_stats_read(&stats, call->index, &error);
    if (!status)
        status = dateline_stats_write(stats, stdout, call->json, &error);
    dateline_stats_free(stats);
    return finish(call, status, &error);
}

static bool failed_print(void *context, const char *where, const char *what)
{
    const struct mode_call *call = context;
    if (call->json)
        fputs("{\"v\":1,\"type\":\"failed\",\"path\":", stdout);
    (call->json ? option_show_json : option_show)(stdout, where);
    fputs(call->json ? ",\"id\":null,\"text\":" : ": ", stdout);
    (call->json ? option_show_json : option_show)(stdout, what);
    fputs(call->json ? "}\n" : "\n", stdout);
    return !ferror(stdout);
}

int mode_failed(const struct mode_call *call)
{
    dateline_error error = {0};
    dateline_status status = dateline_index_failed(
        call->index, failed_print, (void *)(uintptr_t)call, &error);
    return finish(call, status, &error);
}

int mode_dump(const struct mode_call *call)
{
    dateline_error error = {0};
    dateline_status status = dateline_index_dump(call->index, stdout, &error);
    return finish(call, status, &error);
}
