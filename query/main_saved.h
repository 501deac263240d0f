/* --save, --forget, --saved, --new and --new-all: questions under names, and
 * what is new of them. */
#ifndef QUERY_MAIN_SAVED_H
#define QUERY_MAIN_SAVED_H

#include "query/main_asking.h"

/* One of these options was given. */
bool saved_wanted(const struct options *options);

/* Does what it says; returns the exit status. */
int saved_run(struct asking *asking);

#endif
