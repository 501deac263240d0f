/* Open addressing, at most half full. */
#include "indexer/words.h"

#include "common/text.h"
#include "common/vocabulary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { LEAST_ROOM = 512 };

struct words_slot {
    const char *bytes; /* NULL: an empty slot */
    uint64_t frequency;
    size_t length;
};

static struct words_slot *slot_of(const struct words *words,
                                       const char *bytes, size_t length)
{
    size_t at = XXH3_64bits(bytes, length) & (words->room - 1);
    struct words_slot *slots = words->slots;
    while (slots[at].bytes && (slots[at].length != length ||
                               memcmp(slots[at].bytes, bytes, length)))
        at = (at + 1) & (words->room - 1);
    return &slots[at];
}

static void grow(struct words *words)
{
    struct words larger = *words;
    larger.room = words->room ? 2 * words->room : LEAST_ROOM;
    larger.slots = calloc(larger.room, sizeof *larger.slots);
    if (!larger.slots) {
        fputs("dateline: out of memory\n", stderr);
        exit(2); /* as an arena does */
    }
    for (size_t i = 0; i < words->room; i++) {
        const struct words_slot *word = &words->slots[i];
        if (word->bytes)
            *slot_of(&larger, word->bytes, word->length) = *word;
    }
    free(words->slots);
    *words = larger;
}

static void add_word(struct words *words, const char *bytes, size_t length,
                     uint64_t frequency)
{
    if (2 * words->count >= words->room)
        grow(words);
    struct words_slot *slot = slot_of(words, bytes, length);
    if (!slot->bytes) {
        slot->bytes = arena_copy(&words->arena, bytes, length);
        slot->length = length;
        words->count++;
    }
    slot->frequency += frequency;
}

void words_count(struct words *words, const char *text, size_t length)
{
    struct text_word word;
    for (size_t at = 0; text_word(&word, text, length, &at);)
        if (word.length)
            add_word(words, word.term, word.length, 1);
}

static uint64_t frequency_of(const struct words *words,
                             const struct record_word *word)
{
    return words->room ? slot_of(words, word->bytes, word->length)->frequency
                       : 0;
}

void words_add(struct words *words, const struct record_word *more,
               size_t count, const struct words *before)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t known = frequency_of(before, &more[i]);
        if (more[i].length && more[i].frequency > known)
            add_word(words, more[i].bytes, more[i].length,
                     more[i].frequency - known);
    }
}

/* Greek and all that comes after it up to the rest of Latin. */
static bool begins_beyond_latin(const struct words_slot *word)
{
    size_t size;
    uint32_t first = text_decode(word->bytes, word->length, &size);
    return first >= 0x370 && first < 0x1e00;
}

/* "erdogan" VOCABULARY_PLAIN "erdoğan"; empty where nothing is dropped, or where
 * what stays is no Latin word: in other scripts a mark makes another letter. */
static struct xapian_bytes plain_word(struct arena *arena,
                                      const struct words_slot *word)
{
    struct xapian_bytes none = {"", 0};
    if (text_ascii(word->bytes, word->length) == word->length ||
        begins_beyond_latin(word))
        return none;
    const char *plain = text_fold_marks(arena, word->bytes, word->length);
    size_t length = strlen(plain);
    if (!length || text_ascii(plain, length) < length)
        return none;
    char *both = arena_format(arena, "%s%c%s", plain, VOCABULARY_PLAIN,
                              word->bytes);
    return (struct xapian_bytes){both, length + 1 + word->length};
}

static dateline_status word_write(const struct words_slot *word,
                                  struct xapian_writer *writer,
                                  dateline_error *error)
{
    struct arena scratch = ARENA_INIT;
    uint32_t most = word->frequency < UINT32_MAX ? (uint32_t)word->frequency
                                                 : UINT32_MAX;
    dateline_status status = xapian_writer_add_word(
        writer, (struct xapian_bytes){word->bytes, word->length}, most, error);
    struct xapian_bytes plain = plain_word(&scratch, word);
    if (!status && plain.length)
        status = xapian_writer_add_word(writer, plain, most, error);
    arena_release(&scratch);
    return status;
}

size_t words_bytes(const struct words *words)
{
    return words->arena.total + words->room * sizeof *words->slots;
}

dateline_status words_write(struct words *words, struct xapian_writer *writer,
                            dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < words->room && !status; i++)
        if (words->slots[i].bytes)
            status = word_write(&words->slots[i], writer, error);
    words_free(words);
    return status;
}

void words_free(struct words *words)
{
    arena_release(&words->arena);
    free(words->slots);
    *words = (struct words){.slots = NULL};
}
