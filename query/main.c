/* dateline-query: a question in, passages out. Exit status as grep's: 0 hits,
 * 1 none, 2 error. */
#include "common/option.h"

#include <dateline.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* ---------------------------------------------------------------- options */

enum { LIMIT_USUAL = 10, LIMIT_UNSAID = 1000001 };

static struct option_list indexes, facets, literals, regexps;
static unsigned long limit = LIMIT_UNSAID, offset, columns, timeout;
static unsigned long window = DATELINE_WINDOW, neighbours;
static const char *format, *sort = "score", *color = "auto";
static const char *after, *before, *batch, *entities, *copies;
static const char *save, *forget, *new_of, *state;
static bool passages, json, explain, saved, new_all;
static bool only_list, only_parts, only_count, quiet, nul;

static const struct option rows[] = {
    {OPTION_SECTION, .name = "What is asked"},
    {OPTION_LIST, 'd', "index", "DIR",
     "folder of the index; several are searched as one (default: "
     "$DATELINE_INDEX, else $XDG_DATA_HOME/dateline, else "
     "~/.local/share/dateline)",
     .to = &indexes},
    {OPTION_LIST, 0, "literal", "TEXT",
     "only passages that hold TEXT letter by letter; may come several times, with "
     "words or without", .to = &literals},
    {OPTION_LIST, 0, "regexp", "PATTERN",
     "only passages in which PATTERN matches, a regular expression of PCRE2; "
     "(?i) before it: whatever the case", .to = &regexps},
    {OPTION_TEXT, 0, "after", "DATE",
     "only articles of this day, month or year and later, such as 2021-10",
     .to = &after},
    {OPTION_TEXT, 0, "before", "DATE",
     "only articles of this day, month or year and earlier", .to = &before},
    {OPTION_TEXT, 0, "batch", "FILE",
     "ask every line of FILE, an id, a tab and a question; - is standard input",
     .to = &batch},
    {OPTION_NUMBER, 0, "timeout", "MILLISECONDS",
     "give up after this long (default: never)",
     .to = &timeout, .maximum = 86400000},

    {OPTION_SECTION, .name = "What is shown"},
    {OPTION_NUMBER, 'n', "limit", "N",
     "at most N hits (default: 10; all of what is new, and with -l and -o)",
     .to = &limit, .maximum = LIMIT_UNSAID - 1},
    {OPTION_NUMBER, 0, "offset", "N", "leave out the first N hits",
     .to = &offset, .maximum = 1000000},
    {OPTION_FLAG, 'p', "passages", NULL,
     "every passage that answers, not the best of each article", .to = &passages},
    {OPTION_CHOICE, 0, "copies", NULL,
     "one hit for an article and those that have its paragraphs word for word, "
     "or a hit each (default: fold; show for --passages and --batch)",
     .to = &copies, .choices = "fold|show"},
    {OPTION_CHOICE, 0, "sort", NULL,
     "best first, oldest first or newest first (default: score)", .to = &sort,
     .choices = "score|date|-date"},
    {OPTION_LIST, 0, "facet", "FIELD[:N]",
     "count the N most frequent values of a field over all articles that match "
     "(default: 10), such as site, author or entity:PERSON",
     .to = &facets},
    {OPTION_FLAG, 'l', "list", NULL,
     "only the paths of the articles that match, each once (the same as --format "
     "list)", .to = &only_list},
    {OPTION_FLAG, '0', "null", NULL,
     "with -l, end each path with a NUL and write it as it is", .to = &nul},
    {OPTION_FLAG, 'o', "only-matching", NULL,
     "only the words that matched, one match a line; with --entities only the "
     "names of these types (the same as --format parts)", .to = &only_parts},
    {OPTION_FLAG, 'c', "count", NULL,
     "only the number of articles that match, or of passages", .to = &only_count},
    {OPTION_FLAG, 'q', "quiet", NULL,
     "nothing: the exit status tells whether there is a hit", .to = &quiet},
    {OPTION_NUMBER, 0, "window", "N",
     "at most N characters of a passage, where it answers best; 0: all of it "
     "(default: 600)",
     .to = &window, .maximum = 1000000},
    {OPTION_NUMBER, 'C', "context", "N",
     "also the N passages before and after, of the same article",
     .to = &neighbours, .maximum = 100},

    {OPTION_FLAG, 0, "explain", NULL,
     "also how the question was understood, and what each of its words added to "
     "the score of a hit", .to = &explain},

    {OPTION_SECTION, .name = "What is new"},
    {OPTION_TEXT, 0, "save", "NAME",
     "save the words as a question called NAME, or give NAME this question",
     .to = &save},
    {OPTION_TEXT, 0, "new", "NAME",
     "what came into the index since NAME was last asked: every passage that is "
     "new or whose text is, each once", .to = &new_of},
    {OPTION_FLAG, 0, "new-all", NULL, "the same of every saved query",
     .to = &new_all},
    {OPTION_FLAG, 0, "saved", NULL, "list the saved queries", .to = &saved},
    {OPTION_TEXT, 0, "forget", "NAME", "drop a saved query", .to = &forget},
    {OPTION_TEXT, 0, "state", "FILE",
     "where saved queries are kept, with what was told of them (default: "
     "$XDG_STATE_HOME/dateline/saved.jsonl, else "
     "~/.local/state/dateline/saved.jsonl)", .to = &state},

    {OPTION_SECTION, .name = "How it is shown"},
    {OPTION_CHOICE, 0, "format", NULL,
     "form of the output (default: text; trec for --batch)", .to = &format,
     .choices = "text|json|csv|tsv|html|trec|list|parts"},
    {OPTION_FLAG, 0, "json", NULL, "the same as --format json", .to = &json},
    {OPTION_CHOICE, 0, "color", NULL,
     "colour text (default: auto, on a terminal unless NO_COLOR is set)",
     .to = &color, .choices = "auto|always|never"},
    {OPTION_NUMBER, 0, "columns", "N",
     "width of the text (default: the terminal's, else 80)",
     .to = &columns, .minimum = 20, .maximum = 10000},
    {OPTION_TEXT, 0, "entities", "TYPE,...",
     "mark only names of these types, such as PERSON,ORG (default: all)",
     .to = &entities},
};

static const struct option_program program = {
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

static int error_report(const dateline_error *error)
{
    return option_fail(&program, "%s", error->message[0]
                       ? error->message : dateline_status_text(error->status));
}

/* The same with the question under it, where a byte of it is at fault. */
static int question_report(const dateline_error *error, const char *question)
{
    error_report(error);
    if (error->position >= 0 && question)
        option_point(stderr, question, (size_t)error->position);
    return 2;
}

/* The bit of a type by its name, of any case; 0: there is none. */
static unsigned type_bit(const char *name, size_t length)
{
    static const char *const names[] = {
#define X(type, letter, colour, text) #type,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    for (unsigned i = 0; i < DATELINE_ENTITY_TYPE_COUNT; i++)
        if (strlen(names[i]) == length && !strncasecmp(names[i], name, length))
            return 1u << i;
    return 0;
}

static int types_read(unsigned *bits, const char *list)
{
#define X(type, letter, colour, text) " " #type
    static const char all[] = DATELINE_ENTITY_TYPES(X);
#undef X
    for (const char *at = list; at && *at;) {
        size_t n = strcspn(at, ",");
        unsigned bit = type_bit(at, n);
        if (!bit)
            return option_fail(&program, "--entities: %.*s is none of%s",
                               (int)n, at, all);
        *bits |= bit;
        at += n + (at[n] == ',');
    }
    return -1;
}

static bool is_terminal_colour(void)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (strcmp(color, "auto"))
        return !strcmp(color, "always");
    return isatty(STDOUT_FILENO) && !(no && *no) &&
           !(term && !strcmp(term, "dumb"));
}

/* Longer lines are hard to follow from one to the next. */
static unsigned terminal_columns(void)
{
    enum { EYE_COLUMNS = 100 };
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
        return 80;
    return size.ws_col < EYE_COLUMNS ? size.ws_col : EYE_COLUMNS;
}

/* ------------------------------------------------------------------ facets */

/* FIELD[:N]; the part after the last colon is a number or belongs to FIELD. */
struct facet {
    char field[128];
    size_t most;
    dateline_facet_value *values;
    size_t count, room;
};

static int facet_read(struct facet *facet, const char *given)
{
    const char *colon = strrchr(given, ':');
    size_t length = strlen(given);
    facet->most = 10;
    if (colon && colon[1] && !colon[1 + strspn(colon + 1, "0123456789")]) {
        facet->most = strtoul(colon + 1, NULL, 10);
        length = (size_t)(colon - given);
    }
    if (!length || length >= sizeof facet->field)
        return option_fail(&program, "--facet: %.200s is no field", given);
    memcpy(facet->field, given, length);
    facet->field[length] = '\0';
    return -1;
}

static bool facet_take(void *context, const char *value, size_t articles)
{
    struct facet *facet = context;
    if (facet->count >= facet->most)
        return false;
    if (facet->count == facet->room) {
        size_t room = facet->room ? 2 * facet->room : 16;
        dateline_facet_value *more =
            realloc(facet->values, room * sizeof *facet->values);
        if (!more)
            return false;
        facet->values = more;
        facet->room = room;
    }
    char *text = strdup(value);
    if (text)
        facet->values[facet->count++] = (dateline_facet_value){text, articles};
    return text != NULL;
}

static void facet_free(struct facet *facet)
{
    for (size_t i = 0; i < facet->count; i++)
        free((char *)facet->values[i].text);
    free(facet->values);
}

static int facet_count(dateline_facet *out, struct facet *facet,
                       const char *given, dateline_search *search,
                       const dateline_request *request)
{
    dateline_error error = {0};
    int status = facet_read(facet, given);
    if (status >= 0)
        return status;
    if (dateline_search_facets(search, request, facet->field, facet_take, facet,
                               &error))
        return question_report(&error, request->question);
    *out = (dateline_facet){facet->field, facet->values, facet->count};
    return -1;
}

/* ----------------------------------------------------------------- asking */

/* "3 of about 120 articles, 2 copies folded, 14 ms" */
static void summary_show(const dateline_hits *hits,
                         const dateline_summary *summary)
{
    if (dateline_hits_count(hits) < summary->found)
        fprintf(stderr, "%zu of ", dateline_hits_count(hits));
    fprintf(stderr, "%s%zu %s%s", summary->exact      ? ""
            : summary->at_least ? "at least "
                                : "about ",
            summary->found, passages ? "passage" : "article",
            summary->found == 1 ? "" : "s");
    if (summary->folded)
        fprintf(stderr, ", %zu cop%s folded", summary->folded,
                summary->folded == 1 ? "y" : "ies");
    fprintf(stderr, ", %.0f ms\n", summary->milliseconds);
}

/* Remarks, never results. A suggestion is always worth a line to somebody who
 * reads text; counts and what an alias stood for only at a terminal. */
static void remarks(const dateline_hits *hits, bool text)
{
    const dateline_summary *summary = dateline_hits_summary(hits);
    if (!text)
        return;
    if (isatty(STDOUT_FILENO)) {
        for (size_t i = 0; i < summary->note_count; i++) {
            option_show(stderr, summary->notes[i]);
            putc('\n', stderr);
        }
        summary_show(hits, summary);
    }
    if (summary->suggestion) {
        fputs("did you mean: ", stderr);
        option_show(stderr, summary->suggestion);
        putc('\n', stderr);
    }
}

/* 0 unless what was written did not arrive. */
static int output_end(void)
{
    errno = 0;
    if (!fflush(stdout) && !ferror(stdout))
        return 0;
    return option_fail(&program, "standard output: %s",
                       errno ? strerror(errno) : "it could not be written");
}

/* With -n 0, for facets alone, what would be shown counts. */
static bool is_found(const dateline_hits *hits, const dateline_request *request)
{
    return request->most ? dateline_hits_count(hits) > 0
                         : dateline_hits_summary(hits)->found > 0;
}

/* A number alone, for scripts; that there are more is a remark. */
static void count_show(const dateline_hits *hits)
{
    const dateline_summary *summary = dateline_hits_summary(hits);
    printf("%zu\n", summary->found);
    if (!summary->exact)
        fputs("dateline-query: there are more\n", stderr);
}

static int hits_show(const dateline_hits *hits,
                     const dateline_write_options *how)
{
    dateline_error error = {0};
    if (only_count)
        count_show(hits);
    else if (!quiet && dateline_hits_write(hits, stdout, how, &error))
        return error_report(&error);
    if (output_end())
        return 2;
    remarks(hits, !only_count && !quiet && !strcmp(how->format, "text"));
    return -1;
}

static int ask_with(dateline_search *search, const dateline_request *request,
                    const dateline_write_options *how)
{
    dateline_error error = {0};
    dateline_hits *hits = NULL;
    if (dateline_search_run(&hits, search, request, &error))
        return question_report(&error, request->question);
    int code = is_found(hits, request) ? 0 : 1;
    int status = hits_show(hits, how);
    dateline_hits_free(hits);
    return status < 0 ? code : status;
}

/* The facets are counted before anything is written. */
static int ask(dateline_search *search, const dateline_request *request,
               const dateline_write_options *given)
{
    dateline_write_options how = *given;
    struct facet *counted = calloc(facets.count + 1, sizeof *counted);
    dateline_facet *shown = calloc(facets.count + 1, sizeof *shown);
    int status = counted && shown ? -1 : option_fail(&program, "no memory left");
    for (size_t i = 0; i < facets.count && status < 0; i++)
        status = facet_count(&shown[i], &counted[i], facets.values[i], search,
                             request);
    how.facets = shown;
    how.facet_count = facets.count;
    if (status < 0)
        status = ask_with(search, request, &how);
    for (size_t i = 0; i < facets.count && counted; i++)
        facet_free(&counted[i]);
    free(counted);
    free(shown);
    return status;
}

static void batch_report(void *context, const dateline_error *error,
                         const char *question)
{
    (void)context;
    question_report(error, question);
}

static int ask_batch(dateline_search *search, const dateline_request *request,
                     const dateline_write_options *how)
{
    bool standard = !strcmp(batch, "-");
    FILE *topics = standard ? stdin : fopen(batch, "rbe");
    if (!topics)
        return option_fail(&program, "%s: %s", batch, strerror(errno));
    dateline_error error = {0};
    size_t failed = 0;
    dateline_status status = dateline_search_batch(&failed, search, request,
                                                   topics, stdout, how, &error);
    if (!standard)
        fclose(topics);
    if (status)
        error_report(&error);
    if (failed > 1)
        option_fail(&program, "%zu questions could not be asked", failed);
    return output_end() || status || failed ? 2 : 0;
}

/* ----------------------------------------------------------- saved queries */

static bool is_new(void)
{
    return new_of || new_all;
}

static dateline_saved *queries;

static int with_saved(bool change, int (*run)(void *), void *context)
{
    dateline_error error = {0};
    char *file = state ? strdup(state) : option_state();
    if (!file)
        return option_fail(&program, "no home to keep saved queries in: say "
                           "--state FILE");
    int code = dateline_saved_open(&queries, file, change, &error)
                   ? error_report(&error)
                   : run(context);
    dateline_saved_close(queries);
    free(file);
    return code;
}

static int saved_set(void *question)
{
    dateline_error error = {0};
    if (dateline_saved_set(queries, save, question, &error) ||
        dateline_saved_write(queries, &error))
        return question_report(&error, question);
    return 0;
}

static int saved_forget(void *context)
{
    dateline_error error = {0};
    (void)context;
    return dateline_saved_remove(queries, forget, &error) ||
                   dateline_saved_write(queries, &error)
               ? error_report(&error)
               : 0;
}

static void saved_show(const dateline_saved_query *query)
{
    if (json) {
        fputs("{\"v\":1,\"type\":\"saved\",\"name\":", stdout);
        option_show_json(stdout, query->name);
        fputs(",\"question\":", stdout);
        option_show_json(stdout, query->question);
        fputs(",\"mark\":", stdout);
        option_show_json(stdout, query->mark);
        puts("}");
    } else {
        option_show(stdout, query->name);
        putchar('\t');
        option_show(stdout, query->question);
        putchar('\n');
    }
}

static int saved_list(void *context)
{
    (void)context;
    for (size_t i = 0; i < dateline_saved_count(queries); i++)
        saved_show(dateline_saved_get(queries, i));
    return output_end() ? 2 : dateline_saved_count(queries) ? 0 : 1;
}

/* What is asked of the saved queries, and how it went. */
struct news {
    const dateline_request *request;
    const dateline_write_options *how;
    dateline_writer *writer; /* once there is something to write */
    size_t told;             /* queries that had something new */
    bool warned, failed;
};

/* With what is left out by -n, which will not be shown again. */
static void news_remarks(struct news *news, const dateline_saved_query *query,
                         const dateline_hits *hits)
{
    const dateline_summary *summary = dateline_hits_summary(hits);
    size_t most = news->request->most;
    if (summary->warning && !news->warned)
        option_fail(&program, "%s", summary->warning);
    news->warned |= summary->warning != NULL;
    if (most && dateline_hits_count(hits) == most && summary->found > most)
        option_fail(&program, "%s: %zu more %s new and left out", query->name,
                    summary->found - most,
                    summary->found - most == 1 ? "is" : "are");
}

static bool news_write(struct news *news, const dateline_hits *hits)
{
    dateline_error error = {0};
    if (!news->request->most)
        return true;
    if (news->writer && !strcmp(news->how->format, "text"))
        putchar('\n');
    if ((!news->writer && dateline_writer_open(&news->writer, stdout, news->how,
                                               &error)) ||
        dateline_writer_hits(news->writer, hits, &error)) {
        error_report(&error);
        return false;
    }
    return true;
}

static bool news_tell(void *context, const dateline_saved_query *query,
                      const dateline_hits *hits, const dateline_error *why)
{
    struct news *news = context;
    if (!hits) {
        option_fail(&program, "%s: %s", query->name, why->message);
        return news->failed = true;
    }
    news_remarks(news, query, hits);
    if (!is_found(hits, news->request))
        return true;
    news->told++;
    if (news_write(news, hits))
        return true;
    news->failed = true;
    return false;
}

static int ask_new(dateline_search *search, const dateline_request *request,
                   const dateline_write_options *how)
{
    struct news news = {.request = request, .how = how};
    dateline_error error = {0};
    dateline_status status = dateline_saved_ask(queries, new_of, search, request,
                                                news_tell, &news, &error);
    if (status && !news.failed)
        error_report(&error);
    if (dateline_writer_close(news.writer, &error) && !news.failed)
        news.failed = error_report(&error);
    return status || news.failed ? 2 : news.told ? 0 : 1;
}

static int with_indexes(const char *const *paths, size_t count,
                        const dateline_request *request,
                        const dateline_write_options *how)
{
    dateline_search *search = NULL;
    dateline_error error = {0};
    if (dateline_search_open(&search, paths, count, &error))
        return error_report(&error);
    int code = batch      ? ask_batch(search, request, how)
               : is_new() ? ask_new(search, request, how)
                          : ask(search, request, how);
    dateline_search_close(search);
    return code;
}

static int with_default(const dateline_request *request,
                        const dateline_write_options *how)
{
    if (indexes.count)
        return with_indexes(indexes.values, indexes.count, request, how);
    char *folder = option_index();
    if (!folder)
        return option_fail(&program, "no index named and no home: say -d DIR");
    int code = with_indexes((const char *const[]){folder}, 1, request, how);
    free(folder);
    return code;
}

struct asking {
    const dateline_request *request;
    const dateline_write_options *how;
};

static int saved_ask(void *context)
{
    const struct asking *asking = context;
    if (new_of && !dateline_saved_find(queries, new_of))
        return option_fail(&program, "no query is saved as %s; --saved lists "
                           "them", new_of);
    return with_default(asking->request, asking->how);
}

/* The shell has taken its quotes away; what is left is joined by spaces. */
static char *question_join(char **words, int count)
{
    size_t length = 1;
    for (int i = 0; i < count; i++)
        length += strlen(words[i]) + 1;
    char *question = calloc(1, length), *at = question;
    for (int i = 0; question && i < count; i++)
        at = stpcpy(stpcpy(at, i ? " " : ""), words[i]);
    return question;
}

/* One thing at a time; what is new is asked by its own words. */
static int saved_check(int operands)
{
    int asked = !!save + !!forget + saved + !!new_of + new_all;
    if (asked > 1)
        return option_fail(&program, "--save, --forget, --saved, --new and "
                           "--new-all: choose one");
    if (asked && (batch || facets.count))
        return option_fail(&program, "saved queries go without --batch and "
                           "--facet");
    if (asked && operands && !save)
        return option_fail(&program, "the question is the saved one; take away "
                           "the words");
    if (asked && (literals.count || regexps.count))
        return option_fail(&program, "a saved query is its words: without "
                           "--literal and --regexp");
    if (save && (after || before))
        return option_fail(&program, "only the words are saved; write the days "
                           "into them, such as date:2021-10..");
    if (is_new() && (timeout || offset))
        return option_fail(&program, "what is new comes whole, without %s",
                           timeout ? "--timeout" : "--offset");
    return -1;
}

static int options_check(int operands)
{
    int code = saved_check(operands);
    if (code >= 0)
        return code;
    if (batch && operands)
        return option_fail(&program, "--batch: the questions are in the file; "
                           "take away the words");
    if (batch && facets.count)
        return option_fail(&program, "--facet goes with one question, not with "
                           "--batch");
    if (!batch && !operands && !saved && !forget && !is_new() &&
        !literals.count && !regexps.count)
        return option_fail(&program, "nothing asked: add words, such as "
                           "dateline-query flood relief; --help says more");
    if (json && format && strcmp(format, "json"))
        return option_fail(&program, "--json and --format %s: choose one",
                           format);
    if (explain && format && strcmp(format, "text") && strcmp(format, "json"))
        return option_fail(&program, "--explain is written as text or json only");
    return -1;
}

/* What replaces the hits: one of them, without a format. */
static int kind_check(void)
{
    int kinds = only_list + only_parts + only_count + quiet;
    if (kinds > 1)
        return option_fail(&program, "-l, -o, -c and -q: choose one");
    if (kinds && (json || format))
        return option_fail(&program, "-l, -o, -c and -q have a form of their own; "
                           "take away --%s", json ? "json" : "format");
    if (kinds && (batch || is_new()))
        return option_fail(&program, "-l, -o, -c and -q go with one question, not "
                           "with --%s", batch ? "batch" : "new");
    if (only_list)
        format = "list";
    if (only_parts)
        format = "parts";
    if (nul && (!format || strcmp(format, "list")))
        return option_fail(&program, "-0 goes with -l");
    if (facets.count && (only_count || quiet || (format && strcmp(format, "text") &&
                         strcmp(format, "json") && strcmp(format, "html"))))
        return option_fail(&program,
                           "--facet is written as text, json or html only");
    return -1;
}

static dateline_copies copies_choice(void)
{
    if (copies)
        return !strcmp(copies, "fold") ? DATELINE_COPIES_FOLD
                                       : DATELINE_COPIES_SHOW;
    return only_list || only_parts || only_count || quiet ? DATELINE_COPIES_SHOW
                                                          : DATELINE_COPIES_AUTO;
}

static unsigned long limit_choice(void)
{
    if (only_count || quiet)
        return quiet;
    if (limit != LIMIT_UNSAID)
        return limit;
    return is_new() ? SIZE_MAX : only_list || only_parts ? LIMIT_UNSAID
                                                         : LIMIT_USUAL;
}

int main(int argc, char **argv)
{
    int first, status = option_parse(&first, argc, argv, &program);
    if (status < 0)
        status = options_check(argc - first);
    if (status < 0)
        status = kind_check();
    dateline_write_options how = DATELINE_WRITE_OPTIONS_INIT;
    if (status < 0)
        status = types_read(&how.entity_types, entities);
    if (status >= 0)
        return status;
    how.format = format ? format : json ? "json" : batch ? "trec" : "text";
    how.colour = is_terminal_colour();
    how.columns = columns ? (unsigned)columns : terminal_columns();
    how.bars = isatty(STDOUT_FILENO) || how.colour;
    how.marks = isatty(STDOUT_FILENO) || entities;
    how.nul = nul;
    dateline_request request = DATELINE_REQUEST_INIT;
    request.first = offset;
    request.most = limit_choice();
    request.exact = only_count || is_new();
    request.passages = passages || is_new();
    request.sort = !strcmp(sort, "date")    ? DATELINE_SORT_DATE
                   : !strcmp(sort, "-date") ? DATELINE_SORT_DATE_DOWN
                                            : DATELINE_SORT_SCORE;
    request.copies = copies_choice();
    request.after = after;
    request.before = before;
    request.milliseconds = (unsigned)timeout;
    request.failed = batch_report;
    request.explain = explain;
    request.literals = literals.values;
    request.literal_count = literals.count;
    request.regexps = regexps.values;
    request.regexp_count = regexps.count;
    request.window = window;
    request.neighbours = neighbours;
    /* then a write fails and says why; a closed pipe ends us as any filter */
    signal(SIGXFSZ, SIG_IGN);
    char *question = question_join(argv + first, argc - first);
    if (!question)
        return option_fail(&program, "no memory left");
    request.question = question;
    struct asking asking = {&request, &how};
    int code = save       ? with_saved(true, saved_set, question)
               : saved    ? with_saved(false, saved_list, NULL)
               : forget   ? with_saved(true, saved_forget, NULL)
               : is_new() ? with_saved(true, saved_ask, &asking)
                          : with_default(&request, &how);
    free(question);
    return code;
}
