/* A table of options and argv go in; values, or one line of complaint, come
 * out. Help, completion and manual are written from the same rows, so none of
 * them can tell of an option that is not there. */
#include "common/option_row.h"

#include "common/arena.h"

#include <dateline.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 64 };

/* What every program has. Their rows come after the program's own. */
static bool help_asked, version_asked, manual_asked;
static const char *shell_asked;
static const struct option built_in[] = {
    {OPTION_SECTION, .name = "About"},
    {OPTION_FLAG, 'h', "help", .help = "say this and end", .to = &help_asked},
    {OPTION_FLAG, 'V', "version", .help = "say the version and end",
     .to = &version_asked},
    {OPTION_CHOICE, 0, "completion",
     .help = "write a script that completes these options",
     .to = &shell_asked, .choices = "bash|zsh|fish"},
    {OPTION_FLAG, 0, "manual-options", .to = &manual_asked},
};

size_t row_count(const struct option_program *program)
{
    return program->count + sizeof built_in / sizeof *built_in;
}

const struct option *row_get(const struct option_program *program, size_t i)
{
    return i < program->count ? &program->options[i]
                              : &built_in[i - program->count];
}

bool row_shown(const struct option *row)
{
    return row->kind != OPTION_SECTION && row->help;
}

bool row_takes_value(const struct option *row)
{
    return row->kind == OPTION_TEXT || row->kind == OPTION_NUMBER ||
           row->kind == OPTION_CHOICE || row->kind == OPTION_LIST;
}

const char *row_argument(const struct option *row)
{
    if (row->argument)
        return row->argument;
    return row->kind == OPTION_CHOICE ? row->choices : NULL;
}

/* One option as it stands in argv. */
struct given {
    const struct option *row;
    const char *shown;  /* "--limit" or "-n", as the user wrote it */
    const char *value;  /* after "=" or the letter; else NULL */
    bool no;            /* --no-NAME */
};

static bool has_off(const struct option *row)
{
    const char *off = row->choices ? strstr(row->choices, "off") : NULL;
    return off && (off == row->choices || off[-1] == '|') &&
           (!off[3] || off[3] == '|');
}

static bool row_negates(const struct option *row)
{
    if (row->to == &help_asked || row->to == &version_asked)
        return false;
    return row_shown(row) && (row->kind == OPTION_FLAG || has_off(row));
}

/* Edits that turn a into b: insertions, deletions, exchanges, and neighbours
 * swapped (Damerau 1964, restricted). Both shorter than NAME_BYTES. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][NAME_BYTES + 1], wide = strlen(b);
    size_t *above2 = rows[0], *above = rows[1], *now = rows[2];
    for (size_t j = 0; j <= wide; j++)
        above[j] = above2[j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        now[0] = i;
        for (size_t j = 1; j <= wide; j++) {
            size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                above2[j - 2] + 1 < best)
                best = above2[j - 2] + 1;
            now[j] = best;
        }
        size_t *free_row = above2;
        above2 = above, above = now, now = free_row;
    }
    return above[wide];
}

static const char *nearest(const struct option_program *program,
                           const char *name)
{
    size_t length = strlen(name), best = length / 3 + 1;
    const char *found = NULL;
    if (length >= NAME_BYTES)
        return NULL;
    for (size_t i = 0; i < row_count(program); i++) {
        const struct option *row = row_get(program, i);
        size_t far = row_shown(row) ? distance(name, row->name) : best;
        if (far < best) {
            best = far;
            found = row->name;
        }
    }
    return found;
}

/* The row of a long name: exact, else the only one it begins. NULL: none, and
 * *several says whether there were too many. */
static const struct option *row_named(const struct option_program *program,
                                      const char *name, size_t length,
                                      bool negated, bool *several)
{
    const struct option *found = NULL;
    *several = false;
    for (size_t i = 0; i < row_count(program); i++) {
        const struct option *row = row_get(program, i);
        if (row->kind == OPTION_SECTION || strncmp(row->name, name, length) ||
            (negated && !row_negates(row)))
            continue;
        if (!row->name[length]) {
            *several = false;
            return row;
        }
        if (!row_shown(row))
            continue;
        *several = found != NULL;
        found = row;
    }
    return *several ? NULL : found;
}

static int long_find(struct given *out, const char *word,
                     const struct option_program *program)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    bool several, several_no = false;
    out->value = name[length] ? name + length + 1 : NULL;
    out->no = false;
    out->row = row_named(program, name, length, false, &several);
    if (!out->row && !several && length > 3 && !strncmp(name, "no-", 3)) {
        out->row = row_named(program, name + 3, length - 3, true, &several_no);
        out->no = true;
    }
    if (out->row)
        return -1;
    char plain[NAME_BYTES];
    snprintf(plain, sizeof plain, "%.*s", (int)(length < 200 ? length : 200),
             name);
    if (several || several_no)
        return option_fail(program, "--%s could be several options; see --help",
                           plain);
    const char *near = nearest(program, plain);
    if (near)
        return option_fail(program, "unknown option --%s; did you mean --%s?",
                           plain, near);
    return option_fail(program, "unknown option --%s; see --help", plain);
}

static const struct option *row_lettered(const struct option_program *program,
                                         char letter)
{
    for (size_t i = 0; i < row_count(program); i++)
        if (row_get(program, i)->letter == letter)
            return row_get(program, i);
    return NULL;
}

static int number_read(const struct given *given,
                       const struct option_program *program)
{
    const struct option *row = given->row;
    char *end;
    bool digits = given->value[0] >= '0' && given->value[0] <= '9';
    unsigned long number = strtoul(given->value, &end, 10);
    if (!digits || *end || number < row->minimum || number > row->maximum)
        return option_fail(program, "%s: %s is no whole number from %lu to %lu",
                           given->shown, given->value, row->minimum,
                           row->maximum);
    *(unsigned long *)row->to = number;
    return -1;
}

static int choice_read(const struct given *given,
                       const struct option_program *program)
{
    size_t length = strlen(given->value);
    for (const char *at = given->row->choices; *at;) {
        size_t n = strcspn(at, "|");
        if (n == length && !memcmp(at, given->value, n)) {
            *(const char **)given->row->to = given->value;
            return -1;
        }
        at += n + (at[n] == '|');
    }
    return option_fail(program, "%s: %s is none of %s", given->shown,
                       given->value, given->row->choices);
}

static int list_add(const struct given *given,
                    const struct option_program *program)
{
    struct option_list *list = given->row->to;
    const char **more = realloc(list->values,
                                (list->count + 1) * sizeof *more);
    if (!more)
        return option_fail(program, "no memory left");
    list->values = more;
    list->values[list->count++] = given->value;
    return -1;
}

static int output_fail(const struct option_program *program)
{
    return option_fail(program, "standard output cannot be written");
}

static int apply(const struct given *given, const struct option_program *program)
{
    switch (given->row->kind) {
    case OPTION_FLAG:
        *(bool *)given->row->to = !given->no;
        return -1;
    case OPTION_TEXT:
        *(const char **)given->row->to = given->value;
        return -1;
    case OPTION_NUMBER:
        return number_read(given, program);
    case OPTION_CHOICE:
        return choice_read(given, program);
    case OPTION_LIST:
        return list_add(given, program);
    case OPTION_ACTION:
        return given->row->run() ? 0 : output_fail(program);
    case OPTION_SECTION:
        break;
    }
    return -1;
}

/* Finds the value of an option, maybe in the next word, and applies it. */
static int take(struct given *given, int *at, int argc, char **argv,
                const struct option_program *program)
{
    if (given->no && given->row->kind == OPTION_CHOICE && !given->value)
        given->value = "off";
    else if (!row_takes_value(given->row) || given->no) {
        if (given->value)
            return option_fail(program, "%s takes no value", given->shown);
    } else if (!given->value) {
        if (*at + 1 >= argc)
            return option_fail(program, "%s needs a value: %s", given->shown,
                               row_argument(given->row));
        given->value = argv[++*at];
    }
    return apply(given, program);
}

static int long_read(int *at, int argc, char **argv,
                     const struct option_program *program)
{
    struct given given = {0};
    int status = long_find(&given, argv[*at], program);
    if (status >= 0)
        return status;
    char shown[NAME_BYTES + 8];
    snprintf(shown, sizeof shown, "--%s%s", given.no ? "no-" : "",
             given.row->name);
    given.shown = shown;
    return take(&given, at, argc, argv, program);
}

static int letters_read(int *at, int argc, char **argv,
                        const struct option_program *program)
{
    for (const char *letter = argv[*at] + 1; *letter; letter++) {
        char shown[3] = {'-', *letter, '\0'};
        struct given given = {.row = row_lettered(program, *letter),
                              .shown = shown};
        if (!given.row)
            return option_fail(program, "unknown option %s in %.200s; see --help; "
                               "-- goes before words that begin with a hyphen",
                               shown, argv[*at]);
        bool value = row_takes_value(given.row);
        if (value && letter[1])
            given.value = letter + 1;
        int status = take(&given, at, argc, argv, program);
        if (status >= 0 || value)
            return status;
    }
    return -1;
}

/* Does what a built-in option asked for, if one was given. */
static int built_in_run(const struct option_program *program)
{
    if (help_asked)
        option_help(stdout, program);
    else if (version_asked)
        printf("%s %s\n", program->name, dateline_version());
    else if (manual_asked)
        option_manual(stdout, program);
    else if (shell_asked)
        option_complete(stdout, program, shell_asked);
    else
        return -1;
    if (fflush(stdout) || ferror(stdout))
        return output_fail(program);
    return 0;
}

int option_parse(int *first, int argc, char **argv,
                 const struct option_program *program)
{
    char **operands = calloc((size_t)argc + 1, sizeof *operands);
    if (!operands)
        return option_fail(program, "no memory left");
    int kept = 0, status = -1, at = argc ? 1 : 0;
    for (; at < argc && status < 0; at++) {
        const char *word = argv[at];
        if (!strcmp(word, "--")) {
            at++;
            break;
        }
        if (word[0] != '-' || !word[1])
            operands[kept++] = argv[at];
        else if (word[1] == '-')
            status = long_read(&at, argc, argv, program);
        else
            status = letters_read(&at, argc, argv, program);
        if (status < 0)
            status = built_in_run(program);
    }
    while (at < argc)
        operands[kept++] = argv[at++];
    *first = argc - kept;
    if (kept)
        memcpy(argv + *first, operands, (size_t)kept * sizeof *operands);
    free(operands);
    return status;
}

/* ------------------------------------------------------------------ index */

static char *join(const char *folder, const char *name)
{
    struct buffer path = {0};
    buffer_format(&path, "%s/%s", folder, name);
    return path.bytes;
}

char *option_index(void)
{
    const char *named = getenv("DATELINE_INDEX"), *home = getenv("HOME");
    const char *data = getenv("XDG_DATA_HOME");
    if (named && *named)
        return strdup(named);
    /* the XDG specification has relative paths ignored */
    if (data && *data == '/')
        return join(data, "dateline");
    return home && *home ? join(home, ".local/share/dateline") : NULL;
}

char *option_state(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && *state == '/')
        return join(state, "dateline/saved.jsonl");
    return home && *home ? join(home, ".local/state/dateline/saved.jsonl")
                         : NULL;
}
