/* Bytes of a question in, tokens out. Full-width and typographic signs count as
 * their ASCII ones; signs that mean nothing where they stand are passed over. */
#include "query/token.h"

#include "common/error.h"
#include "common/field.h"
#include "common/language.h"
#include "common/text.h"
#include "query/amount.h"
#include "query/day.h"

#include <string.h>

/* ------------------------------------------------------------- characters */

/* The ASCII sign that a character stands for in this language, else itself. */
static uint32_t sign(uint32_t c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        return c - 0xff01 + '!';
    switch (c) {
    case 0x201c: case 0x201d: case 0x201e: case 0x201f: case 0x2033:
    case 0x00ab: case 0x00bb: case 0x300c: case 0x300d: case 0x300e: case 0x300f:
        return '"';
    case 0x2010: case 0x2011: case 0x2013: case 0x2212:
        return '-';
    case 0x2026:
        return '.';
    default:
        return text_is_space(c) ? ' ' : c;
    }
}

/* A mark that can only open a quotation, whatever stands before it. */
static bool only_opens(uint32_t c)
{
    return c == 0x201e || c == 0x00ab || c == 0x300c || c == 0x300e;
}

/* A quotation is closed by a mark of its own family, so that "quotes of 「others」"
 * stay whole. */
enum family { COMMAS, GUILLEMETS, CORNERS };

static enum family family_of(uint32_t mark)
{
    return mark == 0xab || mark == 0xbb          ? GUILLEMETS
           : mark >= 0x300c && mark <= 0x300f ? CORNERS
                                                 : COMMAS;
}

static uint32_t raw_at(const struct tokens *tokens, size_t at, size_t *size)
{
    *size = 0;
    return at < tokens->length
               ? text_decode(tokens->text + at, tokens->length - at, size)
               : 0;
}

static uint32_t sign_at(const struct tokens *tokens, size_t at, size_t *size)
{
    return sign(raw_at(tokens, at, size));
}

static uint32_t peek(const struct tokens *tokens, size_t at)
{
    size_t size;
    return sign_at(tokens, at, &size);
}

/* True where a run of other characters ends. */
static bool is_border(uint32_t c)
{
    return c == ' ' || c == '(' || c == ')' || c == '"' || c == 0;
}

static bool is_word_sign(uint32_t c)
{
    return text_is_letter(c) || text_is_digit(c);
}

/* --------------------------------------------------------------- the lexer */

/* What stands between the mark at `open` and the one that closes it, which ends
 * at *next; false when none does. */
static bool quote_span(const char *text, size_t length, size_t open,
                       size_t *start, size_t *end, size_t *next)
{
    size_t size;
    enum family family =
        family_of(text_decode(text + open, length - open, &size));
    *start = open + size;
    for (size_t at = *start; at < length; at += size) {
        uint32_t c = text_decode(text + at, length - at, &size);
        if (sign(c) == '"' && family_of(c) == family) {
            *end = at;
            *next = at + size;
            return true;
        }
    }
    return false;
}

static bool is_closed(const struct tokens *tokens, size_t open)
{
    size_t start, end, next;
    return quote_span(tokens->text, tokens->length, open, &start, &end, &next);
}

static dateline_status quote_read(struct tokens *tokens, struct token *token,
                                  size_t at)
{
    token->quoted = true;
    if (!quote_span(tokens->text, tokens->length, at, &token->text_start,
                    &token->text_end, &token->end))
        return error_at(tokens->error, DATELINE_BAD_QUERY, at,
                        "this quotation mark is never closed");
    return DATELINE_OK;
}

static size_t run_end(const struct tokens *tokens, size_t at)
{
    for (size_t size; at < tokens->length; at += size)
        if (is_border(sign_at(tokens, at, &size)))
            break;
    return at;
}

/* Two or more lower-case letters, a colon and a value, which is not "//": the
 * length of the name, else 0. */
static size_t field_name(const struct tokens *tokens, size_t at, size_t *value)
{
    size_t length = 0, size;
    while (at + length < tokens->length && tokens->text[at + length] >= 'a' &&
           tokens->text[at + length] <= 'z')
        length++;
    if (length < 2 || sign_at(tokens, at + length, &size) != ':')
        return 0;
    *value = at + length + size;
    if (peek(tokens, *value) == '/' && peek(tokens, *value + 1) == '/')
        return 0;
    bool known = field_find(tokens->text + at, length) ||
                 day_name_find(tokens->text + at, length) ||
                 amount_help(tokens->text + at, length);
    uint32_t next = peek(tokens, *value);
    bool has_value = !is_border(next) || next == '"';
    if (tokens->prose)
        return known && has_value ? length : 0;
    return known || has_value ? length : 0;
}

static bool is_text(const struct tokens *tokens, size_t start, size_t end,
                    const char *word)
{
    return end - start == strlen(word) &&
           !memcmp(tokens->text + start, word, end - start);
}

/* AND, OR, NOT, NEAR, NEAR/7; all else stays a run. */
static dateline_status operator_read(struct tokens *tokens, struct token *token)
{
    size_t start = token->start, end = token->end;
    if (tokens->prose)
        return DATELINE_OK;
    if (is_text(tokens, start, end, "AND"))
        token->kind = TOKEN_AND;
    else if (is_text(tokens, start, end, "OR"))
        token->kind = TOKEN_OR;
    else if (is_text(tokens, start, end, "NOT"))
        token->kind = TOKEN_NOT;
    else if (is_text(tokens, start, end, "NEAR"))
        token->kind = TOKEN_NEAR, token->window = 10;
    else if (end - start > 5 && is_text(tokens, start, start + 5, "NEAR/")) {
        token->kind = TOKEN_NEAR;
        for (size_t at = start + 5; at < end; at++) {
            char c = tokens->text[at];
            token->window = token->window * 10 + (unsigned)(c - '0');
            if (c < '0' || c > '9' || token->window > TOKEN_NEAR_MOST)
                return error_at(tokens->error, DATELINE_BAD_QUERY, start,
                                "NEAR/n wants n from 1 to %d", TOKEN_NEAR_MOST);
        }
        if (!token->window)
            return error_at(tokens->error, DATELINE_BAD_QUERY, start,
                            "NEAR/n wants n from 1 to %d", TOKEN_NEAR_MOST);
    }
    return DATELINE_OK;
}

/* A star at the end of a word cuts it off; *word* is emphasis, not a star. */
static bool ends_in_star(const struct tokens *tokens, size_t start, size_t end)
{
    return end > start + 1 && tokens->text[end - 1] == '*' &&
           tokens->text[start] != '*';
}

static dateline_status field_read(struct tokens *tokens, struct token *token,
                                  size_t value)
{
    token->kind = TOKEN_FIELD;
    if (peek(tokens, value) == '"')
        return quote_read(tokens, token, value);
    token->text_start = value;
    token->text_end = token->end = run_end(tokens, value);
    token->star = ends_in_star(tokens, value, token->end);
    token->text_end -= token->star;
    return DATELINE_OK;
}

/* The next token into tokens->next. What is neither is passed over. */
dateline_status token_next(struct tokens *tokens)
{
    size_t at = tokens->at, size = 0;
    uint32_t raw = 0, c = 0, before = ' ';
    if (at)
        before = peek(tokens, text_boundary(tokens->text, at, at - 1));
    for (; at < tokens->length; at += size, before = c) {
        raw = raw_at(tokens, at, &size);
        c = sign(raw);
        bool begins = !is_word_sign(before) || text_is_ideograph(before);
        uint32_t next = peek(tokens, at + size);
        if (c == '(' ? begins : c == ')' ? tokens->open > 0 : false)
            break;
        if (c == '"' && (begins || only_opens(raw) || raw == 0x201c) &&
            (is_closed(tokens, at) ||
             (is_word_sign(next) && !tokens->prose)))
            break;
        if ((c == '+' || c == '-') && begins && before != c &&
            (is_word_sign(next) || next == '"' || next == '('))
            break;
        if (!is_border(c) && c != '+' && c != '-')
            break;
    }
    struct token *token = &tokens->next;
    *token = (struct token){.start = at, .end = at + size};
    if (at >= tokens->length) {
        token->end = at;
        tokens->at = at;
        return DATELINE_OK;
    }
    dateline_status status = DATELINE_OK;
    size_t value;
    if (c == '(')
        token->kind = TOKEN_OPEN;
    else if (c == ')')
        token->kind = TOKEN_CLOSE;
    else if (c == '+')
        token->kind = TOKEN_PLUS;
    else if (c == '-')
        token->kind = TOKEN_MINUS;
    else if (c == '"') {
        token->kind = TOKEN_QUOTE;
        status = quote_read(tokens, token, at);
    } else if ((token->name_length = field_name(tokens, at, &value)) > 0) {
        status = field_read(tokens, token, value);
    } else {
        token->kind = TOKEN_RUN;
        token->text_start = at;
        token->text_end = token->end = run_end(tokens, at);
        token->star = ends_in_star(tokens, at, token->end);
        status = operator_read(tokens, token);
    }
    tokens->at = token->end;
    return status;
}

/* ------------------------------------------------------------------- prose */

/* The last character that is no space or quotation mark asks. */
static bool ends_asking(const char *text, size_t length)
{
    while (length) {
        size_t at = text_boundary(text, length, length - 1), size;
        uint32_t c = sign(text_decode(text + at, length - at, &size));
        if (c == '?' || c == 0x61f)
            return true;
        if (c != ' ' && c != '"')
            return false;
        length = at;
    }
    return false;
}

static size_t space_end(const char *text, size_t length, size_t at)
{
    for (size_t size; at < length; at += size)
        if (sign(text_decode(text + at, length - at, &size)) != ' ')
            break;
    return at;
}

/* Nothing but one quote: whoever writes that wants it to the letter. */
static bool is_quote_alone(const char *text, size_t length)
{
    size_t at = space_end(text, length, 0), start, end, size;
    return at < length &&
           sign(text_decode(text + at, length - at, &size)) == '"' &&
           quote_span(text, length, at, &start, &end, &at) &&
           space_end(text, length, at) == length;
}

static bool is_operator(const char *word, size_t length)
{
    return (length == 3 && (!memcmp(word, "AND", 3) || !memcmp(word, "NOT", 3))) ||
           (length == 2 && !memcmp(word, "OR", 2));
}

bool token_is_prose(const char *text, size_t length)
{
    enum { LEAST_WORDS = 8, LEAST_ASKING = 4, STOP_SHARE = 4, LANGUAGES = 64,
           WORDS = 1000 };
    size_t words = 0, stops[LANGUAGES] = {0}, most = 0, at = 0;
    struct text_word word;
    if (is_quote_alone(text, length))
        return false;
    while (words < WORDS && text_word(&word, text, length, &at)) {
        if (is_operator(text + word.start, word.end - word.start))
            continue;
        words++;
        uint64_t rows = language_stop_word_rows(word.term);
        for (size_t i = 0; rows; i++, rows >>= 1)
            if (rows & 1 && ++stops[i] > most)
                most = stops[i];
    }
    return (words >= LEAST_WORDS && most * STOP_SHARE >= words) ||
           (words >= LEAST_ASKING && ends_asking(text, length));
}
