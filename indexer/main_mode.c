/* Calls of the library, and how their results are said: results on standard
 * output, remarks and faults on standard error. */
#include "indexer/main_mode.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

/* EX_TEMPFAIL of <sysexits.h>: a scheduler may try again. */
enum { EXIT_FAULTS = 1, EXIT_LOCKED = 75 };

int mode_fail(const dateline_error *error)
{
    option_fail(&program, "%s", error->message[0]
                ? error->message : dateline_status_text(error->status));
    return error->status == DATELINE_LOCKED ? EXIT_LOCKED : 2;
}

/* What was printed must also have gone out. */
static int finish(dateline_status status, const dateline_error *error)
{
    if (status && !ferror(stdout))
        return mode_fail(error);
    if (fflush(stdout) || ferror(stdout))
        return option_fail(&program, "standard output: %s", strerror(errno));
    return 0;
}

static int stats_call(const struct options *given, const char *folder)
{
    dateline_stats *stats = NULL;
    dateline_error error = {0};
    dateline_status status = dateline_stats_read(&stats, folder, &error);
    if (!status)
        status = dateline_stats_write(stats, stdout, given->json, &error);
    dateline_stats_free(stats);
    return finish(status, &error);
}

static bool failed_print(void *context, const char *where, const char *what)
{
    const struct options *given = context;
    if (given->json)
        fputs("{\"v\":1,\"type\":\"failed\",\"path\":", stdout);
    (given->json ? option_show_json : option_show)(stdout, where);
    fputs(given->json ? ",\"id\":null,\"text\":" : ": ", stdout);
    (given->json ? option_show_json : option_show)(stdout, what);
    fputs(given->json ? "}\n" : "\n", stdout);
    return !ferror(stdout);
}

static int failed_call(const struct options *given, const char *folder)
{
    dateline_error error = {0};
    dateline_status status = dateline_index_failed(
        folder, failed_print, (void *)(uintptr_t)given, &error);
    return finish(status, &error);
}

static int dump_call(const struct options *given, const char *folder)
{
    (void)given;
    dateline_error error = {0};
    dateline_status status = dateline_index_dump(folder, stdout, &error);
    return finish(status, &error);
}

static int suggest_call(const struct options *given, const char *folder)
{
    dateline_error error = {0};
    dateline_status status = dateline_index_suggest(
        folder, given->index.aliases, given->reject, stdout, &error);
    return finish(status, &error);
}

/* ------------------------------------------------------------------- check */

static bool fault_say(void *context, const char *where, const char *what)
{
    const struct options *given = context;
    if (given->json) {
        fputs("{\"v\":1,\"type\":\"fault\",\"where\":", stderr);
        option_show_json(stderr, where);
        fputs(",\"text\":", stderr);
        option_show_json(stderr, what);
        fputs("}\n", stderr);
    } else {
        fprintf(stderr, "%s: ", program.name);
        option_show(stderr, where);
        fputs(": ", stderr);
        option_show(stderr, what);
        putc('\n', stderr);
    }
    return true;
}

static int check_call(const struct options *given, const char *folder)
{
    dateline_error error = {0};
    uint64_t faults = 0;
    dateline_status status = dateline_index_check(
        &faults, folder, fault_say, (void *)(uintptr_t)given, &error);
    if (status)
        return mode_fail(&error);
    if (given->json)
        fprintf(stderr, "{\"v\":1,\"type\":\"check\",\"faults\":%" PRIu64
                "}\n", faults);
    else if (!given->quiet && faults)
        fprintf(stderr, "%s: %" PRIu64 " faults; make the index anew from its "
                "pages\n", program.name, faults);
    else if (!given->quiet)
        fprintf(stderr, "%s: no faults\n", program.name);
    return faults ? EXIT_FAULTS : 0;
}

/* ----------------------------------------------------------------- compact */

static int compact_call(const struct options *given, const char *folder)
{
    dateline_index_options options = given->index;
    dateline_indexer *indexer = NULL;
    dateline_error error = {0};
    uint64_t before = 0, after = 0;
    options.entities = false; /* nothing is read, so no names are found */
    options.aliases = NULL;
    dateline_status status =
        dateline_indexer_open(&indexer, folder, &options, &error);
    if (!status)
        status = dateline_indexer_compact(indexer, &before, &after, &error);
    dateline_indexer_close(indexer);
    if (status)
        return mode_fail(&error);
    if (given->json)
        printf("{\"v\":1,\"type\":\"compact\",\"before\":%" PRIu64
               ",\"after\":%" PRIu64 "}\n", before, after);
    else if (!given->quiet)
        fprintf(stderr, "%s: %.1f MB before, %.1f MB after\n",
                program.name, (double)before / 1e6,
                (double)after / 1e6);
    return finish(DATELINE_OK, NULL);
}

/* ------------------------------------------------------------------ choice */

static const struct mode modes[] = {
    {"dry-run", offsetof(struct options, index.dry_run), NULL},
    {"stats", offsetof(struct options, stats), stats_call},
    {"failed", offsetof(struct options, failed), failed_call},
    {"retry-failed", offsetof(struct options, retry_failed), NULL},
    {"check", offsetof(struct options, check), check_call},
    {"compact", offsetof(struct options, compact), compact_call},
    {"reindex", offsetof(struct options, reindex), NULL},
    {"suggest-aliases", offsetof(struct options, suggest), suggest_call},
    {"dump", offsetof(struct options, dump), dump_call},
};

static bool is_wanted(const struct mode *mode, const struct options *given)
{
    return *(const bool *)((const char *)given + mode->wanted);
}

/* Paths are named where they are read, and only there. */
static int operands_check(const struct mode *mode, const struct options *given,
                          size_t paths)
{
    bool reads = !mode || given->index.dry_run;
    bool named = paths || given->index.manifest || given->index.files0;
    if (reads && !named)
        return option_fail(&program, "nothing to read: name a file or a folder, "
                           "or - for standard input; --help says more");
    if (!reads && named)
        return option_fail(&program, "--%s takes no files to read", mode->name);
    if (given->reject && !given->suggest)
        return option_fail(&program, "--reject goes with --suggest-aliases");
    return -1;
}

int mode_find(const struct mode **out, const struct options *options,
              size_t paths)
{
    *out = NULL;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (!is_wanted(&modes[i], options))
            continue;
        if (*out)
            return option_fail(&program, "--%s and --%s exclude one another",
                               (*out)->name, modes[i].name);
        *out = &modes[i];
    }
    return operands_check(*out, options, paths);
}
