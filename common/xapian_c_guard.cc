/* What was thrown goes in, a status and a line for people come out; and the small
 * change of both languages. */
#include "common/xapian_c_part.hh"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace {

/* What Xapian's exceptions mean to a caller. A damaged and an unreadable index
 * throw the same types: with an errno in hand it is the system's fault. */
struct meaning {
    const char *type;
    dateline_status status;
    dateline_status with_errno;
    bool curable; /* opening the reader again may help */
    const char *advice;
};

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

} // namespace

const char border::damaged[] = "damaged; build it again with dateline-index";

bool border::is_curable(const Xapian::Error &error)
{
    return meaning_find(error).curable;
}

dateline_status border::explain(dateline_error *out, const char *where,
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

/* ------------------------------------------------------------------ values */

string border::text_of(xapian_bytes bytes)
{
    return bytes.length ? string(bytes.bytes, bytes.length) : string();
}

xapian_bytes border::bytes_of(const string &text)
{
    return {text.data(), text.size()};
}

char *border::copy_of(const string &text)
{
    char *copy = static_cast<char *>(malloc(text.size() + 1));
    if (!copy)
        throw std::bad_alloc();
    memcpy(copy, text.c_str(), text.size() + 1);
    return copy;
}

bool border::begins_with(const string &text, const string &prefix)
{
    return text.compare(0, prefix.size(), prefix) == 0;
}

void border::check_name(const char *what, const char *bytes, size_t length)
{
    size_t stored = length;
    if (length > XAPIAN_TERM_BYTES / 2) /* else it fits, whatever it holds */
        stored += static_cast<size_t>(std::count(bytes, bytes + length, '\0'));
    if (!length)
        throw failure{DATELINE_BAD_ARGUMENT, string("an empty ") + what};
    if (stored > XAPIAN_TERM_BYTES)
        throw failure{DATELINE_LIMIT, string("a ") + what + " of over " +
                                          std::to_string(XAPIAN_TERM_BYTES) +
                                          " bytes"};
}

void border::check_key(xapian_bytes key)
{
    check_name("metadata key", key.bytes, key.length);
    if (key.bytes[0] == '\x01')
        throw failure{DATELINE_BAD_ARGUMENT,
                      "a metadata key that begins with a control character"};
}
