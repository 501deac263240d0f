/* Blocks of words come back as they were, damaged ones end; and how far words
 * are apart. */
#include "common/vocabulary.h"
#include "tests/tap.h"

static size_t block_make(char *out, const char *const *words, size_t count)
{
    struct vocabulary_word before = {0}, word = {0};
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        word.length = (uint8_t)strlen(words[i]);
        memcpy(word.bytes, words[i], word.length);
        word.frequency = (uint32_t)i * 1000 + 1;
        length += vocabulary_write(out + length, &before, &word);
        before = word;
    }
    return length;
}

/* "word=frequency " each. */
static const char *block_text(const char *block, size_t length)
{
    static char text[1024];
    struct vocabulary_word word = {0};
    const char *at = block, *end = block + length;
    text[0] = '\0';
    while (vocabulary_read(&word, &at, end))
        snprintf(text + strlen(text), sizeof text - strlen(text), "%.*s=%u ",
                 word.length, word.bytes, word.frequency);
    return text;
}

static void test_blocks(void)
{
    static const char *const words[] = {"bri", "bridge", "bridges", "brief"};
    char block[256], bad[256];
    size_t length = block_make(block, words, 4);
    is_text(block_text(block, length),
            "bri=1 bridge=1001 bridges=2001 brief=3001 ",
            "words come back in order");
    ok(length < 30, "what they share is stored once");
    is_text(block_text(block, 0), "", "an empty block has none");
    is_text(block_text(block, length - 1), "bri=1 bridge=1001 bridges=2001 ",
            "a block that was cut ends early");
    memcpy(bad, block, sizeof bad);
    bad[6] = 99; /* shares more than there is */
    is_text(block_text(bad, length), "bri=1 ", "a block that was changed ends");
    ok(vocabulary_key(2) == 2 && vocabulary_key(7) == 3,
       "three bytes name a block");
}

static unsigned distance(const char *a, const char *b)
{
    struct vocabulary_pattern pattern;
    if (!vocabulary_pattern_set(&pattern, a, strlen(a)))
        return 99;
    return vocabulary_distance(&pattern, b, strlen(b));
}

static void test_distance(void)
{
    static const struct {
        const char *a, *b;
        unsigned want;
    } rows[] = {
        {"bridge", "bridge", 0},   {"bridge", "bridges", 1},
        {"bridge", "ridge", 1},    {"bridge", "bride", 1},
        {"bridge", "brigde", 1},   {"bridge", "birdge", 1},
        {"bridge", "fridges", 2},  {"bridge", "bird", 3},
        {"bridge", "council", 3},  {"abcdef", "badcfe", 3},
        {"abcdef", "badcef", 2},   {"council", "cuoncli", 2},
        {"a", "", 1},              {"", "", 0},
        {"größe", "grösse", 2},    {"größe", "grosse", 3},
        {"мост", "мосты", 1},      {"мост", "омст", 1},
        {"xyabc", "abc", 2},       {"abc", "abcxy", 2},
        {"abc", "abcxyz", 3},      {"aaaa", "aaaaaa", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s and %s", rows[i].a, rows[i].b);
        unsigned there = distance(rows[i].a, rows[i].b);
        unsigned back = distance(rows[i].b, rows[i].a);
        if (!ok(there == rows[i].want && back == rows[i].want, name))
            printf("#   %u there, %u back\n", there, back);
    }
    char word[200];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    ok(distance(word, "a") == 99, "a word of over 64 letters is compared with none");
    ok(distance("a", word) == VOCABULARY_FAR, "and is far from all");
    word[64] = '\0';
    ok(distance(word, word) == 0, "one of 64 is not");
    ok(distance("bridge", "br\xff\xfe" "ge") != 0, "bytes that are no letters");
}

/* Against the whole table, over all words of up to five letters out of two. */
static unsigned plain_distance(const char *a, const char *b)
{
    unsigned table[8][8];
    size_t m = strlen(a), n = strlen(b);
    for (size_t i = 0; i <= m; i++)
        for (size_t j = 0; j <= n; j++) {
            unsigned value = i ? j ? 99 : (unsigned)i : (unsigned)j;
            if (i && j) {
                unsigned change = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                unsigned out = table[i - 1][j] + 1, in = table[i][j - 1] + 1;
                value = change < out ? change : out;
                value = in < value ? in : value;
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                    a[i - 2] == b[j - 1] && table[i - 2][j - 2] + 1 < value)
                    value = table[i - 2][j - 2] + 1;
            }
            table[i][j] = value;
        }
    return table[m][n] < VOCABULARY_FAR ? table[m][n] : VOCABULARY_FAR;
}

static void word_of(char *out, unsigned number)
{
    for (; number > 1; number /= 2)
        *out++ = number % 2 ? 'a' : 'b';
    *out = '\0';
}

static void test_all(void)
{
    unsigned wrong = 0;
    char a[8], b[8];
    for (unsigned i = 1; i < 64; i++)
        for (unsigned j = 1; j < 64; j++) {
            word_of(a, i);
            word_of(b, j);
            wrong += distance(a, b) != plain_distance(a, b);
        }
    ok(wrong == 0, "every pair of short words is as far apart as the table says");
}

int main(void)
{
    test_blocks();
    test_distance();
    test_all();
    return done();
}
