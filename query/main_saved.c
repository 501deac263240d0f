/* The file of saved queries is open, and locked where it is changed, while one
 * of these options is obeyed. */
#include "query/main_saved.h"

#include "query/main_report.h"

#include <stdlib.h>
#include <string.h>

/* -------------------------------------------------------- without an index */

static int saved_set(const struct asking *asking)
{
    const char *question = asking->request.question;
    dateline_error error = {0};
    if (dateline_saved_set(asking->saved, asking->options->save, question,
                           &error) ||
        dateline_saved_write(asking->saved, &error))
        return question_report(&error, question);
    return 0;
}

static int saved_forget(const struct asking *asking)
{
    dateline_error error = {0};
    if (dateline_saved_remove(asking->saved, asking->options->forget, &error) ||
        dateline_saved_write(asking->saved, &error))
        return error_report(&error);
    return 0;
}

static void show_json(const dateline_saved_query *query)
{
    fputs("{\"v\":1,\"type\":\"saved\",\"name\":", stdout);
    option_show_json(stdout, query->name);
    fputs(",\"question\":", stdout);
    option_show_json(stdout, query->question);
    fputs(",\"mark\":", stdout);
    option_show_json(stdout, query->mark);
    puts("}");
}

static void show_text(const dateline_saved_query *query)
{
    option_show(stdout, query->name);
    putchar('\t');
    option_show(stdout, query->question);
    putchar('\n');
}

static int saved_list(const struct asking *asking)
{
    size_t count = dateline_saved_count(asking->saved);
    for (size_t i = 0; i < count; i++)
        (asking->options->json ? show_json : show_text)(
            dateline_saved_get(asking->saved, i));
    return output_end() >= 0 ? 2 : count ? 0 : 1;
}

/* ------------------------------------------------------------- what is new */

/* What is asked of the saved queries, and how it went. */
struct news {
    const struct asking *asking;
    dateline_writer *writer; /* once there is something to write */
    size_t told;             /* queries that had something new */
    bool warned, failed;
};

/* With what is left out by -n, which will not be shown again. */
static void news_remarks(struct news *news, const dateline_saved_query *query,
                         const dateline_hits *hits)
{
    const dateline_summary *summary = dateline_hits_summary(hits);
    size_t most = news->asking->request.most;
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
    const dateline_write_options *how = &news->asking->how;
    dateline_error error = {0};
    if (!news->asking->request.most)
        return true;
    if (news->writer && !strcmp(how->format, "text"))
        putchar('\n');
    if ((!news->writer &&
         dateline_writer_open(&news->writer, stdout, how, &error)) ||
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
    if (!asking_found(news->asking, hits))
        return true;
    news->told++;
    if (news_write(news, hits))
        return true;
    news->failed = true;
    return false;
}

static int news_ask(dateline_search *search, const struct asking *asking)
{
    struct news news = {.asking = asking};
    dateline_error error = {0};
    dateline_status status =
        dateline_saved_ask(asking->saved, asking->options->new_of, search,
                           &asking->request, news_tell, &news, &error);
    if (status && !news.failed)
        error_report(&error);
    if (dateline_writer_close(news.writer, &error) && !news.failed)
        news.failed = error_report(&error);
    return status || news.failed ? 2 : news.told ? 0 : 1;
}

static int saved_ask(const struct asking *asking)
{
    const char *name = asking->options->new_of;
    if (name && !dateline_saved_find(asking->saved, name))
        return option_fail(&program, "no query is saved as %s; --saved lists "
                           "them", name);
    return asking_run(asking, news_ask);
}

/* -------------------------------------------------------------- the choice */

bool saved_wanted(const struct options *options)
{
    return options->save || options->forget || options->saved ||
           options_new(options);
}

static int saved_obey(const struct asking *asking)
{
    const struct options *given = asking->options;
    return given->save     ? saved_set(asking)
           : given->saved  ? saved_list(asking)
           : given->forget ? saved_forget(asking)
                           : saved_ask(asking);
}

int saved_run(struct asking *asking)
{
    const struct options *given = asking->options;
    dateline_error error = {0};
    char *file = given->state ? strdup(given->state) : option_state();
    if (!file)
        return option_fail(&program, "no home to keep saved queries in: say "
                           "--state FILE");
    int code = dateline_saved_open(&asking->saved, file, !given->saved, &error)
                   ? error_report(&error)
                   : saved_obey(asking);
    dateline_saved_close(asking->saved);
    free(file);
    return code;
}
