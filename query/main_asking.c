/* Options and words go in, a request and a form of answer come out; where the
 * options are silent, the terminal decides. */
#include "query/main_asking.h"

#include "query/main_report.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LIMIT_USUAL = 10, COLUMNS_USUAL = 80 };

/* ----------------------------------------------------------------- request */

static dateline_copies copies_choice(const struct options *given)
{
    if (given->copies)
        return !strcmp(given->copies, "fold") ? DATELINE_COPIES_FOLD
                                              : DATELINE_COPIES_SHOW;
    return options_bare(given) ? DATELINE_COPIES_SHOW : DATELINE_COPIES_AUTO;
}

static size_t limit_choice(const struct options *given)
{
    if (given->only_count || given->quiet)
        return given->quiet;
    if (given->limit != LIMIT_UNSAID)
        return given->limit;
    return options_new(given)    ? SIZE_MAX
           : options_bare(given) ? LIMIT_UNSAID
                                 : LIMIT_USUAL;
}

static dateline_sort sort_choice(const struct options *given)
{
    return !strcmp(given->sort, "date")    ? DATELINE_SORT_DATE
           : !strcmp(given->sort, "-date") ? DATELINE_SORT_DATE_DOWN
                                           : DATELINE_SORT_SCORE;
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

static void batch_report(void *context, const dateline_error *error,
                         const char *question)
{
    (void)context;
    question_report(error, question);
}

static void request_settle(dateline_request *request,
                           const struct options *given)
{
    request->first = given->offset;
    request->most = limit_choice(given);
    request->exact = given->only_count || options_new(given);
    request->passages = given->passages || options_new(given);
    request->sort = sort_choice(given);
    request->copies = copies_choice(given);
    request->after = given->after;
    request->before = given->before;
    request->milliseconds = (unsigned)given->timeout;
    request->failed = batch_report;
    request->explain = given->explain;
    request->literals = given->literals.values;
    request->literal_count = given->literals.count;
    request->regexps = given->regexps.values;
    request->regexp_count = given->regexps.count;
    request->window = given->window;
    request->neighbours = given->neighbours;
}

/* ------------------------------------------------------------------ answer */

static bool colour_choice(const char *color)
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
        return COLUMNS_USUAL;
    return size.ws_col < EYE_COLUMNS ? size.ws_col : EYE_COLUMNS;
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

static int how_settle(dateline_write_options *how, const struct options *given)
{
    bool terminal = isatty(STDOUT_FILENO);
    how->format = given->format  ? given->format
                  : given->json  ? "json"
                  : given->batch ? "trec"
                                 : "text";
    how->colour = colour_choice(given->color);
    how->columns = given->columns ? (unsigned)given->columns
                                  : terminal_columns();
    how->bars = terminal || how->colour;
    how->marks = terminal || given->entities;
    how->nul = given->nul;
    return types_read(&how->entity_types, given->entities);
}

int asking_init(struct asking *asking, const struct options *options,
                char **words, int count)
{
    *asking = (struct asking){.options = options,
                              .request = DATELINE_REQUEST_INIT,
                              .how = DATELINE_WRITE_OPTIONS_INIT};
    request_settle(&asking->request, options);
    int code = how_settle(&asking->how, options);
    if (code >= 0)
        return code;
    asking->request.question = question_join(words, count);
    return asking->request.question ? -1
                                    : option_fail(&program, "no memory left");
}

void asking_release(struct asking *asking)
{
    free((char *)asking->request.question);
}

/* ----------------------------------------------------------------- indexes */

bool asking_found(const struct asking *asking, const dateline_hits *hits)
{
    return asking->request.most ? dateline_hits_count(hits) > 0
                                : dateline_hits_summary(hits)->found > 0;
}

static int run_with(const char *const *paths, size_t count,
                    const struct asking *asking, asking_call *call)
{
    dateline_search *search = NULL;
    dateline_error error = {0};
    if (dateline_search_open(&search, paths, count, &error))
        return error_report(&error);
    int code = call(search, asking);
    dateline_search_close(search);
    return code;
}

int asking_run(const struct asking *asking, asking_call *call)
{
    const struct option_list *named = &asking->options->indexes;
    if (named->count)
        return run_with(named->values, named->count, asking, call);
    char *folder = option_index();
    if (!folder)
        return option_fail(&program, "no index named and no home: say -d DIR");
    int code = run_with((const char *const[]){folder}, 1, asking, call);
    free(folder);
    return code;
}
