/* What dateline-index does besides reading pages: each is one of its options,
 * and one excludes the others. */
#ifndef INDEXER_MAIN_MODE_H
#define INDEXER_MAIN_MODE_H

#include "common/option.h"

#include <dateline.h>

struct mode_call {
    const struct option_program *program;
    const char *index;
    const dateline_index_options *options;
    const char *reject; /* of suggest-aliases, or NULL */
    bool quiet, json;
};

/* Each returns the exit status. */
typedef int mode_run(const struct mode_call *call);
mode_run mode_stats, mode_failed, mode_dump, mode_check, mode_compact,
    mode_suggest;

/* Says what went wrong; returns 2, or 75 when another holds the lock. */
int mode_fail(const struct option_program *program,
              const dateline_error *error);

#endif
