/* What the two programs have in common at the command line. Rows -> parser,
 * --help, shell completion and the list in the manual page; and how a program
 * speaks of what went wrong. Linked into the programs, not into the library. */
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
    OPTION_CHOICE,  /* const char **, one of `choices` ("a|b|c"); where "off" is
                       one of them, --no-NAME means it */
    OPTION_LIST,    /* struct option_list *: may come several times */
    OPTION_ACTION   /* `run`, then the program ends with 0 */
};

struct option_list {
    const char **values;
    size_t count;
};

struct option {
    enum option_kind kind;
    char letter;          /* or 0 */
    const char *name;     /* without dashes; of a section: its heading */
    const char *argument; /* "DIR", "FILE", ...; NULL: none, or the choices */
    const char *help;     /* one sentence, no full stop */
    void *to;
    const char *choices;
    unsigned long minimum, maximum;
    bool (*run)(void);    /* of an action; false: it could not be said */
};

struct option_program {
    const char *name;
    const char *usage;   /* "[OPTIONS] PATH..." */
    const char *purpose; /* one sentence for --help */
    const char *epilog;  /* examples, or NULL */
    const char *operand; /* what completion offers: "FILE", or NULL: nothing */
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

/* The options as mdoc, for the manual page (`--manual-options`, hidden). */
void option_manual(FILE *to, const struct option_program *program);

/* A script that completes the program's options; shell: "bash", "zsh", "fish". */
void option_complete(FILE *to, const struct option_program *program,
                     const char *shell);

/* Where the index lies when -d does not say: $DATELINE_INDEX, else
 * $XDG_DATA_HOME/dateline, else ~/.local/share/dateline; NULL when there is no
 * home. Yours to free. */
char *option_index(void);

/* Where saved queries lie when --state does not say:
 * $XDG_STATE_HOME/dateline/saved.jsonl, else ~/.local/state/dateline/saved.jsonl;
 * NULL when there is no home. Yours to free. */
char *option_state(void);

/* Says "NAME: message" on stderr, one line, controls as visible escapes.
 * Returns 2, the exit status of a program that could not do what was asked. */
int option_fail(const struct option_program *program, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Shows text with a caret under byte `at`, a window of 72 columns, escaped. */
void option_point(FILE *to, const char *text, size_t at);

/* Text safe to show on a terminal, and as a JSON string with its quotes; NULL
 * is nothing, and null. */
void option_show(FILE *to, const char *text);
void option_show_json(FILE *to, const char *text);

#endif
