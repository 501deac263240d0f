/* The public reader: opened once it reads many pages, and an article lives on
 * without it. */
#include "tests/tap.h"

#include <dateline.h>
#include <stdlib.h>
#include <unistd.h>

static const char page[] =
    "<html><head><title>Flood relief reaches the valley</title></head><body>"
    "<article><h1>Flood relief reaches the valley</h1><p>MERJ, Arden -- The "
    "Valley Farmers said on 3 May 2021 that the first lorries had come to the "
    "upper valley, where bread is scarce.</p></article></body></html>";

static dateline_article *article_of(dateline_reader *reader, const char *bytes,
                                    dateline_error *error)
{
    dateline_article *article = NULL;
    dateline_reader_read(&article, reader, bytes, strlen(bytes), NULL, error);
    return article;
}

/* As its line of JSON; free() it. */
static char *line_of(const dateline_article *article)
{
    char *line = NULL;
    size_t length;
    FILE *to = open_memstream(&line, &length);
    if (article)
        dateline_article_write(article, to, NULL);
    fclose(to);
    return line;
}

static void reads_alike(void)
{
    dateline_reader *reader = NULL;
    dateline_article *one = NULL;
    ok(!dateline_reader_open(&reader, NULL, NULL), "a reader opens as it comes");
    dateline_article *first = article_of(reader, page, NULL);
    dateline_article *second = article_of(reader, page, NULL);
    dateline_reader_close(reader);
    dateline_article_read(&one, page, strlen(page), NULL, NULL);
    char *lines[] = {line_of(first), line_of(second), line_of(one)};
    ok(strstr(lines[0], "\"2021-05-03\""), "names and dates are found");
    is_text(lines[1], lines[0], "the second page is read as the first");
    is_text(lines[2], lines[0], "and as by a reader of its own");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        free(lines[i]);
    dateline_article_free(first);
    dateline_article_free(second);
    dateline_article_free(one);
}

static void fails_and_goes_on(void)
{
    dateline_reader *reader = NULL;
    dateline_error error = {0};
    dateline_reader_open(&reader, NULL, NULL);
    ok(!article_of(reader, "  \n", &error), "an empty page is no article");
    ok(error.status == DATELINE_BAD_INPUT, "and that is a bad input");
    dateline_article *article = article_of(reader, page, &error);
    ok(article && !error.status, "the next page is read all the same");
    dateline_article_free(article);
    dateline_reader_close(reader);
    dateline_reader_close(NULL);
}

static void leaves_names_out(void)
{
    dateline_reader_options options = DATELINE_READER_OPTIONS_INIT;
    dateline_reader *reader = NULL;
    size_t count = 1;
    options.entities = false;
    dateline_reader_open(&reader, &options, NULL);
    dateline_article *article = article_of(reader, page, NULL);
    dateline_article_entities(article, &count);
    ok(article && !count, "without entities none are found");
    dateline_article_free(article);
    dateline_reader_close(reader);
}

static void warn(void *context, const char *message)
{
    (void)message;
    ++*(unsigned *)context;
}

static void knows_aliases(void)
{
    char file[] = "/tmp/aliases-XXXXXX";
    static const char names[] = "Union of Valley Farmers = Valley Farmers\n=\n";
    dateline_reader_options options = DATELINE_READER_OPTIONS_INIT;
    dateline_reader *reader = NULL;
    dateline_error error = {0};
    unsigned warned = 0;
    int fd = mkstemp(file);
    ok(write(fd, names, strlen(names)) > 0, "an alias file is written");
    close(fd);
    options.aliases = file;
    options.warn = warn;
    options.context = &warned;
    dateline_reader_open(&reader, &options, NULL);
    dateline_article *article = article_of(reader, page, NULL);
    char *line = line_of(article);
    ok(strstr(line, "\"name\":\"Union of Valley Farmers\""),
       "an alias gets the name of its group");
    ok(warned == 1, "a line that says nothing is told");
    free(line);
    dateline_article_free(article);
    dateline_reader_close(reader);
    unlink(file);
    reader = NULL;
    ok(dateline_reader_open(&reader, &options, &error) && !reader,
       "an alias file that is not there opens no reader");
    ok(strstr(error.message, file), "and its name is in the message");
}

int main(void)
{
    reads_alike();
    fails_and_goes_on();
    leaves_names_out();
    knows_aliases();
    return done();
}
