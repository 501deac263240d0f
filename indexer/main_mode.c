/* Calls of the library, and how their results are said: results on standard
 * output, remarks and faults on standard error. */
#include "indexer/main_mode.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

/* EX_TEMPFAIL of <sysexits.h>: a scheduler may try again. */
enum { EXIT_FAULTS = 1, EXIT_LOCKED = 75 };

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

int mode_suggest(const struct mode_call *call)
{
    dateline_error error = {0};
    dateline_status status = dateline_index_suggest(
        call->index, call->options->aliases, call->reject, stdout, &error);
    return finish(call, status, &error);
}

/* -------------------------------------------------------------------- check */

static bool fault_say(void *context, const char *where, const char *what)
{
    const struct mode_call *call = context;
    if (call->json) {
        fputs("{\"v\":1,\"type\":\"fault\",\"where\":", stderr);
        option_show_json(stderr, where);
        fputs(",\"text\":", stderr);
        option_show_json(stderr, what);
        fputs("}\n", stderr);
    } else {
        fprintf(stderr, "%s: ", call->program->name);
        option_show(stderr, where);
        fputs(": ", stderr);
        option_show(stderr, what);
        putc('\n', stderr);
    }
    return true;
}

int mode_check(const struct mode_call *call)
{
    dateline_error error = {0};
    uint64_t faults = 0;
    dateline_status status = dateline_index_check(
        &faults, call->index, fault_say, (void *)(uintptr_t)call, &error);
    if (status)
        return mode_fail(call->program, &error);
    if (call->json)
        fprintf(stderr, "{\"v\":1,\"type\":\"check\",\"faults\":%" PRIu64
                "}\n", faults);
    else if (!call->quiet && faults)
        fprintf(stderr, "%s: %" PRIu64 " faults; make the index anew from its "
                "pages\n", call->program->name, faults);
    else if (!call->quiet)
        fprintf(stderr, "%s: no faults\n", call->program->name);
    return faults ? EXIT_FAULTS : 0;
}

/* ------------------------------------------------------------------ compact */

int mode_compact(const struct mode_call *call)
{
    dateline_index_options options = *call->options;
    dateline_indexer *indexer = NULL;
    dateline_error error = {0};
    uint64_t before = 0, after = 0;
    options.entities = false; /* nothing is read, so no names are found */
    options.aliases = NULL;
    dateline_status status =
        dateline_indexer_open(&indexer, call->index, &options, &error);
    if (!status)
        status = dateline_indexer_compact(indexer, &before, &after, &error);
    dateline_indexer_close(indexer);
    if (status)
        return mode_fail(call->program, &error);
    if (call->json)
        printf("{\"v\":1,\"type\":\"compact\",\"before\":%" PRIu64
               ",\"after\":%" PRIu64 "}\n", before, after);
    else if (!call->quiet)
        fprintf(stderr, "%s: %.1f MB before, %.1f MB after\n",
                call->program->name, (double)before / 1e6,
                (double)after / 1e6);
    return finish(call, DATELINE_OK, NULL);
}
