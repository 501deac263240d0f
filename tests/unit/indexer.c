/* The public indexer in this process: pages go in, are replaced and removed, and
 * the figures of the index stay exact. */
#include "common/xapian_c.h"
#include "tests/tap.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char room[] = "/tmp/indexer-XXXXXX";

static const char flood[] =
    "<html><head><title>Flood relief reaches the valley</title></head><body>"
    "<article><h1>Flood relief reaches the valley</h1><p>MERJ, Arden -- The "
    "Council of Valley Farmers said on Sunday that the first lorries had come "
    "to the upper valley, where bread is scarce.</p></article></body></html>";

static const char strike[] =
    "Arden Steel ends strike\n\nHOLM, Arden -- Workers at Arden Steel went back "
    "to the furnaces on Wednesday after nineteen days, the union said.\n";

struct told {
    unsigned of[DATELINE_EVENT_WARNING + 1];
    char line[64];
    bool stop;
};

static bool hear(void *context, const dateline_event *event)
{
    struct told *told = context;
    told->of[event->kind]++;
    if (event->kind == DATELINE_EVENT_ARTICLE)
        snprintf(told->line, sizeof told->line, "%.*s", (int)event->length,
                 event->text);
    return !told->stop;
}

static dateline_status add(dateline_indexer *indexer, const char *page,
                           const char *id)
{
    return dateline_indexer_add_bytes(indexer, page, strlen(page), id, NULL,
                                      NULL);
}

/* "SUM COUNT" of articles or passages. */
static void figures(double *sum, double *count, const char *key)
{
    struct xapian_reader *reader;
    char *text = NULL;
    size_t length;
    *sum = *count = -1;
    if (xapian_reader_open(&reader, (const char *[]){"news"}, 1, NULL))
        return;
    xapian_reader_metadata(&text, &length, reader,
                           (struct xapian_bytes){key, strlen(key)}, NULL);
    if (text)
        sscanf(text, "%lf %lf", sum, count);
    free(text);
    xapian_reader_close(reader);
}

/* Our sum says what Xapian's average says; and --check, that passages' too is
 * that of what is stored. */
static bool figures_are_exact(uint64_t articles_wanted)
{
    struct xapian_reader *reader;
    double passages, articles, passage_sum, article_sum, average = -1;
    uint64_t count = 0, faults = 99;
    figures(&passage_sum, &passages, "length:passage");
    figures(&article_sum, &articles, "length:article");
    if (xapian_reader_open(&reader, (const char *[]){"news"}, 1, NULL))
        return false;
    xapian_reader_count(&count, reader, NULL);
    xapian_reader_average_length(&average, reader, NULL);
    xapian_reader_close(reader);
    printf("# %.0f in %.0f passages, %.0f in %.0f articles; %" PRIu64
           " documents of %.3f\n", passage_sum, passages, article_sum, articles,
           count, average);
    return count == articles_wanted && articles == (double)count &&
           fabs(article_sum - average * articles) < 0.01 &&
           !dateline_index_check(&faults, "news", NULL, NULL, NULL) && !faults;
}

static void pages_go_in_and_out(void)
{
    dateline_indexer *indexer = NULL, *second = NULL;
    dateline_index_options options = DATELINE_INDEX_OPTIONS_INIT;
    dateline_error error = {0};
    ok(!dateline_indexer_open(&indexer, "news", &options, &error),
       "an index is made where there was none");
    ok(dateline_indexer_open(&second, "news", &options, &error) ==
           DATELINE_LOCKED && !second, "it is locked while it is open");
    ok(!add(indexer, flood, "flood") && !add(indexer, strike, "strike"),
       "two pages go in");
    ok(dateline_indexer_counts(indexer)->added == 2, "and are counted");
    ok(!dateline_indexer_commit(indexer, NULL) && figures_are_exact(2),
       "lengths are what Xapian counts");
    ok(!add(indexer, strike, "flood"), "one is replaced");
    ok(!add(indexer, strike, "strike"), "the other comes again");
    const dateline_counts *counts = dateline_indexer_counts(indexer);
    ok(counts->changed == 1 && counts->same == 1, "which changes nothing");
    ok(!dateline_indexer_commit(indexer, NULL) && figures_are_exact(2),
       "lengths follow a replacement");
    ok(!dateline_indexer_remove(indexer, "flood", NULL) &&
           dateline_indexer_remove(indexer, "flood", NULL) ==
               DATELINE_NOT_FOUND, "what is removed is gone");
    ok(!dateline_indexer_commit(indexer, NULL) && figures_are_exact(1),
       "lengths follow a removal");
    ok(add(indexer, " \n", "empty") == DATELINE_BAD_INPUT &&
           add(indexer, strike, NULL) == DATELINE_BAD_ARGUMENT,
       "a page without text, and one without a name, are refused");
    add(indexer, flood, "dropped");
    dateline_indexer_close(indexer);
    ok(figures_are_exact(1), "what was not committed is dropped");
}

static void a_run_can_be_stopped(void)
{
    dateline_indexer *indexer = NULL;
    struct told told = {.stop = true};
    dateline_index_options options = DATELINE_INDEX_OPTIONS_INIT;
    options.event = hear;
    options.context = &told;
    mkdir("pages", 0777);
    for (int i = 0; i < 40; i++) {
        char path[64];
        snprintf(path, sizeof path, "pages/%02d.txt", i);
        FILE *file = fopen(path, "wb");
        fprintf(file, "%sNumber %d.\n", strike, i);
        fclose(file);
    }
    dateline_indexer_open(&indexer, "news", &options, NULL);
    ok(dateline_indexer_run(indexer, (const char *[]){"pages"}, 1, NULL) ==
           DATELINE_STOPPED, "a callback that says no stops a run");
    ok(told.of[DATELINE_EVENT_ADDED] <= 1, "at the page in hand");
    told.stop = false;
    ok(!dateline_indexer_run(indexer, (const char *[]){"pages"}, 1, NULL),
       "and the next one goes on");
    ok(dateline_indexer_counts(indexer)->added == 40, "to the end");
    dateline_indexer_close(indexer);
    ok(figures_are_exact(41), "with exact lengths");
}

static void a_dry_run_writes_nothing(void)
{
    dateline_indexer *indexer = NULL;
    struct told told = {.stop = false};
    dateline_index_options options = DATELINE_INDEX_OPTIONS_INIT;
    options.event = hear;
    options.context = &told;
    ok(dateline_indexer_open(&indexer, NULL, &options, NULL) ==
           DATELINE_BAD_ARGUMENT, "an index must be named");
    options.dry_run = true;
    dateline_indexer_open(&indexer, NULL, &options, NULL);
    dateline_indexer_run(indexer, (const char *[]){"pages/07.txt"}, 1, NULL);
    ok(told.of[DATELINE_EVENT_ARTICLE] == 1, "but not for a dry run");
    told.line[24] = '\0';
    is_text(told.line, "{\"v\":1,\"type\":\"article\",",
            "whose articles are told as JSON");
    ok(add(indexer, strike, "x") == DATELINE_BAD_ARGUMENT &&
           dateline_indexer_remove(indexer, "x", NULL) ==
               DATELINE_BAD_ARGUMENT, "and which takes no pages");
    dateline_indexer_close(indexer);
}

int main(void)
{
    char command[64];
    if (!mkdtemp(room) || chdir(room))
        return 1;
    pages_go_in_and_out();
    a_run_can_be_stopped();
    a_dry_run_writes_nothing();
    snprintf(command, sizeof command, "rm -rf %s", room);
    return chdir("/") || system(command) ? 1 : done();
}
