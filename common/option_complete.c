/* Rows go in; a script that completes them comes out, for bash, zsh or fish. */
#include "common/option_row.h"

#include <string.h>

/* What may stand for a value, in a shell's own words: first match wins. */
struct completion {
    const char *argument, *bash, *zsh, *fish;
};

static const struct completion completions[] = {
    {"DIR", "-d", "_files -/", " -x -a '(__fish_complete_directories)'"},
    {"FILE", "-f", "_files", " -r -F"},
    {NULL, NULL, "", " -x"},
};

static const struct completion *completion_find(const char *argument)
{
    const struct completion *c = completions;
    while (c->argument && !(argument && !strncmp(argument, c->argument,
                                                 strlen(c->argument))))
        c++;
    return c;
}

/* "dateline-index" as the name of a shell function. */
static void function_name(FILE *to, const char *name)
{
    for (; *name; name++)
        putc(*name == '-' ? '_' : *name, to);
}

/* Choices with other characters than | between them. */
static void choices_show(FILE *to, const char *choices)
{
    for (; *choices; choices++)
        putc(*choices == '|' ? ' ' : *choices, to);
}

static void bash_row(FILE *to, const struct option *row)
{
    const struct completion *c = completion_find(row_argument(row));
    if (!row_takes_value(row))
        return;
    fputs("    ", to);
    if (row->letter)
        fprintf(to, "-%c|", row->letter);
    fprintf(to, "--%s) ", row->name);
    if (row->choices) {
        fputs("set -- -W '", to);
        choices_show(to, row->choices);
        fputs("' ;;\n", to);
    } else if (c->bash) {
        fprintf(to, "set -- %s; compopt -o filenames ;;\n", c->bash);
    } else {
        fputs("return ;;\n", to);
    }
}

static void bash_write(FILE *to, const struct option_program *program)
{
    putc('_', to);
    function_name(to, program->name);
    fputs("() {\n    local word=$2 before=$3\n    COMPREPLY=()\n"
          "    set --\n    case $before in\n", to);
    for (size_t i = 0; i < row_count(program); i++)
        if (row_shown(row_get(program, i)))
            bash_row(to, row_get(program, i));
    fputs("    *)\n        case $word in\n        -*) set -- -W '", to);
    const char *between = "";
    for (size_t i = 0; i < row_count(program); i++)
        if (row_shown(row_get(program, i))) {
            fprintf(to, "%s--%s", between, row_get(program, i)->name);
            between = " ";
        }
    fputs("' ;;\n", to);
    const struct completion *c = completion_find(program->operand);
    if (c->bash)
        fprintf(to, "        *) set -- %s; compopt -o filenames ;;\n", c->bash);
    fputs("        esac ;;\n    esac\n    [ $# -gt 0 ] || return 0\n"
          "    mapfile -t COMPREPLY < <(compgen \"$@\" -- \"$word\")\n}\n"
          "complete -F _", to);
    function_name(to, program->name);
    fprintf(to, " %s\n", program->name);
}

/* Inside single quotes and, in zsh, inside a bracketed message. */
static void quoted(FILE *to, const char *text, const char *escaped)
{
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", to);
        else if (strchr(escaped, *text))
            fprintf(to, "\\%c", *text);
        else
            putc(*text, to);
}

static void zsh_row(FILE *to, const struct option *row)
{
    const char *argument = row_argument(row);
    bool value = row_takes_value(row), list = row->kind == OPTION_LIST;
    fputs(" \\\n    ", to);
    if (row->letter && !list)
        fprintf(to, "'(-%c --%s)'", row->letter, row->name);
    if (list)
        fputs("'*'", to);
    if (row->letter)
        fprintf(to, "{-%c%s,--%s%s}", row->letter, value ? "+" : "", row->name,
                value ? "=" : "");
    else
        fprintf(to, "--%s%s", row->name, value ? "=" : "");
    fputs("'[", to);
    quoted(to, row->help, "[]:\\");
    putc(']', to);
    if (value) {
        fprintf(to, ":%s:", row->choices ? row->name : argument);
        if (row->choices) {
            putc('(', to);
            choices_show(to, row->choices);
            putc(')', to);
        } else {
            fputs(completion_find(argument)->zsh, to);
        }
    }
    putc('\'', to);
}

static void zsh_write(FILE *to, const struct option_program *program)
{
    fprintf(to, "#compdef %s\n_arguments -s -S", program->name);
    for (size_t i = 0; i < row_count(program); i++)
        if (row_shown(row_get(program, i)))
            zsh_row(to, row_get(program, i));
    const struct completion *c = completion_find(program->operand);
    fprintf(to, " \\\n    '*: :%s'\n", c->zsh);
}

static void fish_row(FILE *to, const struct option *row,
                     const struct option_program *program)
{
    fprintf(to, "complete -c %s", program->name);
    if (row->letter)
        fprintf(to, " -s %c", row->letter);
    fprintf(to, " -l %s", row->name);
    if (row->choices) {
        fputs(" -x -a '", to);
        choices_show(to, row->choices);
        putc('\'', to);
    } else if (row_takes_value(row)) {
        fputs(completion_find(row_argument(row))->fish, to);
    }
    fputs(" -d '", to);
    quoted(to, row->help, "\\");
    fputs("'\n", to);
}

static void fish_write(FILE *to, const struct option_program *program)
{
    fprintf(to, "complete -c %s -%c\n", program->name,
            completion_find(program->operand)->bash ? 'F' : 'f');
    for (size_t i = 0; i < row_count(program); i++)
        if (row_shown(row_get(program, i)))
            fish_row(to, row_get(program, i), program);
}

void option_complete(FILE *to, const struct option_program *program,
                     const char *shell)
{
    if (!strcmp(shell, "bash"))
        bash_write(to, program);
    else if (!strcmp(shell, "zsh"))
        zsh_write(to, program);
    else
        fish_write(to, program);
}
