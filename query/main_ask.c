/* Hits go to standard output; what is said of them, to standard error. */
#include "query/main_ask.h"

#include "query/main_facet.h"
#include "query/main_report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ----------------------------------------------------------------- remarks */

/* "3 of about 120 articles, 2 copies folded, 14 ms" */
static void summary_show(const dateline_hits *hits, bool passages)
{
    const dateline_summary *summary = dateline_hits_summary(hits);
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

static void line_show(const char *before, const char *text)
{
    fputs(before, stderr);
    option_show(stderr, text);
    putc('\n', stderr);
}

/* Never results. A suggestion is always worth a line to somebody who reads
 * text; counts and what an alias stood for only at a terminal. */
static void remarks_show(const dateline_hits *hits, const struct asking *asking)
{
    const dateline_summary *summary = dateline_hits_summary(hits);
    const struct options *given = asking->options;
    if (given->only_count || given->quiet || strcmp(asking->how.format, "text"))
        return;
    if (isatty(STDOUT_FILENO)) {
        for (size_t i = 0; i < summary->note_count; i++)
            line_show("", summary->notes[i]);
        summary_show(hits, given->passages);
    }
    if (summary->suggestion)
        line_show("did you mean: ", summary->suggestion);
}

/* ------------------------------------------------------------ one question */

/* A number alone, for scripts; that there are more is a remark. */
static void count_show(const dateline_hits *hits)
{
    const dateline_summary *summary = dateline_hits_summary(hits);
    printf("%zu\n", summary->found);
    if (!summary->exact)
        fputs("dateline-query: there are more\n", stderr);
}

static int hits_show(const dateline_hits *hits, const struct asking *asking,
                     const dateline_write_options *how)
{
    dateline_error error = {0};
    if (asking->options->only_count)
        count_show(hits);
    else if (!asking->options->quiet &&
             dateline_hits_write(hits, stdout, how, &error))
        return error_report(&error);
    int code = output_end();
    if (code < 0)
        remarks_show(hits, asking);
    return code;
}

static int ask_with(dateline_search *search, const struct asking *asking,
                    const dateline_facet *facets)
{
    dateline_error error = {0};
    dateline_hits *hits = NULL;
    dateline_write_options how = asking->how;
    how.facets = facets;
    how.facet_count = asking->options->facets.count;
    if (dateline_search_run(&hits, search, &asking->request, &error))
        return question_report(&error, asking->request.question);
    int code = hits_show(hits, asking, &how);
    if (code < 0)
        code = asking_found(asking, hits) ? 0 : 1;
    dateline_hits_free(hits);
    return code;
}

/* The facets are counted before anything is written. */
int ask(dateline_search *search, const struct asking *asking)
{
    const struct option_list *wanted = &asking->options->facets;
    struct facet *counted = calloc(wanted->count + 1, sizeof *counted);
    dateline_facet *shown = calloc(wanted->count + 1, sizeof *shown);
    int code = counted && shown ? -1 : option_fail(&program, "no memory left");
    for (size_t i = 0; i < wanted->count && code < 0; i++)
        code = facet_count(&shown[i], &counted[i], wanted->values[i], search,
                           &asking->request);
    if (code < 0)
        code = ask_with(search, asking, shown);
    for (size_t i = 0; i < wanted->count && counted; i++)
        facet_free(&counted[i]);
    free(counted);
    free(shown);
    return code;
}

/* ---------------------------------------------------------- a file of them */

int ask_batch(dateline_search *search, const struct asking *asking)
{
    const char *file = asking->options->batch;
    bool standard = !strcmp(file, "-");
    FILE *topics = standard ? stdin : fopen(file, "rbe");
    if (!topics)
        return option_fail(&program, "%s: %s", file, strerror(errno));
    dateline_error error = {0};
    size_t failed = 0;
    dateline_status status =
        dateline_search_batch(&failed, search, &asking->request, topics, stdout,
                              &asking->how, &error);
    if (!standard)
        fclose(topics);
    if (status)
        error_report(&error);
    if (failed > 1)
        option_fail(&program, "%zu questions could not be asked", failed);
    return output_end() >= 0 || status || failed ? 2 : 0;
}
