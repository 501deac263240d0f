/* How dateline-query ends: what went wrong, and whether what was written
 * arrived. Each gives the exit status, 2, or -1 where all is well. */
#ifndef QUERY_MAIN_REPORT_H
#define QUERY_MAIN_REPORT_H

#include <dateline.h>

int error_report(const dateline_error *error);

/* The same with the question under it, where a byte of it is at fault. */
int question_report(const dateline_error *error, const char *question);

/* Writes out what waits for standard output. */
int output_end(void);

#endif
