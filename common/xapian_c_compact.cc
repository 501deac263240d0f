/* Databases go in, the same as one and without gaps comes out. */
#include "common/xapian_c_part.hh"

namespace {

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

} // namespace

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
