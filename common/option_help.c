/* Rows go in; --help, wrapped at 80 columns, and the manual's list come out. */
#include "common/option_row.h"

#include "common/arena.h"
#include <string.h>

enum { HELP_COLUMNS = 80, HELP_INDENT = 28 };

/* Writes words from column `at` on, further lines begin at `indent`. */
static void wrap(FILE *to, const char *text, int at, int indent)
{
    while (*text) {
        size_t word = strcspn(text, " ");
        int wide = option_columns(text, word);
        if (at > indent && at + 1 + wide > HELP_COLUMNS) {
            fprintf(to, "\n%*s", indent, "");
            at = indent;
        } else if (at > indent) {
            putc(' ', to);
            at++;
        }
        fwrite(text, 1, word, to);
        at += wide;
        text += word;
        text += strspn(text, " ");
    }
    putc('\n', to);
}

static void help_row(FILE *to, const struct option *row)
{
    struct buffer left = {0};
    const char *argument = row_argument(row);
    if (row->letter)
        buffer_format(&left, "  -%c, ", row->letter);
    else
        buffer_text(&left, "      ");
    buffer_format(&left, "--%s%s%s", row->name, argument ? " " : "",
                  argument ? argument : "");
    int wide = option_columns(left.bytes, left.length);
    fwrite(left.bytes, 1, left.length, to);
    if (wide + 2 > HELP_INDENT)
        fprintf(to, "\n%*s", HELP_INDENT, "");
    else
        fprintf(to, "%*s", HELP_INDENT - wide, "");
    wrap(to, row->help, HELP_INDENT, HELP_INDENT);
    buffer_free(&left);
}

void option_help(FILE *to, const struct option_program *program)
{
    fprintf(to, "Usage: %s %s\n", program->name, program->usage);
    wrap(to, program->purpose, 0, 0);
    for (size_t i = 0; i < row_count(program); i++) {
        const struct option *row = row_get(program, i);
        if (row->kind == OPTION_SECTION)
            fprintf(to, "\n%s:\n", row->name);
        else if (row_shown(row))
            help_row(to, row);
    }
    if (program->epilog)
        fprintf(to, "\n%s", program->epilog);
}

/* ----------------------------------------------------------------- manual */

/* roff takes a hyphen for a typographic one and a backslash for its own. */
static void roff_text(FILE *to, const char *text)
{
    for (; *text; text++)
        if (*text == '-')
            fputs("\\-", to);
        else if (*text == '\\')
            fputs("\\e", to);
        else
            putc(*text, to);
}

static void roff_row(FILE *to, const struct option *row)
{
    const char *argument = row_argument(row);
    fputs(".It ", to);
    if (row->letter)
        fprintf(to, "Fl %c , ", row->letter);
    fprintf(to, "Fl \\-%s", row->name);
    if (argument) {
        fputs(" Ar ", to);
        roff_text(to, argument);
    }
    putc('\n', to);
    /* \& keeps a help that begins with a point from being a request */
    fputs("\\&", to);
    roff_text(to, row->help);
    fputs(".\n", to);
}

void option_manual(FILE *to, const struct option_program *program)
{
    bool open = false;
    for (size_t i = 0; i < row_count(program); i++) {
        const struct option *row = row_get(program, i);
        if (row->kind == OPTION_SECTION) {
            fprintf(to, "%s.Ss %s\n.Bl -tag -width Ds\n", open ? ".El\n" : "",
                    row->name);
            open = true;
        } else if (row_shown(row)) {
            roff_row(to, row);
        }
    }
    if (open)
        fputs(".El\n", to);
}
