/* What a question costs inside one process, through <dateline.h>.
 *
 *   latency INDEX QUESTIONS [ROUNDS]
 *   -> questions=N hits=N p50=MS p95=MS p99=MS mean=MS wall=MS failed=N
 *
 * QUESTIONS holds one a line. A first round warms up and is not counted. Each
 * question is asked for ten articles, and the hits' text is read. All but wall,
 * a mean, are CPU. */
#include <dateline.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { QUESTIONS = 100000, LINE = 4096 };

static double clock_ms(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static size_t lines_read(char **lines, FILE *file)
{
    char line[LINE];
    size_t count = 0;
    while (count < QUESTIONS && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (*line && (lines[count] = strdup(line)))
            count++;
    }
    return count;
}

/* Reads every hit, as a caller would. */
static size_t text_length(const dateline_hits *hits)
{
    size_t length = 0;
    for (size_t i = 0; i < dateline_hits_count(hits); i++)
        length += dateline_hits_get(hits, i)->length;
    return length;
}

struct totals {
    size_t hits, failed, text;
};

static void ask(struct totals *totals, dateline_search *search,
                const char *question)
{
    dateline_request request = DATELINE_REQUEST_INIT;
    dateline_hits *hits = NULL;
    dateline_error error = {0};
    request.question = question;
    if (dateline_search_run(&hits, search, &request, &error)) {
        totals->failed++;
        fprintf(stderr, "%s: %s\n", question, error.message);
        return;
    }
    totals->hits += dateline_hits_count(hits);
    totals->text += text_length(hits);
    dateline_hits_free(hits);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int measure(dateline_search *search, char **lines, size_t count,
                   size_t rounds)
{
    size_t asked = count * rounds;
    double *times = calloc(asked, sizeof *times), sum = 0;
    if (!times)
        return 2;
    struct totals totals = {0};
    for (size_t i = 0; i < count; i++)
        ask(&totals, search, lines[i]);
    totals = (struct totals){0};
    double wall = clock_ms(CLOCK_MONOTONIC);
    for (size_t i = 0; i < asked; i++) {
        double begin = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        ask(&totals, search, lines[i % count]);
        sum += times[i] = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - begin;
    }
    wall = clock_ms(CLOCK_MONOTONIC) - wall;
    qsort(times, asked, sizeof *times, compare);
    printf("questions=%zu hits=%zu p50=%.2f p95=%.2f p99=%.2f mean=%.2f "
           "wall=%.2f failed=%zu\n",
           asked, totals.hits, times[asked / 2], times[asked * 95 / 100],
           times[asked * 99 / 100], sum / (double)asked,
           wall / (double)asked, totals.failed);
    free(times);
    return 0;
}

int main(int argc, char **argv)
{
    static char *lines[QUESTIONS];
    const char *index = argc > 2 ? argv[1] : NULL;
    FILE *file = index ? fopen(argv[2], "r") : NULL;
    if (!file)
        return fprintf(stderr, "usage: latency INDEX QUESTIONS [ROUNDS]\n"), 2;
    size_t count = lines_read(lines, file);
    fclose(file);
    dateline_search *search = NULL;
    dateline_error error = {0};
    if (!count || dateline_search_open(&search, &index, 1, &error))
        return fprintf(stderr, "%s\n", count ? error.message : "no questions"),
               2;
    int status = measure(search, lines, count,
                         argc > 3 ? (size_t)atoi(argv[3]) : 5);
    dateline_search_close(search);
    for (size_t i = 0; i < count; i++)
        free(lines[i]);
    return status;
}
