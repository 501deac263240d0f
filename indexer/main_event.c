/* Events go in; articles go to standard output, remarks to standard error, all
 * of them to the report. */
#include "indexer/main_event.h"

#include "indexer/main_signal.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

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

static bool event_is_said(const dateline_event *event, bool verbose)
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

static bool article_print(struct hearer *hearer, const dateline_event *event)
{
    if (fwrite(event->text, 1, event->length, stdout) == event->length &&
        putc('\n', stdout) != EOF)
        return true;
    hearer->output_error = errno;
    return false;
}

bool event_hear(void *context, const dateline_event *event)
{
    struct hearer *hearer = context;
    if (signal_stopped())
        return false;
    if (event->kind == DATELINE_EVENT_ARTICLE)
        return article_print(hearer, event);
    if (event->kind == DATELINE_EVENT_PROGRESS) {
        progress_draw(&hearer->progress, event->counts);
        return true;
    }
    if (hearer->report)
        event_json(hearer->report, event);
    if (event_is_said(event, hearer->options->verbose)) {
        progress_clear(&hearer->progress);
        if (hearer->options->log_json)
            event_json(stderr, event);
        else
            event_text(event);
    }
    return true;
}

/* ----------------------------------------------------------------- summary */

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
        fputs(signal_stopped() ? "nothing read" : "nothing to read", stderr);
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

void event_summary(const struct hearer *hearer, const dateline_counts *counts)
{
    const struct tally tallies[] = {
        {"added", counts->added},         {"changed", counts->changed},
        {"same", counts->same},           {"gone", counts->gone},
        {"unchanged", counts->unchanged}, {"failed", counts->failed},
    };
    size_t count = sizeof tallies / sizeof *tallies;
    double seconds = progress_seconds(&hearer->progress);
    if (hearer->report)
        summary_json(hearer->report, tallies, count, counts->passages, seconds);
    if (hearer->options->quiet)
        return;
    if (hearer->options->log_json)
        summary_json(stderr, tallies, count, counts->passages, seconds);
    else
        summary_text(tallies, count, counts->passages, seconds);
}
