/* Structs of C go in, calls of Xapian 1.4 are made, structs of C come out.
 *
 * Every public function that can fail is one `guard(...)`. guard is noexcept
 * and translates whatever was thrown by one table; `reading` beside it is the
 * only other place that catches, to open a reader again that a writer has
 * overtaken. Nothing is handed to the caller before all that can throw is over.
 *
 * A damaged index may make Xapian throw anything or return any bytes: lengths
 * are taken from what was copied, never from what the index says of itself. */
#include "common/xapian_c.h"
#include "common/xapian_folder.h"

extern "C" {
#include "common/error.h"
}
#include "common/vocabulary.h"

#include <xapian.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <memory>
#include <new>
#include <ostream>
#include <set>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

using std::string;
using std::vector;

struct xapian_reader {
    vector<string> paths; /* empty: a writer's own view */
    string name;          /* for messages */
    vector<Xapian::Database> parts;
    Xapian::Database all; /* the parts as one */
    vector<xapian_stamp> opened, tried; /* of the folders, before that */
    uint64_t renewals = 0;
};

struct xapian_writer {
    Xapian::WritableDatabase database;
    xapian_reader view;
    std::map<string, uint32_t> words; /* not yet in their blocks */
    bool changing = false; /* a transaction is open */
    bool torn = false;     /* a change failed half way */
};

struct xapian_query {
    Xapian::Query query;
};

/* --------------------------------------------------------------- failures */

namespace {

/* Our own complaints, on their way to guard. */
struct failure {
    dateline_status status;
    string text;
};

/* What Xapian's exceptions mean to a caller. A damaged and an unreadable index
 * throw the same types: with an errno in hand it is the system's fault. */
struct meaning {
    const char *type;
    dateline_status status;
    dateline_status with_errno;
    bool curable; /* opening the reader again may help */
    const char *advice;
};

const char damaged[] = "damaged; build it again with dateline-index";
const char unwritten[] = "cannot be read or written";

const meaning meanings[] = {
    {"DatabaseLockError", DATELINE_LOCKED, DATELINE_LOCKED, false,
     "locked by another indexer; wait for it"},
    {"DatabaseModifiedError", DATELINE_CHANGED, DATELINE_CHANGED, true,
     "changed while it was read; ask again"},
    {"DocNotFoundError", DATELINE_CHANGED, DATELINE_CHANGED, true,
     "changed while it was read; ask again"},
    {"DatabaseNotFoundError", DATELINE_NOT_FOUND, DATELINE_NOT_FOUND, false,
     "no index there; make one with dateline-index"},
    {"DatabaseVersionError", DATELINE_VERSION, DATELINE_VERSION, false,
     "written by another version; build it again with dateline-index"},
    {"DatabaseCorruptError", DATELINE_CORRUPT, DATELINE_CORRUPT, false,
     damaged},
    {"SerialisationError", DATELINE_CORRUPT, DATELINE_CORRUPT, false, damaged},
    {"RangeError", DATELINE_CORRUPT, DATELINE_CORRUPT, false, damaged},
    {"DatabaseCreateError", DATELINE_IO, DATELINE_IO, false,
     "cannot be made"},
    {"DatabaseOpeningError", DATELINE_CORRUPT, DATELINE_IO, false, unwritten},
    {"DatabaseError", DATELINE_CORRUPT, DATELINE_IO, false, unwritten},
    {"NetworkTimeoutError", DATELINE_IO, DATELINE_IO, true,
     "the server does not answer"},
    {"NetworkError", DATELINE_IO, DATELINE_IO, true,
     "the server cannot be reached"},
    {"UnimplementedError", DATELINE_BAD_ARGUMENT, DATELINE_BAD_ARGUMENT, false,
     "not possible with this kind of index"},
    {"FeatureUnavailableError", DATELINE_BAD_ARGUMENT, DATELINE_BAD_ARGUMENT,
     false, "not possible with this Xapian"},
    {"InvalidArgumentError", DATELINE_BAD_ARGUMENT, DATELINE_BAD_ARGUMENT,
     false, "refused"},
};

const meaning unknown = {nullptr, DATELINE_INTERNAL, DATELINE_INTERNAL, false,
                         "unexpected"};

const meaning &meaning_find(const Xapian::Error &error)
{
    for (const meaning &row : meanings)
        if (!strcmp(row.type, error.get_type()))
            return row;
    return unknown;
}

/* "No such file" about a part of an index is damage as well. */
bool is_system_fault(const Xapian::Error &error)
{
    const char *text = error.get_error_string();
    return text && strcmp(text, strerror(ENOENT)) != 0;
}

dateline_status explain(dateline_error *out, const char *where,
                        const Xapian::Error &error)
{
    const meaning &row = meaning_find(error);
    bool fault = is_system_fault(error);
    dateline_status status = fault ? row.with_errno : row.status;
    const char *advice = status == DATELINE_CORRUPT ? damaged : row.advice;
    const char *system = fault ? error.get_error_string() : nullptr;
    return error_set(out, status, "%s: %s (%.200s%s%s)", where, advice,
                     error.get_msg().c_str(), system ? ": " : "",
                     system ? system : "");
}

/* Runs body; whatever it throws becomes a status. */
template <typename Body>
dateline_status guard(dateline_error *error, const char *where,
                      Body body) noexcept
{
    try {
        body();
        return DATELINE_OK;
    } catch (const failure &f) {
        return error_set(error, f.status, "%s: %s", where, f.text.c_str());
    } catch (const Xapian::Error &e) {
        return explain(error, where, e);
    } catch (const std::bad_alloc &) {
        return error_set(error, DATELINE_NO_MEMORY, "%s: out of memory", where);
    } catch (const std::length_error &) { /* a length that was read */
        return error_set(error, DATELINE_CORRUPT, "%s: %s", where, damaged);
    } catch (const std::exception &e) {
        return error_set(error, DATELINE_INTERNAL, "%s: unexpected: %s", where,
                         e.what());
    } catch (...) {
        return error_set(error, DATELINE_INTERNAL, "%s: unexpected", where);
    }
}

/* ----------------------------------------------------------------- values */

string text_of(xapian_bytes bytes)
{
    return bytes.length ? string(bytes.bytes, bytes.length) : string();
}

xapian_bytes bytes_of(const string &text)
{
    return {text.data(), text.size()};
}

/* For free(): its bytes and a NUL. */
char *copy_of(const string &text)
{
    char *copy = static_cast<char *>(malloc(text.size() + 1));
    if (!copy)
        throw std::bad_alloc();
    memcpy(copy, text.c_str(), text.size() + 1);
    return copy;
}

bool begins_with(const string &text, const string &prefix)
{
    return text.compare(0, prefix.size(), prefix) == 0;
}

/* Xapian stores a zero byte of a term as two. */
void check_name(const char *what, const char *bytes, size_t length)
{
    size_t stored = length;
    for (size_t i = 0; i < length && stored <= XAPIAN_TERM_BYTES; i++)
        stored += bytes[i] == '\0';
    if (!length)
        throw failure{DATELINE_BAD_ARGUMENT, string("an empty ") + what};
    if (stored > XAPIAN_TERM_BYTES)
        throw failure{DATELINE_LIMIT, string("a ") + what + " of over " +
                                          std::to_string(XAPIAN_TERM_BYTES) +
                                          " bytes"};
}

/* Blocks of words have keys of our own. */
void check_key(xapian_bytes key)
{
    check_name("metadata key", key.bytes, key.length);
    if (key.bytes[0] == '\x01')
        throw failure{DATELINE_BAD_ARGUMENT,
                      "a metadata key that begins with a control character"};
}

/* ---------------------------------------------------------- opening to read */

/* A complaint of xapian_folder's goes on to guard. */
template <typename Ask> void must(Ask ask)
{
    dateline_error error = {};
    dateline_status status = ask(&error);
    if (status)
        throw failure{status, error.message};
}

xapian_place place_at(const string &path)
{
    xapian_place place = XAPIAN_NOWHERE;
    must([&](dateline_error *error) {
        return xapian_place_find(&place, path.c_str(), error);
    });
    return place;
}

Xapian::Database folder_open(const string &path)
{
    must([&](dateline_error *error) {
        return xapian_folder_check(path.c_str(), error);
    });
    return Xapian::Database(path, Xapian::DB_BACKEND_GLASS);
}

/* "news.example:7000", "[::1]:7000" */
bool remote_split(string *host, unsigned *port, const string &name)
{
    size_t colon = name.rfind(':');
    if (colon == string::npos || colon == 0 || name.find('/') != string::npos)
        return false;
    string digits = name.substr(colon + 1);
    if (digits.empty() || digits.size() > 5 ||
        digits.find_first_not_of("0123456789") != string::npos)
        return false;
    *port = static_cast<unsigned>(std::stoul(digits));
    *host = name.substr(0, colon);
    if (host->front() == '[' && host->back() == ']')
        *host = host->substr(1, host->size() - 2);
    return !host->empty() && *port > 0 && *port < 65536;
}

Xapian::Database remote_open(const string &host, unsigned port)
{
    const unsigned patience = 10000; /* ms, Xapian's own default */
    return Xapian::Remote::open(host, port, patience, patience);
}

const char not_an_index[] = "neither an index nor a stub file that lists some";

/* One line of a stub file. We read stubs ourselves: Xapian's own reader starts
 * a program for "remote :PROGRAM", and a file from elsewhere must not. */
Xapian::Database stub_line_open(const string &folder, const string &kind,
                                const string &where)
{
    string host;
    unsigned port;
    if (kind == "remote" && remote_split(&host, &port, where))
        return remote_open(host, port);
    if ((kind != "auto" && kind != "glass") || where.empty())
        throw failure{DATELINE_VERSION, not_an_index};
    string path = where.front() == '/' ? where : folder + where;
    if (place_at(path) != XAPIAN_FOLDER)
        throw failure{DATELINE_NOT_FOUND, path + " is listed and is no folder"};
    return folder_open(path);
}

void stub_open(vector<Xapian::Database> *parts, const string &path)
{
    enum { most_bytes = 1 << 16 };
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw failure{DATELINE_IO, "cannot be read"};
    string folder = path.substr(0, path.rfind('/') + 1), line;
    size_t bytes = 0, found = 0;
    while (std::getline(file, line)) {
        bytes += line.size() + 1;
        if (bytes > most_bytes)
            throw failure{DATELINE_VERSION, not_an_index};
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (line.empty() || line.front() == '#')
            continue;
        size_t space = line.find(' ');
        parts->push_back(stub_line_open(
            folder, line.substr(0, space),
            space == string::npos ? string() : line.substr(space + 1)));
        found++;
    }
    if (!found)
        throw failure{DATELINE_VERSION, not_an_index};
}

void path_open(vector<Xapian::Database> *parts, const string &path)
{
    string host;
    unsigned port;
    switch (place_at(path)) {
    case XAPIAN_FOLDER:
        parts->push_back(folder_open(path));
        return;
    case XAPIAN_FILE:
        stub_open(parts, path);
        return;
    case XAPIAN_NOWHERE:
        if (!remote_split(&host, &port, path))
            throw failure{DATELINE_NOT_FOUND,
                          "no index there; make one with dateline-index"};
        parts->push_back(remote_open(host, port));
    }
}

/* Of all its folders; none when a path is a stub file or a server. */
vector<xapian_stamp> stamps_read(const xapian_reader *reader)
{
    vector<xapian_stamp> stamps;
    for (const string &path : reader->paths) {
        xapian_stamp stamp;
        if (!xapian_folder_stamp(&stamp, path.c_str()))
            return {};
        stamps.push_back(stamp);
    }
    return stamps;
}

bool is_unchanged(const xapian_reader *reader, const vector<xapian_stamp> &since)
{
    vector<xapian_stamp> now = stamps_read(reader);
    return !now.empty() && now.size() == since.size() &&
           !memcmp(now.data(), since.data(), now.size() * sizeof now[0]);
}

/* Opens all its paths anew, since a stub may list others and a folder may have
 * been replaced, neither of which Xapian's reopen would see. */
void reader_renew(xapian_reader *reader)
{
    if (reader->paths.empty())
        return;
    vector<Xapian::Database> parts;
    reader->tried = stamps_read(reader);
    for (const string &path : reader->paths)
        path_open(&parts, path);
    Xapian::Database all;
    for (const Xapian::Database &part : parts)
        all.add_database(part);
    reader->parts.swap(parts);
    reader->opened = reader->tried;
    reader->all = all;
    reader->renewals++;
}

/* How far a walk has come, so that it can go on after an interruption. */
struct progress {
    string last;        /* the name shown last */
    bool begun = false; /* last holds one */
    uint64_t shown = 0;
};

/* In a handler: goes on with the error, unless it speaks of changes and there
 * were none. */
[[noreturn]] void give_up(const xapian_reader *reader)
{
    if (is_unchanged(reader, reader->tried))
        throw failure{DATELINE_CORRUPT, damaged};
    throw;
}

/* Runs body, and once more on a reader opened again where that may help. A walk
 * may be overtaken as often as it likes, as long as it comes forward. */
template <typename Body>
void reading(xapian_reader *reader, const progress &walk, Body body)
{
    for (uint64_t before = UINT64_MAX;; before = walk.shown) {
        try {
            if (before != UINT64_MAX)
                reader_renew(reader);
            body();
            return;
        } catch (const Xapian::Error &error) {
            if (!meaning_find(error).curable || reader->paths.empty())
                throw;
            if (walk.shown == before)
                give_up(reader);
        }
    }
}

template <typename Body> void reading(xapian_reader *reader, Body body)
{
    reading(reader, progress(), body);
}

/* The paths of a reader in a message. */
string paths_name(const vector<string> &paths)
{
    string name = paths.empty() ? "index" : paths.front();
    if (paths.size() > 1)
        name += " and " + std::to_string(paths.size() - 1) + " more";
    return name;
}

/* --------------------------------------------------------------- documents */

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

/* -------------------------------------------------------------- vocabulary */

using vocabulary = std::map<string, uint32_t>;

/* Blocks of words are metadata, under keys that no caller sees. */
const string words_mark = "\x01words:";

string block_key(const string &word)
{
    return words_mark + word.substr(0, vocabulary_key(word.size()));
}

uint32_t sum_of(uint32_t a, uint32_t b)
{
    return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

void words_count(vocabulary *into, const string &word, uint32_t frequency)
{
    uint32_t &sum = (*into)[word];
    sum = sum_of(sum, frequency);
}

/* Shows the words of a block. */
template <typename Show> void block_walk(const string &block, Show show)
{
    vocabulary_word word = {};
    const char *at = block.data(), *end = at + block.size();
    while (vocabulary_read(&word, &at, end))
        show(word);
}

void block_add(vocabulary *into, const string &block)
{
    block_walk(block, [&](const vocabulary_word &word) {
        words_count(into, string(word.bytes, word.length), word.frequency);
    });
}

/* A block as it grows, word by word in their order. */
struct block_maker {
    string block;
    vocabulary_word before = {};

    void add(const vocabulary_word &word)
    {
        char entry[VOCABULARY_ENTRY_BYTES];
        block.append(entry, vocabulary_write(entry, &before, &word));
        before.length = word.length;
        memcpy(before.bytes, word.bytes, word.length);
    }
    void add(const std::pair<const string, uint32_t> &word)
    {
        vocabulary_word next;
        next.length = static_cast<uint8_t>(word.first.size());
        next.frequency = word.second;
        memcpy(next.bytes, word.first.data(), word.first.size());
        add(next);
    }
};

string block_make(const vocabulary &words)
{
    block_maker out;
    for (const auto &word : words)
        out.add(word);
    return out.block;
}

/* A block and the words from `word` to `end`, which belong to it, in one pass
 * over both. */
string block_merge(const string &block, vocabulary::const_iterator word,
                   vocabulary::const_iterator end)
{
    block_maker out;
    block_walk(block, [&](vocabulary_word old) {
        std::string_view name(old.bytes, old.length);
        for (; word != end && word->first < name; ++word)
            out.add(*word);
        if (word != end && word->first == name)
            old.frequency = sum_of(old.frequency, (word++)->second);
        out.add(old);
    });
    for (; word != end; ++word)
        out.add(*word);
    return out.block;
}

/* Merges words into their blocks and forgets them. */
void words_flush(Xapian::WritableDatabase *database, vocabulary *words)
{
    for (auto word = words->begin(); word != words->end();) {
        string key = block_key(word->first);
        auto first = word;
        while (word != words->end() && block_key(word->first) == key)
            ++word;
        database->set_metadata(
            key, block_merge(database->get_metadata(key), first, word));
    }
    words->clear();
}

/* Compaction meets the same block in several databases; its key comes as it is
 * on disk, two bytes before it. Other metadata is the first one's. */
class word_merger : public Xapian::Compactor {
public:
    string resolve_duplicate_metadata(const string &key, size_t count,
                                      const string blocks[]) override
    {
        if (key.find(words_mark) > 2)
            return blocks[0];
        vocabulary words;
        for (size_t i = 0; i < count; i++)
            block_add(&words, blocks[i]);
        return block_make(words);
    }
};

/* The blocks whose words may begin with prefix, of all parts, in order. */
std::set<string> block_keys(const xapian_reader *reader, const string &prefix)
{
    std::set<string> keys;
    string begin = block_key(prefix);
    for (const Xapian::Database &part : reader->parts)
        for (Xapian::TermIterator at = part.metadata_keys_begin(begin);
             at != part.metadata_keys_end(begin); ++at)
            keys.insert(*at);
    return keys;
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

/* A new folder for compaction, removed again unless it is kept. */
class new_database {
    string path;
    bool kept = false;

public:
    explicit new_database(const string &to) : path(to)
    {
        must([&](dateline_error *error) {
            return xapian_folder_vacant(path.c_str(), error);
        });
    }
    void keep()
    {
        kept = true;
    }
    ~new_database()
    {
        if (!kept)
            xapian_folder_remove(path.c_str());
    }
    new_database(const new_database &) = delete;
    new_database &operator=(const new_database &) = delete;
};

/* ----------------------------------------------------------------- walking */

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

/* The words of a block, of all parts together. */
vocabulary words_of_block(const xapian_reader *reader, const string &key)
{
    vocabulary words;
    for (const Xapian::Database &part : reader->parts)
        block_add(&words, part.get_metadata(key));
    return words;
}

bool words_walk(progress *walk, const vocabulary &words, const string &prefix,
                xapian_visit *visit, void *context)
{
    for (auto word = words.lower_bound(std::max(prefix, walk->last));
         word != words.end() && begins_with(word->first, prefix); ++word) {
        if (walk->begun && word->first <= walk->last)
            continue;
        walk->last = word->first;
        walk->begun = true;
        walk->shown++;
        if (!visit(context, bytes_of(word->first), {"", 0}, word->second))
            return false;
    }
    return true;
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

/* A word's second place, by what it is without its accents. */
bool is_plain(const vocabulary_word &word)
{
    return memchr(word.bytes, VOCABULARY_PLAIN, word.length);
}

/* The words near to the pattern, and the pattern's own. */
vocabulary near_words(const xapian_reader *reader,
                      const vocabulary_pattern *pattern)
{
    vocabulary found;
    for (const Xapian::Database &part : reader->parts)
        for (Xapian::TermIterator at = part.metadata_keys_begin(words_mark);
             at != part.metadata_keys_end(words_mark); ++at)
            block_walk(part.get_metadata(*at), [&](const auto &word) {
                if (!is_plain(word) &&
                    vocabulary_distance(pattern, word.bytes, word.length) <=
                        pattern->farthest)
                    words_count(&found, string(word.bytes, word.length),
                                word.frequency);
            });
    return found;
}

/* The nearest, of those the most frequent. A word that is known is only mended
 * when the other is ten times as frequent. */
string suggest(const xapian_reader *reader, const vocabulary_pattern *pattern)
{
    enum { more_frequent = 10 };
    string best;
    unsigned best_distance = VOCABULARY_FAR;
    uint64_t best_frequency = 0, own = 0;
    for (const auto &word : near_words(reader, pattern)) {
        unsigned distance = vocabulary_distance(pattern, word.first.data(),
                                                word.first.size());
        if (distance == 0)
            own = word.second;
        else if (distance < best_distance ||
                 (distance == best_distance && word.second > best_frequency)) {
            best = word.first;
            best_distance = distance;
            best_frequency = word.second;
        }
    }
    return best_frequency >= more_frequent * own ? best : string();
}

/* What Xapian's check prints when a table is well. */
bool is_good_news(const string &line)
{
    static const char *const good[] = {
        "table structure checked OK", "Lazily created, and not yet used.",
        "Full structure check not implemented", "Continuing check anyway",
    };
    if (line.empty() || line.back() == ':')
        return true;
    for (const char *part : good)
        if (line.find(part) != string::npos)
            return true;
    return false;
}

/* Takes what Xapian's check prints and shows its lines of bad news. */
class fault_lines {
    xapian_visit *visit;
    void *context;
    string line;
    bool wanted = true;
    static constexpr size_t longest = 1000;

    void end_line()
    {
        if (wanted && visit && !is_good_news(line))
            wanted = visit(context, bytes_of(line), {"", 0}, 0);
        line.clear();
    }

public:
    fault_lines(xapian_visit *to, void *with) : visit(to), context(with) {}
    void take(const char *bytes, size_t length)
    {
        for (size_t i = 0; i < length; i++)
            if (bytes[i] == '\n')
                end_line();
            else if (line.size() < longest)
                line += bytes[i];
    }
};

/* A stream into a pipe. */
class pipe_writer : public std::streambuf {
    int to;

protected:
    int overflow(int c) override
    {
        char byte = static_cast<char>(c);
        return c == EOF || write(to, &byte, 1) == 1 ? 0 : EOF;
    }
    std::streamsize xsputn(const char *bytes, std::streamsize length) override
    {
        return write(to, bytes, static_cast<size_t>(length));
    }

public:
    explicit pipe_writer(int end) : to(end) {}
};

/* What a checking process leaves in memory that it shares with us. */
struct check_result {
    bool over;
    dateline_status status;
    size_t faults;
    dateline_error error;
};

/* Xapian's check may be killed by the very damage that it looks for, so it runs
 * in a process of its own. */
class checker {
    int ends[2] = {-1, -1};
    pid_t child = -1;
    check_result *shared;

    [[noreturn]] void run(const char *path)
    {
        for (int fault : {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE})
            signal(fault, SIG_DFL); /* its death is told by us */
        pipe_writer writer(ends[1]);
        std::ostream stream(&writer);
        shared->status = guard(&shared->error, "the check", [&] {
            shared->faults = Xapian::Database::check(path, 0, &stream);
        });
        shared->over = true;
        _exit(0);
    }

public:
    checker()
    {
        void *memory = mmap(nullptr, sizeof *shared, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            throw std::bad_alloc();
        shared = static_cast<check_result *>(memory);
    }
    void start(const char *path)
    {
        if (pipe2(ends, O_CLOEXEC) || (child = fork()) < 0)
            throw failure{DATELINE_IO, strerror(errno)};
        if (child == 0)
            run(path);
        close(ends[1]);
        ends[1] = -1;
    }
    void listen(fault_lines *lines)
    {
        char bytes[4096];
        for (ssize_t got; (got = read(ends[0], bytes, sizeof bytes)) > 0;)
            lines->take(bytes, static_cast<size_t>(got));
    }
    const check_result &finish()
    {
        while (waitpid(child, nullptr, 0) < 0 && errno == EINTR)
            ;
        child = -1;
        return *shared;
    }
    ~checker()
    {
        for (int end : ends)
            if (end >= 0)
                close(end);
        if (child > 0)
            finish();
        munmap(shared, sizeof *shared);
    }
    checker(const checker &) = delete;
    checker &operator=(const checker &) = delete;
};

/* ----------------------------------------------------------------- queries */

const Xapian::Query::op operators[] = {
    Xapian::Query::OP_AND,     Xapian::Query::OP_OR,
    Xapian::Query::OP_AND_NOT, Xapian::Query::OP_XOR,
    Xapian::Query::OP_AND_MAYBE, Xapian::Query::OP_FILTER,
    Xapian::Query::OP_SYNONYM, Xapian::Query::OP_MAX,
};

/* Xapian's own empty query has an empty term for a name: it matches all. */
void check_query_term(xapian_bytes term)
{
    if (!term.length)
        throw failure{DATELINE_BAD_QUERY, "an empty term"};
}

/* No value is less than one zero byte, except that of a document without. */
const string least_value(1, '\0');

Xapian::Query value_query(unsigned slot, const string &begin, const string &end)
{
    const string &from = begin.empty() ? least_value : begin;
    if (end.empty())
        return Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, from);
    return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, from, end);
}

void query_give(xapian_query **out, const Xapian::Query &query)
{
    *out = new xapian_query{query};
}

/* ---------------------------------------------------------------- searching */

struct found {
    Xapian::docid document;
    double weight;
    string data, value;
    vector<string> terms;
};

struct page {
    vector<found> hits;
    uint64_t lower = 0, estimated = 0, upper = 0;
};

Xapian::doccount count_of(size_t number)
{
    return number > UINT32_MAX ? UINT32_MAX
                               : static_cast<Xapian::doccount>(number);
}

bool is_slot(int slot)
{
    return slot >= 0;
}

void check_request(const xapian_request *request)
{
    if (!request->query)
        throw failure{DATELINE_BAD_ARGUMENT, "a search without a query"};
    if (!std::isfinite(request->parameter) || request->parameter < 0)
        throw failure{DATELINE_BAD_ARGUMENT,
                      "a ranking parameter below 0 or not a number"};
}

void set_weight(Xapian::Enquire *enquire, const xapian_request *request)
{
    double parameter = request->parameter;
    switch (request->weight) {
    case XAPIAN_BM25: /* Xapian's defaults but for b */
        enquire->set_weighting_scheme(
            Xapian::BM25Weight(1, 0, 1, parameter > 0 ? parameter : 0.5, 0.5));
        return;
    case XAPIAN_BOOLEAN:
        enquire->set_weighting_scheme(Xapian::BoolWeight());
        return;
    case XAPIAN_COUNT:
        enquire->set_weighting_scheme(Xapian::CoordWeight());
        return;
    case XAPIAN_INEB2:
        enquire->set_weighting_scheme(
            Xapian::IneB2Weight(parameter > 0 ? parameter : 1.0));
    }
}

void set_up(Xapian::Enquire *enquire, const xapian_request *request)
{
    set_weight(enquire, request);
    if (is_slot(request->collapse_slot))
        enquire->set_collapse_key(
            static_cast<Xapian::valueno>(request->collapse_slot));
    if (is_slot(request->sort_slot))
        enquire->set_sort_by_value_then_relevance(
            static_cast<Xapian::valueno>(request->sort_slot),
            request->descending);
    if (request->milliseconds)
        enquire->set_time_limit(request->milliseconds / 1000.0);
}

/* What the matcher knows of a hit already. */
found hit_of(const Xapian::MSetIterator &at, const xapian_request *request)
{
    found hit{*at, at.get_weight(), {}, {}, {}};
    if (!is_slot(request->value_slot))
        return hit;
    if (request->value_slot == request->collapse_slot)
        hit.value = at.get_collapse_key();
    else if (request->value_slot == request->sort_slot)
        hit.value = at.get_sort_key();
    return hit;
}

/* What must be read for it. */
void hit_read(found *hit, const Xapian::Database &in,
              const Xapian::Enquire &enquire, const xapian_request *request)
{
    bool value = is_slot(request->value_slot) &&
                 request->value_slot != request->collapse_slot &&
                 request->value_slot != request->sort_slot;
    if (value || !request->no_data) {
        Xapian::Document document =
            in.get_document(hit->document, Xapian::DOC_ASSUME_VALID);
        if (!request->no_data)
            hit->data = document.get_data();
        if (value)
            hit->value = document.get_value(
                static_cast<Xapian::valueno>(request->value_slot));
    }
    if (request->terms)
        for (auto term = enquire.get_matching_terms_begin(hit->document);
             term != enquire.get_matching_terms_end(hit->document); ++term)
            hit->terms.push_back(*term);
}

/* Neighbours lie in one block, and Xapian holds the one that it read last: in
 * the order of documents each block is read once. */
void hits_read(vector<found> *hits, size_t from, const Xapian::Database &in,
               const Xapian::Enquire &enquire, const xapian_request *request)
{
    vector<found *> order;
    for (size_t i = from; i < hits->size(); i++)
        order.push_back(&(*hits)[i]);
    std::sort(order.begin(), order.end(), [](const found *a, const found *b) {
        return a->document < b->document;
    });
    for (found *hit : order)
        hit_read(hit, in, enquire, request);
}

/* Appends the hits [first, first + most) of query, and its totals. */
void rank(page *out, const Xapian::Database &in, const Xapian::Query &query,
          const xapian_request *request, size_t first, size_t most)
{
    Xapian::Enquire enquire(in);
    set_up(&enquire, request);
    enquire.set_query(query);
    Xapian::MSet set = enquire.get_mset(count_of(first), count_of(most),
                                        count_of(request->check_at_least));
    size_t from = out->hits.size();
    for (Xapian::MSetIterator at = set.begin(); at != set.end(); ++at)
        out->hits.push_back(hit_of(at, request));
    hits_read(&out->hits, from, in, enquire, request);
    out->lower += set.get_matches_lower_bound();
    out->estimated += set.get_matches_estimated();
    out->upper += set.get_matches_upper_bound();
}

/* Xapian counts no value as the least: ascending, those documents would come
 * first. They are asked for apart and follow. The matcher that ran out of hits
 * has counted the others exactly. */
void rank_valueless_last(page *out, const Xapian::Database &in,
                         const xapian_request *request)
{
    const Xapian::Query &query = request->query->query;
    Xapian::Query with =
        value_query(static_cast<unsigned>(request->sort_slot), {}, {});
    rank(out, in, Xapian::Query(Xapian::Query::OP_FILTER, query, with), request,
         request->first, request->most);
    size_t missing = request->most - out->hits.size();
    size_t counted = out->hits.empty() ? out->lower : request->first;
    size_t skip = request->first > counted ? request->first - counted : 0;
    rank(out, in, Xapian::Query(Xapian::Query::OP_AND_NOT, query, with),
         request, missing ? skip : 0, missing);
}

page search(const Xapian::Database &in, const xapian_request *request)
{
    page result;
    if (is_slot(request->sort_slot) && !request->descending &&
        in.get_value_freq(static_cast<Xapian::valueno>(request->sort_slot)) <
            in.get_doccount())
        rank_valueless_last(&result, in, request);
    else
        rank(&result, in, request->query->query, request, request->first,
             request->most);
    return result;
}

/* One block: the head, its hits, their terms, then all bytes, each with a NUL
 * behind. */
struct block {
    char *term_at, *byte_at;

    xapian_bytes put(const string &text)
    {
        char *to = byte_at;
        memcpy(to, text.c_str(), text.size() + 1);
        byte_at += text.size() + 1;
        return {to, text.size()};
    }
};

void measure(size_t *terms, size_t *bytes, const vector<found> &hits)
{
    for (const found &hit : hits) {
        *terms += hit.terms.size();
        *bytes += hit.data.size() + hit.value.size() + 2;
        for (const string &term : hit.terms)
            *bytes += term.size() + 1;
    }
}

xapian_hit hit_pack(block *to, const found &from)
{
    xapian_bytes *terms = reinterpret_cast<xapian_bytes *>(to->term_at);
    for (size_t i = 0; i < from.terms.size(); i++)
        terms[i] = to->put(from.terms[i]);
    to->term_at += from.terms.size() * sizeof *terms;
    return {from.document, from.weight,  to->put(from.data),
            to->put(from.value), terms, from.terms.size()};
}

xapian_hits *hits_pack(const page &from)
{
    size_t terms = 0, bytes = 0;
    measure(&terms, &bytes, from.hits);
    size_t head = sizeof(xapian_hits) + from.hits.size() * sizeof(xapian_hit);
    size_t texts = head + terms * sizeof(xapian_bytes);
    char *whole = static_cast<char *>(malloc(texts + bytes));
    if (!whole)
        throw std::bad_alloc();
    xapian_hit *hits =
        reinterpret_cast<xapian_hit *>(whole + sizeof(xapian_hits));
    block to = {whole + head, whole + texts};
    for (size_t i = 0; i < from.hits.size(); i++)
        hits[i] = hit_pack(&to, from.hits[i]);
    xapian_hits *result = reinterpret_cast<xapian_hits *>(whole);
    *result = {from.hits.size(), hits, from.lower, from.estimated, from.upper};
    return result;
}

static_assert(sizeof(xapian_hits) % alignof(xapian_hit) == 0 &&
                  sizeof(xapian_hit) % alignof(xapian_bytes) == 0,
              "the parts of a block follow one another without gaps");

} // namespace

/* ----------------------------------------------------------------- stemming */

/* An open-addressing table of words and their stems, which lie one after the
 * other in `pool`. When it is three quarters full it doubles, since a question
 * opens a stemmer for each language of an index and stems five words; at its
 * largest it begins anew: the words of one article come back soon, and memory
 * stays bounded. */
struct xapian_stemmer {
    static constexpr size_t first_rows = 256, most_rows = 1 << 16, longest = 64;

    struct row {
        uint32_t hash, at;
        uint8_t word, stem; /* lengths; word 0: free */
    };

    Xapian::Stem stem;
    vector<row> table;
    string pool, last;
    size_t used = 0;

    explicit xapian_stemmer(const char *language)
        : stem(language), table(first_rows)
    {
    }
};

namespace {

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
uint32_t word_hash(const char *word, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ static_cast<unsigned char>(word[i])) * 16777619u;
    return hash;
}

/* Its row, or the free one where it belongs. */
xapian_stemmer::row *row_find(xapian_stemmer *in, uint32_t hash,
                              const char *word, size_t length)
{
    for (size_t i = hash;; i++) {
        xapian_stemmer::row *row = &in->table[i & (in->table.size() - 1)];
        if (!row->word ||
            (row->hash == hash && row->word == length &&
             !memcmp(in->pool.data() + row->at, word, length)))
            return row;
    }
}

void table_double(xapian_stemmer *stemmer)
{
    vector<xapian_stemmer::row> larger(2 * stemmer->table.size());
    for (const xapian_stemmer::row &row : stemmer->table) {
        size_t i = row.hash;
        while (row.word && larger[i & (larger.size() - 1)].word)
            i++;
        if (row.word)
            larger[i & (larger.size() - 1)] = row;
    }
    stemmer->table.swap(larger);
}

void table_make_room(xapian_stemmer *stemmer)
{
    if (stemmer->used < stemmer->table.size() / 4 * 3)
        return;
    if (stemmer->table.size() < xapian_stemmer::most_rows)
        return table_double(stemmer);
    stemmer->table.assign(xapian_stemmer::most_rows, {0, 0, 0, 0});
    stemmer->pool.clear();
    stemmer->used = 0;
}

/* Stems into stemmer->last; an empty stem gives the word. */
const string &stem_plain(xapian_stemmer *stemmer, const char *word,
                         size_t length)
{
    string whole(word, length);
    stemmer->last = stemmer->stem(whole);
    if (stemmer->last.empty())
        stemmer->last.swap(whole);
    return stemmer->last;
}

xapian_bytes stem_cached(xapian_stemmer *stemmer, const char *word,
                         size_t length)
{
    uint32_t hash = word_hash(word, length);
    xapian_stemmer::row *row = row_find(stemmer, hash, word, length);
    if (!row->word) {
        const string &stem = stem_plain(stemmer, word, length);
        if (stem.size() > UINT8_MAX)
            return bytes_of(stem);
        table_make_room(stemmer);
        row = row_find(stemmer, hash, word, length);
        uint32_t at = static_cast<uint32_t>(stemmer->pool.size());
        stemmer->pool.append(word, length).append(stem);
        *row = {hash, at, static_cast<uint8_t>(length),
                static_cast<uint8_t>(stem.size())};
        stemmer->used++;
    }
    return {stemmer->pool.data() + row->at + row->word, row->stem};
}

} // namespace

/* ------------------------------------------------------------------ public */

#ifdef __SANITIZE_ADDRESS__
/* Xapian 1.4.22's check deletes a database by its base class. */
extern "C" const char *__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}
#endif

size_t xapian_number(char out[9], double number)
{
    return Xapian::sortable_serialise_(number, out);
}

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

dateline_status xapian_compact(const char *to, const char *const *from,
                               size_t count, dateline_error *error)
{
    return guard(error, to, [&] {
        vector<Xapian::Database> parts;
        for (size_t i = 0; i < count; i++)
            path_open(&parts, from[i]);
        Xapian::Database all;
        for (const Xapian::Database &part : parts)
            all.add_database(part);
        new_database result(to);
        word_merger merger;
        all.compact(to, Xapian::Compactor::FULLER, 0, merger);
        result.keep();
    });
}

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

uint32_t xapian_reader_shards(const struct xapian_reader *reader)
{
    return static_cast<uint32_t>(reader->all.size());
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

dateline_status xapian_reader_value(struct xapian_reader *reader,
                                    const uint32_t *documents, size_t count,
                                    unsigned slot, xapian_visit *visit,
                                    void *context, dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        progress walk;
        bool on = true;
        reading(reader, walk, [&] {
            auto at = reader->all.valuestream_begin(slot);
            const auto end = reader->all.valuestream_end(slot);
            while (on && at != end && walk.shown < count) {
                uint32_t document = documents[walk.shown];
                at.skip_to(document);
                walk.shown++; /* as above */
                if (at != end && at.get_docid() == document)
                    on = visit(context, bytes_of(*at), {"", 0}, document);
            }
        });
    });
}

dateline_status xapian_reader_words(struct xapian_reader *reader,
                                    struct xapian_bytes prefix,
                                    xapian_visit *visit, void *context,
                                    dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        string begin = text_of(prefix);
        progress walk;
        bool on = true;
        reading(reader, walk, [&] {
            for (const string &key : block_keys(reader, begin))
                if (on)
                    on = words_walk(&walk, words_of_block(reader, key), begin,
                                    visit, context);
        });
    });
}

dateline_status xapian_reader_suggest(char **out, struct xapian_reader *reader,
                                      struct xapian_bytes word,
                                      dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        string better;
        vocabulary_pattern pattern;
        if (vocabulary_pattern_set(&pattern, word.bytes, word.length))
            reading(reader, [&] { better = suggest(reader, &pattern); });
        *out = better.empty() ? nullptr : copy_of(better);
    });
}

dateline_status xapian_check(size_t *faults, const char *path,
                             xapian_visit *visit, void *context,
                             dateline_error *error)
{
    return guard(error, path, [&] {
        fault_lines lines(visit, context);
        checker check;
        folder_open(path);
        check.start(path);
        check.listen(&lines);
        const check_result &result = check.finish();
        if (!result.over)
            throw failure{DATELINE_CORRUPT, damaged};
        if (result.status)
            throw failure{result.status, result.error.message};
        *faults = result.faults;
    });
}

void xapian_reader_close(struct xapian_reader *reader)
{
    delete reader;
}

dateline_status xapian_query_term(struct xapian_query **out,
                                  struct xapian_bytes term, uint32_t frequency,
                                  dateline_error *error)
{
    return guard(error, "query", [&] {
        check_query_term(term);
        query_give(out,
                   Xapian::Query(text_of(term), frequency ? frequency : 1));
    });
}

dateline_status xapian_query_combine(struct xapian_query **out,
                                     enum xapian_operator how,
                                     struct xapian_query *const *parts,
                                     size_t count, dateline_error *error)
{
    return guard(error, "query", [&] {
        vector<Xapian::Query> queries;
        for (size_t i = 0; i < count; i++)
            queries.push_back(parts[i]->query);
        query_give(out, Xapian::Query(operators[how], queries.begin(),
                                      queries.end()));
    });
}

dateline_status xapian_query_range(struct xapian_query **out, unsigned slot,
                                   struct xapian_bytes begin,
                                   struct xapian_bytes end,
                                   dateline_error *error)
{
    return guard(error, "query", [&] {
        query_give(out, value_query(slot, text_of(begin), text_of(end)));
    });
}

dateline_status xapian_query_scale(struct xapian_query **out,
                                   const struct xapian_query *query,
                                   double factor, dateline_error *error)
{
    return guard(error, "query", [&] {
        if (!std::isfinite(factor) || factor < 0)
            throw failure{DATELINE_BAD_QUERY,
                          "a factor below 0 or not a number"};
        query_give(out, Xapian::Query(factor, query->query));
    });
}

dateline_status xapian_query_all(struct xapian_query **out,
                                 dateline_error *error)
{
    return guard(error, "query",
                 [&] { query_give(out, Xapian::Query(string())); });
}

dateline_status xapian_query_terms(const struct xapian_query *query,
                                   xapian_visit *visit, void *context,
                                   dateline_error *error)
{
    return guard(error, "query", [&] {
        for (Xapian::TermIterator at = query->query.get_unique_terms_begin();
             at != query->query.get_unique_terms_end(); ++at)
            if (!visit(context, bytes_of(*at), {"", 0}, 0))
                return;
    });
}

dateline_status xapian_query_describe(char **out,
                                      const struct xapian_query *query,
                                      dateline_error *error)
{
    return guard(error, "query",
                 [&] { *out = copy_of(query->query.get_description()); });
}

void xapian_query_free(struct xapian_query *query)
{
    delete query;
}

dateline_status xapian_reader_search(struct xapian_hits **out,
                                     struct xapian_reader *reader,
                                     const struct xapian_request *request,
                                     dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        page result;
        check_request(request);
        reading(reader, [&] { result = search(reader->all, request); });
        *out = hits_pack(result);
    });
}

void xapian_hits_free(struct xapian_hits *hits)
{
    free(hits);
}

dateline_status xapian_stemmer_open(struct xapian_stemmer **out,
                                    const char *language,
                                    dateline_error *error)
{
    return guard(error, language,
                 [&] { *out = new xapian_stemmer(language); });
}

struct xapian_bytes xapian_stemmer_stem(struct xapian_stemmer *stemmer,
                                        const char *word, size_t length)
{
    xapian_bytes stem = {word, length};
    if (!length)
        return stem;
    guard(nullptr, "", [&] {
        stem = length > xapian_stemmer::longest
                   ? bytes_of(stem_plain(stemmer, word, length))
                   : stem_cached(stemmer, word, length);
    });
    return stem;
}

void xapian_stemmer_close(struct xapian_stemmer *stemmer)
{
    delete stemmer;
}
