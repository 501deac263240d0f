/* Words go in, stems come out, and those of words that come back are kept. */
#include "common/xapian_c_part.hh"

#include "common/hash.h"

#include <cstring>

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
    uint32_t hash = hash_32(HASH_32, word, length);
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
