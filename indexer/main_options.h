/* The options of dateline-index: rows, and what was given of them. */
#ifndef INDEXER_MAIN_OPTIONS_H
#define INDEXER_MAIN_OPTIONS_H

#include "common/option.h"

#include <dateline.h>

struct options {
    dateline_index_options index; /* what the library is told */
    const char *folder;           /* -d, or NULL */
    const char *entities, *delete_gone, *log_format, *report, *reject;
    unsigned long workers, memory, page_seconds;
    unsigned long commit_seconds, commit_size, lock_wait;
    bool quiet, verbose;
    bool json;     /* what is printed is lines of JSON */
    bool log_json; /* and so are remarks */
    bool stats, failed, retry_failed, check, compact, dump, reindex, suggest;
};

extern const struct option_program program;

/* Reads the command line, which is reordered: the paths are argv[*first..argc).
 * -1: *out is settled; else the exit status, and why is said. */
int options_read(struct options **out, int *first, int argc, char **argv);

/* -d, else where it usually lies; yours to free. NULL: there is none, and that
 * is said. */
char *options_folder(const struct options *options);

#endif
