/* Any bytes as a block: reading ends inside them, what was read can be written
 * and read again, and distances are the same there and back. */
#include "common/vocabulary.h"

#include <stdlib.h>
#include <string.h>

static void check(int condition)
{
    if (!condition)
        abort();
}

static void check_distance(const struct vocabulary_word *a,
                           const struct vocabulary_word *b)
{
    struct vocabulary_pattern pattern_a, pattern_b;
    if (!vocabulary_pattern_set(&pattern_a, a->bytes, a->length) ||
        !vocabulary_pattern_set(&pattern_b, b->bytes, b->length))
        return;
    check(vocabulary_distance(&pattern_a, b->bytes, b->length) ==
          vocabulary_distance(&pattern_b, a->bytes, a->length));
    check(vocabulary_distance(&pattern_a, a->bytes, a->length) == 0);
}

static void check_again(const struct vocabulary_word *before,
                        const struct vocabulary_word *word)
{
    char entry[VOCABULARY_ENTRY_BYTES];
    size_t length = vocabulary_write(entry, before, word);
    check(length <= sizeof entry);
    struct vocabulary_word again = *before;
    const char *at = entry;
    check(vocabulary_read(&again, &at, entry + length));
    check(at == entry + length && again.length == word->length &&
          again.frequency == word->frequency &&
          !memcmp(again.bytes, word->bytes, word->length));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *block = malloc(size + 1);
    if (!block)
        return 0;
    memcpy(block, data, size);
    struct vocabulary_word before = {0}, word = {0};
    const char *at = block, *end = block + size;
    while (vocabulary_read(&word, &at, end)) {
        check(at <= end);
        check_again(&before, &word);
        check_distance(&before, &word);
        before = word;
    }
    free(block);
    return 0;
}
