/* The rows of a program and those that every program has, in one list: what
 * parsing, help, manual and completion read. For option*.c alone. */
#ifndef COMMON_OPTION_ROW_H
#define COMMON_OPTION_ROW_H

#include "common/option.h"

size_t row_count(const struct option_program *program);
const struct option *row_get(const struct option_program *program, size_t i);

/* An option that people are told of: it has a help, and is no heading. */
bool row_shown(const struct option *row);
bool row_takes_value(const struct option *row);

/* What the value is called, or the choices; NULL: it takes none. */
const char *row_argument(const struct option *row);

/* Columns of a text on a terminal. */
int option_columns(const char *text, size_t length);

#endif
