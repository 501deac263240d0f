/* The border to Xapian: what it writes and finds, and what it says of damage,
 * locks, foreign files and a writer that runs ahead. */
#include "common/xapian_c.h"
#include "tests/tap.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char room[256]; /* a folder of our own */

static const char *at(const char *name)
{
    static char paths[8][512];
    static unsigned turn;
    char *path = paths[turn++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", room, name);
    return path;
}

static int remove_one(const char *path, const struct stat *info, int kind,
                      struct FTW *where)
{
    (void)info, (void)kind, (void)where;
    return remove(path);
}

static void file_write(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    if (file && length)
        fwrite(bytes, 1, length, file);
    if (file)
        fclose(file);
}

static void file_zero(const char *path, long from, size_t length)
{
    FILE *file = fopen(path, "r+b");
    if (!file)
        return;
    fseek(file, from, SEEK_SET);
    while (length--)
        fputc(0, file);
    fclose(file);
}

static struct xapian_bytes text(const char *string)
{
    return (struct xapian_bytes){string, strlen(string)};
}

/* ----------------------------------------------------------------- writing */

enum { WORDS = 16 };

/* A document out of "word word word". */
struct draft {
    struct xapian_term terms[WORDS];
    struct xapian_value values[2];
    struct xapian_document document;
};

static struct xapian_term *draft_term(struct draft *draft, const char *word,
                                      size_t length)
{
    size_t i = 0;
    while (i < draft->document.term_count &&
           (draft->terms[i].length != length ||
            memcmp(draft->terms[i].bytes, word, length)))
        i++;
    if (i == draft->document.term_count) {
        draft->terms[i] = (struct xapian_term){word, length, 0};
        draft->document.term_count++;
    }
    return &draft->terms[i];
}

static const struct xapian_document *
draft_make(struct draft *draft, const char *words, const char *date,
           const char *article)
{
    *draft = (struct draft){.document = {.data = text(words),
                                         .terms = draft->terms,
                                         .values = draft->values}};
    for (const char *word = words; *word;) {
        size_t length = strcspn(word, " ");
        draft_term(draft, word, length)->frequency++;
        word += length + strspn(word + length, " ");
    }
    const char *values[] = {date, article};
    for (unsigned slot = 0; slot < 2; slot++)
        if (values[slot])
            draft->values[draft->document.value_count++] =
                (struct xapian_value){slot, values[slot], strlen(values[slot])};
    return &draft->document;
}

static dateline_status put(struct xapian_writer *writer, const char *key,
                           const char *words, const char *date,
                           const char *article)
{
    struct draft draft;
    return xapian_writer_replace(writer, text(key),
                                 draft_make(&draft, words, date, article), NULL);
}

static struct xapian_writer *writer_at(const char *path)
{
    struct xapian_writer *writer = NULL;
    dateline_error error = {0};
    if (xapian_writer_open(&writer, path, 0, &error))
        printf("# %s\n", error.message);
    return writer;
}

static struct xapian_reader *reader_at(const char *path)
{
    struct xapian_reader *reader = NULL;
    dateline_error error = {0};
    if (xapian_reader_open(&reader, &path, 1, &error))
        printf("# %s\n", error.message);
    return reader;
}

/* Five releases of one day's news. */
static void index_make(const char *path)
{
    struct xapian_writer *writer = writer_at(path);
    put(writer, "Q1", "harbour council opens new bridge", "20240301", "a");
    put(writer, "Q2", "bridge toll rises says council", "20230115", "a");
    put(writer, "Q3", "new bridge new bridge new bridge", "20240520", "b");
    put(writer, "Q4", "undated bridge note", NULL, "c");
    put(writer, "Q5", "council council on ferries", "20220101", "d");
    xapian_writer_set_metadata(writer, text("run.count"), text("7"), NULL);
    xapian_writer_set_metadata(writer, text("run.date"), text("monday"), NULL);
    xapian_writer_set_metadata(writer, text("zone"), text("utc"), NULL);
    xapian_writer_add_word(writer, text("bridge"), 9, NULL);
    xapian_writer_add_word(writer, text("bridges"), 2, NULL);
    xapian_writer_add_word(writer, text("council"), 5, NULL);
    xapian_writer_commit(writer, NULL);
    xapian_writer_close(writer);
}

/* ------------------------------------------------------------------ reading */

struct list {
    char text[4096];
    size_t most;
};

/* "name=value(frequency) " each, until `most` were shown. */
static bool list_add(void *context, struct xapian_bytes name,
                     struct xapian_bytes value, uint32_t frequency)
{
    struct list *list = context;
    size_t length = strlen(list->text);
    snprintf(list->text + length, sizeof list->text - length,
             "%.*s=%.*s(%u) ", (int)name.length, name.bytes,
             (int)value.length, value.bytes, frequency);
    return list->most == 0 || --list->most > 0;
}

static struct xapian_query *term_query(const char *word)
{
    struct xapian_query *query = NULL;
    xapian_query_term(&query, text(word), 1, NULL);
    return query;
}

/* The first words of the hits' data, "council,bridge"; frees the query. */
static const char *answer(struct xapian_reader *reader,
                          struct xapian_query *query,
                          struct xapian_request request)
{
    static char line[1024];
    struct xapian_hits *hits = NULL;
    dateline_error error = {0};
    request.query = query;
    line[0] = '\0';
    if (xapian_reader_search(&hits, reader, &request, &error))
        snprintf(line, sizeof line, "error: %s", error.message);
    for (size_t i = 0; hits && i < hits->count; i++)
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s%.*s",
                 i ? "," : "",
                 (int)strcspn(hits->hits[i].data.bytes, " "),
                 hits->hits[i].data.bytes);
    xapian_hits_free(hits);
    xapian_query_free(query);
    return line;
}

#define REQUEST (struct xapian_request) XAPIAN_REQUEST_INIT
#define SORTED(slot, down)                                                    \
    (struct xapian_request){.most = 10, .sort_slot = (slot),                  \
                            .descending = (down),                             \
                            .value_slot = XAPIAN_NO_SLOT}

static dateline_status status_of(dateline_status status, dateline_error *error)
{
    printf("# %s\n", error->message);
    return status;
}

static dateline_status reading_says(const char *path)
{
    struct xapian_reader *reader = NULL;
    dateline_error error = {0};
    dateline_status status = xapian_reader_open(&reader, &path, 1, &error);
    xapian_reader_close(reader);
    return status_of(status, &error);
}

static dateline_status writing_says(const char *path)
{
    struct xapian_writer *writer = NULL;
    dateline_error error = {0};
    dateline_status status = xapian_writer_open(&writer, path, 0, &error);
    xapian_writer_close(writer);
    return status_of(status, &error);
}

/* -------------------------------------------------------------------- tests */

static void test_reader(struct xapian_reader *reader)
{
    uint64_t count = 0;
    double length = 0;
    ok(!xapian_reader_count(&count, reader, NULL) && count == 5,
       "all documents are counted");
    ok(!xapian_reader_average_length(&length, reader, NULL) && length == 4.6,
       "the average length is that of the words");
    ok(!xapian_reader_frequency(&count, reader, text("bridge"), NULL) &&
           count == 4,
       "a term knows its documents");
    ok(!xapian_reader_frequency(&count, reader, text("absent"), NULL) &&
           count == 0,
       "a term that is not there has none");
    ok(!xapian_reader_occurrences(&count, reader, text("bridge"), NULL) &&
           count == 6,
       "and how often it occurs in all of them");
    ok(!xapian_reader_occurrences(&count, reader, text("absent"), NULL) &&
           count == 0,
       "which is never for one that is not there");
    struct list list = {.most = 0};
    xapian_reader_terms(reader, text("n"), list_add, &list, NULL);
    is_text(list.text, "new=(2) note=(1) ", "terms of a prefix in order");
    list = (struct list){.most = 2};
    ok(!xapian_reader_terms(reader, text(""), list_add, &list, NULL),
       "a walk that is ended is no error");
    is_text(list.text, "Q1=(1) Q2=(1) ", "a visitor ends the walk");
    list = (struct list){.most = 0};
    xapian_reader_documents(reader, text("toll"), list_add, &list, NULL);
    is_text(list.text, "=bridge toll rises says council(2) ",
            "documents of a term come with data and number");
    list = (struct list){.most = 0};
    xapian_reader_values(reader, text("toll"), 0, list_add, &list, NULL);
    ok(strstr(list.text, "=bridge toll rises says council(2) ") > list.text,
       "and with a value, where it is asked for");
    list = (struct list){.most = 0};
    xapian_reader_documents(reader, text("none"), list_add, &list, NULL);
    is_text(list.text, "", "a term without documents shows none");
    list = (struct list){.most = 4};
    xapian_reader_documents(reader, text(""), list_add, &list, NULL);
    ok(strstr(list.text, "undated bridge note(4)") != NULL,
       "an empty term shows all documents");
    list = (struct list){.most = 0};
    xapian_reader_data(reader, (const uint32_t[]){2, 4, 9}, 3, list_add, &list,
                       NULL);
    is_text(list.text,
            "=bridge toll rises says council(2) =undated bridge note(4) ",
            "documents are read by their numbers, where there are any");
}

static void test_metadata(struct xapian_reader *reader)
{
    char *value = NULL;
    size_t length = 0;
    struct list list;
    ok(!xapian_reader_metadata(&value, &length, reader, text("zone"), NULL) &&
           length == 3,
       "metadata is read");
    is_text(value, "utc", "and ends with NUL");
    free(value);
    value = room, length = 9;
    ok(!xapian_reader_metadata(&value, &length, reader, text("other"), NULL) &&
           !value && !length,
       "metadata that is not there is NULL");
    list = (struct list){.most = 0};
    xapian_reader_metadata_visit(reader, text(""), list_add, &list, NULL);
    is_text(list.text, "run.count=7(0) run.date=monday(0) zone=utc(0) ",
            "words are no metadata to be seen");
    ok(xapian_reader_metadata(&value, &length, reader, text(""), NULL) ==
           DATELINE_BAD_ARGUMENT,
       "an empty metadata key is refused");
    list = (struct list){.most = 0};
    xapian_reader_metadata_visit(reader, text("run."), list_add, &list, NULL);
    is_text(list.text, "run.count=7(0) run.date=monday(0) ",
            "metadata under a prefix in order");
}

static void test_words(struct xapian_reader *reader)
{
    struct list list = {.most = 0};
    xapian_reader_words(reader, text("bri"), list_add, &list, NULL);
    is_text(list.text, "bridge=(9) bridges=(2) ", "words under a prefix");
    list = (struct list){.most = 0};
    xapian_reader_words(reader, text("zz"), list_add, &list, NULL);
    is_text(list.text, "", "no words under a strange prefix");
    list = (struct list){.most = 0};
    xapian_reader_near_words(reader, text("bridhe"), list_add, &list, NULL);
    is_text(list.text, "bridge=(9) bridges=(2) ", "words near to another");
    list = (struct list){.most = 0};
    xapian_reader_near_words(reader, text("qqqqqqqqqq"), list_add, &list, NULL);
    is_text(list.text, "", "nothing is near to nonsense");
    list = (struct list){.most = 0};
    xapian_reader_words(reader, text(""), list_add, &list, NULL);
    is_text(list.text, "bridge=(9) bridges=(2) council=(5) ", "all words");
    list = (struct list){.most = 1};
    xapian_reader_words(reader, text("b"), list_add, &list, NULL);
    is_text(list.text, "bridge=(9) ", "a visitor ends the words");
}

static void test_search(struct xapian_reader *reader)
{
    struct xapian_request request = REQUEST;
    is_text(answer(reader, term_query("toll"), REQUEST), "bridge",
            "a term finds its document");
    is_text(answer(reader, term_query("council"), REQUEST),
            "council,harbour,bridge", "more occurrences rank higher");
    request.first = 1, request.most = 1;
    is_text(answer(reader, term_query("council"), request), "harbour",
            "hits are skipped and limited");
    request = REQUEST, request.weight = XAPIAN_BOOLEAN;
    is_text(answer(reader, term_query("council"), request),
            "harbour,bridge,council", "boolean keeps the order of the index");
    request = REQUEST, request.parameter = -1;
    ok(!strncmp(answer(reader, term_query("new"), request), "error", 5),
       "a negative parameter is refused");
    is_text(answer(reader, term_query("absent"), REQUEST), "",
            "no hit is no error");
    request = REQUEST, request.most = SIZE_MAX, request.first = 0;
    is_text(answer(reader, term_query("toll"), request), "bridge",
            "any number of hits may be wanted");
}

static void test_sort(struct xapian_reader *reader)
{
    struct xapian_request request = SORTED(0, true);
    is_text(answer(reader, term_query("bridge"), request),
            "new,harbour,bridge,undated", "newest first, undated last");
    request.descending = false;
    is_text(answer(reader, term_query("bridge"), request),
            "bridge,harbour,new,undated", "oldest first, undated last");
    request.first = 2, request.most = 2;
    is_text(answer(reader, term_query("bridge"), request), "new,undated",
            "a page may span dated and undated");
    request.first = 3;
    is_text(answer(reader, term_query("bridge"), request), "undated",
            "a page may lie in the undated");
    request.first = 4;
    is_text(answer(reader, term_query("bridge"), request), "",
            "a page may lie behind them");
    request.first = 1, request.most = 2;
    is_text(answer(reader, term_query("bridge"), request), "harbour,new",
            "a page may lie before them");
    struct xapian_hits *hits = NULL;
    struct xapian_query *query = term_query("bridge");
    request.query = query;
    request.check_at_least = 100;
    xapian_reader_search(&hits, reader, &request, NULL);
    ok(hits && hits->lower == 4 && hits->upper == 4,
       "totals hold the undated too");
    xapian_hits_free(hits);
    xapian_query_free(query);
}

static void test_hits(struct xapian_reader *reader)
{
    struct xapian_query *parts[2] = {term_query("new"), term_query("harbour")};
    struct xapian_query *query = NULL;
    struct xapian_hits *hits = NULL;
    struct xapian_request request = REQUEST;
    xapian_query_combine(&query, XAPIAN_OR, parts, 2, NULL);
    request.query = query;
    request.terms = true, request.value_slot = 0, request.check_at_least = 99;
    xapian_reader_search(&hits, reader, &request, NULL);
    ok(hits && hits->count == 2 && hits->lower == 2 && hits->estimated == 2,
       "all that match are counted");
    const struct xapian_hit *hit = hits->hits;
    ok(hit->document == 1 && hit->weight > hit[1].weight,
       "a hit has number and weight");
    ok(hit->term_count == 2 && hit[1].term_count == 1 &&
           !memcmp(hit[1].terms[0].bytes, "new", 4),
       "a hit tells which terms matched");
    is_text(hit->value.bytes, "20240301", "a hit brings the value asked for");
    is_text(hit->data.bytes, "harbour council opens new bridge",
            "a hit brings its data, NUL ended");
    xapian_hits_free(hits);
    request.no_data = true, request.terms = false;
    request.value_slot = request.sort_slot = 1;
    xapian_reader_search(&hits, reader, &request, NULL);
    ok(hits->hits[0].data.length == 0, "data may be left out");
    is_text(hits->hits[1].value.bytes, "b", "the value sorted by is at hand");
    xapian_hits_free(hits);
    for (int i = 0; i < 2; i++)
        xapian_query_free(parts[i]);
    xapian_query_free(query);
}

static struct xapian_query *pair(enum xapian_operator how, const char *a,
                                 const char *b)
{
    struct xapian_query *parts[2] = {term_query(a), term_query(b)};
    struct xapian_query *query = NULL;
    xapian_query_combine(&query, how, parts, 2, NULL);
    xapian_query_free(parts[0]);
    xapian_query_free(parts[1]);
    return query;
}

static void test_operators(struct xapian_reader *reader)
{
    static const struct {
        enum xapian_operator how;
        const char *a, *b, *want, *name;
    } rows[] = {
        {XAPIAN_AND, "council", "bridge", "harbour,bridge", "and"},
        {XAPIAN_OR, "toll", "ferries", "council,bridge", "or"},
        {XAPIAN_AND_NOT, "council", "toll", "council,harbour", "and not"},
        {XAPIAN_AND_MAYBE, "council", "toll", "bridge,council,harbour",
         "and maybe"},
        {XAPIAN_FILTER, "council", "toll", "bridge", "filter"},
        {XAPIAN_SYNONYM, "toll", "says", "bridge", "synonym"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        is_text(answer(reader, pair(rows[i].how, rows[i].a, rows[i].b), REQUEST),
                rows[i].want, rows[i].name);
    struct xapian_query *query = NULL;
    xapian_query_combine(&query, XAPIAN_OR, NULL, 0, NULL);
    is_text(answer(reader, query, REQUEST), "", "nothing combined finds nothing");
    struct xapian_request request = REQUEST;
    request.weight = XAPIAN_BOOLEAN;
    xapian_query_all(&query, NULL);
    is_text(answer(reader, query, request),
            "harbour,bridge,new,undated,council", "all finds all");
}

static const char *range(struct xapian_reader *reader, const char *begin,
                         const char *end)
{
    struct xapian_query *query = NULL;
    xapian_query_range(&query, 0, text(begin), text(end), NULL);
    return answer(reader, query, SORTED(0, false));
}

static void test_ranges(struct xapian_reader *reader)
{
    is_text(range(reader, "20230115", "20240301"), "bridge,harbour",
            "a range holds both its ends");
    is_text(range(reader, "20240302", ""), "new", "a range without an end");
    is_text(range(reader, "", "20230115"), "council,bridge",
            "a range without a beginning leaves out the undated");
    is_text(range(reader, "", ""), "council,bridge,harbour,new",
            "a range without both is all that has a value");
    is_text(range(reader, "2025", "2020"), "", "a range backwards is empty");
}

static double best_weight(struct xapian_reader *reader,
                          const struct xapian_query *query)
{
    struct xapian_request request = REQUEST;
    struct xapian_hits *hits = NULL;
    request.query = query;
    xapian_reader_search(&hits, reader, &request, NULL);
    double weight = hits && hits->count ? hits->hits[0].weight : 0;
    xapian_hits_free(hits);
    return weight;
}

static bool near(double a, double b)
{
    return a > 0 && a - b < 1e-9 && b - a < 1e-9;
}

static void test_query(struct xapian_reader *reader)
{
    struct xapian_query *one = term_query("bridge"), *query = NULL;
    dateline_error error = {0};
    ok(!xapian_query_scale(&query, one, 2.5, NULL) &&
           near(best_weight(reader, query), 2.5 * best_weight(reader, one)),
       "a query is scaled");
    xapian_query_free(query);
    ok(xapian_query_scale(&query, one, -1, &error) == DATELINE_BAD_QUERY,
       "a negative factor is refused");
    ok(xapian_query_term(&query, text(""), 1, NULL) == DATELINE_BAD_QUERY,
       "an empty term is refused");
    xapian_query_free(one);
    struct xapian_request request = REQUEST;
    struct xapian_hits *hits = NULL;
    ok(xapian_reader_search(&hits, reader, &request, NULL) ==
               DATELINE_BAD_ARGUMENT &&
           !hits,
       "a search without a query is refused");
}

static uint64_t count_at(struct xapian_reader *reader)
{
    uint64_t count = UINT64_MAX;
    xapian_reader_count(&count, reader, NULL);
    return count;
}

static uint64_t frequency_at(struct xapian_reader *reader, const char *term)
{
    uint64_t documents = UINT64_MAX;
    xapian_reader_frequency(&documents, reader, text(term), NULL);
    return documents;
}

static void test_writer(void)
{
    struct xapian_writer *writer = writer_at(at("w"));
    struct xapian_reader *own = xapian_writer_reader(writer);
    dateline_error error = {0};
    ok(!put(writer, "Qa", "one", NULL, NULL) && count_at(own) == 1,
       "a document is seen at once by its writer");
    struct xapian_reader *reader = reader_at(at("w"));
    ok(count_at(reader) == 0, "others see nothing before the commit");
    xapian_writer_commit(writer, NULL);
    xapian_reader_reopen(reader, NULL);
    ok(count_at(reader) == 1, "and all of it after");
    char longest[246];
    memset(longest, 'x', sizeof longest);
    struct xapian_term terms[2] = {{"new", 3, 1}, {longest, 246, 1}};
    struct xapian_document document = {.terms = terms, .term_count = 2};
    ok(xapian_writer_replace(writer, text("Qa"), &document, &error) ==
               DATELINE_LIMIT &&
           frequency_at(own, "one") == 1 && frequency_at(own, "new") == 0,
       "a term that is too long leaves the old document");
    printf("# %s\n", error.message);
    terms[1].length = 245;
    ok(!xapian_writer_replace(writer, text("Qa"), &document, NULL) &&
           frequency_at(own, "one") == 0 && frequency_at(own, "new") == 1,
       "the longest term is taken");
    memset(longest, 0, sizeof longest);
    terms[1].length = 140;
    ok(xapian_writer_replace(writer, text("Qa"), &document, NULL) ==
           DATELINE_LIMIT,
       "zero bytes count twice");
    ok(!xapian_writer_remove(writer, text("Qa"), NULL) && count_at(own) == 0 &&
           !xapian_writer_remove(writer, text("Qa"), NULL),
       "a key is removed, once and again");
    ok(xapian_writer_replace(writer, text(""), &document, NULL) ==
               DATELINE_BAD_ARGUMENT &&
           xapian_writer_remove(writer, text(""), NULL) ==
               DATELINE_BAD_ARGUMENT,
       "an empty key is refused");
    xapian_writer_close(writer);
    xapian_reader_reopen(reader, NULL);
    ok(count_at(reader) == 1, "closing drops what was not committed");
    xapian_reader_close(reader);
}

/* All documents and where they are, "date=words(number) ". */
static const char *all_of(struct xapian_reader *reader)
{
    static struct list list;
    list = (struct list){.most = 0};
    xapian_reader_values(reader, text(""), 0, list_add, &list, NULL);
    return list.text;
}

static void test_change(void)
{
    size_t faults = 9;
    struct xapian_writer *writer = writer_at(at("change"));
    struct xapian_reader *own = xapian_writer_reader(writer);
    put(writer, "Qa", "first edition page", "20240301", "x");
    put(writer, "Qb", "other page", NULL, NULL);
    xapian_writer_commit(writer, NULL);
    put(writer, "Qa", "second page page", "20240302", NULL);
    is_text(all_of(own), "20240302=second page page(1) =other page(2) ",
            "a document takes the number of the one before");
    ok(frequency_at(own, "first") == 0 && frequency_at(own, "second") == 1,
       "words that went are not found");
    uint64_t occurrences = 0;
    xapian_reader_occurrences(&occurrences, own, text("page"), NULL);
    ok(occurrences == 3, "one that came again counts as it does now");
    put(writer, "Qa", "second page", "20240302", NULL);
    xapian_reader_occurrences(&occurrences, own, text("page"), NULL);
    ok(occurrences == 2, "also when it comes less often");
    struct list list = {.most = 0};
    xapian_reader_values(own, text("Qa"), 1, list_add, &list, NULL);
    is_text(list.text, "=second page(1) ", "values that went are gone");
    put(writer, "Qa", "second page", "20240302", NULL);
    xapian_writer_commit(writer, NULL);
    is_text(all_of(own), "20240302=second page(1) =other page(2) ",
            "and an equal one changes nothing");
    xapian_writer_remove(writer, text("Qa"), NULL);
    put(writer, "Qa", "third", NULL, NULL);
    is_text(all_of(own), "=other page(2) =third(3) ",
            "one that was removed comes behind all others");
    put(writer, "Qc", "other third", NULL, NULL);
    put(writer, "other", "one", NULL, NULL);
    is_text(all_of(own), "=one(2) =third(3) ",
            "where a key has several documents they become one");
    put(writer, "Qd", "one", NULL, NULL);
    xapian_writer_remove(writer, text("one"), NULL);
    is_text(all_of(own), "=third(3) ", "or none");
    xapian_writer_commit(writer, NULL);
    ok(!xapian_check(&faults, at("change"), NULL, NULL, NULL) && faults == 0,
       "and the index is whole");
    xapian_writer_close(writer);
}

static void test_many(void)
{
    struct xapian_writer *writer = NULL;
    xapian_writer_open(&writer, at("many"), 10, NULL);
    char key[32];
    for (int i = 0; i < 100; i++) {
        snprintf(key, sizeof key, "Q%d", i);
        put(writer, key, "some words of a page", NULL, NULL);
    }
    struct xapian_reader *reader = reader_at(at("many"));
    ok(count_at(reader) == 0, "flushing is not committing");
    xapian_writer_commit(writer, NULL);
    for (int i = 0; i < 50; i++) {
        snprintf(key, sizeof key, "Q%d", i);
        put(writer, key, "other words", NULL, NULL);
    }
    xapian_writer_close(writer);
    xapian_reader_reopen(reader, NULL);
    uint64_t old = 0;
    xapian_reader_frequency(&old, reader, text("page"), NULL);
    ok(count_at(reader) == 100 && old == 100,
       "what was flushed and not committed is dropped");
    size_t faults = 9;
    ok(!xapian_check(&faults, at("many"), NULL, NULL, NULL) && faults == 0,
       "and the index is whole");
    xapian_reader_close(reader);
}

/* Bytes of postings on disk after 900 documents of two terms, none of which was
 * committed, when so many postings are held. */
static long bytes_written(size_t postings)
{
    struct xapian_writer *writer = NULL;
    struct stat info = {.st_size = -1};
    char key[32], words[32];
    xapian_writer_open(&writer, at("held"), postings, NULL);
    for (int i = 0; i < 900; i++) {
        snprintf(key, sizeof key, "Q%d", i);
        snprintf(words, sizeof words, "page number%d", i);
        put(writer, key, words, NULL, NULL);
    }
    stat(at("held/postlist.glass"), &info);
    xapian_writer_close(writer);
    return (long)info.st_size;
}

static void test_held(void)
{
    ok(bytes_written(0) == 0, "postings are held in memory");
    ok(bytes_written(500) > 0, "until they are as many as were asked for");
}

/* More words than are held in memory, in two runs. */
static void test_many_words(void)
{
    char word[32];
    for (int run = 0; run < 2; run++) {
        struct xapian_writer *writer = writer_at(at("words"));
        for (int i = 0; i < 100000; i++) {
            snprintf(word, sizeof word, "%c%cword%d", 'a' + i % 26,
                     'a' + i / 26 % 26, i);
            xapian_writer_add_word(writer, text(word), 1, NULL);
        }
        ok(xapian_writer_set_metadata(writer, text("\1words:aaw"), text("x"),
                                      NULL) == DATELINE_BAD_ARGUMENT,
           "nobody else writes where words are");
        xapian_writer_commit(writer, NULL);
        xapian_writer_close(writer);
    }
    struct xapian_reader *reader = reader_at(at("words"));
    struct list list = {.most = 0};
    xapian_reader_words(reader, text("zzword1"), list_add, &list, NULL);
    is_text(list.text, "zzword10139=(2) zzword10815=(2) zzword11491=(2) "
            "zzword12167=(2) zzword12843=(2) zzword1351=(2) zzword13519=(2) zzword14195=(2) "
            "zzword14871=(2) zzword15547=(2) zzword16223=(2) zzword16899=(2) "
            "zzword17575=(2) zzword18251=(2) zzword18927=(2) zzword19603=(2) ",
            "words of two runs are added up");
    list = (struct list){.most = 1};
    xapian_reader_near_words(reader, text("zzwodr17575"), list_add, &list, NULL);
    is_text(list.text, "zzword17575=(2) ", "and are near to others");
    xapian_reader_close(reader);
}

/* A reader opened before the writer's commits reads on. */
static void test_overtaken(void)
{
    struct xapian_writer *writer = writer_at(at("fast"));
    char key[32], words[64];
    for (int run = 0; run < 6; run++) {
        static struct xapian_reader *reader;
        for (int i = 0; i < 3000; i++) {
            snprintf(key, sizeof key, "Q%d", i);
            snprintf(words, sizeof words, "run%d page number%d", run, i);
            put(writer, key, words, NULL, NULL);
        }
        xapian_writer_commit(writer, NULL);
        if (run == 0)
            reader = reader_at(at("fast"));
        if (run < 5)
            continue;
        is_text(answer(reader, term_query("page"), REQUEST),
                "run5,run5,run5,run5,run5,run5,run5,run5,run5,run5",
                "a reader five commits behind is opened again");
        xapian_reader_close(reader);
    }
    xapian_writer_close(writer);
}

struct overtake {
    struct xapian_writer *writer;
    unsigned shown, repeated;
    char last[32];
};

/* While the walk goes on, the writer rewrites everything. */
static bool overtake_visit(void *context, struct xapian_bytes name,
                           struct xapian_bytes value, uint32_t frequency)
{
    struct overtake *to = context;
    char now[32], key[32];
    (void)value, (void)frequency;
    snprintf(now, sizeof now, "%.*s", (int)name.length, name.bytes);
    if (strcmp(now, to->last) <= 0)
        to->repeated++;
    memcpy(to->last, now, sizeof now);
    if (to->shown++ % 500)
        return true;
    for (int i = 0; i < 3000; i++) {
        snprintf(key, sizeof key, "Q%04d", i);
        put(to->writer, key, "page", NULL, NULL);
    }
    xapian_writer_commit(to->writer, NULL);
    return true;
}

static void test_overtaken_walk(void)
{
    struct overtake to = {.writer = writer_at(at("walk"))};
    overtake_visit(&to, text(""), text(""), 0);
    struct xapian_reader *reader = reader_at(at("walk"));
    to.shown = to.repeated = 0;
    dateline_error error = {0};
    ok(!xapian_reader_terms(reader, text("Q"), overtake_visit, &to, &error),
       "a walk goes on while a writer commits");
    ok(to.shown == 3000 && to.repeated == 0, "and shows each name once");
    printf("# %u shown, %u repeated: %s\n", to.shown, to.repeated,
           error.message);
    xapian_reader_close(reader);
    xapian_writer_close(to.writer);
}

/* Another process holds the lock until we close its pipe. */
static void test_lock(void)
{
    int up[2], down[2];
    char byte;
    if (pipe(up) || pipe(down))
        return;
    pid_t other = fork();
    if (!other) {
        close(down[1]);
        struct xapian_writer *writer = writer_at(at("index"));
        if (write(up[1], "", 1) == 1 && read(down[0], &byte, 1) == 0)
            xapian_writer_close(writer);
        _exit(0);
    }
    ok(read(up[0], &byte, 1) == 1, "another process opens the index");
    ok(writing_says(at("index")) == DATELINE_LOCKED, "then it is locked");
    ok(reading_says(at("index")) == DATELINE_OK, "but can be read");
    close(down[1]);
    waitpid(other, NULL, 0);
    ok(writing_says(at("index")) == DATELINE_OK, "and is free after");
    close(up[0]), close(up[1]), close(down[0]);
}

/* Writes 400 pages and commits; flushes often, so that much is on disk before. */
static dateline_status pages_write(const char *path, const char *words,
                                   bool committed, dateline_error *error)
{
    struct xapian_writer *writer = NULL;
    dateline_status status = xapian_writer_open(&writer, path, 10, error);
    for (int i = 0; i < 400 && !status; i++) {
        struct draft draft;
        char key[32];
        snprintf(key, sizeof key, "Q%d", i);
        status = xapian_writer_replace(
            writer, text(key), draft_make(&draft, words, NULL, NULL), error);
    }
    if (!status && !committed)
        kill(getpid(), SIGKILL);
    if (!status)
        status = xapian_writer_commit(writer, error);
    xapian_writer_close(writer);
    return status;
}

/* The status of writing in a process that dies, or whose files may not grow. */
static int writing_elsewhere(const char *path, bool limited)
{
    pid_t other = fork();
    if (!other) {
        dateline_error error = {0};
        struct rlimit limit = {8192, 8192};
        signal(SIGXFSZ, SIG_IGN);
        if (limited)
            setrlimit(RLIMIT_FSIZE, &limit);
        dateline_status status =
            pages_write(path, "second edition", limited, &error);
        _exit((int)status);
    }
    int status = 0;
    waitpid(other, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/* All pages are of the first edition, and a second run makes them the second. */
static void test_accident(const char *name, bool limited, int want)
{
    uint64_t first = 0;
    pages_write(at(name), "first edition", true, NULL);
    ok(writing_elsewhere(at(name), limited) == want, name);
    struct xapian_reader *reader = reader_at(at(name));
    xapian_reader_frequency(&first, reader, text("first"), NULL);
    ok(count_at(reader) == 400 && first == 400, "what was committed is kept");
    ok(!pages_write(at(name), "second edition", true, NULL),
       "and a second run goes through");
    xapian_reader_reopen(reader, NULL);
    xapian_reader_frequency(&first, reader, text("first"), NULL);
    size_t faults = 1;
    ok(!xapian_check(&faults, at(name), NULL, NULL, NULL) && !faults &&
           first == 0 && count_at(reader) == 400,
       "as if nothing had happened");
    xapian_reader_close(reader);
}

static void test_accidents(void)
{
    test_accident("killed before the commit", false, -SIGKILL);
    test_accident("a disk that is full", true, DATELINE_IO);
}

static void test_places(void)
{
    ok(reading_says(at("missing")) == DATELINE_NOT_FOUND, "no index");
    ok(reading_says(at("missing:70")) != DATELINE_OK, "no server");
    ok(reading_says("127.0.0.1:1") == DATELINE_IO, "a server that is not there");
    ok(writing_says(at("missing/deeper")) == DATELINE_IO, "no parent folder");
    file_write(at("page.html"), "<p>words</p>\n", 13);
    ok(reading_says(at("page.html")) == DATELINE_VERSION, "a page is no index");
    ok(writing_says(at("page.html")) == DATELINE_BAD_ARGUMENT,
       "a file is never overwritten");
    file_write(at("nothing"), "", 0);
    ok(reading_says(at("nothing")) == DATELINE_VERSION,
       "an empty file is no index");
    mkdir(at("foreign"), 0700);
    ok(reading_says(at("foreign")) == DATELINE_NOT_FOUND,
       "an empty folder is no index");
    file_write(at("foreign/letter.txt"), "x", 1);
    ok(writing_says(at("foreign")) == DATELINE_BAD_ARGUMENT &&
           access(at("foreign/flintlock"), F_OK) != 0,
       "a folder of other files is left alone");
    mkdir(at("begun"), 0700);
    file_write(at("begun/flintlock"), "", 0);
    file_write(at("begun/postlist.glass"), "", 0);
    file_write(at("begun/v.tmp"), "x", 1);
    ok(writing_says(at("begun")) == DATELINE_OK &&
           reading_says(at("begun")) == DATELINE_OK,
       "an index whose making was interrupted is made");
    ok(reading_says("/dev/null") != DATELINE_OK, "a device is no index");
    ok(writing_says("") == DATELINE_BAD_ARGUMENT, "an empty path is refused");
    struct xapian_reader *reader = NULL;
    ok(xapian_reader_open(&reader, NULL, 0, NULL) == DATELINE_BAD_ARGUMENT,
       "no path at all is refused");
}

static void test_stub(void)
{
    struct xapian_writer *writer = writer_at(at("second"));
    put(writer, "Q1", "second bridge", "20200101", "z");
    xapian_writer_set_metadata(writer, text("run.count"), text("2"), NULL);
    xapian_writer_set_metadata(writer, text("only"), text("here"), NULL);
    xapian_writer_add_word(writer, text("bridge"), 1, NULL);
    xapian_writer_add_word(writer, text("bright"), 3, NULL);
    xapian_writer_commit(writer, NULL);
    xapian_writer_close(writer);
    static const char stub[] = "# two\n\nauto index\nauto second\r\n";
    file_write(at("stub"), stub, sizeof stub - 1);
    struct xapian_reader *reader = reader_at(at("stub"));
    is_text(answer(reader, term_query("bridge"), SORTED(0, false)),
            "second,bridge,harbour,new,undated",
            "a stub file opens two indexes as one");
    struct list list = {.most = 0};
    xapian_reader_metadata_visit(reader, text("run.c"), list_add, &list, NULL);
    is_text(list.text, "run.count=7(0) run.count=2(0) ",
            "metadata of each of them is shown");
    char *value = NULL;
    size_t length;
    xapian_reader_metadata(&value, &length, reader, text("only"), NULL);
    is_text(value, "here", "and read from the first that has it");
    free(value);
    list = (struct list){.most = 0};
    xapian_reader_words(reader, text("bri"), list_add, &list, NULL);
    is_text(list.text, "bridge=(10) bridges=(2) bright=(3) ",
            "words of both are one list");
    file_write(at("stub"), stub, 18);
    xapian_reader_reopen(reader, NULL);
    ok(count_at(reader) == 5, "a stub that was rewritten is read again");
    xapian_reader_close(reader);
    static const char program[] = "remote :touch ran\n";
    file_write(at("evil"), program, sizeof program - 1);
    ok(reading_says(at("evil")) == DATELINE_VERSION,
       "a stub starts no programs");
    file_write(at("lost"), "auto nowhere\n", 13);
    ok(reading_says(at("lost")) == DATELINE_NOT_FOUND,
       "a stub of a missing index");
    const char *both[] = {at("index"), at("second")};
    xapian_reader_open(&reader, both, 2, NULL);
    ok(count_at(reader) == 6, "two paths are one index");
    uint64_t occurrences = 0;
    xapian_reader_occurrences(&occurrences, reader, text("bridge"), NULL);
    ok(occurrences == 7, "a term's occurrences are those of both");
    xapian_reader_close(reader);
}

static void test_compact(void)
{
    const char *from[] = {at("index"), at("second")};
    dateline_error error = {0};
    ok(!xapian_compact(at("small"), from, 2, &error), "two indexes are merged");
    printf("# %s\n", error.message);
    struct xapian_reader *reader = reader_at(at("small"));
    ok(count_at(reader) == 6, "with all their documents");
    struct list list = {.most = 0};
    xapian_reader_words(reader, text("bri"), list_add, &list, NULL);
    is_text(list.text, "bridge=(10) bridges=(2) bright=(3) ",
            "and all their words");
    xapian_reader_close(reader);
    ok(xapian_compact(at("second"), from, 1, NULL) == DATELINE_BAD_ARGUMENT,
       "an index is never overwritten");
    from[1] = at("missing");
    ok(xapian_compact(at("new"), from, 2, NULL) == DATELINE_NOT_FOUND &&
           access(at("new"), F_OK) != 0,
       "nothing is left of a merge that failed");
}

/* The index with one file changed. */
static dateline_status damaged_says(const char *name, const char *file,
                                    long from, size_t length)
{
    char path[600];
    index_make(at(name));
    snprintf(path, sizeof path, "%s/%s", at(name), file);
    if (from < 0)
        unlink(path);
    else if (length)
        file_zero(path, from, length);
    else if (truncate(path, from))
        return DATELINE_INTERNAL;
    const char *folder = at(name);
    struct xapian_reader *reader = NULL;
    dateline_error error = {0};
    dateline_status status = xapian_reader_open(&reader, &folder, 1, &error);
    struct xapian_request request = REQUEST;
    struct xapian_hits *hits = NULL;
    struct xapian_query *query = term_query("bridge");
    request.query = query;
    if (!status)
        status = xapian_reader_search(&hits, reader, &request, &error);
    xapian_hits_free(hits);
    xapian_query_free(query);
    xapian_reader_close(reader);
    return status_of(status, &error);
}

static void test_damage(void)
{
    ok(damaged_says("d1", "iamglass", -1, 0) == DATELINE_CORRUPT,
       "iamglass is missing");
    ok(writing_says(at("d1")) == DATELINE_CORRUPT, "nor is it written");
    ok(damaged_says("d2", "iamglass", 0, 0) == DATELINE_CORRUPT,
       "iamglass is empty");
    ok(damaged_says("d3", "iamglass", 0, 60) == DATELINE_CORRUPT,
       "iamglass is zeroed");
    ok(damaged_says("d9", "iamglass", 32, 40) == DATELINE_CORRUPT,
       "iamglass knows no tables");
    ok(damaged_says("da", "iamglass", 32, 1) == DATELINE_CORRUPT,
       "iamglass is older than its tables, and nobody writes");
    ok(damaged_says("d8", "iamglass", 14, 2) == DATELINE_VERSION,
       "iamglass is of another version");
    ok(damaged_says("d4", "postlist.glass", -1, 0) == DATELINE_CORRUPT,
       "the posting list is missing");
    ok(writing_says(at("d4")) == DATELINE_CORRUPT &&
           access(at("d4/postlist.glass"), F_OK) != 0,
       "nor is an empty one put in its place");
    ok(damaged_says("d5", "postlist.glass", 0, 0) == DATELINE_CORRUPT,
       "the posting list is empty");
    ok(damaged_says("d6", "postlist.glass", 0, 8192) == DATELINE_CORRUPT,
       "the posting list is zeroed");
    ok(damaged_says("d7", "docdata.glass", 0, 8192) == DATELINE_CORRUPT,
       "the documents are zeroed");
    struct list list = {.most = 0};
    size_t faults = 0;
    dateline_error error = {0};
    dateline_status status =
        xapian_check(&faults, at("d7"), list_add, &list, &error);
    ok(status == DATELINE_CORRUPT || faults > 0, "a check finds it");
    printf("# %u %zu %s %s\n", status, faults, list.text, error.message);
    ok(!xapian_check(&faults, at("index"), list_add, &list, NULL) && !faults,
       "and finds nothing in a good one");
    ok(xapian_check(&faults, at("missing"), NULL, NULL, NULL) ==
           DATELINE_NOT_FOUND,
       "nor in none");
}

static void test_stemmer(void)
{
    struct xapian_stemmer *stemmer = NULL;
    dateline_error error = {0};
    ok(xapian_stemmer_open(&stemmer, "klingon", &error) ==
               DATELINE_BAD_ARGUMENT &&
           !stemmer,
       "an unknown language is refused");
    printf("# %s\n", error.message);
    xapian_stemmer_open(&stemmer, "english", NULL);
    struct xapian_bytes stem = {0};
    bool same = true;
    for (int i = 0; i < 3; i++) {
        stem = xapian_stemmer_stem(stemmer, "bridges", 7);
        same = same && stem.length == 5 && !memcmp(stem.bytes, "bridg", 5);
    }
    ok(same, "a word is stemmed, and again from the cache");
    char word[100];
    memset(word, 'a', sizeof word);
    stem = xapian_stemmer_stem(stemmer, word, 100);
    ok(stem.length == 100, "a long word passes the cache by");
    stem = xapian_stemmer_stem(stemmer, "", 0);
    ok(stem.length == 0, "nothing stays nothing");
    for (int i = 0; i < 200000 && same; i++) {
        int length = snprintf(word, sizeof word, "w%dx", i);
        stem = xapian_stemmer_stem(stemmer, word, (size_t)length);
        same = stem.length == (size_t)length && !memcmp(stem.bytes, word, stem.length);
    }
    ok(same, "more words than the cache holds");
    stem = xapian_stemmer_stem(stemmer, "councils", 8);
    ok(stem.length == 7 && !memcmp(stem.bytes, "council", 7), "and on");
    xapian_stemmer_close(stemmer);
    xapian_stemmer_open(&stemmer, "none", NULL);
    stem = xapian_stemmer_stem(stemmer, "councils", 8);
    ok(stem.length == 8, "no stemmer leaves words as they are");
    xapian_stemmer_close(stemmer);
}

static void test_null(void)
{
    xapian_writer_close(NULL);
    xapian_reader_close(NULL);
    xapian_query_free(NULL);
    xapian_hits_free(NULL);
    xapian_stemmer_close(NULL);
    ok(true, "every free and close takes NULL");
}

int main(void)
{
    unsetenv("XAPIAN_FLUSH_THRESHOLD"); /* a user's own would be heard */
    const char *temporary = getenv("TMPDIR");
    snprintf(room, sizeof room, "%s/xapian_c.XXXXXX",
             temporary && *temporary ? temporary : "/tmp");
    if (!mkdtemp(room))
        return perror(room), 2;
    index_make(at("index"));
    struct xapian_reader *reader = reader_at(at("index"));
    test_reader(reader);
    test_metadata(reader);
    test_words(reader);
    test_search(reader);
    test_sort(reader);
    test_hits(reader);
    test_operators(reader);
    test_ranges(reader);
    test_query(reader);
    xapian_reader_close(reader);
    test_writer();
    test_change();
    test_many();
    test_held();
    test_many_words();
    test_overtaken();
    test_overtaken_walk();
    test_lock();
    test_accidents();
    test_places();
    test_stub();
    test_compact();
    test_damage();
    test_stemmer();
    test_null();
    nftw(room, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return done();
}
