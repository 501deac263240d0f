/* Words in, each with its stem and how often it came. */
#include "indexer/lexicon.h"

#include "common/error.h"
#include "common/language.h"
#include "common/limit.h"
#include "common/text.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { WORD_LEAST_BYTES = 2, WORD_MOST_BYTES = 40 }; /* of the vocabulary */

struct open_stemmer {
    const char *name; /* of language.c, never freed */
    struct xapian_stemmer *stemmer;
    struct open_stemmer *next;
};

dateline_status stemmers_find(struct xapian_stemmer **out,
                              struct stemmers *stemmers, const char *code,
                              dateline_error *error)
{
    const struct language *language = code ? language_find(code) : NULL;
    const char *name = language ? language->stemmer : "none";
    for (struct open_stemmer *open = stemmers->first; open;
         open = open->next)
        if (!strcmp(open->name, name)) {
            *out = open->stemmer;
            return DATELINE_OK;
        }
    struct open_stemmer *open = calloc(1, sizeof *open);
    if (!open)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    dateline_status status = xapian_stemmer_open(&open->stemmer, name, error);
    if (status) {
        free(open);
        return status;
    }
    open->name = name;
    open->next = stemmers->first;
    stemmers->first = open;
    *out = open->stemmer;
    return DATELINE_OK;
}

void stemmers_close(struct stemmers *stemmers)
{
    for (struct open_stemmer *open = stemmers->first; open;) {
        struct open_stemmer *next = open->next;
        xapian_stemmer_close(open->stemmer);
        free(open);
        open = next;
    }
    stemmers->first = NULL;
}

static void lexicon_grow(struct lexicon *lexicon)
{
    size_t room = lexicon->room ? 2 * lexicon->room : 512;
    struct entry **slots = arena_array(lexicon->arena, struct entry *, room);
    for (size_t i = 0; i < lexicon->room; i++) {
        struct entry *entry = lexicon->slots[i];
        if (!entry)
            continue;
        size_t at = entry->hash & (room - 1);
        while (slots[at])
            at = (at + 1) & (room - 1);
        slots[at] = entry;
    }
    lexicon->slots = slots;
    lexicon->room = room;
}

static bool only_letters(const char *word, size_t length)
{
    if (length < WORD_LEAST_BYTES || length > WORD_MOST_BYTES)
        return false;
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t character = text_decode(word + at, length - at, &size);
        if (!text_is_letter(character) || text_is_ideograph(character))
            return false;
    }
    return true;
}

static struct entry *entry_new(struct lexicon *lexicon, const char *word,
                               size_t length, bool pair)
{
    struct entry *entry = arena_new(lexicon->arena, struct entry);
    entry->word = arena_copy(lexicon->arena, word, length);
    entry->length = (uint16_t)length;
    entry->pair = pair;
    entry->plain = !pair && only_letters(word, length);
    struct xapian_bytes stem = {word, length};
    if (!pair)
        stem = xapian_stemmer_stem(lexicon->stemmer, word, length);
    if (!stem.length || stem.length > LIMIT_TERM_BYTES - 8)
        stem = (struct xapian_bytes){word, length};
    entry->stem = stem.length == length && !memcmp(stem.bytes, word, length)
                      ? entry->word
                      : arena_copy(lexicon->arena, stem.bytes, stem.length);
    entry->stem_length = (uint16_t)stem.length;
    return entry;
}

const struct entry *lexicon_add(struct lexicon *lexicon, const char *word,
                                size_t length, bool pair)
{
    if (2 * lexicon->count >= lexicon->room)
        lexicon_grow(lexicon);
    uint64_t hash = XXH3_64bits(word, length);
    size_t at = hash & (lexicon->room - 1);
    for (struct entry *entry; (entry = lexicon->slots[at]);
         at = (at + 1) & (lexicon->room - 1))
        if (entry->hash == hash && entry->length == length &&
            entry->pair == pair && !memcmp(entry->word, word, length)) {
            entry->frequency++;
            return entry;
        }
    struct entry *entry = entry_new(lexicon, word, length, pair);
    entry->hash = hash;
    entry->frequency = 1;
    lexicon->slots[at] = entry;
    lexicon->count++;
    return entry;
}
