/* Paths go in, databases come out: folders of our own, stub files and servers. */
#include "common/xapian_c_part.hh"

#include <cstring>
#include <fstream>

namespace {

xapian_place place_at(const string &path)
{
    xapian_place place = XAPIAN_NOWHERE;
    must([&](dateline_error *error) {
        return xapian_place_find(&place, path.c_str(), error);
    });
    return place;
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

} // namespace

Xapian::Database border::folder_open(const string &path)
{
    must([&](dateline_error *error) {
        return xapian_folder_check(path.c_str(), error);
    });
    return Xapian::Database(path, Xapian::DB_BACKEND_GLASS);
}

void border::path_open(vector<Xapian::Database> *parts, const string &path)
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

bool border::is_unchanged(const xapian_reader *reader,
                          const vector<xapian_stamp> &since)
{
    vector<xapian_stamp> now = stamps_read(reader);
    return !now.empty() && now.size() == since.size() &&
           !memcmp(now.data(), since.data(), now.size() * sizeof now[0]);
}

void border::reader_renew(xapian_reader *reader)
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

[[noreturn]] void border::give_up(const xapian_reader *reader)
{
    if (is_unchanged(reader, reader->tried))
        throw failure{DATELINE_CORRUPT, damaged};
    throw;
}

string border::paths_name(const vector<string> &paths)
{
    string name = paths.empty() ? "index" : paths.front();
    if (paths.size() > 1)
        name += " and " + std::to_string(paths.size() - 1) + " more";
    return name;
}
