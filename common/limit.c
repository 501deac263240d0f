/* The table of limits, as lines. */
#include "common/limit.h"

#include "common/error.h"

#include <dateline.h>
#include <errno.h>
#include <string.h>

dateline_status dateline_limits_write(FILE *to, dateline_error *error)
{
    static const struct {
        unsigned long value;
        const char *unit, *what;
    } rows[] = {
#define X(name, value, unit, what) {(value), (unit), (what)},
        LIMITS(X)
#undef X
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (fprintf(to, "%10lu %-10s  %s\n", rows[i].value, rows[i].unit,
                    rows[i].what) < 0)
            return error_set(error, DATELINE_IO, "the limits: %s",
                             strerror(errno));
    return DATELINE_OK;
}
