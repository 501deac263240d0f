/* The floor under writing: the passages that `dateline-index --dry-run` prints
 * as JSON lines, written once by plain Xapian and once through our border.
 *
 *   dateline-index --dry-run PATH | write xapian|border FOLDER [FLUSH]
 *   -> articles=N passages=N terms=N prepare=S cpu=S commit=S
 *
 * A passage is a document: its stemmed words and the title's, its text as data,
 * the article's key, date and key as values. An article is one more: the same
 * words under XW. `prepare` is reading JSON, parting and stemming words; `cpu` is
 * all that Xapian costs. */
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

struct document {
    string data;
    std::map<string, uint32_t> terms; /* with their frequencies */
};

struct article {
    string key, date;
    vector<document> documents;
};

double cpu_now()
{
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) +
           static_cast<double>(time.tv_nsec) / 1e9;
}

/* ----------------------------------------------------------------- preparing */

void add_words(document *to, xapian_stemmer *stemmer, const string &prefix,
               const string &text)
{
    static struct text_word word;
    size_t at = 0;
    while (text_word(&word, text.data(), text.size(), &at)) {
        xapian_bytes stem = xapian_stemmer_stem(stemmer, word.term, word.length);
        to->terms[prefix + string(stem.bytes, stem.length)]++;
    }
}

size_t number_at(const json *pair, int which)
{
    const json *item = pair->child;
    while (item && which--)
        item = item->next;
    return item ? static_cast<size_t>(item->number) : 0;
}

string text_at(const json *object, const char *name)
{
    const char *text = json_text(object, name);
    return text ? text : "";
}

article prepare(const json *line, xapian_stemmer *stemmer)
{
    article result;
    string body = text_at(line, "body"), title = text_at(line, "title");
    result.key = ("Q" + text_at(line, "id")).substr(0, 200);
    result.date = text_at(json_member(line, "published"), "date");
    const json *passages = json_member(line, "passages");
    for (const json *pair = passages ? passages->child : nullptr; pair;
         pair = pair->next) {
        size_t start = number_at(pair, 0), end = number_at(pair, 1);
        if (start > end || end > body.size())
            continue;
        document passage;
        passage.data = body.substr(start, end - start);
        add_words(&passage, stemmer, "", passage.data);
        add_words(&passage, stemmer, "", title);
        add_words(&passage, stemmer, "S", title);
        passage.terms["Kpassage"];
        result.documents.push_back(std::move(passage));
    }
    document whole;
    add_words(&whole, stemmer, "XW", title + "\n" + body);
    whole.terms["Karticle"];
    result.documents.push_back(std::move(whole));
    return result;
}

/* ------------------------------------------------------------------- writing */

struct sink {
    virtual void write(const article &from) = 0;
    virtual void commit() = 0;
    virtual ~sink() {}
};

class plain : public sink {
    Xapian::WritableDatabase database;

public:
    explicit plain(const char *path)
        : database(path, Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS)
    {
    }
    void write(const article &from) override
    {
        for (const document &part : from.documents) {
            Xapian::Document to;
            to.set_data(part.data);
            to.add_boolean_term(from.key);
            for (const auto &row : part.terms)
                to.add_term(row.first, row.second);
            to.add_value(0, from.date);
            to.add_value(1, from.key);
            database.add_document(to);
        }
    }
    void commit() override
    {
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
    border(const char *path, unsigned flush)
    {
        check(xapian_writer_open(&writer, path, flush, &error), error);
    }
    void write(const article &from) override
    {
        size_t count = from.documents.size();
        vector<vector<xapian_term>> terms(count);
        vector<xapian_document> documents(count);
        xapian_value values[] = {{0, from.date.data(), from.date.size()},
                                 {1, from.key.data(), from.key.size()}};
        for (size_t i = 0; i < count; i++) {
            const document &part = from.documents[i];
            for (const auto &row : part.terms)
                terms[i].push_back(
                    {row.first.data(), row.first.size(), row.second});
            documents[i] = {{part.data.data(), part.data.size()},
                            terms[i].data(), terms[i].size(), values, 2};
        }
        check(xapian_writer_replace(writer,
                                    {from.key.data(), from.key.size()},
                                    documents.data(), count, &error),
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
    size_t articles = 0, passages = 0, terms = 0;
    double prepared = 0, written = 0, begin = cpu_now();
    for (string line; std::getline(std::cin, line); articles++) {
        arena memory = {};
        const json *object = nullptr;
        check(json_read(&object, &memory, line.data(), line.size(),
                        LIMIT_JSON_DEPTH, false, &error),
              error);
        article next = prepare(object, stemmer);
        arena_release(&memory);
        passages += next.documents.size() - 1;
        for (const document &part : next.documents)
            terms += part.terms.size();
        double middle = cpu_now();
        prepared += middle - begin;
        to->write(next);
        begin = cpu_now();
        written += begin - middle;
    }
    to->commit();
    double last = cpu_now() - begin;
    xapian_stemmer_close(stemmer);
    printf("articles=%zu passages=%zu terms=%zu prepare=%.2f cpu=%.2f "
           "commit=%.2f\n",
           articles, passages, terms, prepared, written + last, last);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    string how = argc > 2 ? argv[1] : "";
    unsigned flush = argc > 3 ? static_cast<unsigned>(atoi(argv[3])) : 1000;
    setenv("XAPIAN_FLUSH_THRESHOLD", std::to_string(flush).c_str(), 1);
    if (how == "xapian")
        return run(std::make_unique<plain>(argv[2]).get());
    if (how == "border")
        return run(std::make_unique<border>(argv[2], flush).get());
    std::cerr << "usage: write xapian|border FOLDER [FLUSH]\n";
    return 2;
}
