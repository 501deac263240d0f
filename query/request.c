/* The grammar of the question language, over the tokens of token.h.
 *
 *   any   = all  { OR all }
 *   all   = list { AND list }
 *   list  = item { item }
 *   item  = { + | - | NOT } ( "(" any ")" | run | "quote" | field:value ) [ NEAR/n item ]
 */
#include "query/request.h"

#include "common/error.h"
#include "query/day.h"
#include "query/token.h"

#include <string.h>

struct reader {
    struct request *request;
    struct arena *arena;
    dateline_error *error;
    const char *text;
    struct tokens tokens;
};

static dateline_status next_token(struct reader *reader)
{
    return token_next(&reader->tokens);
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
    struct token token = reader->tokens.next;
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
                                  const struct day_name *name)
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
    if (left && !day_range(first, last, from, left))
        return bad_date(reader, at, from, left);
    if (dots) {
        last[0] = '\0';
        size_t right = (size_t)(end - dots) - 2;
        if (right && !day_range(other, last, dots + 2, right))
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
    struct token token = reader->tokens.next;
    const char *name = reader->text + token.start;
    const struct day_name *date = day_name_find(name, token.name_length);
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
    size_t start = reader->tokens.next.start;
    if (depth >= REQUEST_DEPTH)
        return error_at(reader->error, DATELINE_BAD_QUERY, start,
                        "brackets nest deeper than %d", REQUEST_DEPTH);
    reader->tokens.open++;
    dateline_status status = next_token(reader);
    if (!status)
        status = any_read(out, reader, depth + 1);
    if (status)
        return status;
    reader->tokens.open--;
    if (reader->tokens.next.kind != TOKEN_CLOSE)
        return error_at(reader->error, DATELINE_BAD_QUERY, start,
                        "this bracket is never closed");
    (*out)->start = start;
    (*out)->end = reader->tokens.next.end;
    return DATELINE_OK;
}

/* A thing that can be marked, without its marks; *out may be a chain of two. */
static dateline_status thing_read(struct request_node **out,
                                  struct reader *reader, unsigned depth)
{
    struct token token = reader->tokens.next;
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
        return bad_near(reader, reader->tokens.next.start);
    while (reader->tokens.next.kind == TOKEN_NEAR) {
        struct token between = reader->tokens.next;
        struct request_node *other = NULL;
        dateline_status status = next_token(reader);
        if (!status && reader->tokens.next.kind == TOKEN_RUN)
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
        enum token_kind kind = reader->tokens.next.kind;
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
    if (!status && reader->tokens.next.kind == TOKEN_NEAR)
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
        node_new(reader, REQUEST_LIST, reader->tokens.next.start, reader->tokens.next.end);
    struct request_node **end = &list->child;
    size_t items = 0;
    for (;; items++) {
        enum token_kind kind = reader->tokens.next.kind;
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
    struct token token = reader->tokens.next;
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
    while (!status && reader->tokens.next.kind == between) {
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
    request.prose = token_is_prose(question, length);
    struct reader reader = {
        .request = &request, .arena = arena, .error = error, .text = question,
        .tokens = {.text = question, .length = length, .prose = request.prose,
                   .error = error}};
    if (only_stars(question, length)) {
        request.root = node_new(&reader, REQUEST_LIST, 0, length);
        request.root->child = node_new(&reader, REQUEST_ALL, 0, length);
        *out = request;
        return DATELINE_OK;
    }
    dateline_status status = next_token(&reader);
    if (!status && reader.tokens.next.kind == TOKEN_END)
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

bool request_is_field(const struct request_node *node)
{
    return node->kind == REQUEST_FIELD || node->kind == REQUEST_DATES;
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
