/* dateline-query: a question in, passages out. Exit status as grep's: 0 hits,
 * 1 none, 2 error. */
#include "query/main_ask.h"
#include "query/main_saved.h"

#include <signal.h>

int main(int argc, char **argv)
{
    const struct options *options = NULL;
    struct asking asking;
    int first = argc;
    int code = options_read(&options, &first, argc, argv);
    if (code < 0)
        code = asking_init(&asking, options, argv + first, argc - first);
    if (code >= 0)
        return code;
    /* then a write fails and says why; a closed pipe ends us as any filter */
    signal(SIGXFSZ, SIG_IGN);
    code = saved_wanted(options) ? saved_run(&asking)
           : options->batch      ? asking_run(&asking, ask_batch)
                                 : asking_run(&asking, ask);
    asking_release(&asking);
    return code;
}
