/* Text goes in, its words with what the lists say of them come out, and the
 * labels that follow from it. The lists are a hash table in the program itself
 * (build/names.inc): loading them is a pointer. Each word begins at most as many
 * look-ups as the longest name has words. */
#include "indexer/gazetteer.h"

#include "common/hash.h"
#include "common/text.h"
#include "indexer/name.h"
#include "indexer/capitals.h"
#include "indexer/token.h"

#include "names.inc"

#include <string.h>

enum { NAME_WORDS = 12 };

struct gazetteer {
    const struct name *rows;
    const uint32_t *buckets;
};

static const struct gazetteer built_in = {names, name_buckets};

dateline_status gazetteer_load(struct gazetteer **out, dateline_error *error)
{
    (void)error;
    *out = (struct gazetteer *)(uintptr_t)&built_in;
    return DATELINE_OK;
}

void gazetteer_free(struct gazetteer *gazetteer)
{
    (void)gazetteer;
}

/* ------------------------------------------------------------------ look-up */

static const struct name *name_find(const struct gazetteer *gazetteer,
                                    uint32_t hash, const char *key)
{
    uint32_t bucket = hash & (NAME_BUCKETS - 1);
    for (uint32_t i = gazetteer->buckets[bucket];
         i < gazetteer->buckets[bucket + 1]; i++)
        if (gazetteer->rows[i].hash == hash && !strcmp(gazetteer->rows[i].key, key))
            return &gazetteer->rows[i];
    return NULL;
}

/* What a row says of words that are written so. */
static uint32_t kinds_as_written(const struct name *row, bool capital, bool upper)
{
    uint32_t kinds = row->kinds;
    if (kinds & NAME_UPPER && !upper)
        kinds &= NAME_NOT | NAME_MORE;
    if (!capital)
        kinds &= kinds & NAME_LOWER ? NAME_TITLE | NAME_PARTICLE | NAME_SUFFIX |
                                          NAME_PREFIX | NAME_ANY | NAME_CURRENCY |
                                          NAME_MORE
                                    : NAME_MORE;
    return kinds;
}

/* ------------------------------------------------------------------- tokens */

/* Abbreviations whose point ends no sentence: titles and company forms come
 * from the lists; these are the others. */
static bool is_abbreviation(const struct token *token, const char *text)
{
    static const char *const words[] = {"St", "Mt", "No", "vs", "Nos", "Art"};
    size_t length = token->end - token->start;
    if (token->initial || token->kinds & NAME_TITLE)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length &&
            !memcmp(words[i], text + token->start, length))
            return true;
    return false;
}

static enum token_gap gap_of_character(uint32_t c)
{
    switch (c) {
    case '-': case 0x2010: case 0x2011: return GAP_HYPHEN;
    case '&': return GAP_AND;
    case '/': return GAP_SLASH;
    case ',': case 0x060c: return GAP_COMMA;
    case '!': case '?': case ':': case 0x2026: case 0x3002: case 0x061f:
    case 0x2022: return GAP_STOP;
    /* an elision: "l'Iran", "O'Brien" */
    case '\'': case 0x2019: return GAP_HYPHEN;
    default: return GAP_MARK;
    }
}

/* What stands between two words: the strongest of its characters. */
static enum token_gap gap_read(bool *quoted, const struct token *before,
                               const char *text, size_t from, size_t to)
{
    enum token_gap gap = GAP_NONE;
    for (size_t at = from, size; at < to; at += size) {
        uint32_t c = text_decode(text + at, to - at, &size);
        enum token_gap here = GAP_SPACE;
        if (c == '.')
            here = before && at == before->end && is_abbreviation(before, text)
                       ? GAP_SPACE : GAP_STOP;
        else if (!text_is_space(c) && !text_is_invisible(c))
            here = gap_of_character(c);
        if (c == '"' || c == 0x201c || c == 0x201e || c == 0xab || c == 0x2018)
            *quoted = true;
        /* a hyphen or elision with space around it is a dash or a quote */
        if ((here == GAP_HYPHEN && gap == GAP_SPACE) ||
            (here == GAP_SPACE && gap == GAP_HYPHEN))
            here = GAP_MARK;
        if (here > gap)
            gap = here;
    }
    return gap;
}

static bool is_initial(const struct text_word *word, const char *text)
{
    size_t letters = 0;
    for (size_t i = word->start; i < word->end; i++)
        letters += text[i] != '.';
    return word->capital && (letters == 1 || (letters < 4 && word->upper &&
                             memchr(text + word->start, '.', word->end - word->start)));
}

static size_t bare_end(const char *text, const struct text_word *word)
{
    size_t end = word->end, length = end - word->start;
    if (length > 2 && (text[end - 1] | 0x20) == 's') {
        if (text[end - 2] == '\'')
            return end - 2;
        if (length > 4 && !memcmp(text + end - 4, "\u2019", 3))
            return end - 4;
    }
    return end;
}

/* Hebrew, Arabic, the scripts of India and East Asia: all from U+0590 on but
 * Georgian and the blocks of further Latin and Greek letters. */
static bool is_uncased(const struct text_word *word, const char *text)
{
    size_t size;
    uint32_t c = text_decode(text + word->start, word->end - word->start, &size);
    return c >= 0x590 && text_is_letter(c) && !(c >= 0x10a0 && c < 0x1100) &&
           !(c >= 0x1c80 && c < 0x2000);
}

/* Terms of the words of one piece, for the look-ups of longer names. */
struct terms {
    char bytes[TOKENS_MOST * 16 + TEXT_TERM_BYTES];
    size_t start[TOKENS_MOST + 1], length;
};

/* A word may belong to the same name as the word before it. */
static bool is_within_name(const struct token *token)
{
    return token->gap <= GAP_AND && !token->first;
}

/* The longest names, titles and the like that begin at token i. */
static void token_look_up(struct tokens *tokens, size_t i,
                          const struct gazetteer *gazetteer,
                          const struct terms *terms)
{
    struct token *token = &tokens->items[i];
    char key[NAME_WORDS * TEXT_TERM_BYTES + NAME_WORDS];
    size_t length = 0;
    uint32_t hash = HASH_32;
    bool upper = true;
    for (size_t n = 0; n < NAME_WORDS && i + n < tokens->count; n++) {
        const struct token *last = &tokens->items[i + n];
        if (n && (!is_within_name(last) || last[-1].possessive))
            break;
        if (n) {
            key[length++] = ' ';
            hash = hash_32(hash, " ", 1);
        }
        size_t size = terms->start[i + n + 1] - terms->start[i + n];
        memcpy(key + length, terms->bytes + terms->start[i + n], size);
        hash = hash_32(hash, key + length, size);
        length += size;
        key[length] = '\0';
        const struct name *row = name_find(gazetteer, hash, key);
        if (!row)
            break;
        upper &= last->upper;
        uint32_t kinds = kinds_as_written(row, token->capital || token->uncased,
                                          upper || token->uncased);
        /* the word may be small in a name, but not its last one */
        bool closed = last->capital || last->digit || last->uncased ||
                      kinds & NAME_LOWER;
        uint8_t words = (uint8_t)(n + 1);
        if (!n)
            token->kinds = kinds;
        if (closed && kinds & (NAME_PLACE | NAME_REGION | NAME_NORP | NAME_ORG |
                               NAME_LANGUAGE)) {
            token->name = words;
            token->name_kinds = kinds;
        }
        if (kinds & NAME_TITLE)
            token->title = words;
        if (kinds & NAME_PARTICLE)
            token->particle = words;
        if (kinds & (NAME_PREFIX | NAME_SUFFIX | NAME_ANY)) {
            token->org = words;
            token->org_kinds = kinds;
        }
        if (!(row->kinds & NAME_MORE))
            break;
    }
}

static void token_read(struct token *token, const struct token *before,
                       const struct text_word *word, const char *text,
                       size_t from)
{
    bool quoted = false;
    *token = (struct token){
        .start = word->start, .end = bare_end(text, word),
        .capital = word->capital, .upper = word->upper, .digit = word->digit,
        .initial = is_initial(word, text), .uncased = is_uncased(word, text)};
    token->possessive = token->end != word->end;
    token->gap = gap_read(&quoted, before, text, from, word->start);
    token->first = !before || token->gap == GAP_STOP || quoted;
}

static bool is_shouting(const struct tokens *tokens)
{
    size_t upper = 0, words = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        words += !token->digit;
        upper += token->upper;
    }
    return words > 3 && 10 * upper > 6 * words;
}

bool gazetteer_tokens(struct tokens *tokens, const struct gazetteer *gazetteer,
                      const char *text, size_t length, size_t *at)
{
    struct terms terms;
    struct text_word word;
    size_t from = *at;
    tokens->count = terms.length = terms.start[0] = 0;
    while (tokens->count < TOKENS_MOST && text_word(&word, text, length, at)) {
        struct token *token = &tokens->items[tokens->count];
        const char *newline = memchr(text + from, '\n', word.start - from);
        bool full = terms.length + word.length >= sizeof terms.bytes;
        if (tokens->count && (newline || full)) {
            *at = newline ? (size_t)(newline - text) + 1 : word.start;
            break;
        }
        token_read(token, tokens->count ? token - 1 : NULL, &word, text,
                   newline ? (size_t)(newline - text) : from);
        memcpy(terms.bytes + terms.length, word.term, word.length);
        terms.length += word.length;
        terms.start[++tokens->count] = terms.length;
        /* its own kinds are asked at once: they tell whether a point ends */
        token_look_up(tokens, tokens->count - 1, gazetteer, &terms);
        from = word.end;
    }
    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->items[i].kinds & NAME_MORE)
            token_look_up(tokens, i, gazetteer, &terms);
    tokens->shouting = is_shouting(tokens);
    return tokens->count > 0;
}

void gazetteer_find(struct labels *labels, const struct gazetteer *gazetteer,
                    const char *text, size_t length, const char *language)
{
    struct tokens tokens;
    /* German writes every noun with a capital */
    bool nouns = language && !strncmp(language, "de", 2);
    for (size_t at = 0; !labels_full(labels) &&
                        gazetteer_tokens(&tokens, gazetteer, text, length, &at);)
        capitals_find(labels, &tokens, text, nouns);
}
