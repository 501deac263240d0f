/* Fills a dateline_error. The first hand that notices writes; later hands
 * leave it alone. */
#ifndef COMMON_ERROR_H
#define COMMON_ERROR_H

#include <dateline.h>

/* Writes the message unless one stands there already; returns status, so that
 * `return error_set(error, DATELINE_IO, "%s: %s", ...)` reads as one line.
 * error may be NULL. Control, escape and direction characters in the finished
 * message become visible escapes, bytes that are not UTF-8 become U+FFFD. */
dateline_status error_set(dateline_error *error, dateline_status status,
                          const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, about a byte of the question. */
dateline_status error_at(dateline_error *error, dateline_status status,
                         size_t position, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Forgets what it held. */
void error_clear(dateline_error *error);

#endif
