/* dateline-index: paths in, an index out; what went wrong is said line by line,
 * what was done is said at the end, and the exit status tells scripts:
 * 0 all went in, 1 some inputs could not, 2 it could not run, 75 another
 * indexer holds the lock, 128 + signal when it was stopped. */
#include "indexer/main_mode.h"
#include "indexer/main_run.h"
#include "indexer/main_signal.h"

#include <stdlib.h>

static int mode_call(const struct mode *mode, const struct options *options)
{
    char *folder = options_folder(options);
    int code = folder ? mode->call(options, folder) : 2;
    free(folder);
    return code;
}

int main(int argc, char **argv)
{
    struct options *options = NULL;
    const struct mode *mode = NULL;
    int first = argc;
    int code = options_read(&options, &first, argc, argv);
    size_t count = (size_t)(argc - first);
    if (code < 0)
        code = mode_find(&mode, options, count);
    if (code >= 0)
        return code;
    faults_catch();
    return mode && mode->call
               ? mode_call(mode, options)
               : index_paths(options, (const char *const *)argv + first, count);
}
