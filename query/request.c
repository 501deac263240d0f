/* Lexer and grammar of the question language. Tokens are cut from the bytes as
 * the grammar asks for them; the grammar is
 *
 *   any   = all  { OR all }
 *   all   = list { AND list }
 *   list  = item { item }
 *   item  = { + | - | NOT } ( "(" any ")" | run | "quote" | field:value ) [ NEAR/n item ]
 */
#include "query/request.h"

#include "common/date.h"
#include "common/error.h"
#include "common/language.h"

#include <string.h>

enum token_kind {
    TOKEN_END, TOKEN_RUN, TOKEN_QUOTE, TOKEN_FIELD, TOKEN_OPEN, TOKEN_CLOSE,
    TOKEN_PLUS, TOKEN_MINUS, TOKEN_AND, TOKEN_OR, TOKEN_NOT, TOKEN_NEAR
};

struct token {
    enum token_kind kind;
    size_t start, end;             /* bytes of the question */
    size_t text_start, text_end;   /* inside quotes, the field's value */
    size_t name_length;            /* of a field */
    bool quoted, star;
    unsigned window;
};

struct reader {
    struct request *request;
    struct arena *arena;
    dateline_error *error;
    const char *text;
    size_t length, at;
    unsigned open; /* brackets */
    struct token token; /* the one ahead */
};

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

static uint32_t raw_at(const struct reader *reader, size_t at, size_t *size)
{
    *size = 0;
    return at < reader->length
               ? text_decode(reader->text + at, reader->length - at, size)
               : 0;
}

static uint32_t sign_at(const struct reader *reader, size_t at, size_t *size)
{
    return sign(raw_at(reader, at, size));
}

static uint32_t peek(const struct reader *reader, size_t at)
{
    size_t size;
    return sign_at(reader, at, &size);
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

/* ------------------------------------------------------------------ dates */

static bool digits_read(int *number, const char **at, const char *end,
                        size_t count)
{
    if ((size_t)(end - *at) < count)
        return false;
    *number = 0;
    for (size_t i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *number = *number * 10 + (**at - '0');
    }
    return true;
}

/* "2021", "2021-10", "2021-10-17", "2021/10/17", "20211017". */
static bool figures_read(dateline_date *date, const char *at, const char *end)
{
    *date = (dateline_date){.month = 1, .day = 1, .precision = DATELINE_YEAR};
    if (!digits_read(&date->year, &at, end, 4))
        return false;
    for (int *part = &date->month; at < end && date->precision < DATELINE_DAY;
         part = &date->day) {
        at += *at == '-' || *at == '/' || *at == '.';
        if (!digits_read(part, &at, end, 2))
            return false;
        date->precision++;
    }
    return at == end && date_is_valid(date->year, date->month, date->day);
}

static bool only_figures(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr("0123456789-/.", text[i]) || !text[i])
            return false;
    return true;
}

static int last_day(int year, int month)
{
    int day = 31;
    while (!date_is_valid(year, month, day))
        day--;
    return day;
}

bool request_days(char first[9], char last[9], const char *text, size_t length)
{
    dateline_date date = {0};
    bool found = false;
    if (only_figures(text, length)) {
        found = figures_read(&date, text, text + length);
    } else {
        struct arena arena = ARENA_INIT;
        found = date_parse(&date, &arena, arena_copy(&arena, text, length),
                           DATE_DAY_FIRST);
        arena_release(&arena);
    }
    if (!found || !date.precision || date.year < 1000 || date.year > 9999)
        return false;
    int month = date.precision < DATELINE_MONTH ? 12 : date.month;
    int day = date.precision < DATELINE_DAY ? last_day(date.year, month)
                                            : date.day;
    struct buffer line = {0};
    buffer_format(&line, "%04d%02d%02d%04d%02d%02d", date.year, date.month,
                  date.day, date.year, month, day);
    memcpy(first, line.bytes, 8);
    memcpy(last, line.bytes + 8, 8);
    first[8] = last[8] = '\0';
    buffer_free(&line);
    return true;
}

/* What date:, since: and until: mean, and the words people try instead. */
static const struct date_name {
    const char *name;
    bool from, to;
} date_names[] = {
    {"date", true, true},    {"published", true, true},
    {"since", true, false},  {"after", true, false},
    {"until", false, true},  {"before", false, true},
};

static const struct date_name *date_name_find(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof date_names / sizeof *date_names; i++)
        if (strlen(date_names[i].name) == length &&
            !memcmp(date_names[i].name, name, length))
            return &date_names[i];
    return NULL;
}

/* --------------------------------------------------------------- the lexer */

/* The first quotation mark at or after `at`; false when there is none. */
static bool quote_end(const struct reader *reader, size_t at, size_t *end,
                      size_t *next)
{
    for (size_t size; at < reader->length; at += size)
        if (sign_at(reader, at, &size) == '"') {
            *end = at;
            *next = at + size;
            return true;
        }
    return false;
}

static bool is_closed(const struct reader *reader, size_t at)
{
    size_t end, next;
    return quote_end(reader, at, &end, &next);
}

static dateline_status quote_read(struct reader *reader, struct token *token,
                                  size_t at)
{
    size_t size;
    sign_at(reader, at, &size);
    token->text_start = at + size;
    token->quoted = true;
    if (!quote_end(reader, token->text_start, &token->text_end, &token->end))
        return error_at(reader->error, DATELINE_BAD_QUERY, at,
                        "this quotation mark is never closed");
    return DATELINE_OK;
}

static size_t run_end(const struct reader *reader, size_t at)
{
    for (size_t size; at < reader->length; at += size)
        if (is_border(sign_at(reader, at, &size)))
            break;
    return at;
}

/* Two or more lower-case letters, a colon and a value, which is not "//": the
 * length of the name, else 0. */
static size_t field_name(const struct reader *reader, size_t at, size_t *value)
{
    size_t length = 0, size;
    while (at + length < reader->length && reader->text[at + length] >= 'a' &&
           reader->text[at + length] <= 'z')
        length++;
    if (length < 2 || sign_at(reader, at + length, &size) != ':')
        return 0;
    *value = at + length + size;
    if (peek(reader, *value) == '/' && peek(reader, *value + 1) == '/')
        return 0;
    bool known = field_find(reader->text + at, length) ||
                 date_name_find(reader->text + at, length);
    uint32_t next = peek(reader, *value);
    bool has_value = !is_border(next) || next == '"';
    if (reader->request->prose)
        return known && has_value ? length : 0;
    return known || has_value ? length : 0;
}

static bool is_text(const struct reader *reader, size_t start, size_t end,
                    const char *word)
{
    return end - start == strlen(word) &&
           !memcmp(reader->text + start, word, end - start);
}

/* AND, OR, NOT, NEAR, NEAR/7; all else stays a run. */
static dateline_status operator_read(struct reader *reader, struct token *token)
{
    size_t start = token->start, end = token->end;
    if (reader->request->prose)
        return DATELINE_OK;
    if (is_text(reader, start, end, "AND"))
        token->kind = TOKEN_AND;
    else if (is_text(reader, start, end, "OR"))
        token->kind = TOKEN_OR;
    else if (is_text(reader, start, end, "NOT"))
        token->kind = TOKEN_NOT;
    else if (is_text(reader, start, end, "NEAR"))
        token->kind = TOKEN_NEAR, token->window = 10;
    else if (end - start > 5 && is_text(reader, start, start + 5, "NEAR/")) {
        token->kind = TOKEN_NEAR;
        for (size_t at = start + 5; at < end; at++) {
            char c = reader->text[at];
            token->window = token->window * 10 + (unsigned)(c - '0');
            if (c < '0' || c > '9' || token->window > REQUEST_NEAR_MOST)
                return error_at(reader->error, DATELINE_BAD_QUERY, start,
                                "NEAR/n wants n from 1 to %d", REQUEST_NEAR_MOST);
        }
        if (!token->window)
            return error_at(reader->error, DATELINE_BAD_QUERY, start,
                            "NEAR/n wants n from 1 to %d", REQUEST_NEAR_MOST);
    }
    return DATELINE_OK;
}

/* A star at the end of a word cuts it off; *word* is emphasis, not a star. */
static bool ends_in_star(const struct reader *reader, size_t start, size_t end)
{
    return end > start + 1 && reader->text[end - 1] == '*' &&
           reader->text[start] != '*';
}

static dateline_status field_read(struct reader *reader, struct token *token,
                                  size_t value)
{
    token->kind = TOKEN_FIELD;
    if (peek(reader, value) == '"')
        return quote_read(reader, token, value);
    token->text_start = value;
    token->text_end = token->end = run_end(reader, value);
    token->star = ends_in_star(reader, value, token->end);
    token->text_end -= token->star;
    return DATELINE_OK;
}

/* The next token into reader->token. What is neither is passed over. */
static dateline_status next_token(struct reader *reader)
{
    size_t at = reader->at, size = 0;
    uint32_t raw = 0, c = 0, before = ' ';
    if (at)
        before = peek(reader, text_boundary(reader->text, at, at - 1));
    for (; at < reader->length; at += size, before = c) {
        raw = raw_at(reader, at, &size);
        c = sign(raw);
        bool begins = !is_word_sign(before) || text_is_ideograph(before);
        uint32_t next = peek(reader, at + size);
        if (c == '(' ? begins : c == ')' ? reader->open > 0 : false)
            break;
        if (c == '"' && (begins || only_opens(raw) || raw == 0x201c) &&
            (is_closed(reader, at + size) ||
             (is_word_sign(next) && !reader->request->prose)))
            break;
        if ((c == '+' || c == '-') && begins && before != c &&
            (is_word_sign(next) || next == '"' || next == '('))
            break;
        if (!is_border(c) && c != '+' && c != '-')
            break;
    }
    struct token *token = &reader->token;
    *token = (struct token){.start = at, .end = at + size};
    if (at >= reader->length) {
        token->end = at;
        reader->at = at;
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
        status = quote_read(reader, token, at);
    } else if ((token->name_length = field_name(reader, at, &value)) > 0) {
        status = field_read(reader, token, value);
    } else {
        token->kind = TOKEN_RUN;
        token->text_start = at;
        token->text_end = token->end = run_end(reader, at);
        token->star = ends_in_star(reader, at, token->end);
        status = operator_read(reader, token);
    }
    reader->at = token->end;
    return status;
}

/* ------------------------------------------------------------- the grammar */

static struct request_node *node_new(struct reader *reader,
                                     enum request_kind kind, size_t start,
                                     size_t end)
{
    struct request_node *node = arena_new(reader->arena, struct request_node);
    node->kind = kind;
    node->id = reader->request->node_count++;
    node->start = start;
    node->end = end;
    return node;
}

/* The words of bytes [start, end) become the node's. */
static dateline_status words_read(struct reader *reader,
                                  struct request_node *node, size_t start,
                                  size_t end)
{
    struct text_word word;
    size_t at = start;
    while (text_word(&word, reader->text, end, &at)) {
        if (++reader->request->word_count > REQUEST_WORD_COUNT)
            return error_at(reader->error, DATELINE_BAD_QUERY, word.start,
                            "a question has at most %d words",
                            REQUEST_WORD_COUNT);
        struct request_word *new = arena_push(reader->arena, &node->words,
                                              &node->word_count,
                                              &node->word_room);
        new->start = word.start;
        new->end = word.end;
        new->term = arena_copy(reader->arena, word.term, word.length);
        new->length = word.length;
        new->ideograph = word.ideograph;
        new->joined = word.joined && node->word_count > 1;
    }
    return DATELINE_OK;
}

static dateline_status star_read(struct reader *reader,
                                 struct request_node *node)
{
    if (++reader->request->star_count > REQUEST_STAR_COUNT)
        return error_at(reader->error, DATELINE_BAD_QUERY, node->start,
                        "a question has at most %d words cut off by a star",
                        REQUEST_STAR_COUNT);
    node->kind = REQUEST_STAR;
    return DATELINE_OK;
}

/* "mother-in-law*": the star belongs to the last word, the others stand before
 * it as words of their own. */
static dateline_status run_read(struct request_node **out,
                                struct reader *reader)
{
    struct token token = reader->token;
    struct request_node *node =
        node_new(reader, REQUEST_WORDS, token.start, token.end);
    dateline_status status =
        words_read(reader, node, token.text_start, token.text_end);
    const char *inner = token.text_end - token.text_start < 2
                            ? NULL
                            : memchr(reader->text + token.text_start + 1, '*',
                                     token.text_end - token.text_start - 2);
    if (!status && inner && !token.star && node->word_count > 1 &&
        reader->text[token.text_start] != '*' && !reader->request->prose)
        return error_at(reader->error, DATELINE_BAD_QUERY,
                        (size_t)(inner - reader->text),
                        "a star stands at the end of a word only");
    *out = node;
    if (status || !token.star || !node->word_count ||
        node->words[node->word_count - 1].ideograph)
        return status;
    if (node->words[node->word_count - 1].length < 2)
        return error_at(reader->error, DATELINE_BAD_QUERY, token.start,
                        "a star wants at least two letters before it");
    if (node->word_count == 1)
        return star_read(reader, node);
    struct request_node *last =
        node_new(reader, REQUEST_STAR, token.start, token.end);
    last->words = &node->words[--node->word_count];
    last->word_count = 1;
    node->next = last;
    return star_read(reader, last);
}

static dateline_status bad_date(struct reader *reader, size_t at,
                                const char *value, size_t length)
{
    return error_at(reader->error, DATELINE_BAD_QUERY, at,
                    "\"%.*s\" is no date; write 2021, 2021-10, 2021-10-17 or "
                    "a range such as 2021-10..2021-12",
                    (int)(length > 40 ? text_boundary(value, length, 40) : length),
                    value);
}

/* "2021-10..2021-12", "2021..", "..2021", "2021" */
static dateline_status dates_read(struct reader *reader,
                                  struct request_node *node,
                                  const struct date_name *name)
{
    const char *from = node->value, *end = from + node->value_length;
    const char *dots = NULL;
    for (const char *c = from; c + 1 < end && !dots; c++)
        if (c[0] == '.' && c[1] == '.')
            dots = c;
    size_t at = (size_t)(from - reader->text);
    char first[9] = "", last[9] = "", other[9];
    size_t left = (size_t)((dots ? dots : end) - from);
    if (!node->value_length || (dots && dots == from && dots + 2 == end))
        return error_at(reader->error, DATELINE_BAD_QUERY, node->start,
                        "a date is missing, as in date:2021-10..2021-12");
    if (left && !request_days(first, last, from, left))
        return bad_date(reader, at, from, left);
    if (dots) {
        last[0] = '\0';
        size_t right = (size_t)(end - dots) - 2;
        if (right && !request_days(other, last, dots + 2, right))
            return bad_date(reader, at + left + 2, dots + 2, right);
    }
    if (name->from)
        memcpy(node->since, first, sizeof first);
    if (name->to)
        memcpy(node->until, last, sizeof last);
    if (first[0] && last[0] && strcmp(first, last) > 0)
        return error_at(reader->error, DATELINE_BAD_QUERY, at,
                        "this range ends before it begins");
    node->kind = REQUEST_DATES;
    return DATELINE_OK;
}

static dateline_status field_unknown(struct reader *reader,
                                     const struct token *token)
{
    struct buffer names = {0};
    size_t count;
    const struct field *rows = field_all(&count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].use & FIELD_FILTER)
            buffer_format(&names, " %s", rows[i].name);
    int length = token->name_length > 40 ? 40 : (int)token->name_length;
    dateline_status status = error_at(
        reader->error, DATELINE_BAD_QUERY, token->start,
        "no field is called %.*s; put it in quotes to search for the words, or "
        "take one of:%s since until",
        length, reader->text + token->start, names.bytes ? names.bytes : "");
    buffer_free(&names);
    return status;
}

static dateline_status field_node(struct request_node **out,
                                  struct reader *reader)
{
    struct token token = reader->token;
    const char *name = reader->text + token.start;
    const struct date_name *date = date_name_find(name, token.name_length);
    const struct field *field = field_find(name, token.name_length);
    if (!date && !(field && field->use & FIELD_FILTER))
        return field_unknown(reader, &token);
    struct request_node *node =
        node_new(reader, REQUEST_FIELD, token.start, token.end);
    node->field = field;
    node->quoted = token.quoted;
    node->star = token.star;
    node->value = reader->text + token.text_start;
    node->value_length = token.text_end - token.text_start;
    while (node->value_length && *node->value == ' ')
        node->value++, node->value_length--;
    while (node->value_length && node->value[node->value_length - 1] == ' ')
        node->value_length--;
    *out = node;
    if (date)
        return dates_read(reader, node, date);
    if (!node->value_length)
        return error_at(reader->error, DATELINE_BAD_QUERY, token.start,
                        "%s: a value is missing, as in %s:word", field->name,
                        field->name);
    if (field->use & FIELD_WORDS)
        return words_read(reader, node, token.text_start, token.text_end);
    return DATELINE_OK;
}

static dateline_status any_read(struct request_node **out,
                                struct reader *reader, unsigned depth);

static dateline_status group_read(struct request_node **out,
                                  struct reader *reader, unsigned depth)
{
    size_t start = reader->token.start;
    if (depth >= REQUEST_DEPTH)
        return error_at(reader->error, DATELINE_BAD_QUERY, start,
                        "brackets nest deeper than %d", REQUEST_DEPTH);
    reader->open++;
    dateline_status status = next_token(reader);
    if (!status)
        status = any_read(out, reader, depth + 1);
    if (status)
        return status;
    reader->open--;
    if (reader->token.kind != TOKEN_CLOSE)
        return error_at(reader->error, DATELINE_BAD_QUERY, start,
                        "this bracket is never closed");
    (*out)->start = start;
    (*out)->end = reader->token.end;
    return DATELINE_OK;
}

/* A thing that can be marked, without its marks; *out may be a chain of two. */
static dateline_status thing_read(struct request_node **out,
                                  struct reader *reader, unsigned depth)
{
    struct token token = reader->token;
    dateline_status status;
    switch (token.kind) {
    case TOKEN_OPEN:
        status = group_read(out, reader, depth);
        break;
    case TOKEN_QUOTE:
        *out = node_new(reader, REQUEST_QUOTE, token.start, token.end);
        status = words_read(reader, *out, token.text_start, token.text_end);
        break;
    case TOKEN_FIELD:
        status = field_node(out, reader);
        break;
    case TOKEN_RUN:
        status = run_read(out, reader);
        break;
    default:
        status = error_at(reader->error, DATELINE_BAD_QUERY, token.start,
                          "something to search for is missing here");
    }
    return status ? status : next_token(reader);
}

static dateline_status bad_near(struct reader *reader, size_t at)
{
    return error_at(reader->error, DATELINE_BAD_QUERY, at,
                    "NEAR stands between two words without quotes; write it in "
                    "lower case to search for the word");
}

static bool near_takes(struct reader *reader, struct request_node *near,
                       const struct request_node *side)
{
    if (!side || side->kind != REQUEST_WORDS || side->next || !side->word_count)
        return false;
    for (size_t i = 0; i < side->word_count; i++) {
        struct request_word *word = arena_push(reader->arena, &near->words,
                                               &near->word_count,
                                               &near->word_room);
        *word = side->words[i];
    }
    near->end = side->end;
    return true;
}

/* A chain a NEAR/5 b NEAR/5 c: all words within the widest window. */
static dateline_status near_read(struct request_node **out,
                                 struct reader *reader)
{
    struct request_node *near =
        node_new(reader, REQUEST_NEAR, (*out)->start, (*out)->end);
    if (!near_takes(reader, near, *out))
        return bad_near(reader, reader->token.start);
    while (reader->token.kind == TOKEN_NEAR) {
        struct token between = reader->token;
        struct request_node *other = NULL;
        dateline_status status = next_token(reader);
        if (!status && reader->token.kind == TOKEN_RUN)
            status = thing_read(&other, reader, REQUEST_DEPTH);
        if (status)
            return status;
        if (!near_takes(reader, near, other))
            return bad_near(reader, between.start);
        if (between.window > near->window)
            near->window = between.window;
    }
    *out = near;
    return DATELINE_OK;
}

/* What no mark was written before: quotes, NEAR and fields are conditions,
 * quotes in a sentence are not. */
static enum request_mark natural_mark(const struct reader *reader,
                                      const struct request_node *node)
{
    switch (node->kind) {
    case REQUEST_QUOTE:
        return reader->request->prose ? REQUEST_MAY : REQUEST_MUST;
    case REQUEST_NEAR: case REQUEST_FIELD: case REQUEST_DATES:
        return REQUEST_MUST;
    default:
        return REQUEST_MAY;
    }
}

static dateline_status item_read(struct request_node **out,
                                 struct reader *reader, unsigned depth)
{
    dateline_status status = DATELINE_OK;
    bool marked = false;
    enum request_mark mark = REQUEST_MAY;
    for (; !status; status = next_token(reader)) {
        enum token_kind kind = reader->token.kind;
        if (kind == TOKEN_PLUS && mark != REQUEST_MUST_NOT)
            mark = REQUEST_MUST;
        else if (kind == TOKEN_MINUS || kind == TOKEN_NOT)
            mark = REQUEST_MUST_NOT;
        else if (kind != TOKEN_PLUS)
            break;
        marked = true;
    }
    if (!status)
        status = thing_read(out, reader, depth);
    if (!status && reader->token.kind == TOKEN_NEAR)
        status = near_read(out, reader);
    if (status)
        return status;
    for (struct request_node *node = *out; node; node = node->next)
        node->mark = marked ? mark : natural_mark(reader, node);
    return DATELINE_OK;
}

static bool is_empty(const struct request_node *node)
{
    return (node->kind == REQUEST_WORDS || node->kind == REQUEST_QUOTE) &&
           !node->word_count;
}

static dateline_status list_read(struct request_node **out,
                                 struct reader *reader, unsigned depth)
{
    struct request_node *list =
        node_new(reader, REQUEST_LIST, reader->token.start, reader->token.end);
    struct request_node **end = &list->child;
    size_t items = 0;
    for (;; items++) {
        enum token_kind kind = reader->token.kind;
        if (kind == TOKEN_END || kind == TOKEN_CLOSE || kind == TOKEN_AND ||
            kind == TOKEN_OR)
            break;
        struct request_node *item = NULL;
        dateline_status status = item_read(&item, reader, depth);
        if (status)
            return status;
        for (struct request_node *next; item; item = next) {
            next = item->next;
            list->end = item->end;
            item->next = NULL;
            if (!is_empty(item)) {
                *end = item;
                end = &item->next;
            }
        }
    }
    *out = list;
    if (items)
        return DATELINE_OK;
    struct token token = reader->token;
    if (token.kind == TOKEN_END || token.kind == TOKEN_CLOSE)
        return error_at(reader->error, DATELINE_BAD_QUERY, token.start,
                        "something to search for is missing here");
    const char *name = token.kind == TOKEN_AND ? "AND" : "OR";
    return error_at(reader->error, DATELINE_BAD_QUERY, token.start,
                    "%s stands between two things; write it in lower case to "
                    "search for the word", name);
}

/* Reads a chain of one operator's operands; a single one stands for itself. */
typedef dateline_status operand_read(struct request_node **out,
                                     struct reader *reader, unsigned depth);

static dateline_status chain_read(struct request_node **out,
                                  struct reader *reader, unsigned depth,
                                  enum token_kind between,
                                  enum request_kind kind, operand_read *operand)
{
    struct request_node *first = NULL, *chain = NULL;
    dateline_status status = operand(&first, reader, depth);
    struct request_node **end = first ? &first->next : NULL;
    while (!status && reader->token.kind == between) {
        if (!chain) {
            chain = node_new(reader, kind, first->start, first->end);
            chain->child = first;
        }
        struct request_node *other = NULL;
        status = next_token(reader);
        if (!status)
            status = operand(&other, reader, depth);
        if (status)
            break;
        chain->end = other->end;
        *end = other;
        end = &other->next;
    }
    if (!status)
        *out = chain ? chain : first;
    return status;
}

static dateline_status all_read(struct request_node **out,
                                struct reader *reader, unsigned depth)
{
    return chain_read(out, reader, depth, TOKEN_AND, REQUEST_AND, list_read);
}

static dateline_status any_read(struct request_node **out,
                                struct reader *reader, unsigned depth)
{
    return chain_read(out, reader, depth, TOKEN_OR, REQUEST_OR, all_read);
}

/* ------------------------------------------------------------ the question */

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

static bool is_operator(const char *word, size_t length)
{
    return (length == 3 && (!memcmp(word, "AND", 3) || !memcmp(word, "NOT", 3))) ||
           (length == 2 && !memcmp(word, "OR", 2));
}

/* A sentence, where capitals are emphasis and no operators: at least eight
 * words, one in four a stop word of some one language; four words are enough
 * before a question mark. */
static bool is_prose(const char *text, size_t length)
{
    enum { LEAST_WORDS = 8, LEAST_ASKING = 4, STOP_SHARE = 4, LANGUAGES = 64 };
    size_t words = 0, stops[LANGUAGES] = {0}, most = 0, at = 0;
    struct text_word word;
    while (words < REQUEST_WORD_COUNT && text_word(&word, text, length, &at)) {
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

static bool only_stars(const char *text, size_t length)
{
    size_t stars = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '*' && text[i] != ' ')
            return false;
        stars += text[i] == '*';
    }
    return stars == 1;
}

static bool has_leaf(const struct request_node *node)
{
    if (node->kind != REQUEST_LIST && node->kind != REQUEST_AND &&
        node->kind != REQUEST_OR)
        return true;
    for (const struct request_node *n = node->child; n; n = n->next)
        if (has_leaf(n))
            return true;
    return false;
}

static dateline_status nothing_asked(dateline_error *error, size_t at)
{
    return error_at(error, DATELINE_BAD_QUERY, at,
                    "the question holds no word to search for");
}

dateline_status request_read(struct request *out, struct arena *arena,
                             const char *question, size_t length,
                             dateline_error *error)
{
    if (length > LIMIT_QUESTION_BYTES)
        return error_at(error, DATELINE_BAD_QUERY, LIMIT_QUESTION_BYTES,
                        "a question has at most %u bytes", LIMIT_QUESTION_BYTES);
    if (!text_is_valid(question, length)) {
        size_t at = 0, size;
        while (at < length && (text_decode(question + at, length - at, &size) !=
                                   0xfffd || size > 1))
            at += size;
        return error_at(error, DATELINE_BAD_QUERY, at,
                        "the question is not UTF-8 here");
    }
    struct request request = {.question = question, .length = length};
    struct reader reader = {.request = &request, .arena = arena,
                            .error = error, .text = question,
                            .length = length};
    request.prose = is_prose(question, length);
    if (only_stars(question, length)) {
        request.root = node_new(&reader, REQUEST_LIST, 0, length);
        request.root->child = node_new(&reader, REQUEST_ALL, 0, length);
        *out = request;
        return DATELINE_OK;
    }
    dateline_status status = next_token(&reader);
    if (!status && reader.token.kind == TOKEN_END)
        return nothing_asked(error, 0);
    if (!status)
        status = any_read(&request.root, &reader, 0);
    if (status)
        return status;
    if (!has_leaf(request.root))
        return nothing_asked(error, 0);
    *out = request;
    return DATELINE_OK;
}

void request_walk(struct request_node *node, request_visit *visit,
                  void *context)
{
    visit(context, node);
    for (struct request_node *child = node->child; child; child = child->next)
        request_walk(child, visit, context);
}

/* --------------------------------------------------------------- for people */

static void write_words(struct buffer *out, const struct request_node *node)
{
    for (size_t i = 0; i < node->word_count; i++)
        buffer_format(out, "%s%s", i ? " " : "", node->words[i].term);
}

static void write_node(struct buffer *out, const struct request_node *node)
{
    static const char *const groups[] = {[REQUEST_LIST] = "list",
                                         [REQUEST_AND] = "and",
                                         [REQUEST_OR] = "or"};
    const char *sign = node->mark == REQUEST_MUST       ? "+"
                       : node->mark == REQUEST_MUST_NOT ? "-"
                                                        : "";
    buffer_text(out, sign);
    switch (node->kind) {
    case REQUEST_WORDS:
        write_words(out, node);
        break;
    case REQUEST_QUOTE:
        buffer_byte(out, '"');
        write_words(out, node);
        buffer_byte(out, '"');
        break;
    case REQUEST_STAR:
        write_words(out, node);
        buffer_byte(out, '*');
        break;
    case REQUEST_NEAR:
        buffer_format(out, "near/%u[", node->window);
        write_words(out, node);
        buffer_byte(out, ']');
        break;
    case REQUEST_FIELD:
        buffer_format(out, node->quoted ? "%s:\"%.*s\"%s" : "%s:%.*s%s",
                      node->field->name, (int)node->value_length, node->value,
                      node->star ? "*" : "");
        break;
    case REQUEST_DATES:
        buffer_format(out, "date:%s..%s", node->since, node->until);
        break;
    case REQUEST_ALL:
        buffer_byte(out, '*');
        break;
    default:
        buffer_format(out, "(%s", groups[node->kind]);
        for (const struct request_node *n = node->child; n; n = n->next) {
            buffer_byte(out, ' ');
            write_node(out, n);
        }
        buffer_byte(out, ')');
    }
}

void request_write(struct buffer *out, const struct request *request)
{
    write_node(out, request->root);
}
