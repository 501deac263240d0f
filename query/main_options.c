/* A row an option, and which of them go together. */
#include "query/main_options.h"

#include <dateline.h>
#include <string.h>

static struct options given = {
    .limit = LIMIT_UNSAID,
    .window = DATELINE_WINDOW,
    .sort = "score",
    .color = "auto",
};

static const struct option rows[] = {
    {OPTION_SECTION, .name = "What is asked"},
    {OPTION_LIST, 'd', "index", "DIR",
     "folder of the index; several are searched as one (default: "
     "$DATELINE_INDEX, else $XDG_DATA_HOME/dateline, else "
     "~/.local/share/dateline)",
     .to = &given.indexes},
    {OPTION_LIST, 0, "literal", "TEXT",
     "only passages that hold TEXT letter by letter; may come several times, with "
     "words or without", .to = &given.literals},
    {OPTION_LIST, 0, "regexp", "PATTERN",
     "only passages in which PATTERN matches, a regular expression of PCRE2; "
     "(?i) before it: whatever the case", .to = &given.regexps},
    {OPTION_TEXT, 0, "after", "DATE",
     "only articles of this day, month or year and later, such as 2021-10",
     .to = &given.after},
    {OPTION_TEXT, 0, "before", "DATE",
     "only articles of this day, month or year and earlier",
     .to = &given.before},
    {OPTION_TEXT, 0, "batch", "FILE",
     "ask every line of FILE, an id, a tab and a question; - is standard input",
     .to = &given.batch},
    {OPTION_NUMBER, 0, "timeout", "MILLISECONDS",
     "give up after this long (default: never)",
     .to = &given.timeout, .maximum = 86400000},

    {OPTION_SECTION, .name = "What is shown"},
    {OPTION_NUMBER, 'n', "limit", "N",
     "at most N hits (default: 10; all of what is new, and with -l and -o)",
     .to = &given.limit, .maximum = LIMIT_UNSAID - 1},
    {OPTION_NUMBER, 0, "offset", "N", "leave out the first N hits",
     .to = &given.offset, .maximum = 1000000},
    {OPTION_FLAG, 'p', "passages", NULL,
     "every passage that answers, not the best of each article",
     .to = &given.passages},
    {OPTION_CHOICE, 0, "copies", NULL,
     "one hit for an article and those that have its paragraphs word for word, "
     "or a hit each (default: fold; show for --passages and --batch)",
     .to = &given.copies, .choices = "fold|show"},
    {OPTION_CHOICE, 0, "sort", NULL,
     "best first, oldest first or newest first (default: score)",
     .to = &given.sort,
     .choices = "score|date|-date"},
    {OPTION_LIST, 0, "facet", "FIELD[:N]",
     "count the N most frequent values of a field over all articles that match "
     "(default: 10), such as site, author or entity:PERSON",
     .to = &given.facets},
    {OPTION_FLAG, 'l', "list", NULL,
     "only the paths of the articles that match, each once (the same as --format "
     "list)", .to = &given.only_list},
    {OPTION_FLAG, '0', "null", NULL,
     "with -l, end each path with a NUL and write it as it is",
     .to = &given.nul},
    {OPTION_FLAG, 'o', "only-matching", NULL,
     "only the words that matched, one match a line; with --entities only the "
     "names of these types (the same as --format parts)",
     .to = &given.only_parts},
    {OPTION_FLAG, 'c', "count", NULL,
     "only the number of articles that match, or of passages",
     .to = &given.only_count},
    {OPTION_FLAG, 'q', "quiet", NULL,
     "nothing: the exit status tells whether there is a hit",
     .to = &given.quiet},
    {OPTION_NUMBER, 0, "window", "N",
     "at most N characters of a passage, where it answers best; 0: all of it "
     "(default: 600)",
     .to = &given.window, .maximum = 1000000},
    {OPTION_NUMBER, 'C', "context", "N",
     "also the N passages before and after, of the same article",
     .to = &given.neighbours, .maximum = 100},

    {OPTION_FLAG, 0, "explain", NULL,
     "also how the question was understood, and what each of its words added to "
     "the score of a hit", .to = &given.explain},

    {OPTION_SECTION, .name = "What is new"},
    {OPTION_TEXT, 0, "save", "NAME",
     "save the words as a question called NAME, or give NAME this question",
     .to = &given.save},
    {OPTION_TEXT, 0, "new", "NAME",
     "what came into the index since NAME was last asked: every passage that is "
     "new or whose text is, each once", .to = &given.new_of},
    {OPTION_FLAG, 0, "new-all", NULL, "the same of every saved query",
     .to = &given.new_all},
    {OPTION_FLAG, 0, "saved", NULL, "list the saved queries",
     .to = &given.saved},
    {OPTION_TEXT, 0, "forget", "NAME", "drop a saved query",
     .to = &given.forget},
    {OPTION_TEXT, 0, "state", "FILE",
     "where saved queries are kept, with what was told of them (default: "
     "$XDG_STATE_HOME/dateline/saved.jsonl, else "
     "~/.local/state/dateline/saved.jsonl)", .to = &given.state},

    {OPTION_SECTION, .name = "How it is shown"},
    {OPTION_CHOICE, 0, "format", NULL,
     "form of the output (default: text; trec for --batch)",
     .to = &given.format,
     .choices = "text|json|csv|tsv|html|trec|list|parts"},
    {OPTION_FLAG, 0, "json", NULL, "the same as --format json",
     .to = &given.json},
    {OPTION_CHOICE, 0, "color", NULL,
     "colour text (default: auto, on a terminal unless NO_COLOR is set)",
     .to = &given.color, .choices = "auto|always|never"},
    {OPTION_NUMBER, 0, "columns", "N",
     "width of the text (default: the terminal's, else 80)",
     .to = &given.columns, .minimum = 20, .maximum = 10000},
    {OPTION_TEXT, 0, "entities", "TYPE,...",
     "mark only names of these types, such as PERSON,ORG (default: all)",
     .to = &given.entities},
};

const struct option_program program = {
    .name = "dateline-query",
    .usage = "[OPTIONS] WORDS...",
    .purpose = "Finds the paragraphs of press releases and saved news pages that "
               "answer a question, in an index that dateline-index made. "
               "dateline-query-syntax(7) tells of quotes, dates and fields.",
    .epilog = "Examples:\n"
              "  dateline-query -d news flood relief\n"
              "  dateline-query -d news '\"state of emergency\" date:2021-10..'\n"
              "  dateline-query -d news --json -n 100 place:geneva\n",
    .options = rows,
    .count = sizeof rows / sizeof *rows,
};

/* One thing at a time; what is new is asked by its own words. */
bool options_new(const struct options *options)
{
    return options->new_of || options->new_all;
}

bool options_bare(const struct options *options)
{
    return options->only_list || options->only_parts || options->only_count ||
           options->quiet;
}

/* One thing at a time; what is new is asked by its own words. */
static int saved_check(int operands)
{
    int asked = !!given.save + !!given.forget + given.saved + !!given.new_of +
                given.new_all;
    if (asked > 1)
        return option_fail(&program, "--save, --forget, --saved, --new and "
                           "--new-all: choose one");
    if (asked && (given.batch || given.facets.count))
        return option_fail(&program, "saved queries go without --batch and "
                           "--facet");
    if (asked && operands && !given.save)
        return option_fail(&program, "the question is the saved one; take away "
                           "the words");
    if (asked && (given.literals.count || given.regexps.count))
        return option_fail(&program, "a saved query is its words: without "
                           "--literal and --regexp");
    if (given.save && (given.after || given.before))
        return option_fail(&program, "only the words are saved; write the days "
                           "into them, such as date:2021-10..");
    if (options_new(&given) && (given.timeout || given.offset))
        return option_fail(&program, "what is new comes whole, without %s",
                           given.timeout ? "--timeout" : "--offset");
    return -1;
}

static bool is_asked(int operands)
{
    return operands || given.batch || given.saved || given.forget ||
           options_new(&given) || given.literals.count || given.regexps.count;
}

static int question_check(int operands)
{
    if (given.batch && operands)
        return option_fail(&program, "--batch: the questions are in the file; "
                           "take away the words");
    if (given.batch && given.facets.count)
        return option_fail(&program, "--facet goes with one question, not with "
                           "--batch");
    if (!is_asked(operands))
        return option_fail(&program, "nothing asked: add words, such as "
                           "dateline-query flood relief; --help says more");
    return -1;
}

static bool is_format(const char *name)
{
    return given.format && !strcmp(given.format, name);
}

static int format_check(void)
{
    if (given.json && given.format && !is_format("json"))
        return option_fail(&program, "--json and --format %s: choose one",
                           given.format);
    if (given.explain && given.format && !is_format("text") &&
        !is_format("json"))
        return option_fail(&program, "--explain is written as text or json only");
    return -1;
}

/* What replaces the hits: one of them, without a format. */
static int bare_check(void)
{
    if (given.only_list + given.only_parts + given.only_count + given.quiet > 1)
        return option_fail(&program, "-l, -o, -c and -q: choose one");
    if (!options_bare(&given))
        return -1;
    if (given.json || given.format)
        return option_fail(&program, "-l, -o, -c and -q have a form of their own; "
                           "take away --%s", given.json ? "json" : "format");
    if (given.batch || options_new(&given))
        return option_fail(&program, "-l, -o, -c and -q go with one question, not "
                           "with --%s", given.batch ? "batch" : "new");
    if (given.only_list)
        given.format = "list";
    if (given.only_parts)
        given.format = "parts";
    return -1;
}

/* What only some forms have room for. */
static int extras_check(void)
{
    if (given.nul && !is_format("list"))
        return option_fail(&program, "-0 goes with -l");
    if (given.facets.count &&
        (given.only_count || given.quiet ||
         (given.format && !is_format("text") && !is_format("json") &&
          !is_format("html"))))
        return option_fail(&program,
                           "--facet is written as text, json or html only");
    return -1;
}

int options_read(const struct options **out, int *first, int argc, char **argv)
{
    int code = option_parse(first, argc, argv, &program);
    int words = argc - *first;
    if (code >= 0 || (code = saved_check(words)) >= 0 ||
        (code = question_check(words)) >= 0 || (code = format_check()) >= 0 ||
        (code = bare_check()) >= 0 || (code = extras_check()) >= 0)
        return code;
    *out = &given;
    return -1;
}
