/* dateline-index: paths in, an index out; what went wrong is said line by line,
 * what was done is said at the end, and the exit status tells scripts:
 * 0 all went in, 1 some inputs could not, 2 it could not run, 75 another
 * indexer holds the lock, 128 + signal when it was stopped. */
#include "indexer/main_mode.h"

#include <dateline.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_FAILED_INPUTS = 1, EXIT_SIGNAL = 128 };

/* A line that is rewritten more often only costs time. */
static const double PROGRESS_SECONDS = 0.1;

/* ---------------------------------------------------------------- options */

static bool limits_show(void)
{
    return dateline_limits_write(stdout, NULL) == DATELINE_OK &&
           !fflush(stdout);
}

static dateline_index_options options = DATELINE_INDEX_OPTIONS_INIT;
static const char *index_path, *entities = "on", *delete_gone = "auto";
static const char *log_format = "text", *report_path;
static unsigned long workers, page_seconds = 10, commit_seconds = 30, lock_wait;
static unsigned long memory, commit_size;
static bool quiet, verbose, json;
static bool stats, list_failed, retry_failed, check, compact, dump, reindex;
static bool suggest;
static const char *reject_path;

static const struct option rows[] = {
    {OPTION_SECTION, .name = "Index"},
    {OPTION_TEXT, 'd', "index", "DIR",
     "folder of the index (default: $DATELINE_INDEX, else "
     "$XDG_DATA_HOME/dateline, else ~/.local/share/dateline)",
     .to = &index_path},
    {OPTION_FLAG, 0, "dry-run", NULL,
     "write no index; print each article as a line of JSON",
     .to = &options.dry_run},
    {OPTION_CHOICE, 0, "delete", NULL,
     "drop articles whose file is gone; auto does not when more than a fifth "
     "of a folder vanished (default: auto)",
     .to = &delete_gone, .choices = "auto|always|never"},
    {OPTION_NUMBER, 0, "commit", "SECONDS",
     "lose at most this much work when stopped hard (default: 30)",
     .to = &commit_seconds, .minimum = 1, .maximum = 86400},
    {OPTION_NUMBER, 0, "commit-size", "MB",
     "commit as well whenever so much was put in (default: only by time)",
     .to = &commit_size, .minimum = 1, .maximum = 1 << 20},
    {OPTION_NUMBER, 0, "lock-wait", "SECONDS",
     "wait this long for another indexer to end (default: 0)",
     .to = &lock_wait, .maximum = 604800},

    {OPTION_SECTION, .name = "What is read"},
    {OPTION_CHOICE, 0, "input", NULL,
     "read every input as this format (default: by name and content)",
     .to = &options.input, .choices = "html|text|jsonl"},
    {OPTION_TEXT, 0, "manifest", "FILE",
     "also read the files named by lines of JSON: "
     "{\"path\":..., \"id\":..., \"url\":...}",
     .to = &options.manifest},
    {OPTION_TEXT, 0, "files0-from", "FILE",
     "also read the files whose names stand in FILE, each ended by a NUL byte "
     "(as find -print0 writes them); - is standard input",
     .to = &options.files0},
    {OPTION_FLAG, 0, "follow", NULL, "follow links to folders",
     .to = &options.follow},
    {OPTION_FLAG, 0, "checksum", NULL,
     "tell changed files by content, never by size and time",
     .to = &options.checksum},

    {OPTION_SECTION, .name = "How it is read"},
    {OPTION_CHOICE, 0, "entities", NULL,
     "find names, dates and figures (default: on)",
     .to = &entities, .choices = "on|off"},
    {OPTION_TEXT, 0, "aliases", "FILE",
     "names that belong together, as dateline-aliases(5) says",
     .to = &options.aliases},
    {OPTION_TEXT, 0, "model", "FILE",
     "find names with these weights of the tagger (default: those built in)",
     .to = &options.model},
    {OPTION_NUMBER, 'j', "jobs", "N",
     "processes that read pages (default: one a core)",
     .to = &workers, .minimum = 1, .maximum = 1024},
    {OPTION_NUMBER, 0, "memory", "MB",
     "what readers, their queue and words that are not yet written may take "
     "together (default: 512)",
     .to = &memory, .minimum = 64, .maximum = 1 << 20},
    {OPTION_NUMBER, 0, "page-seconds", "SECONDS",
     "give up on a page after this long (default: 10)",
     .to = &page_seconds, .minimum = 1, .maximum = 3600},
    {OPTION_ACTION, 0, "limits",
     .help = "say what is too large or too deep, and end", .run = limits_show},

    {OPTION_SECTION, .name = "What is said"},
    {OPTION_FLAG, 'q', "quiet", NULL,
     "say nothing but which inputs failed", .to = &quiet},
    {OPTION_FLAG, 'v', "verbose", NULL, "name every article that goes in",
     .to = &verbose},
    {OPTION_CHOICE, 0, "log-format", NULL,
     "what is said on standard error, as lines of this form (default: text)",
     .to = &log_format, .choices = "text|json"},
    {OPTION_TEXT, 0, "report", "FILE",
     "also write what happened to each input to FILE, as lines of JSON",
     .to = &report_path},

    {OPTION_SECTION, .name = "Looking after an index"},
    {OPTION_FLAG, 0, "stats", NULL,
     "say what the index holds: articles, passages, languages, dates, size",
     .to = &stats},
    {OPTION_FLAG, 0, "failed", NULL,
     "list the files that could not be read, and why", .to = &list_failed},
    {OPTION_FLAG, 0, "retry-failed", NULL,
     "read those again, whether or not they changed, and nothing else",
     .to = &retry_failed},
    {OPTION_FLAG, 0, "check", NULL,
     "look for damage and say each fault; exit 1 when there is one",
     .to = &check},
    {OPTION_FLAG, 0, "compact", NULL, "make the index as small as it goes",
     .to = &compact},
    {OPTION_FLAG, 0, "reindex", NULL,
     "put every article in anew, with new --aliases, without its page",
     .to = &reindex},
    {OPTION_FLAG, 0, "suggest-aliases", NULL,
     "print lines for an alias file: abbreviations that articles explain",
     .to = &suggest},
    {OPTION_TEXT, 0, "reject", "FILE",
     "leave out suggestions that stand in FILE", .to = &reject_path},
    {OPTION_FLAG, 0, "dump", NULL,
     "print the articles of the index as --dry-run prints them", .to = &dump},
    {OPTION_FLAG, 0, "json", NULL, "say these as lines of JSON", .to = &json},
};

/* What is done instead of a run; run is NULL where it is a kind of run. */
static const struct mode {
    const char *name;
    const bool *wanted;
    mode_run *run;
} modes[] = {
    {"dry-run", &options.dry_run, NULL},
    {"stats", &stats, mode_stats},
    {"failed", &list_failed, mode_failed},
    {"retry-failed", &retry_failed, NULL},
    {"check", &check, mode_check},
    {"compact", &compact, mode_compact},
    {"reindex", &reindex, NULL},
    {"suggest-aliases", &suggest, mode_suggest},
    {"dump", &dump, mode_dump},
};

static const struct option_program program = {
    .name = "dateline-index",
    .usage = "[OPTIONS] PATH...",
    .purpose = "Reads press releases and saved news pages (files, folders, or - "
               "for standard input) and keeps them in an index that "
               "dateline-query searches. Run again, it reads only what changed.",
    .epilog = "Examples:\n"
              "  dateline-index -d news ~/pages\n"
              "  dateline-index -d news --input jsonl - < articles.jsonl\n"
              "  dateline-index --dry-run page.html\n",
    .operand = "FILE",
    .options = rows,
    .count = sizeof rows / sizeof *rows,
};

static void options_settle(void)
{
    options.entities = !strcmp(entities, "on");
    options.workers = (unsigned)workers;
    options.page_seconds = (unsigned)page_seconds;
    options.commit_seconds = (unsigned)commit_seconds;
    options.commit_mb = (unsigned)commit_size;
    options.memory_mb = (unsigned)memory;
    options.lock_seconds = (unsigned)lock_wait;
    options.kept = retry_failed || reindex || compact;
    options.delete_gone = !strcmp(delete_gone, "always") ? DATELINE_DELETE_ALWAYS
                          : !strcmp(delete_gone, "never") ? DATELINE_DELETE_NEVER
                                                          : DATELINE_DELETE_AUTO;
}

/* ---------------------------------------------------------------- signals */

static volatile sig_atomic_t stopped_by;

/* The first asks for a clean end; the second finds the default and kills, which
 * costs only what was not committed. */
static void stop(int signal_number)
{
    stopped_by = signal_number;
}

static void signals_catch(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};
    struct sigaction before;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        /* who runs us with nohup or in the background wants it ignored */
        if (!sigaction(numbers[i], NULL, &before) &&
            before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    /* then a write fails and says why, where a death would say nothing */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

/* Xapian's code is not proof against every damage of its files, and this says
 * more than a death would; what was committed is kept in any case. */
static void fault(int signal_number)
{
    static const char text[] =
        "dateline-index: stopped by a fault inside (a damaged index, or an error "
        "of this program); what was committed is kept; --check looks for "
        "damage\n";
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        signal_number = 0;
    (void)signal_number;
    _exit(2);
}

/* On a stack of its own: one that ran over has no room to say so. A sanitizer
 * says it better. */
static void faults_catch(void)
{
    static const int numbers[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE};
    static char room[1 << 16];
    const stack_t stack = {.ss_sp = room, .ss_size = sizeof room};
    struct sigaction action = {.sa_handler = fault,
                               .sa_flags = SA_ONSTACK | (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaltstack(&stack, NULL);
#if defined(__SANITIZE_ADDRESS__)
    enum { CAUGHT = 1 };
#else
    enum { CAUGHT = sizeof numbers / sizeof *numbers };
#endif
    for (size_t i = 0; i < CAUGHT; i++)
        sigaction(numbers[i], &action, NULL);
}

/* --------------------------------------------------------------- progress */

struct run {
    struct timespec begun;
    FILE *report;         /* or NULL */
    bool terminal;        /* progress is drawn */
    bool drawn;           /* a progress line stands on the terminal */
    double drawn_at;      /* seconds since begun */
    bool json;            /* remarks are JSON */
    int output_error;     /* errno of a failed write of results, or 0 */
};

static double seconds_since(const struct timespec *begun)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begun->tv_sec) +
           (double)(now.tv_nsec - begun->tv_nsec) / 1e9;
}

static unsigned terminal_columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
        return 80;
    return size.ws_col;
}

/* Erases the line to its end, so nothing of a longer one is left. */
static void progress_clear(struct run *run)
{
    if (run->drawn)
        fputs("\r\033[K", stderr);
    run->drawn = false;
}

static void time_left(char *out, size_t room, double seconds)
{
    unsigned long whole = seconds < 360000 ? (unsigned long)seconds : 359999;
    if (whole >= 3600)
        snprintf(out, room, ", %lu:%02lu:%02lu left", whole / 3600,
                 whole / 60 % 60, whole % 60);
    else
        snprintf(out, room, ", %lu:%02lu left", whole / 60, whole % 60);
}

static void progress_draw(struct run *run, const dateline_counts *counts)
{
    char line[256], left[32] = "", of[32] = "";
    double seconds = seconds_since(&run->begun);
    if (run->drawn && seconds - run->drawn_at < PROGRESS_SECONDS)
        return;
    double rate = seconds > 0 ? (double)counts->inputs / seconds : 0;
    if (counts->total) {
        snprintf(of, sizeof of, " of %" PRIu64, counts->total);
        if (rate > 0 && counts->total >= counts->inputs)
            time_left(left, sizeof left,
                      (double)(counts->total - counts->inputs) / rate);
    }
    snprintf(line, sizeof line, "%" PRIu64 "%s read, %.0f/s%s, %" PRIu64
             " passages, %" PRIu64 " failed", counts->inputs, of, rate, left,
             counts->passages, counts->failed);
    /* a full line would wrap and could not be rewritten */
    fprintf(stderr, "\r%.*s\033[K", (int)terminal_columns() - 1, line);
    fflush(stderr);
    run->drawn = true;
    run->drawn_at = seconds;
}

/* ----------------------------------------------------------------- events */

static const char *event_name(dateline_event_kind kind)
{
    switch (kind) {
    case DATELINE_EVENT_PROGRESS: return "progress";
    case DATELINE_EVENT_ARTICLE:  return "article";
    case DATELINE_EVENT_ADDED:    return "added";
    case DATELINE_EVENT_CHANGED:  return "changed";
    case DATELINE_EVENT_SAME:     return "same";
    case DATELINE_EVENT_GONE:     return "gone";
    case DATELINE_EVENT_FAILED:   return "failed";
    case DATELINE_EVENT_WARNING:  return "warning";
    }
    return "event";
}

static void event_json(FILE *to, const dateline_event *event)
{
    fprintf(to, "{\"v\":1,\"type\":\"%s\",\"path\":", event_name(event->kind));
    option_show_json(to, event->path);
    fputs(",\"id\":", to);
    option_show_json(to, event->id);
    fputs(",\"text\":", to);
    option_show_json(to, event->text);
    fputs("}\n", to);
}

/* "dateline-index: PATH: why"; the text of some events names the path itself. */
static void event_text(const dateline_event *event)
{
    const char *path = event->path, *text = event->text;
    bool bad = event->kind == DATELINE_EVENT_FAILED ||
               event->kind == DATELINE_EVENT_WARNING;
    fprintf(stderr, "%s: ", bad ? program.name : event_name(event->kind));
    if (!bad)
        option_show(stderr, event->id ? event->id : path);
    else if (path && !(text && !strncmp(text, path, strlen(path))))
        fprintf(stderr, "%s%s", path, text ? ": " : "");
    if (bad && text)
        fputs(text, stderr);
    putc('\n', stderr);
}

static bool event_is_said(const dateline_event *event)
{
    switch (event->kind) {
    case DATELINE_EVENT_FAILED:
    case DATELINE_EVENT_WARNING:
        return true;
    case DATELINE_EVENT_PROGRESS:
    case DATELINE_EVENT_ARTICLE:
        return false;
    default:
        return verbose;
    }
}

static bool article_print(struct run *run, const dateline_event *event)
{
    if (fwrite(event->text, 1, event->length, stdout) == event->length &&
        putc('\n', stdout) != EOF)
        return true;
    run->output_error = errno;
    return false;
}

static bool hear(void *context, const dateline_event *event)
{
    struct run *run = context;
    if (stopped_by)
        return false;
    if (event->kind == DATELINE_EVENT_ARTICLE)
        return article_print(run, event);
    if (event->kind == DATELINE_EVENT_PROGRESS) {
        if (run->terminal)
            progress_draw(run, event->counts);
        return true;
    }
    if (run->report)
        event_json(run->report, event);
    if (event_is_said(event)) {
        progress_clear(run);
        if (run->json)
            event_json(stderr, event);
        else
            event_text(event);
    }
    return true;
}

/* ---------------------------------------------------------------- summary */

struct tally {
    const char *name;
    uint64_t count;
};

static void summary_text(const struct tally *tallies, size_t count,
                         uint64_t passages, double seconds)
{
    const char *between = "";
    fprintf(stderr, "%s: ", program.name);
    for (size_t i = 0; i < count; i++)
        if (tallies[i].count) {
            fprintf(stderr, "%s%" PRIu64 " %s", between, tallies[i].count,
                    tallies[i].name);
            between = ", ";
        }
    if (!*between)
        fputs(stopped_by ? "nothing read" : "nothing to read", stderr);
    fprintf(stderr, "; %" PRIu64 " passages in %.1f s\n", passages, seconds);
}

static void summary_json(FILE *to, const struct tally *tallies, size_t count,
                         uint64_t passages, double seconds)
{
    fputs("{\"v\":1,\"type\":\"summary\"", to);
    for (size_t i = 0; i < count; i++)
        fprintf(to, ",\"%s\":%" PRIu64, tallies[i].name, tallies[i].count);
    fprintf(to, ",\"passages\":%" PRIu64 ",\"seconds\":%.3f}\n", passages,
            seconds);
}

static void summary(struct run *run, const dateline_counts *counts)
{
    const struct tally tallies[] = {
        {"added", counts->added},         {"changed", counts->changed},
        {"same", counts->same},           {"gone", counts->gone},
        {"unchanged", counts->unchanged}, {"failed", counts->failed},
    };
    size_t count = sizeof tallies / sizeof *tallies;
    double seconds = seconds_since(&run->begun);
    if (run->report)
        summary_json(run->report, tallies, count, counts->passages, seconds);
    if (quiet)
        return;
    if (run->json)
        summary_json(stderr, tallies, count, counts->passages, seconds);
    else
        summary_text(tallies, count, counts->passages, seconds);
}

/* ------------------------------------------------------------------- runs */

static int stop_report(void)
{
    if (!quiet)
        option_fail(&program, options.dry_run
                    ? "stopped by signal %d"
                    : "stopped by signal %d; what is done is kept, and the same "
                      "command goes on from there",
                    (int)stopped_by);
    return EXIT_SIGNAL + (int)stopped_by;
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

static int outcome(struct run *run, dateline_status status, uint64_t failed,
                   const dateline_error *error)
{
    if (run->output_error)
        return output_report(run->output_error);
    if (stopped_by && (!status || status == DATELINE_STOPPED))
        return stop_report();
    if (status)
        return mode_fail(&program, error);
    if (options.dry_run && fflush(stdout))
        return output_report(errno);
    return failed ? EXIT_FAILED_INPUTS : 0;
}

static int index_paths(struct run *run, const char *folder,
                       const char *const *paths, size_t count)
{
    dateline_indexer *indexer = NULL;
    dateline_error error = {0};
    dateline_status status = dateline_indexer_open(&indexer, folder, &options,
                                                   &error);
    uint64_t failed = 0;
    if (!status) {
        status =
            retry_failed ? dateline_indexer_retry(indexer, &error)
            : reindex    ? dateline_indexer_reindex(indexer, &error)
                         : dateline_indexer_run(indexer, paths, count, &error);
        const dateline_counts *counts = dateline_indexer_counts(indexer);
        failed = counts->failed;
        progress_clear(run);
        if (!options.dry_run || run->json)
            summary(run, counts);
    }
    progress_clear(run);
    int code = outcome(run, status, failed, &error);
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

/* -d, else where it usually lies; yours to free, or NULL. */
static char *index_named(void)
{
    char *named = index_path ? strdup(index_path) : option_index();
    if (!named)
        option_fail(&program, "no index named and no home: say -d DIR");
    return named;
}

static int with_index(struct run *run, const char *const *paths, size_t count)
{
    if (options.dry_run)
        return index_paths(run, NULL, paths, count);
    char *folder = index_named();
    if (!folder)
        return 2;
    if (!index_path)
        parents_make(folder);
    int code = index_paths(run, folder, paths, count);
    free(folder);
    return code;
}

static int with_report(struct run *run, const char *const *paths, size_t count)
{
    if (!report_path)
        return with_index(run, paths, count);
    run->report = fopen(report_path, "wbe");
    if (!run->report)
        return option_fail(&program, "%s: %s", report_path, strerror(errno));
    int code = with_index(run, paths, count);
    bool bad = ferror(run->report);
    if ((fclose(run->report) || bad) && code < 2)
        code = option_fail(&program, "%s: it could not be written",
                           report_path);
    return code;
}

/* ------------------------------------------------------------------- modes */

/* The one that was asked for, or NULL. False when two were. */
static bool mode_find(const struct mode **out)
{
    *out = NULL;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (!*modes[i].wanted)
            continue;
        if (*out) {
            option_fail(&program, "--%s and --%s exclude one another",
                        (*out)->name, modes[i].name);
            return false;
        }
        *out = &modes[i];
    }
    return true;
}

static int mode_call(const struct mode *mode)
{
    char *folder = index_named();
    if (!folder)
        return 2;
    int code = mode->run(&(struct mode_call){
        .program = &program,
        .index = folder,
        .options = &options,
        .reject = reject_path,
        .quiet = quiet,
        .json = json || !strcmp(log_format, "json")});
    free(folder);
    return code;
}

/* Paths are named where they are read, and only there. -1: all is well. */
static int operands_check(const struct mode *mode, size_t count)
{
    bool reads = !mode || mode->wanted == &options.dry_run;
    bool named = count || options.manifest || options.files0;
    if (reads && !named)
        return option_fail(&program, "nothing to read: name a file or a folder, "
                           "or - for standard input; --help says more");
    if (!reads && named)
        return option_fail(&program, "--%s takes no files to read", mode->name);
    if (reject_path && !suggest)
        return option_fail(&program, "--reject goes with --suggest-aliases");
    return -1;
}

int main(int argc, char **argv)
{
    int first, status = option_parse(&first, argc, argv, &program);
    const struct mode *mode;
    if (status >= 0)
        return status;
    if (!mode_find(&mode))
        return 2;
    status = operands_check(mode, (size_t)(argc - first));
    if (status >= 0)
        return status;
    options_settle();
    faults_catch();
    if (mode && mode->run)
        return mode_call(mode);
    struct run run = {
        .terminal = isatty(STDERR_FILENO) && !quiet && !options.dry_run &&
                    strcmp(log_format, "json"),
        .json = !strcmp(log_format, "json"),
    };
    clock_gettime(CLOCK_MONOTONIC, &run.begun);
    options.event = hear;
    options.context = &run;
    signals_catch();
    return with_report(&run, (const char *const *)argv + first,
                       (size_t)(argc - first));
}
