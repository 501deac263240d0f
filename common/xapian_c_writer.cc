/* Documents go in, each under its key, and for good once they are committed. */
#include "common/xapian_c_part.hh"

#include <cstdlib>
#include <memory>

namespace {

void values_set(Xapian::Document *to, const xapian_document *from)
{
    for (size_t i = 0; i < from->value_count; i++)
        to->add_value(from->values[i].slot, string(from->values[i].bytes,
                                                   from->values[i].length));
}

void terms_set(Xapian::Document *to, const xapian_document *from)
{
    string name;
    for (size_t i = 0; i < from->term_count; i++) {
        const xapian_term *term = &from->terms[i];
        check_name("term", term->bytes, term->length);
        name.assign(term->bytes, term->length);
        to->add_term(name, term->frequency);
    }
}

Xapian::Document document_build(const xapian_document *from, const string &key)
{
    Xapian::Document document;
    document.set_data(text_of(from->data));
    document.add_boolean_term(key);
    terms_set(&document, from);
    values_set(&document, from);
    return document;
}

/* ----------------------------------------------------------------- writing */

/* The one way to tell Xapian 1.4 when to flush is its environment variable,
 * which it reads as it opens. A user's own setting wins. */
class flush_setting {
    static constexpr const char *name = "XAPIAN_FLUSH_THRESHOLD";
    bool ours;

public:
    explicit flush_setting(unsigned documents) : ours(!getenv(name))
    {
        if (ours)
            setenv(name, std::to_string(documents).c_str(), 1);
    }
    ~flush_setting()
    {
        if (ours)
            unsetenv(name);
    }
    flush_setting(const flush_setting &) = delete;
    flush_setting &operator=(const flush_setting &) = delete;
};

/* All changes between two commits are one transaction: Xapian then flushes
 * what it holds without committing it, so a crash never leaves half an article,
 * readers are overtaken less often, and close drops what was not committed. */
template <typename Body> void writing(xapian_writer *writer, Body body)
{
    if (writer->torn)
        throw failure{DATELINE_IO, "an earlier change failed half way; what "
                                   "was not committed is dropped"};
    if (!writer->changing)
        writer->database.begin_transaction(false);
    writer->changing = true;
    writer->torn = true;
    body(&writer->database);
    writer->torn = false;
}

void commit(xapian_writer *writer)
{
    writing(writer, [&](Xapian::WritableDatabase *database) {
        words_flush(database, &writer->words);
        writer->changing = false;
        database->commit_transaction();
        database->commit();
    });
}

} // namespace

/* ------------------------------------------------------------------ public */

dateline_status xapian_writer_open(struct xapian_writer **out, const char *path,
                                   unsigned flush, dateline_error *error)
{
    return guard(error, path, [&] {
        must([&](dateline_error *told) {
            return xapian_folder_claim(path, told);
        });
        flush_setting setting(flush ? flush : 1000);
        auto writer = std::make_unique<xapian_writer>();
        writer->database = Xapian::WritableDatabase(
            path, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
        writer->view.name = path;
        writer->view.all = writer->database;
        writer->view.parts.push_back(writer->database);
        *out = writer.release();
    });
}

dateline_status xapian_writer_replace(struct xapian_writer *writer,
                                      struct xapian_bytes key,
                                      const struct xapian_document *document,
                                      dateline_error *error)
{
    return guard(error, writer->view.name.c_str(), [&] {
        check_name("key", key.bytes, key.length);
        string name = text_of(key);
        Xapian::Document ready = document_build(document, name);
        writing(writer, [&](Xapian::WritableDatabase *database) {
            database->replace_document(name, ready);
        });
    });
}

dateline_status xapian_writer_remove(struct xapian_writer *writer,
                                     struct xapian_bytes key,
                                     dateline_error *error)
{
    return guard(error, writer->view.name.c_str(), [&] {
        check_name("key", key.bytes, key.length);
        string name = text_of(key);
        writing(writer, [&](Xapian::WritableDatabase *database) {
            database->delete_document(name);
        });
    });
}

dateline_status xapian_writer_set_metadata(struct xapian_writer *writer,
                                           struct xapian_bytes key,
                                           struct xapian_bytes value,
                                           dateline_error *error)
{
    return guard(error, writer->view.name.c_str(), [&] {
        check_key(key);
        writing(writer, [&](Xapian::WritableDatabase *database) {
            database->set_metadata(text_of(key), text_of(value));
        });
    });
}

dateline_status xapian_writer_add_word(struct xapian_writer *writer,
                                       struct xapian_bytes word,
                                       uint32_t frequency,
                                       dateline_error *error)
{
    return guard(error, writer->view.name.c_str(), [&] {
        enum { most_words = 1 << 16 };
        check_name("word", word.bytes, word.length);
        writing(writer, [&](Xapian::WritableDatabase *database) {
            words_count(&writer->words, text_of(word), frequency);
            if (writer->words.size() >= most_words)
                words_flush(database, &writer->words);
        });
    });
}

dateline_status xapian_writer_commit(struct xapian_writer *writer,
                                     dateline_error *error)
{
    return guard(error, writer->view.name.c_str(), [&] { commit(writer); });
}

struct xapian_reader *xapian_writer_reader(struct xapian_writer *writer)
{
    return &writer->view;
}

void xapian_writer_close(struct xapian_writer *writer)
{
    if (!writer)
        return;
    guard(nullptr, "", [&] {
        if (writer->changing)
            writer->database.cancel_transaction();
    });
    guard(nullptr, "", [&] { writer->database.close(); });
    delete writer;
}
