/* The file of saved queries: one line of JSON each,
 *
 *   {"v":1,"type":"saved","name":"arden","question":"\"Arden Steel\"",
 *    "mark":"90ab12cd34ef5678:41"}
 *
 * as the public dateline_saved_* read and change it. */
#ifndef QUERY_SAVED_H
#define QUERY_SAVED_H

#include "common/arena.h"

#include <dateline.h>

struct dateline_saved {
    char *path;   /* links followed */
    int lock;     /* on the file that is to be replaced; -1: only read */
    struct arena arena;
    dateline_saved_query *items;
    size_t count, room;
    bool changed; /* since it was read or written */
};

#endif
