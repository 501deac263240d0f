/* UTF-8 goes in, tokens with their hashes come out, in one walk over the bytes.
 * Words end where the kind of character changes; a table of abbreviations
 * keeps "Dr." from ending a sentence. */
#include "indexer/tagger_token.h"

#include "common/hash.h"
#include "common/text.h"

#include <stddef.h>
#include <string.h>
#include <unicase.h>

enum kind { MARK, SPACE, LINE, DIGIT, LETTER, UPPER };

struct character {
    uint32_t code;
    enum kind kind;
    size_t size;
};

/* Of an ASCII character; 0 is MARK. */
#define FIVE(kind) kind, kind, kind, kind, kind
#define LETTERS(kind) \
    FIVE(kind), FIVE(kind), FIVE(kind), FIVE(kind), FIVE(kind), kind
static const uint8_t ascii_kinds[128] = {
    ['\t'] = SPACE, LINE, SPACE, SPACE, SPACE, [' '] = SPACE,
    ['0'] = FIVE(DIGIT), FIVE(DIGIT),
    ['A'] = LETTERS(UPPER), ['a'] = LETTERS(LETTER)};
#undef LETTERS
#undef FIVE

static enum kind kind_of(uint32_t c)
{
    if (text_is_letter(c))
        return text_is_upper(c) ? UPPER : LETTER;
    if (text_is_space(c))
        return SPACE;
    return text_is_digit(c) ? DIGIT : MARK;
}

/* The text being read, and where. */
struct reader {
    const char *text;
    size_t length, at;
};

static struct character look_far(const struct reader *r, size_t at)
{
    struct character c;
    c.code = text_decode(r->text + at, r->length - at, &c.size);
    c.kind = kind_of(c.code);
    return c;
}

static inline struct character look(const struct reader *r, size_t at)
{
    if (at >= r->length)
        return (struct character){0, LINE, 0};
    unsigned char byte = (unsigned char)r->text[at];
    if (byte < 0x80)
        return (struct character){byte, ascii_kinds[byte], 1};
    return look_far(r, at);
}

static inline bool is_letter(enum kind kind)
{
    return kind >= LETTER;
}

/* A last mix, which the weights were learnt with. */
static inline uint32_t hash_end(uint32_t hash)
{
    hash *= 0x9e3779b1u;
    return hash ^ hash >> 15;
}

uint32_t tagger_hash(const char *bytes, size_t length)
{
    return hash_end(hash_32(HASH_32, bytes, length));
}

/* What is gathered while a word is read. */
enum { FOLDED_BYTES = 64, SHAPE_BYTES = 8 };

struct word {
    char folded[FOLDED_BYTES + 4];
    char shape[SHAPE_BYTES];
    size_t folded_length, shape_length;
    size_t letters, uppers, digits, points;
    bool capital; /* the first letter is upper case */
};

static void fold(struct word *w, struct character c)
{
    if (w->folded_length >= FOLDED_BYTES)
        return;
    if (c.code < 0x80)
        w->folded[w->folded_length++] = (char)(c.kind == UPPER ? c.code | 0x20
                                                               : c.code);
    else
        w->folded_length += text_encode(w->folded + w->folded_length,
                                        uc_tolower(c.code));
}

static inline void word_add(struct word *w, struct character c)
{
    char sign = c.kind == UPPER ? 'X' : c.kind == LETTER ? 'x'
              : c.kind == DIGIT ? 'd' : (char)c.code;
    if (w->shape_length < SHAPE_BYTES &&
        (!w->shape_length || w->shape[w->shape_length - 1] != sign))
        w->shape[w->shape_length++] = sign;
    fold(w, c);
    if (is_letter(c.kind) && !w->letters)
        w->capital = c.kind == UPPER;
    w->letters += is_letter(c.kind);
    w->uppers += c.kind == UPPER;
    w->digits += c.kind == DIGIT;
}

/* After an apostrophe these are words of their own or parts of a verb, not of a
 * name: Chad's, don't. O'Brien and Sana'a stay whole. */
static bool is_ending(const struct reader *r, size_t at)
{
    static const char *const endings[] = {"s", "t", "re", "ve", "ll", "d", "m",
                                          "S"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (r->length - at >= n && !memcmp(r->text + at, endings[i], n) &&
            !is_letter(look(r, at + n).kind))
            return true;
    }
    return false;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* A mark that belongs to the word it stands in. */
static bool joins(const struct reader *r, const struct word *w,
                  struct character c)
{
    struct character next = look(r, r->at + c.size);
    if (c.code == '.' || c.code == ',') {
        if (w->digits && !w->letters)
            return next.kind == DIGIT;
        /* U.S. and A.B.C., but not the full stop of "plan B." */
        return c.code == '.' && w->letters && w->uppers == w->letters &&
               !w->digits && w->letters == w->points + 1 &&
               (w->points || next.kind == UPPER);
    }
    if (c.code == '&')
        return w->letters && w->uppers == w->letters && next.kind == UPPER;
    return is_apostrophe(c.code) && w->letters && is_letter(next.kind) &&
           !is_ending(r, r->at + c.size);
}

static uint8_t form_of(const struct word *w)
{
    if (!w->letters)
        return TAGGER_NUMBER;
    if (w->digits)
        return TAGGER_ALNUM;
    if (w->uppers == w->letters)
        return w->letters == 1 ? TAGGER_INITIAL : TAGGER_UPPER;
    if (!w->uppers)
        return TAGGER_LOWER;
    return w->capital && w->uppers == 1 ? TAGGER_CAPITAL : TAGGER_MIXED;
}

/* The hashes of the folded word, and of its first and last few bytes. */
static void hash_folded(struct tagger_token *token, const struct word *w)
{
    uint32_t hash = HASH_32;
    size_t n = w->folded_length;
    for (size_t i = 0; i < n; i++) {
        hash = hash_32_byte(hash, w->folded[i]);
        if (i > 0 && i <= TAGGER_AFFIXES)
            token->prefix[i - 1] = hash_end(hash);
    }
    token->folded = hash_end(hash);
    for (size_t i = 0; i < TAGGER_AFFIXES; i++) {
        if (n < i + 2) /* the whole word */
            token->prefix[i] = token->suffix[i] = token->folded;
        else
            token->suffix[i] = tagger_hash(w->folded + n - i - 2, i + 2);
    }
}

static void read_word(struct tagger_token *token, struct reader *r)
{
    struct word w;
    memset(&w.folded_length, 0, sizeof w - offsetof(struct word, folded_length));
    size_t start = r->at;
    for (;;) {
        struct character c = look(r, r->at);
        if (!is_letter(c.kind) && c.kind != DIGIT) {
            if (c.kind != MARK || !joins(r, &w, c))
                break;
            w.points += c.code == '.';
        }
        word_add(&w, c);
        r->at += c.size;
    }
    size_t length = r->at - start;
    hash_folded(token, &w);
    token->exact = w.folded_length == length &&
                           !memcmp(w.folded, r->text + start, length)
                       ? token->folded
                       : tagger_hash(r->text + start, length);
    token->shape = tagger_hash(w.shape, w.shape_length);
    token->form = form_of(&w);
}

/* A token that is known by one character. */
static void set_plain(struct tagger_token *token, uint8_t form, uint32_t sign)
{
    char bytes[4];
    token->form = form;
    token->exact = token->folded = token->shape =
        tagger_hash(bytes, text_encode(bytes, sign));
}

/* Typographic quotes and dashes count as the plain ones. */
static uint32_t plain_mark(uint32_t c)
{
    switch (c) {
    case 0x2018: case 0x2019: return '\'';
    case 0x201c: case 0x201d: return '"';
    case 0x2013: case 0x2014: return '-';
    default: return c;
    }
}

static void read_mark(struct tagger_token *token, struct reader *r)
{
    struct character c = look(r, r->at);
    bool ending = is_apostrophe(c.code) && token->flags & TAGGER_GLUED &&
                  is_ending(r, r->at + c.size);
    set_plain(token, TAGGER_MARK, plain_mark(c.code));
    r->at += c.size;
    if (!ending)
        return;
    token->exact = token->folded =
        token->shape + (uint8_t)r->text[r->at]; /* 's is not 't */
    while (is_letter((c = look(r, r->at)).kind))
        r->at += c.size;
}

static bool is_address(const struct reader *r)
{
    static const char *const heads[] = {"http://", "https://", "www."};
    if (r->text[r->at] != 'h' && r->text[r->at] != 'w')
        return false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t n = strlen(heads[i]);
        if (r->length - r->at >= n && !memcmp(r->text + r->at, heads[i], n))
            return true;
    }
    return false;
}

static void read_address(struct tagger_token *token, struct reader *r)
{
    for (struct character c; (c = look(r, r->at)).kind != SPACE &&
                             c.kind != LINE;)
        r->at += c.size;
    set_plain(token, TAGGER_ADDRESS, '/');
}

static bool is_abbreviation(const char *word, size_t length)
{
    static const char *const list[] = {
        "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Sgt", "Capt",
        "Maj", "Sen", "Rep", "Gov", "St", "Jr", "Sr", "Inc", "Corp", "Co",
        "Ltd", "No", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept",
        "Sep", "Oct", "Nov", "Dec", "vs", "Rev", "Hon", "Brig", "Cmdr", "Adm",
        "Mt", "Ft", "Bros", "Messrs", "Pres", "Dist", "Dept"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strlen(list[i]) == length && !memcmp(list[i], word, length))
            return true;
    return false;
}

static bool closes(uint32_t c)
{
    return c == '"' || c == ')' || c == '\'' || c == 0x2019 || c == 0x201d;
}

/* The mark just read ends a sentence: white space follows it (after closing
 * quotes), and no abbreviation or initial stands before a full stop. */
static bool ends_sentence(const struct reader *r,
                          const struct tagger_token *mark,
                          const struct tagger_token *before)
{
    char sign = r->text[mark->start];
    if (mark->form != TAGGER_MARK ||
        (sign != '.' && sign != '!' && sign != '?'))
        return false;
    if (sign == '.' && before && before->end == mark->start &&
        (before->form == TAGGER_INITIAL ||
         is_abbreviation(r->text + before->start, before->end - before->start)))
        return false;
    size_t at = r->at;
    struct character c = look(r, at);
    for (unsigned i = 0; i < 4 && closes(c.code); i++) {
        at += c.size;
        c = look(r, at);
    }
    return c.kind == SPACE || c.kind == LINE;
}

/* Moves past white space; true when a line ended. */
static bool skip_space(struct reader *r)
{
    bool line = false;
    for (struct character c; r->at < r->length; r->at += c.size) {
        c = look(r, r->at);
        if (c.kind != SPACE && c.kind != LINE)
            break;
        line |= c.kind == LINE;
    }
    return line;
}

static void read_token(struct tagger_token *token, struct reader *r)
{
    enum kind kind = look(r, r->at).kind;
    if (is_address(r))
        read_address(token, r);
    else if (is_letter(kind) || kind == DIGIT)
        read_word(token, r);
    else
        read_mark(token, r);
}

/* A window this full ends with its sentence. */
enum { ENOUGH = TAGGER_TOKENS - TAGGER_TOKENS / 8 };

size_t tagger_tokenise(struct tagger_token *tokens, size_t *count,
                       const char *text, size_t length, size_t at)
{
    struct reader r = {text, length, at};
    uint32_t sentence = 0;
    bool first = true, ended = false;
    size_t n = 0;
    while (n < TAGGER_TOKENS) {
        size_t gap = r.at;
        ended |= skip_space(&r);
        if (r.at >= length || (ended && n >= ENOUGH))
            break;
        if (ended && !first) {
            sentence++;
            first = true;
        }
        struct tagger_token *t = &tokens[n];
        *t = (struct tagger_token){.start = (uint32_t)r.at,
                                   .sentence = sentence};
        if (n && gap == r.at)
            t->flags |= TAGGER_GLUED;
        read_token(t, &r);
        t->end = (uint32_t)r.at;
        if (first && t->form != TAGGER_MARK) {
            t->flags |= TAGGER_FIRST;
            first = false;
        }
        ended = ends_sentence(&r, t, n ? t - 1 : NULL);
        n++;
    }
    *count = n;
    return r.at;
}
