/* Documents go in, under keys: all of a key or none, and for good once they are
 * committed. */
#include "common/xapian_c_part.hh"

#include <cstdlib>
#include <memory>

namespace {

void check_documents(const xapian_document *documents, size_t count)
{
    for (size_t d = 0; d < count; d++)
        for (size_t t = 0; t < documents[d].term_count; t++)
            check_name("term", documents[d].terms[t].bytes,
                       documents[d].terms[t].length);
}

void add_term(Xapian::Document *to, const xapian_term *term, string *name)
{
    name->assign(term->bytes, term->length);
    to->add_term(*name, term->frequency);
}

void values_set(Xapian::Document *to, const xapian_document *from)
{
    for (size_t i = 0; i < from->value_count; i++)
        to->add_value(from->values[i].slot, string(from->values[i].bytes,
                                                   from->values[i].length));
}

Xapian::Document document_build(const xapian_document *from, const string &key)
{
    Xapian::Document document;
    string name;
    document.set_data(text_of(from->data));
    document.add_boolean_term(key);
    for (size_t i = 0; i < from->term_count; i++)
        add_term(&document, &from->terms[i], &name);
    values_set(&document, from);
    return document;
}

/* --------------------------------------------------------------- replacing */

void term_sign(string *sign, const char *name, size_t length,
               uint32_t frequency)
{
    sign->push_back(static_cast<char>(length));
    sign->append(name, length);
    sign->append(reinterpret_cast<const char *>(&frequency), sizeof frequency);
}

/* What a document is found by but for its key, as one string: the same for two
 * that have the same terms. */
string terms_sign(const xapian_document *document)
{
    string sign;
    for (size_t i = 0; i < document->term_count; i++) {
        const xapian_term *term = &document->terms[i];
        term_sign(&sign, term->bytes, term->length, term->frequency);
    }
    return sign;
}

string terms_sign(const Xapian::Database &in, Xapian::docid number,
                  const string &key)
{
    string sign;
    for (Xapian::TermIterator term = in.termlist_begin(number);
         term != in.termlist_end(number); ++term) {
        const string name = *term;
        if (name != key)
            term_sign(&sign, name.data(), name.size(), term.get_wdf());
    }
    return sign;
}

/* Where the documents of a key are to go. */
struct plan {
    Xapian::docid first;        /* of their places, or 0: behind all others */
    vector<bool> alike;         /* the old one there has the same terms */
    vector<Xapian::docid> left; /* old ones that nothing takes the place of */
};

/* They lie one behind the other, since so their numbers are known. Where they are
 * no more than before they take the old places, and of most articles that changed
 * most documents keep their terms: only what tells the two apart is written. */
plan plan_make(const Xapian::Database &in, const string &key,
               const xapian_document *documents, size_t count)
{
    plan out{0, vector<bool>(count), {}};
    vector<Xapian::docid> old(in.postlist_begin(key), in.postlist_end(key));
    if (old.empty() || old.size() < count ||
        old.back() - old.front() + 1 != old.size()) {
        out.left = old;
        return out;
    }
    out.first = old.front();
    out.left.assign(old.begin() + static_cast<ptrdiff_t>(count), old.end());
    for (size_t i = 0; i < count; i++)
        out.alike[i] = terms_sign(in, old[i], key) == terms_sign(&documents[i]);
    return out;
}

bool has_values(const Xapian::Document &document, const xapian_document *wanted)
{
    if (document.values_count() != wanted->value_count)
        return false;
    for (size_t i = 0; i < wanted->value_count; i++)
        if (document.get_value(wanted->values[i].slot) !=
            string(wanted->values[i].bytes, wanted->values[i].length))
            return false;
    return true;
}

/* The old document has the new one's terms: perhaps its data and values too. */
void document_patch(Xapian::WritableDatabase *database, Xapian::docid number,
                    const xapian_document *wanted)
{
    bool changed = false;
    Xapian::Document document = database->get_document(number);
    if (document.get_data() != text_of(wanted->data)) {
        document.set_data(text_of(wanted->data));
        changed = true;
    }
    if (!has_values(document, wanted)) {
        document.clear_values();
        values_set(&document, wanted);
        changed = true;
    }
    if (changed)
        database->replace_document(number, document);
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
                                      const struct xapian_document *documents,
                                      size_t count, dateline_error *error)
{
    return guard(error, writer->view.name.c_str(), [&] {
        check_name("key", key.bytes, key.length);
        check_documents(documents, count);
        string name = text_of(key);
        plan where = plan_make(writer->database, name, documents, count);
        vector<Xapian::Document> ready(count);
        for (size_t i = 0; i < count; i++)
            if (!where.alike[i])
                ready[i] = document_build(&documents[i], name);
        writing(writer, [&](Xapian::WritableDatabase *database) {
            for (Xapian::docid number : where.left)
                database->delete_document(number);
            for (size_t i = 0; i < count; i++) {
                auto number = where.first + static_cast<Xapian::docid>(i);
                if (where.alike[i])
                    document_patch(database, number, &documents[i]);
                else if (where.first)
                    database->replace_document(number, ready[i]);
                else
                    database->add_document(ready[i]);
            }
        });
    });
}

dateline_status xapian_writer_remove(struct xapian_writer *writer,
                                     struct xapian_bytes key,
                                     dateline_error *error)
{
    return xapian_writer_replace(writer, key, nullptr, 0, error);
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
