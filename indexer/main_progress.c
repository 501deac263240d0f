/* Counts go in, one line that is rewritten comes out on standard error. */
#include "indexer/main_progress.h"

#include <inttypes.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A line that is rewritten more often only costs time. */
static const double PROGRESS_SECONDS = 0.1;

void progress_begin(struct progress *progress, bool shown)
{
    *progress = (struct progress){.shown = shown};
    clock_gettime(CLOCK_MONOTONIC, &progress->begun);
}

double progress_seconds(const struct progress *progress)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - progress->begun.tv_sec) +
           (double)(now.tv_nsec - progress->begun.tv_nsec) / 1e9;
}

static unsigned terminal_columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
        return 80;
    return size.ws_col;
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

void progress_draw(struct progress *progress, const dateline_counts *counts)
{
    char line[256], left[32] = "", of[32] = "";
    double seconds = progress_seconds(progress);
    if (!progress->shown ||
        (progress->drawn && seconds - progress->drawn_at < PROGRESS_SECONDS))
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
    progress->drawn = true;
    progress->drawn_at = seconds;
}

void progress_clear(struct progress *progress)
{
    if (progress->drawn)
        fputs("\r\033[K", stderr);
    progress->drawn = false;
}
