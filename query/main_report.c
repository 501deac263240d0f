/* One line on standard error, and under it the question with a caret. */
#include "query/main_report.h"

#include "query/main_options.h"

#include <errno.h>
#include <string.h>

int error_report(const dateline_error *error)
{
    return option_fail(&program, "%s", error->message[0]
                       ? error->message : dateline_status_text(error->status));
}

int question_report(const dateline_error *error, const char *question)
{
    error_report(error);
    if (error->position >= 0 && question)
        option_point(stderr, question, (size_t)error->position);
    return 2;
}

int output_end(void)
{
    errno = 0;
    if (!fflush(stdout) && !ferror(stdout))
        return -1;
    return option_fail(&program, "standard output: %s",
                       errno ? strerror(errno) : "it could not be written");
}
