/* Rows -> parser, --help, shell completion and the list in the manual page.
 * Linked into the programs, not into the library. */
#ifndef COMMON_OPTION_H
#define COMMON_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum option_kind {
    OPTION_SECTION, /* help: a heading */
    OPTION_FLAG,    /* bool *: true; --no-NAME: false */
    OPTION_TEXT,    /* const char ** */
    OPTION_NUMBER,  /* unsigned long *, with minimum and maximum */
    OPTION_CHOICE,  /* const char **, one of `choices` ("a|b|c") */
    OPTION_LIST,    /* struct option_list *: may come several times */
    OPTION_ACTION   /* bool (*)(void): runs, then the program ends with 0 */
};

struct option_list {
    const char **values;
    size_t count;
};

struct option {
    enum option_kind kind;
    char letter;          /* or 0 */
    const char *name;     /* without dashes */
    const char *argument; /* "DIR" for help; NULL: takes none */
    const char *help;     /* one sentence, no full stop */
    void *to;
    const char *choices;
    unsigned long minimum, maximum;
};

struct option_program {
    const char *name;
    const char *usage;   /* "[OPTIONS] PATH..." */
    const char *purpose; /* one sentence for --help */
    const char *epilog;  /* examples, or NULL */
    const struct option *options;
    size_t count;
};

/* Reads argv, which is reordered: what is left (operands) is argv[*first..argc).
 * "--" ends options; "-" is an operand; "-n5", "-n 5", "--name=value", "--name
 * value", unique prefixes of long names. --help, --version and --completion are
 * built in. Returns -1 to go on, else the exit status: 0 (all was said) or 2
 * (one line on stderr, with the nearest name when an option is unknown). */
int option_parse(int *first, int argc, char **argv,
                 const struct option_program *program);

void option_help(FILE *to, const struct option_program *program);

/* The options as roff, for the manual page (`--manual-options`, hidden). */
void option_manual(FILE *to, const struct option_program *program);

#endif
