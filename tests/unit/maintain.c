/* Looking after an index: what is wrong is found, what is compacted or indexed
 * anew stays what it was. */
#include "common/stored.h"
#include "common/xapian_c.h"
#include "tests/tap.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char room[] = "/tmp/maintain-XXXXXX";

static void pages_make(void)
{
    static const char *const boats[] = {"zebra", "heron", "otter", "lynx"};
    mkdir("pages", 0777);
    for (int i = 0; i < 4; i++) {
        char path[64];
        snprintf(path, sizeof path, "pages/%s.txt", boats[i]);
        FILE *file = fopen(path, "wb");
        fprintf(file, "The %s sails again\n\nHOLM, Arden -- The Holm Harbour "
                "Board (HHB) said on Monday that the %s would sail again before "
                "the week was out.\n", boats[i], boats[i]);
        fclose(file);
    }
}

struct told {
    unsigned changed, failed, stop_after;
};

static bool hear(void *context, const dateline_event *event)
{
    struct told *told = context;
    told->changed += event->kind == DATELINE_EVENT_CHANGED;
    told->failed += event->kind == DATELINE_EVENT_FAILED;
    return !told->stop_after || told->changed < told->stop_after;
}

static dateline_status index_run(struct told *told, const char *aliases,
                                 bool anew, dateline_counts *counts)
{
    dateline_indexer *indexer = NULL;
    dateline_index_options options = DATELINE_INDEX_OPTIONS_INIT;
    options.event = hear;
    options.context = told;
    options.aliases = aliases;
    options.kept = anew;
    dateline_status status =
        dateline_indexer_open(&indexer, "news", &options, NULL);
    if (!status)
        status = anew ? dateline_indexer_reindex(indexer, NULL)
                      : dateline_indexer_run(indexer,
                                             (const char *[]){"pages"}, 1, NULL);
    if (indexer)
        *counts = *dateline_indexer_counts(indexer);
    dateline_indexer_close(indexer);
    return status;
}

/* ------------------------------------------------------------------- faults */

struct heard {
    char text[2048];
};

static bool fault(void *context, const char *where, const char *what)
{
    struct heard *heard = context;
    size_t at = strlen(heard->text);
    const char *name = strrchr(where, '/');
    snprintf(heard->text + at, sizeof heard->text - at, "%s: %s\n",
             name ? name + 1 : where, what);
    return true;
}

static uint64_t faults(struct heard *heard)
{
    uint64_t count = 99;
    heard->text[0] = '\0';
    dateline_index_check(&count, "news", fault, heard, NULL);
    return count;
}

/* All documents that hold the term go, or their data becomes `data`, behind the
 * back of the indexer. */
static void documents_spoil(const char *term, const char *data)
{
    struct xapian_writer *writer;
    const struct xapian_bytes name = {term, strlen(term)};
    const struct xapian_document spoilt = {
        .data = {data, data ? strlen(data) : 0}};
    if (xapian_writer_open(&writer, "news", 0, NULL))
        return;
    if (data)
        xapian_writer_replace(writer, name, &spoilt, NULL);
    else
        xapian_writer_remove(writer, name, NULL);
    xapian_writer_commit(writer, NULL);
    xapian_writer_close(writer);
}

static void figure_set(const char *key, const char *value)
{
    struct xapian_writer *writer;
    if (xapian_writer_open(&writer, "news", 0, NULL))
        return;
    xapian_writer_set_metadata(writer, (struct xapian_bytes){key, strlen(key)},
                               (struct xapian_bytes){value, strlen(value)},
                               NULL);
    xapian_writer_commit(writer, NULL);
    xapian_writer_close(writer);
}

static void what_is_missing_is_found(void)
{
    struct told told = {0};
    dateline_counts counts;
    struct heard heard;
    ok(!index_run(&told, NULL, false, &counts) && counts.added == 4,
       "four pages are indexed");
    ok(!faults(&heard), "the index has no faults");
    documents_spoil("zebra", NULL);
    ok(faults(&heard) == 5, "without an article it has five");
    ok(strstr(heard.text, "zebra.txt: article 1 of its 1 is missing") != NULL,
       "its file has none");
    ok(strstr(heard.text, "3 articles are there, 4 are counted") != NULL &&
           strstr(heard.text, "3 passages are there, 4 are counted") != NULL &&
           strstr(heard.text, " terms are there, ") != NULL &&
           strstr(heard.text, " words of passages are there, ") != NULL,
       "and the figures are wrong");
    documents_spoil("heron", "this was an article");
    ok(faults(&heard) &&
           strstr(heard.text, ": the article kept there cannot be read") &&
           strstr(heard.text, "heron.txt: article 1 of its 1 is missing"),
       "an article that is damaged is told");
    ok(!index_run(&told, NULL, true, &counts) && told.failed == 1 &&
           counts.unchanged == 2,
       "and told again when all are put in anew");
    (void)!system("rm -rf news");
    index_run(&told, NULL, false, &counts);
    figure_set("length:passage", "1 4");
    ok(faults(&heard) == 1 &&
           strstr(heard.text, " words of passages are there, 1 are counted"),
       "a sum that is wrong is told");
}

/* --------------------------------------------------------------------- anew */

static void alias_write(const char *text)
{
    FILE *file = fopen("names", "wb");
    fputs(text, file);
    fclose(file);
}

static void other_forms_are_told(void)
{
    struct told told = {0};
    dateline_counts counts;
    dateline_stats *stats = NULL;
    dateline_error error = {0};
    figure_set("version", "1");
    ok(dateline_stats_read(&stats, "news", &error) == DATELINE_VERSION &&
           strstr(error.message, "make it anew") &&
           index_run(&told, NULL, true, &counts) == DATELINE_VERSION,
       "an index of a form that is no longer read says so");
    figure_set("version", "2");
    ok(dateline_stats_read(&stats, "news", &error) == DATELINE_VERSION &&
           strstr(error.message, "form 2") && strstr(error.message, "--reindex"),
       "an index of an older form says so, and what to do");
    ok(index_run(&told, NULL, false, &counts) == DATELINE_VERSION,
       "it is not written to");
    ok(!index_run(&told, NULL, true, &counts) &&
           !dateline_stats_read(&stats, "news", NULL),
       "unless all of it is put in anew");
    dateline_stats_free(stats);
    figure_set("version", "99");
    ok(index_run(&told, NULL, false, &counts) == DATELINE_VERSION &&
           index_run(&told, NULL, true, &counts) == DATELINE_VERSION,
       "one of a newer form is left to newer programs");
    figure_set("version", STORED_FORM);
}

static void what_was_interrupted_goes_on(void)
{
    struct told told = {.stop_after = 2}, all = {0};
    dateline_counts counts = {0};
    struct heard heard;
    (void)!system("rm -rf news");
    index_run(&all, NULL, false, &counts);
    alias_write("Holm Harbour Board [ORG] = HHB | The Board\n");
    ok(index_run(&told, "names", true, &counts) == DATELINE_STOPPED &&
           counts.changed == 2, "a callback stops after two articles");
    ok(!faults(&heard), "the index is whole");
    ok(!index_run(&all, "names", true, &counts) && counts.inputs == 2 &&
           counts.changed == 2, "the next one does the other two");
    ok(!index_run(&all, "names", true, &counts) && counts.changed == 0 &&
           counts.unchanged == 4, "and then nothing changes");
    ok(!index_run(&all, NULL, false, &counts) && counts.unchanged == 4,
       "no page is read for the new names");
    ok(!faults(&heard), "and all hangs together");
}

/* ------------------------------------------------------------------ compacting */

static void readers_outlive_compaction(void)
{
    dateline_indexer *indexer = NULL, *second = NULL;
    dateline_index_options options = DATELINE_INDEX_OPTIONS_INIT;
    struct xapian_reader *reader = NULL;
    uint64_t before = 0, after = 0, count = 0;
    struct stat found;
    options.kept = true;
    ok(dateline_indexer_open(&indexer, "nowhere", &options, NULL) ==
           DATELINE_NOT_FOUND, "what is not there is not made");
    xapian_reader_open(&reader, (const char *[]){"news"}, 1, NULL);
    mkdir("news.compact", 0777); /* of one that was killed */
    ok(!dateline_indexer_open(&indexer, "news", &options, NULL) &&
           !dateline_indexer_compact(indexer, &before, &after, NULL),
       "an index is compacted, what an earlier one left is cleared away");
    ok(before >= after && after, "and is no larger");
    ok(stat("news.compact", &found) != 0, "nothing is left beside it");
    ok(!xapian_reader_count(&count, reader, NULL) && count == 4 &&
           !xapian_reader_reopen(reader, NULL) &&
           !xapian_reader_count(&count, reader, NULL) && count == 4,
       "who read it goes on");
    dateline_indexer_close(indexer);
    xapian_reader_close(reader);
    mkdir("news.compact", 0777);
    mkdir("news.compact/mine", 0777);
    ok(!dateline_indexer_open(&second, "news", &options, NULL) &&
           dateline_indexer_compact(second, &before, &after, NULL) ==
               DATELINE_BAD_ARGUMENT, "somebody's folder is left alone");
    dateline_indexer_close(second);
    ok(!stat("news.compact/mine", &found), "with what is in it");
}

int main(void)
{
    char command[64];
    if (!mkdtemp(room) || chdir(room))
        return 1;
    pages_make();
    what_is_missing_is_found();
    what_was_interrupted_goes_on();
    other_forms_are_told();
    readers_outlive_compaction();
    snprintf(command, sizeof command, "rm -rf %s", room);
    return chdir("/") || system(command) ? 1 : done();
}
