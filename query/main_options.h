/* The options of dateline-query: rows, and what was given of them. */
#ifndef QUERY_MAIN_OPTIONS_H
#define QUERY_MAIN_OPTIONS_H

#include "common/option.h"

/* `limit` when none was given. */
enum { LIMIT_UNSAID = 1000001 };

struct options {
    struct option_list indexes, facets, literals, regexps;
    unsigned long limit, offset, columns, timeout, window, neighbours;
    const char *format, *sort, *color, *after, *before, *batch, *entities, *copies;
    const char *save, *forget, *new_of, *state;
    bool passages, json, explain, saved, new_all;
    bool only_list, only_parts, only_count, quiet, nul;
};

extern const struct option_program program;

/* Reads the command line, which is reordered: the words of the question are
 * argv[*first..argc). -1: *out are options that go together; else the exit
 * status, and why is said. */
int options_read(const struct options **out, int *first, int argc, char **argv);

/* Saved queries are asked for what is new. */
bool options_new(const struct options *options);

/* Something else is written than hits in a format: -l, -o, -c or -q. */
bool options_bare(const struct options *options);

#endif
