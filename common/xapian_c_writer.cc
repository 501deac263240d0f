/* Documents go in, each under its key, and for good once they are committed. */
#include "common/xapian_c_part.hh"

#include <memory>

namespace {

/* Whether that changes a posting; what is met goes from the old terms. */
bool term_set(Xapian::Document *to, const string &name, uint32_t frequency,
              vocabulary *old)
{
    auto before = old->find(name);
    if (before != old->end()) {
        uint32_t was = before->second;
        old->erase(before);
        if (was == frequency)
            return false;
        to->remove_term(name);
    }
    to->add_term(name, frequency);
    return true;
}

/* A document comes to have these terms, its key, and no others; an old one has
 * some of them. Returns how many postings that changes. */
size_t terms_set(Xapian::Document *to, const xapian_document *from,
                 const string &key)
{
    vocabulary old;
    for (auto term = to->termlist_begin(); term != to->termlist_end(); ++term)
        old[*term] = term.get_wdf();
    size_t changed = 0;
    string name;
    for (size_t i = 0; i < from->term_count; i++) {
        const xapian_term *term = &from->terms[i];
        check_name("term", term->bytes, term->length);
        name.assign(term->bytes, term->length);
        changed += term_set(to, name, term->frequency, &old);
    }
    if (!old.erase(key))
        to->add_boolean_term(key);
    for (const auto &left : old)
        to->remove_term(left.first);
    return changed + old.size();
}

void values_set(Xapian::Document *to, const xapian_document *from)
{
    to->clear_values();
    for (size_t i = 0; i < from->value_count; i++)
        to->add_value(from->values[i].slot, string(from->values[i].bytes,
                                                   from->values[i].length));
}

/* The documents of a key: one, unless somebody else has written here. */
vector<Xapian::docid> numbers_of(const Xapian::Database &in, const string &key)
{
    return {in.postlist_begin(key), in.postlist_end(key)};
}

/* Empties it first, and returns how many postings it had. Where a document goes,
 * or another takes its place, Xapian notes of each term that it has no positions
 * any more, and holds these notes until the commit (6,000 articles: 250 MB). Where
 * one that was read is changed it does not. */
size_t document_remove(Xapian::WritableDatabase *from, Xapian::docid number)
{
    Xapian::Document old = from->get_document(number);
    vector<string> terms(old.termlist_begin(), old.termlist_end());
    for (const string &term : terms)
        old.remove_term(term);
    from->replace_document(number, old);
    from->delete_document(number);
    return terms.size();
}

/* ----------------------------------------------------------------- writing */

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

/* Xapian itself holds postings until so many documents have changed, were they
 * lines or books. Who walks over all terms has to see them, so beginning that walk
 * writes them. */
void hold(xapian_writer *writer, size_t postings)
{
    writer->held += postings;
    if (writer->held < writer->most_held)
        return;
    writer->database.allterms_begin();
    writer->held = 0;
}

void commit(xapian_writer *writer)
{
    writing(writer, [&](Xapian::WritableDatabase *database) {
        words_flush(database, &writer->words);
        writer->changing = false;
        database->commit_transaction();
        database->commit();
        writer->held = 0;
    });
}

} // namespace

/* ------------------------------------------------------------------ public */

dateline_status xapian_writer_open(struct xapian_writer **out, const char *path,
                                   size_t postings, dateline_error *error)
{
    return guard(error, path, [&] {
        must([&](dateline_error *told) {
            return xapian_folder_claim(path, told);
        });
        auto writer = std::make_unique<xapian_writer>();
        writer->database = Xapian::WritableDatabase(
            path, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
        writer->most_held = postings ? postings : size_t{XAPIAN_POSTINGS};
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
        vector<Xapian::docid> old = numbers_of(writer->database, name);
        Xapian::Document ready;
        if (!old.empty())
            ready = writer->database.get_document(old[0]);
        size_t postings = terms_set(&ready, document, name);
        values_set(&ready, document);
        ready.set_data(text_of(document->data));
        writing(writer, [&](Xapian::WritableDatabase *database) {
            if (old.empty())
                database->add_document(ready);
            else
                database->replace_document(old[0], ready);
            for (size_t i = 1; i < old.size(); i++)
                postings += document_remove(database, old[i]);
            hold(writer, postings);
        });
    });
}

dateline_status xapian_writer_remove(struct xapian_writer *writer,
                                     struct xapian_bytes key,
                                     dateline_error *error)
{
    return guard(error, writer->view.name.c_str(), [&] {
        check_name("key", key.bytes, key.length);
        vector<Xapian::docid> old = numbers_of(writer->database, text_of(key));
        writing(writer, [&](Xapian::WritableDatabase *database) {
            size_t postings = 0;
            for (Xapian::docid number : old)
                postings += document_remove(database, number);
            hold(writer, postings);
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
