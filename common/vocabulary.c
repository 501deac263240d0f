/* Words go in, bytes come out, and back; and how far two words are apart. Blocks
 * come from disk: reading trusts nothing. */
#include "common/vocabulary.h"

#include "common/text.h"

#include <string.h>

size_t vocabulary_key(size_t length)
{
    return length < VOCABULARY_KEY_BYTES ? length : VOCABULARY_KEY_BYTES;
}

/* ------------------------------------------------------------------- blocks */

static bool number_read(uint32_t *out, const char **at, const char *end)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 35 && *at < end; shift += 7) {
        unsigned char byte = (unsigned char)*(*at)++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = (uint32_t)value;
            return value <= UINT32_MAX;
        }
    }
    return false;
}

static size_t number_write(char *out, uint32_t number)
{
    size_t length = 0;
    for (; number >= 0x80; number >>= 7)
        out[length++] = (char)(number | 0x80);
    out[length++] = (char)number;
    return length;
}

bool vocabulary_read(struct vocabulary_word *word, const char **at,
                     const char *end)
{
    if (end - *at < 3)
        return false;
    size_t shared = (unsigned char)(*at)[0], more = (unsigned char)(*at)[1];
    if (shared > word->length || shared + more > VOCABULARY_WORD_BYTES ||
        more > (size_t)(end - *at - 2))
        return false;
    memcpy(word->bytes + shared, *at + 2, more);
    word->length = (uint8_t)(shared + more);
    *at += 2 + more;
    return number_read(&word->frequency, at, end);
}

size_t vocabulary_write(char *out, const struct vocabulary_word *before,
                        const struct vocabulary_word *word)
{
    size_t shared = 0;
    while (shared < before->length && shared < word->length &&
           before->bytes[shared] == word->bytes[shared])
        shared++;
    size_t more = word->length - shared;
    out[0] = (char)shared;
    out[1] = (char)more;
    memcpy(out + 2, word->bytes + shared, more);
    return 2 + more + number_write(out + 2 + more, word->frequency);
}

/* ----------------------------------------------------------------- distance */

static uint64_t letter_bit(uint32_t letter)
{
    return UINT64_C(1) << (letter & 63);
}

/* Letters of the word, or more than fit. */
static size_t letters_read(uint32_t *letters, uint64_t *set, const char *word,
                           size_t length)
{
    size_t count = 0;
    *set = 0;
    for (size_t at = 0, size; at < length; at += size, count++) {
        if (count == VOCABULARY_PATTERN)
            return VOCABULARY_PATTERN + 1;
        letters[count] = text_decode(word + at, length - at, &size);
        *set |= letter_bit(letters[count]);
    }
    return count;
}

bool vocabulary_pattern_set(struct vocabulary_pattern *out, const char *word,
                            size_t length)
{
    out->count = letters_read(out->letters, &out->set, word, length);
    out->farthest = out->count < 3 ? 0 : out->count < 5 ? 1 : 2;
    return out->count <= VOCABULARY_PATTERN;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* A row of the table of optimal string alignment (Damerau 1964, each letter
 * touched once): row[j] is the distance of the first i letters of a from the
 * first j of b. Only the five columns around the diagonal can stay below 3. */
static bool row_fill(unsigned *row, const unsigned *above,
                     const unsigned *above_that, size_t i, const uint32_t *a,
                     const uint32_t *b, size_t b_count)
{
    size_t from = i > 2 ? i - 2 : 1, to = i + 2 < b_count ? i + 2 : b_count;
    unsigned best = row[from - 1] =
        from == 1 ? least((unsigned)i, VOCABULARY_FAR) : VOCABULARY_FAR;
    for (size_t j = from; j <= to; j++) {
        unsigned value = above[j - 1] + (a[i - 1] != b[j - 1]);
        value = least(value, least(above[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            value = least(value, above_that[j - 2] + 1);
        row[j] = least(value, VOCABULARY_FAR);
        best = least(best, row[j]);
    }
    if (to < b_count)
        row[to + 1] = VOCABULARY_FAR;
    return best < VOCABULARY_FAR;
}

static unsigned letters_distance(const uint32_t *a, size_t a_count,
                                 const uint32_t *b, size_t b_count)
{
    unsigned rows[3][VOCABULARY_PATTERN + 2];
    for (size_t j = 0; j <= b_count; j++)
        rows[0][j] = least((unsigned)j, VOCABULARY_FAR);
    for (size_t i = 1; i <= a_count; i++)
        if (!row_fill(rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3], i, a,
                      b, b_count))
            return VOCABULARY_FAR;
    return rows[a_count % 3][b_count];
}

/* An edit takes at most one letter out of the set and puts one in. */
static bool sets_are_far(uint64_t a, uint64_t b)
{
    return __builtin_popcountll(a & ~b) > 2 || __builtin_popcountll(b & ~a) > 2;
}

unsigned vocabulary_distance(const struct vocabulary_pattern *pattern,
                             const char *word, size_t length)
{
    if (length + 2 < pattern->count || length > 4 * (pattern->count + 2))
        return VOCABULARY_FAR;
    uint32_t letters[VOCABULARY_PATTERN];
    uint64_t set;
    size_t count = letters_read(letters, &set, word, length);
    if (count > VOCABULARY_PATTERN || count > pattern->count + 2 ||
        count + 2 < pattern->count || sets_are_far(set, pattern->set))
        return VOCABULARY_FAR;
    return letters_distance(pattern->letters, pattern->count, letters, count);
}
