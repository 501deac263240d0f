/* What the parts of xapian_c share: the guard that no exception passes, and the
 * handles. For xapian_c_*.cc alone.
 *
 * Every public function that can fail is one `guard(...)`. guard is noexcept
 * and translates whatever was thrown by one table; `reading` beside it is the
 * only other place that catches, to open a reader again that a writer has
 * overtaken. Nothing is handed to the caller before all that can throw is over.
 *
 * A damaged index may make Xapian throw anything or return any bytes: lengths
 * are taken from what was copied, never from what the index says of itself. */
#ifndef COMMON_XAPIAN_C_PART_HH
#define COMMON_XAPIAN_C_PART_HH

#include "common/xapian_c.h"
#include "common/xapian_folder.h"

extern "C" {
#include "common/error.h"
}

#include <xapian.h>

#include <map>
#include <new>
#include <stdexcept>
#include <string>
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
    size_t held = 0, most_held = 0; /* postings that are in memory alone */
    bool changing = false; /* a transaction is open */
    bool torn = false;     /* a change failed half way */
};

struct xapian_query {
    Xapian::Query query;
};

namespace border {

/* ---------------------------------------------------------------- failures */

/* Our own complaints, on their way to guard. */
struct failure {
    dateline_status status;
    string text;
};

extern const char damaged[]; /* what is, and what to do */

/* Opening the reader again may help. */
bool is_curable(const Xapian::Error &error);

/* What an exception of Xapian's means to a caller. */
dateline_status explain(dateline_error *out, const char *where,
                        const Xapian::Error &error);

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

/* A complaint of xapian_folder's goes on to guard. */
template <typename Ask> void must(Ask ask)
{
    dateline_error error = {};
    dateline_status status = ask(&error);
    if (status)
        throw failure{status, error.message};
}

/* ------------------------------------------------------------------ values */

string text_of(xapian_bytes bytes);
xapian_bytes bytes_of(const string &text);

/* For free(): its bytes and a NUL. */
char *copy_of(const string &text);
bool begins_with(const string &text, const string &prefix);

/* A name that Xapian takes, or a failure. It stores a zero byte of a term as
 * two. */
void check_name(const char *what, const char *bytes, size_t length);
/* The same of metadata; blocks of words have keys of our own. */
void check_key(xapian_bytes key);

/* ----------------------------------------------------- opening and reading */

/* An index, as xapian_folder lets it in. */
Xapian::Database folder_open(const string &path);

/* Adds the databases of a folder, a stub file or a server. */
void path_open(vector<Xapian::Database> *parts, const string &path);

/* Opens all its paths anew, since a stub may list others and a folder may have
 * been replaced, neither of which Xapian's reopen would see. */
void reader_renew(xapian_reader *reader);

/* Whether its folders are as they were at that time. */
bool is_unchanged(const xapian_reader *reader, const vector<xapian_stamp> &since);

/* The paths of a reader in a message. */
string paths_name(const vector<string> &paths);

/* How far a walk has come, so that it can go on after an interruption. */
struct progress {
    string last;        /* the name shown last */
    bool begun = false; /* last holds one */
    uint64_t shown = 0;
};

/* In a handler: goes on with the error, unless it speaks of changes and there
 * were none. */
[[noreturn]] void give_up(const xapian_reader *reader);

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
            if (!is_curable(error) || reader->paths.empty())
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

/* -------------------------------------------------------------- vocabulary */

using vocabulary = std::map<string, uint32_t>;

/* Blocks of words are metadata, under keys that begin so and no caller sees. */
extern const string words_mark;

void words_count(vocabulary *into, const string &word, uint32_t frequency);

/* Adds the words of a block; makes a block of words. */
void block_add(vocabulary *into, const string &block);
string block_make(const vocabulary &words);

/* Merges words into their blocks and forgets them. */
void words_flush(Xapian::WritableDatabase *database, vocabulary *words);

/* ----------------------------------------------------------------- queries */

/* Documents with a value in [begin, end]; "" is no bound. */
Xapian::Query value_query(unsigned slot, const string &begin, const string &end);

} // namespace border

using namespace border;

#endif
