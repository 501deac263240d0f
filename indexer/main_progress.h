/* The line on a terminal that tells how far a run is. */
#ifndef INDEXER_MAIN_PROGRESS_H
#define INDEXER_MAIN_PROGRESS_H

#include <dateline.h>
#include <time.h>

struct progress {
    struct timespec begun;
    bool shown;      /* there is a terminal, and it is wanted */
    bool drawn;      /* the line stands on the terminal */
    double drawn_at; /* seconds since begun */
};

void progress_begin(struct progress *progress, bool shown);
double progress_seconds(const struct progress *progress);

/* Draws the line anew, unless it was just drawn. */
void progress_draw(struct progress *progress, const dateline_counts *counts);

/* Erases it, before something else is said. */
void progress_clear(struct progress *progress);

#endif
