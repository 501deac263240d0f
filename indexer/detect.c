/* Text goes in, a language comes out: first its script, which often is enough;
 * then its stop words, which tell prose apart from eight words on; then the
 * letter sequences of libexttextcat; then what the page says of itself. */
#include "indexer/detect.h"

#include "common/ascii.h"
#include "common/language.h"
#include "common/text.h"

#include <textcat.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* ----------------------------------------------------------------- sample */

enum { SAMPLE_BYTES = 4096, SAMPLE_WORDS = 600 };

enum script {
    LATIN,
    CYRILLIC,
    GREEK,
    ARABIC,
    HEBREW,
    ARMENIAN,
    GEORGIAN,
    DEVANAGARI,
    BENGALI,
    TAMIL,
    THAI,
    HANGUL,
    KANA,
    HAN,
    OTHER,
    SCRIPTS
};

/* Unicode blocks, in order. */
static const struct {
    uint32_t first, last;
    enum script script;
} blocks[] = {
    {0x41, 0x24f, LATIN},     {0x370, 0x3ff, GREEK},
    {0x400, 0x52f, CYRILLIC}, {0x530, 0x58f, ARMENIAN},
    {0x590, 0x5ff, HEBREW},   {0x600, 0x6ff, ARABIC},
    {0x750, 0x77f, ARABIC},   {0x900, 0x97f, DEVANAGARI},
    {0x980, 0x9ff, BENGALI},  {0xb80, 0xbff, TAMIL},
    {0xe00, 0xe7f, THAI},     {0x10a0, 0x10ff, GEORGIAN},
    {0x1100, 0x11ff, HANGUL}, {0x1e00, 0x1eff, LATIN},
    {0x1f00, 0x1fff, GREEK},  {0x3040, 0x30ff, KANA},
    {0x3130, 0x318f, HANGUL}, {0x3400, 0x4dbf, HAN},
    {0x4e00, 0x9fff, HAN},    {0xac00, 0xd7af, HANGUL},
    {0xf900, 0xfaff, HAN},    {0xfb1d, 0xfb4f, HEBREW},
    {0xfb50, 0xfdff, ARABIC}, {0xfe70, 0xfefc, ARABIC},
    {0x20000, 0x3ffff, HAN},
};

static enum script script_of(uint32_t c)
{
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (c <= blocks[i].last)
            return c >= blocks[i].first ? blocks[i].script : OTHER;
    return OTHER;
}

/* What the sample is made of. */
struct sample {
    size_t letters[SCRIPTS];
    enum script script; /* of most letters */
    size_t words;
    unsigned rows[64];   /* words that are stop words of a row */
    unsigned shares[64]; /* the same, each word parted among its rows; in 1/60 */
    uint64_t masks[SAMPLE_WORDS]; /* the rows of each stop word met */
    size_t mask_count;
    bool ascii;                   /* no letter has an accent */
    char terms[SAMPLE_BYTES + 1]; /* folded words, a space behind each */
    size_t length;
};

static void count_letters(struct sample *sample, const char *text, size_t length)
{
    size_t size;
    sample->ascii = true;
    for (size_t at = 0; at < length; at += size) {
        uint32_t c = text_decode(text + at, length - at, &size);
        if (!text_is_letter(c))
            continue;
        sample->letters[script_of(c)]++;
        sample->ascii &= c < 0x80;
    }
    /* an ideograph says as much as four letters, and English stands in Chinese
     * text more often than Chinese in English */
    sample->letters[HAN] *= 4;
    sample->letters[KANA] *= 4;
    sample->letters[HANGUL] *= 2;
    for (int script = 0; script < SCRIPTS; script++)
        if (sample->letters[script] > sample->letters[sample->script])
            sample->script = (enum script)script;
}

static void count_stop_word(struct sample *sample, const char *term)
{
    uint64_t rows = language_stop_word_rows(term);
    if (rows)
        sample->masks[sample->mask_count++] = rows;
    unsigned among = rows ? (unsigned)__builtin_popcountll(rows) : 1;
    for (; rows; rows &= rows - 1) {
        int row = __builtin_ctzll(rows);
        sample->rows[row]++;
        sample->shares[row] += 60 / among;
    }
}

static void count_words(struct sample *sample, const char *text, size_t length)
{
    struct text_word word;
    for (size_t at = 0;
         sample->words < SAMPLE_WORDS && text_word(&word, text, length, &at);) {
        if (word.digit || word.ideograph)
            continue;
        sample->words++;
        count_stop_word(sample, word.term);
        if (sample->length + word.length + 1 < sizeof sample->terms) {
            memcpy(sample->terms + sample->length, word.term, word.length);
            sample->length += word.length;
            sample->terms[sample->length++] = ' ';
        }
    }
}

/* ------------------------------------------------------------------- rows */

static int row_of(const char *code)
{
    size_t count;
    const struct language *rows = language_all(&count);
    const struct language *row = language_find(code);
    return row ? (int)(row - rows) : -1;
}

/* Languages of a script, so that a French stop word does not count in Russian;
 * NULL: decided by the script alone. */
static const struct {
    enum script script;
    const char *codes; /* space-separated; the first is the most spoken */
} scripts[] = {
    {CYRILLIC, "ru uk bg sr mk be"},
    {ARABIC, "ar fa ur"},
    {DEVANAGARI, "hi ne"},
    {GREEK, "el"},
    {HEBREW, "he"},
    {ARMENIAN, "hy"},
    {BENGALI, "bn"},
    {TAMIL, "ta"},
    {THAI, "th"},
    {HANGUL, "ko"},
};

static const char *script_codes(enum script script)
{
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (scripts[i].script == script)
            return scripts[i].codes;
    return NULL;
}

/* Could the language be written so? Codes of no row: only in Latin. */
static bool script_fits(const struct sample *sample, const char *code)
{
    const char *codes = script_codes(sample->script);
    if (codes)
        return text_list_has(codes, code);
    if (sample->script == KANA || sample->script == HAN)
        return !strcmp(code, "ja") || !strcmp(code, "zh");
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (text_list_has(scripts[i].codes, code))
            return !strcmp(code, "sr");
    return strcmp(code, "ja") && strcmp(code, "zh");
}

/* -------------------------------------------------------------- stop words */

/* The languages with most evidence, best first. */
struct ranked {
    int row;
    unsigned score;
};

enum { RANKED = 3, GUESSES = 6 };

/* Hits count, and those that no other language shares count double. */
static void rank_rows(struct ranked best[RANKED], const struct sample *sample)
{
    size_t count;
    const struct language *rows = language_all(&count);
    for (int i = 0; i < RANKED; i++)
        best[i] = (struct ranked){.row = -1};
    for (size_t row = 0; row < count; row++) {
        unsigned score = 30 * sample->rows[row] + sample->shares[row];
        if (!score || !script_fits(sample, rows[row].code))
            continue;
        struct ranked here = {(int)row, score};
        for (int i = 0; i < RANKED; i++)
            if (here.score > best[i].score) {
                struct ranked lower = best[i];
                best[i] = here;
                here = lower;
            }
    }
}

/* --------------------------------------------------------------- textcat */

#define FINGERPRINTS "/usr/share/libexttextcat/"

/* Other languages that libexttextcat tells and that we have no row for. */
static const char *const other_codes[] = {
    "af", "am", "ast", "br", "cy", "eo", "fj", "fo", "fy", "gd", "gu", "ha", "ka",
    "kk", "km", "kn",  "ky", "la", "lb", "lo", "ml", "mn", "mr", "mt", "my", "oc",
    "pa", "sd", "si",  "so", "sw", "ti", "tk", "tl", "tt", "ug", "uz", "xh", "yi",
    "yo", "zu", "ps",  "te", "ku", "or", "as", "bo", "dv", "rw", "mi", "mg",
};

/* Our own, lasting spelling of a code: a row's, or a known one; else NULL. */
static const char *code_known(const char *code)
{
    const struct language *row = language_find(code);
    if (row)
        return row->code;
    size_t length = strcspn(code, "-_");
    for (size_t i = 0; i < sizeof other_codes / sizeof *other_codes; i++)
        if (strlen(other_codes[i]) == length &&
            ascii_find(code, length, other_codes[i]) == code)
            return other_codes[i];
    return NULL;
}

static void *textcat;
static candidate_t *candidates;

static void textcat_load(void)
{
    textcat = special_textcat_Init(FINGERPRINTS "fpdb.conf", FINGERPRINTS);
    candidates = textcat ? textcat_GetClassifyFullOutput(textcat) : NULL;
}

/* The best guesses that fit, best first; returns how many. The classifier keeps
 * working memory, so one thread at a time. */
static int textcat_guess(const char *out[GUESSES], const struct sample *sample)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_once(&once, textcat_load);
    if (!candidates)
        return 0;
    int count = 0;
    pthread_mutex_lock(&lock);
    int found =
        textcat_ClassifyFull(textcat, sample->terms, sample->length, candidates);
    for (int i = 0; i < found && count < GUESSES; i++) {
        const char *code = code_known(candidates[i].name);
        if (code && script_fits(sample, code))
            out[count++] = code;
    }
    pthread_mutex_unlock(&lock);
    return count;
}

/* ---------------------------------------------------------------- deciding */

/* Han with some kana is Japanese; Japanese news is a third kana at least. */
static const char *decide_ideographs(const struct sample *sample)
{
    return sample->letters[KANA] * 10 >= sample->letters[HAN] ? "ja" : "zh";
}

/* Do the words that one of two languages has and the other has not speak for a?
 * Neighbours (Danish and Norwegian) share nearly all the others. */
static bool clearly(const struct sample *sample, int a, int b)
{
    size_t only_a = 0, only_b = 0;
    if (b < 0)
        return sample->rows[a] > 1;
    for (size_t i = 0; i < sample->mask_count; i++) {
        bool in_a = sample->masks[i] >> a & 1, in_b = sample->masks[i] >> b & 1;
        only_a += in_a && !in_b;
        only_b += in_b && !in_a;
    }
    return only_a >= 2 * only_b + 2;
}

/* Stop words decide where they are many and one language has clearly more. */
static int decide_words(const struct ranked best[RANKED],
                        const struct sample *sample)
{
    for (int i = 0; i < 2 && best[i].row >= 0; i++) {
        bool many = sample->rows[best[i].row] * 8 >= sample->words, clear = many;
        for (int other = 0; other < RANKED; other++)
            if (other != i)
                clear = clear && clearly(sample, best[i].row, best[other].row);
        if (clear)
            return best[i].row;
    }
    return -1;
}

static bool is_near(const struct ranked best[RANKED], int row)
{
    for (int i = 0; i < RANKED; i++)
        if (best[i].row == row)
            return row >= 0 && best[i].score * 3 >= best[0].score * 2;
    return false;
}

/* Too little for the words alone: what the page declares, if the words do not
 * speak against it; English, where nothing but its letters stands; the first
 * guess that the words support; the best supported language. */
static const char *decide_all(const struct ranked best[RANKED],
                              const struct sample *sample, const char *declared)
{
    size_t count;
    const struct language *rows = language_all(&count);
    const char *guesses[GUESSES];
    if (declared && script_fits(sample, declared) &&
        (is_near(best, row_of(declared)) || best[0].row < 0 ||
         sample->rows[best[0].row] < 3))
        return declared;
    if (sample->ascii && is_near(best, row_of("en")))
        return "en";
    int guessed = textcat_guess(guesses, sample);
    for (int i = 0; i < guessed; i++)
        if (is_near(best, row_of(guesses[i])))
            return guesses[i];
    if (best[0].row >= 0 && sample->rows[best[0].row] > 1)
        return rows[best[0].row].code;
    for (int i = 0; i < guessed; i++)
        if (sample->ascii && !strcmp(guesses[i], "en"))
            return "en";
    return guessed && sample->words >= 8 ? guesses[0] : NULL;
}

const char *detect_language(const char *text, size_t length, const char *declared)
{
    struct sample sample;
    memset(&sample, 0, sizeof sample);
    size_t taken = text_boundary(text, length, SAMPLE_BYTES);
    declared = declared && *declared ? code_known(declared) : NULL;
    count_letters(&sample, text, taken);
    if (!sample.letters[sample.script])
        return declared;
    if (sample.script == KANA || sample.script == HAN)
        return decide_ideographs(&sample);
    const char *codes = script_codes(sample.script);
    if (codes && !strchr(codes, ' '))
        return code_known(codes);
    struct ranked best[RANKED];
    count_words(&sample, text, taken);
    rank_rows(best, &sample);
    int row = decide_words(best, &sample);
    size_t count;
    return row >= 0 ? language_all(&count)[row].code
                    : decide_all(best, &sample, declared);
}
