/* The library does the work and tells us of it; what is left are the places
 * where things are kept, and the exit status. */
#include "indexer/main_run.h"

#include "indexer/main_event.h"
#include "indexer/main_mode.h"
#include "indexer/main_signal.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXIT_FAILED_INPUTS = 1, EXIT_SIGNAL = 128 };

/* ------------------------------------------------------------- exit status */

static int stop_report(const struct options *given)
{
    if (!given->quiet)
        option_fail(&program, given->index.dry_run
                    ? "stopped by signal %d"
                    : "stopped by signal %d; what is done is kept, and the same "
                      "command goes on from there",
                    signal_stopped());
    return EXIT_SIGNAL + signal_stopped();
}

/* A reader that went away (`| head`) is no news: then we go as other filters
 * do. */
static int output_report(int why)
{
    if (why == EPIPE) {
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    return option_fail(&program, "standard output: %s", strerror(why));
}

static int outcome(const struct hearer *hearer, dateline_status status,
                   uint64_t failed, const dateline_error *error)
{
    if (hearer->output_error)
        return output_report(hearer->output_error);
    if (signal_stopped() && (!status || status == DATELINE_STOPPED))
        return stop_report(hearer->options);
    if (status)
        return mode_fail(error);
    if (hearer->options->index.dry_run && fflush(stdout))
        return output_report(errno);
    return failed ? EXIT_FAILED_INPUTS : 0;
}

/* ----------------------------------------------------------------- the run */

static dateline_status indexer_run(dateline_indexer *indexer,
                                   const struct options *given,
                                   const char *const *paths, size_t count,
                                   dateline_error *error)
{
    return given->retry_failed ? dateline_indexer_retry(indexer, error)
           : given->reindex    ? dateline_indexer_reindex(indexer, error)
                               : dateline_indexer_run(indexer, paths, count,
                                                      error);
}

static int run_in(struct hearer *hearer, const char *folder,
                  const char *const *paths, size_t count)
{
    const struct options *given = hearer->options;
    dateline_indexer *indexer = NULL;
    dateline_error error = {0};
    uint64_t failed = 0;
    dateline_status status =
        dateline_indexer_open(&indexer, folder, &given->index, &error);
    if (!status) {
        status = indexer_run(indexer, given, paths, count, &error);
        failed = dateline_indexer_counts(indexer)->failed;
        progress_clear(&hearer->progress);
        if (!given->index.dry_run || given->log_json)
            event_summary(hearer, dateline_indexer_counts(indexer));
    }
    int code = outcome(hearer, status, failed, &error);
    dateline_indexer_close(indexer);
    return code;
}

/* ~/.local/share may not be there on a new account. */
static void parents_make(const char *path)
{
    char *copy = strdup(path);
    for (char *slash = copy ? strchr(copy + 1, '/') : NULL; slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(copy, 0777);
        *slash = '/';
    }
    free(copy);
}

static int with_index(struct hearer *hearer, const char *const *paths,
                      size_t count)
{
    const struct options *given = hearer->options;
    if (given->index.dry_run)
        return run_in(hearer, NULL, paths, count);
    char *folder = options_folder(given);
    if (!folder)
        return 2;
    if (!given->folder)
        parents_make(folder);
    int code = run_in(hearer, folder, paths, count);
    free(folder);
    return code;
}

static int with_report(struct hearer *hearer, const char *const *paths,
                       size_t count)
{
    const char *file = hearer->options->report;
    if (!file)
        return with_index(hearer, paths, count);
    hearer->report = fopen(file, "wbe");
    if (!hearer->report)
        return option_fail(&program, "%s: %s", file, strerror(errno));
    int code = with_index(hearer, paths, count);
    bool bad = ferror(hearer->report);
    if ((fclose(hearer->report) || bad) && code < 2)
        code = option_fail(&program, "%s: it could not be written", file);
    return code;
}

int index_paths(struct options *options, const char *const *paths, size_t count)
{
    struct hearer hearer = {.options = options};
    progress_begin(&hearer.progress, isatty(STDERR_FILENO) && !options->quiet &&
                                         !options->index.dry_run &&
                                         !options->log_json);
    options->index.event = event_hear;
    options->index.context = &hearer;
    signals_catch();
    return with_report(&hearer, paths, count);
}
