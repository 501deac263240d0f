/* Everything that can be asked of an index but a search: lists that may be long
 * are shown to a visitor, and go on where they were when a writer overtakes. */
#include "common/xapian_c_part.hh"

#include <memory>

namespace {

/* Shows the names that begin with prefix, from where the walk is. Not every
 * iterator of Xapian's keeps to a prefix, so this looks for itself; and one of
 * them invents an empty name when it is sent to one. */
template <typename Show>
bool names_walk(progress *walk, Xapian::TermIterator at, const string &prefix,
                Show show)
{
    const Xapian::TermIterator end;
    const string &from = walk->begun ? walk->last : prefix;
    if (at != end && !from.empty())
        at.skip_to(from);
    if (at != end && walk->begun && *at == from)
        ++at;
    for (; at != end; ++at) {
        string name = *at;
        if (!begins_with(name, prefix))
            return true;
        bool on = show(at, name); /* throws before it has shown, never after */
        walk->last.swap(name);
        walk->begun = true;
        walk->shown++;
        if (!on)
            return false;
    }
    return true;
}

/* The same over documents; *last is the one shown last. */
template <typename Show>
void documents_walk(progress *walk, Xapian::docid *last,
                    const Xapian::Database &in, const string &term, int slot,
                    Show show)
{
    Xapian::PostingIterator at = in.postlist_begin(term);
    const Xapian::PostingIterator end;
    if (*last && at != end)
        at.skip_to(*last + 1);
    for (; at != end; ++at) {
        Xapian::Document document =
            in.get_document(*at, Xapian::DOC_ASSUME_VALID);
        string data = document.get_data();
        string value =
            slot == XAPIAN_NO_SLOT ? "" : document.get_value((unsigned)slot);
        *last = *at;
        walk->shown++;
        if (!show(*last, value, data)) /* throws nothing */
            return;
    }
}

/* Every document of a term, with its value in a slot or none. */
dateline_status documents_show(xapian_reader *reader, xapian_bytes term,
                               int slot, xapian_visit *visit, void *context,
                               dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        string name = text_of(term);
        progress walk;
        Xapian::docid last = 0;
        reading(reader, walk, [&] {
            documents_walk(&walk, &last, reader->all, name, slot,
                           [&](Xapian::docid document, const string &value,
                               const string &data) {
                               return visit(context, bytes_of(value),
                                            bytes_of(data), document);
                           });
        });
    });
}

/* Empty when there is no such document. */
string data_of(const Xapian::Database &in, Xapian::docid document)
{
    try {
        return in.get_document(document, Xapian::DOC_ASSUME_VALID).get_data();
    } catch (const Xapian::DocNotFoundError &) {
        return {};
    }
}

} // namespace

dateline_status xapian_reader_open(struct xapian_reader **out,
                                   const char *const *paths, size_t count,
                                   dateline_error *error)
{
    return guard(error, count ? paths[0] : "index", [&] {
        auto reader = std::make_unique<xapian_reader>();
        reader->paths.assign(paths, paths + count);
        reader->name = paths_name(reader->paths);
        if (!count)
            throw failure{DATELINE_BAD_ARGUMENT, "none was named"};
        reading(reader.get(), [&] { reader_renew(reader.get()); });
        *out = reader.release();
    });
}

dateline_status xapian_reader_reopen(struct xapian_reader *reader,
                                     dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        if (!is_unchanged(reader, reader->opened))
            reader_renew(reader);
    });
}

uint64_t xapian_reader_renewals(const struct xapian_reader *reader)
{
    return reader->renewals;
}

dateline_status xapian_reader_count(uint64_t *out, struct xapian_reader *reader,
                                    dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        reading(reader, [&] { *out = reader->all.get_doccount(); });
    });
}

dateline_status xapian_reader_last(uint32_t *out, struct xapian_reader *reader,
                                   dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        reading(reader, [&] { *out = reader->all.get_lastdocid(); });
    });
}

dateline_status xapian_reader_average_length(double *out,
                                             struct xapian_reader *reader,
                                             dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        reading(reader, [&] { *out = reader->all.get_average_length(); });
    });
}

dateline_status xapian_reader_frequency(uint64_t *out,
                                        struct xapian_reader *reader,
                                        struct xapian_bytes term,
                                        dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        string name = text_of(term);
        reading(reader, [&] { *out = reader->all.get_termfreq(name); });
    });
}

dateline_status xapian_reader_occurrences(uint64_t *out,
                                          struct xapian_reader *reader,
                                          struct xapian_bytes term,
                                          dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        string name = text_of(term);
        reading(reader, [&] { *out = reader->all.get_collection_freq(name); });
    });
}

dateline_status xapian_reader_metadata(char **out, size_t *length,
                                       struct xapian_reader *reader,
                                       struct xapian_bytes key,
                                       dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        check_key(key);
        string name = text_of(key), value;
        reading(reader, [&] {
            value.clear();
            for (const Xapian::Database &part : reader->parts)
                if (value.empty())
                    value = part.get_metadata(name);
        });
        char *copy = value.empty() ? nullptr : copy_of(value);
        *out = copy;
        *length = value.size();
    });
}

dateline_status xapian_reader_metadata_visit(struct xapian_reader *reader,
                                             struct xapian_bytes prefix,
                                             xapian_visit *visit, void *context,
                                             dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        string begin = text_of(prefix);
        progress walk;
        size_t part = 0;
        bool on = true;
        reading(reader, walk, [&] {
            for (; on && part < reader->parts.size();
                 part++, walk.begun = false) {
                Xapian::Database in = reader->parts[part];
                on = names_walk(&walk, in.metadata_keys_begin(begin), begin,
                                [&](const auto &, const string &name) {
                                    if (begins_with(name, words_mark))
                                        return true;
                                    string value = in.get_metadata(name);
                                    return visit(context, bytes_of(name),
                                                 bytes_of(value), 0);
                                });
            }
        });
    });
}

dateline_status xapian_reader_terms(struct xapian_reader *reader,
                                    struct xapian_bytes prefix,
                                    xapian_visit *visit, void *context,
                                    dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        string begin = text_of(prefix);
        progress walk;
        reading(reader, walk, [&] {
            names_walk(&walk, reader->all.allterms_begin(begin), begin,
                       [&](const auto &at, const string &name) {
                           return visit(context, bytes_of(name), {"", 0},
                                        at.get_termfreq());
                       });
        });
    });
}

dateline_status xapian_reader_documents(struct xapian_reader *reader,
                                        struct xapian_bytes term,
                                        xapian_visit *visit, void *context,
                                        dateline_error *error)
{
    return documents_show(reader, term, XAPIAN_NO_SLOT, visit, context, error);
}

dateline_status xapian_reader_values(struct xapian_reader *reader,
                                     struct xapian_bytes term, unsigned slot,
                                     xapian_visit *visit, void *context,
                                     dateline_error *error)
{
    return documents_show(reader, term, (int)slot, visit, context, error);
}

dateline_status xapian_reader_data(struct xapian_reader *reader,
                                   const uint32_t *documents, size_t count,
                                   xapian_visit *visit, void *context,
                                   dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        progress walk;
        bool on = true;
        reading(reader, walk, [&] {
            while (on && walk.shown < count) {
                uint32_t document = documents[walk.shown];
                string data = data_of(reader->all, document);
                walk.shown++; /* what is read is shown, and once */
                if (!data.empty())
                    on = visit(context, {"", 0}, bytes_of(data), document);
            }
        });
    });
}

void xapian_reader_close(struct xapian_reader *reader)
{
    delete reader;
}
