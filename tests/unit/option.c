/* The command line: what is read, what is refused and in which words. */
#include "common/option.h"

#include "tests/tap.h"

#include <stdlib.h>
#include <unistd.h>

static bool flag, quiet, ran;
static unsigned long number;
static const char *text, *choice, *entities;
static struct option_list list;

static bool run(void)
{
    ran = true;
    return true;
}

static const struct option rows[] = {
    {OPTION_SECTION, .name = "Things"},
    {OPTION_FLAG, 'f', "flag", NULL, "a flag", .to = &flag},
    {OPTION_FLAG, 'q', "quiet", NULL, "another", .to = &quiet},
    {OPTION_TEXT, 't', "text", "FILE", "a text", .to = &text},
    {OPTION_NUMBER, 'n', "limit", "N", "a number", .to = &number, .minimum = 1,
     .maximum = 100},
    {OPTION_CHOICE, 0, "sort", NULL, "a choice", .to = &choice,
     .choices = "score|date|-date"},
    {OPTION_CHOICE, 0, "entities", NULL, "on or off", .to = &entities,
     .choices = "on|off"},
    {OPTION_LIST, 'd', "index", "DIR", "a list", .to = &list},
    {OPTION_ACTION, 0, "limits", .help = "an action", .run = run},
};

static const struct option_program program = {
    .name = "thing",
    .usage = "[OPTIONS] WORDS...",
    .purpose = "Does it.",
    .operand = "FILE",
    .options = rows,
    .count = sizeof rows / sizeof *rows,
};

static int first, argc;
static char *argv[16];

/* Parses words parted by spaces; what is said on stderr is left in said. */
static char said[4096];

static int parse(const char *words)
{
    static char copy[4096];
    snprintf(copy, sizeof copy, "thing %s", words);
    argc = 0;
    for (char *rest = copy, *word; (word = strsep(&rest, " "));)
        if (*word)
            argv[argc++] = word;
    argv[argc] = NULL;
    flag = quiet = ran = false;
    number = 0;
    text = choice = entities = NULL;
    free(list.values);
    list = (struct option_list){0};
    FILE *file = tmpfile();
    int kept = dup(STDERR_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    int status = option_parse(&first, argc, argv, &program);
    dup2(kept, STDERR_FILENO);
    close(kept);
    rewind(file);
    said[fread(said, 1, sizeof said - 1, file)] = '\0';
    fclose(file);
    return status;
}

static void refuses(const char *words, const char *why, const char *name)
{
    ok(parse(words) == 2, name);
    is_text(said, why, name);
}

static void reading(void)
{
    ok(parse("a -f b -n5 --text=x c") == -1 && flag && number == 5 &&
           !strcmp(text, "x"), "letters and long names are read");
    ok(argc - first == 3 && !strcmp(argv[first], "a") &&
           !strcmp(argv[first + 2], "c"), "operands keep their order");
    ok(parse("-qf -n 7") == -1 && quiet && flag && number == 7,
       "letters may stand together");
    ok(parse("-fn9") == -1 && flag && number == 9,
       "the last of them may take a value");
    ok(parse("--flag --no-flag") == -1 && !flag, "the last word on a flag counts");
    ok(parse("--no-entities") == -1 && !strcmp(entities, "off"),
       "--no-NAME means off");
    ok(parse("--lim 3 x") == 2, "an ambiguous beginning is refused");
    ok(parse("--li=3") == 2 && parse("--limit=3") == -1 && number == 3,
       "a whole name wins over its beginning");
    ok(parse("--qu") == -1 && quiet, "a unique beginning is enough");
    ok(parse("-d a --index b --index=c") == -1 && list.count == 3 &&
           !strcmp(list.values[2], "c"), "a list grows");
    ok(parse("-- -f --text") == -1 && !flag && argc - first == 2,
       "nothing after -- is an option");
    ok(parse("- -f") == -1 && flag && argc - first == 1, "- is an operand");
    ok(parse("--limits --nosuch") == 0 && ran,
       "an action ends the program at once");
    ok(parse("--sort -date") == -1 && !strcmp(choice, "-date"),
       "a value may begin with a hyphen");
}

static void refusing(void)
{
    refuses("--txet", "thing: unknown option --txet; did you mean --text?\n",
            "a near name is offered");
    refuses("--zzzzzz", "thing: unknown option --zzzzzz; see --help\n",
            "a far name is not");
    refuses("-x", "thing: unknown option -x in -x; see --help; -- goes before "
            "words that begin with a hyphen\n", "an unknown letter");
    refuses("-n 0", "thing: -n: 0 is no whole number from 1 to 100\n",
            "a number below its minimum");
    refuses("-n 99999999999999999999", "thing: -n: 99999999999999999999 is no "
            "whole number from 1 to 100\n", "a number past all numbers");
    refuses("--limit=5x", "thing: --limit: 5x is no whole number from 1 to 100\n",
            "a number with a tail");
    refuses("--sort scor", "thing: --sort: scor is none of score|date|-date\n",
            "no choice");
    refuses("--text", "thing: --text needs a value: FILE\n", "a missing value");
    refuses("--flag=on", "thing: --flag takes no value\n", "a value too many");
    refuses("--no-text", "thing: unknown option --no-text; see --help\n",
            "a text cannot be negated");
    refuses("--\x1b[2J", "thing: unknown option --\\x1b[2J; see --help\n",
            "controls are shown, not sent");
}

/* All that a function writes. */
static char *written(void (*write)(FILE *))
{
    static char all[65536];
    FILE *file = tmpfile();
    write(file);
    rewind(file);
    all[fread(all, 1, sizeof all - 1, file)] = '\0';
    fclose(file);
    return all;
}

static void point(FILE *to)
{
    option_point(to, "\xe4\xb8\xad x\t\"y", strlen("\xe4\xb8\xad x\t"));
}

static void point_far(FILE *to)
{
    char text_long[1000];
    memset(text_long, 'a', sizeof text_long);
    text_long[500] = '"';
    text_long[sizeof text_long - 1] = '\0';
    option_point(to, text_long, 500);
}

static void json(FILE *to)
{
    option_show_json(to, "a\"\\\n\xff\x7f\xc3\xa9");
    option_show_json(to, NULL);
}

static void help(FILE *to)
{
    option_help(to, &program);
}

static void showing(void)
{
    is_text(written(point), "  \xe4\xb8\xad x\\t\"y\n        ^\n",
            "the caret stands under the byte, wide characters and escapes counted");
    const char *far = written(point_far);
    ok(strchr(far, '^') - strchr(far, '\n') == strchr(far, '"') - far + 1 &&
           strlen(far) < 170, "a long question is shown around the place");
    is_text(written(json), "\"a\\\"\\\\\\u000a\xef\xbf\xbd\\u007f\xc3\xa9\"null",
            "JSON strings are UTF-8 without controls");
    ok(strstr(written(help), "  -n, --limit N             a number\n") != NULL,
       "help lists an option");
}

static void places(void)
{
    setenv("HOME", "/h", 1);
    unsetenv("DATELINE_INDEX");
    unsetenv("XDG_DATA_HOME");
    char *path = option_index();
    is_text(path, "/h/.local/share/dateline", "the index lies in the home");
    free(path);
    setenv("XDG_DATA_HOME", "/d", 1);
    path = option_index();
    is_text(path, "/d/dateline", "or where XDG_DATA_HOME says");
    free(path);
    setenv("DATELINE_INDEX", "news", 1);
    path = option_index();
    is_text(path, "news", "or where DATELINE_INDEX says");
    free(path);
}

int main(void)
{
    reading();
    refusing();
    showing();
    places();
    free(list.values);
    return done();
}
