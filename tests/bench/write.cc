/* The floor under writing: the articles that `dateline-index --dry-run` prints
 * as JSON lines, written once by plain Xapian and once through our border.
 *
 *   dateline-index --dry-run PATH | write xapian|border FOLDER
 *   -> articles=N terms=N prepare=S cpu=S commit=S
 *
 * An article is a document: the stems of its title and body, the title's under S
 * once more, its key; its body as data, its date as value. `prepare` is reading
 * JSON, parting and stemming words; `cpu` is all that Xapian costs. */
#pragma GCC diagnostic ignored "-Wshadow" /* text_word: a struct and a function */
extern "C" {
#include "common/json.h"
#include "common/limit.h"
#include "common/text.h"
}
#include "common/xapian_c.h"

#include <xapian.h>

#include <ctime>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

using std::string;
using std::vector;

namespace {

struct article {
    string key, date, body;
    std::map<string, uint32_t> terms; /* with their frequencies */
};

double cpu_now()
{
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) +
           static_cast<double>(time.tv_nsec) / 1e9;
}

/* ----------------------------------------------------------------- preparing */

void add_words(article *to, xapian_stemmer *stemmer, const string &prefix,
               const string &text)
{
    static struct text_word word;
    size_t at = 0;
    while (text_word(&word, text.data(), text.size(), &at)) {
        xapian_bytes stem = xapian_stemmer_stem(stemmer, word.term, word.length);
        to->terms[prefix + string(stem.bytes, stem.length)]++;
    }
}

string text_at(const json *object, const char *name)
{
    const char *text = json_text(object, name);
    return text ? text : "";
}

article prepare(const json *line, xapian_stemmer *stemmer)
{
    article result;
    string title = text_at(line, "title");
    result.body = text_at(line, "body");
    result.key = ("Q" + text_at(line, "id")).substr(0, 200);
    result.date = text_at(json_member(line, "published"), "date");
    add_words(&result, stemmer, "", title);
    add_words(&result, stemmer, "", result.body);
    add_words(&result, stemmer, "S", title);
    return result;
}

/* ------------------------------------------------------------------- writing */

struct sink {
    virtual void write(const article &from) = 0;
    virtual void commit() = 0;
    virtual ~sink() {}
};

/* As Xapian's manual has it, with as many documents in memory as cost the least
 * here, and one commit. */
class plain : public sink {
    Xapian::WritableDatabase database;

public:
    explicit plain(const char *path)
    {
        setenv("XAPIAN_FLUSH_THRESHOLD", "500", 0);
        database = Xapian::WritableDatabase(
            path, Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
        database.begin_transaction(false);
    }
    void write(const article &from) override
    {
        Xapian::Document to;
        to.set_data(from.body);
        to.add_boolean_term(from.key);
        for (const auto &row : from.terms)
            to.add_term(row.first, row.second);
        to.add_value(0, from.date);
        database.add_document(to);
    }
    void commit() override
    {
        database.commit_transaction();
        database.commit();
    }
};

void check(dateline_status status, const dateline_error &error)
{
    if (!status)
        return;
    std::cerr << error.message << "\n";
    exit(2);
}

class border : public sink {
    xapian_writer *writer = nullptr;
    dateline_error error = {};

public:
    explicit border(const char *path)
    {
        check(xapian_writer_open(&writer, path, 0, &error), error);
    }
    void write(const article &from) override
    {
        vector<xapian_term> terms;
        terms.reserve(from.terms.size());
        for (const auto &row : from.terms)
            terms.push_back({row.first.data(), row.first.size(), row.second});
        xapian_value date = {0, from.date.data(), from.date.size()};
        xapian_document document = {{from.body.data(), from.body.size()},
                                    terms.data(), terms.size(), &date, 1};
        check(xapian_writer_replace(writer,
                                    {from.key.data(), from.key.size()},
                                    &document, &error),
              error);
    }
    void commit() override
    {
        check(xapian_writer_commit(writer, &error), error);
    }
    ~border() override
    {
        xapian_writer_close(writer);
    }
};

int run(sink *to)
{
    xapian_stemmer *stemmer = nullptr;
    dateline_error error = {};
    check(xapian_stemmer_open(&stemmer, "english", &error), error);
    size_t articles = 0, terms = 0;
    double prepared = 0, written = 0, begin = cpu_now();
    for (string line; std::getline(std::cin, line); articles++) {
        arena memory = {};
        const json *object = nullptr;
        check(json_read(&object, &memory, line.data(), line.size(),
                        LIMIT_JSON_DEPTH, false, &error),
              error);
        article next = prepare(object, stemmer);
        arena_release(&memory);
        terms += next.terms.size();
        double middle = cpu_now();
        prepared += middle - begin;
        to->write(next);
        begin = cpu_now();
        written += begin - middle;
    }
    to->commit();
    double last = cpu_now() - begin;
    xapian_stemmer_close(stemmer);
    printf("articles=%zu terms=%zu prepare=%.2f cpu=%.2f commit=%.2f\n",
           articles, terms, prepared, written + last, last);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    string how = argc > 2 ? argv[1] : "";
    if (how == "xapian")
        return run(std::make_unique<plain>(argv[2]).get());
    if (how == "border")
        return run(std::make_unique<border>(argv[2]).get());
    std::cerr << "usage: write xapian|border FOLDER\n";
    return 2;
}
