/* The words of an index: written block by block, shown in their order, sought by
 * how far they are from one another. */
#include "common/xapian_c_part.hh"

#include "common/vocabulary.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <string_view>
#include <utility>

namespace {

string block_key(const string &word)
{
    return words_mark + word.substr(0, vocabulary_key(word.size()));
}

uint32_t sum_of(uint32_t a, uint32_t b)
{
    return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

/* Shows the words of a block. */
template <typename Show> void block_walk(const string &block, Show show)
{
    vocabulary_word word = {};
    const char *at = block.data(), *end = at + block.size();
    while (vocabulary_read(&word, &at, end))
        show(word);
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

/* The words of a block that begin so, of all parts together. */
vocabulary words_of_block(const xapian_reader *reader, const string &key,
                          const string &prefix)
{
    vocabulary words;
    for (const Xapian::Database &part : reader->parts)
        block_walk(part.get_metadata(key), [&](const vocabulary_word &word) {
            if (word.length >= prefix.size() &&
                !memcmp(word.bytes, prefix.data(), prefix.size()))
                words_count(&words, string(word.bytes, word.length),
                            word.frequency);
        });
    return words;
}

bool words_walk(progress *walk, const vocabulary &words, xapian_visit *visit,
                void *context)
{
    auto word = walk->begun ? words.upper_bound(walk->last) : words.begin();
    for (; word != words.end(); ++word) {
        walk->last = word->first;
        walk->begun = true;
        walk->shown++;
        if (!visit(context, bytes_of(word->first), {"", 0}, word->second))
            return false;
    }
    return true;
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

} // namespace

const string border::words_mark = "\x01words:";

void border::words_count(vocabulary *into, const string &word,
                         uint32_t frequency)
{
    uint32_t &sum = (*into)[word];
    sum = sum_of(sum, frequency);
}

void border::block_add(vocabulary *into, const string &block)
{
    block_walk(block, [&](const vocabulary_word &word) {
        words_count(into, string(word.bytes, word.length), word.frequency);
    });
}

string border::block_make(const vocabulary &words)
{
    block_maker out;
    for (const auto &word : words)
        out.add(word);
    return out.block;
}

void border::words_flush(Xapian::WritableDatabase *database,
                         vocabulary *words)
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
                    on = words_walk(&walk, words_of_block(reader, key, begin),
                                    visit, context);
        });
    });
}

dateline_status xapian_reader_near_words(struct xapian_reader *reader,
                                         struct xapian_bytes word,
                                         xapian_visit *visit, void *context,
                                         dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        vocabulary found;
        vocabulary_pattern pattern;
        if (vocabulary_pattern_set(&pattern, word.bytes, word.length))
            reading(reader, [&] { found = near_words(reader, &pattern); });
        for (const auto &near : found)
            if (!visit(context, bytes_of(near.first), {nullptr, 0}, near.second))
                return;
    });
}
