/* The grammar of the question language, over the tokens of token.h.
 *
 *   any   = all  { OR all }
 *   all   = list { AND list }
 *   list  = item { item }
 *   item  = { + | - | NOT } ( "(" any ")" | field:value | near )
 *   near  = word { NEAR/n word }, a word being a run or a "quote"
 */
#include "query/request.h"

#include "common/error.h"
#include "query/leaf.h"

static dateline_status next_token(struct reader *reader)
{
    return token_next(&reader->tokens);
}

/* ------------------------------------------------------------- the grammar */

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
        *out = leaf_new(reader, REQUEST_QUOTE, token.start, token.end);
        status = leaf_words(reader, *out, token.text_start, token.text_end);
        break;
    case TOKEN_FIELD:
        status = leaf_field(out, reader);
        break;
    case TOKEN_RUN:
        status = leaf_run(out, reader);
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
                    "NEAR stands between two words or quotes; write it in lower "
                    "case to search for the word");
}

/* One more operand, put at *end; false for what has no place of its own. */
static bool near_takes(struct request_node *near, struct request_node **end,
                       struct request_node *operand)
{
    if (!operand || operand->next || !operand->word_count ||
        (operand->kind != REQUEST_WORDS && operand->kind != REQUEST_QUOTE))
        return false;
    operand->mark = REQUEST_MUST;
    near->end = operand->end;
    *end = operand;
    return true;
}

/* A chain a NEAR/5 b NEAR/5 c: all of them within the widest window. */
static dateline_status near_read(struct request_node **out,
                                 struct reader *reader)
{
    struct request_node *near =
        leaf_new(reader, REQUEST_NEAR, (*out)->start, (*out)->end);
    struct request_node **end = &near->child;
    size_t operands = 1;
    if (!near_takes(near, end, *out))
        return bad_near(reader, reader->tokens.next.start);
    for (; reader->tokens.next.kind == TOKEN_NEAR; operands++) {
        struct token between = reader->tokens.next;
        struct request_node *other = NULL;
        if (operands == REQUEST_NEAR_COUNT)
            return error_at(reader->error, DATELINE_BAD_QUERY, between.start,
                            "NEAR joins at most %d words or quotes",
                            REQUEST_NEAR_COUNT);
        dateline_status status = next_token(reader);
        if (!status && (reader->tokens.next.kind == TOKEN_RUN ||
                        reader->tokens.next.kind == TOKEN_QUOTE))
            status = thing_read(&other, reader, REQUEST_DEPTH);
        if (status)
            return status;
        end = &(*end)->next;
        if (!near_takes(near, end, other))
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
    case REQUEST_AMOUNT:
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
        leaf_new(reader, REQUEST_LIST, reader->tokens.next.start, reader->tokens.next.end);
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
            chain = leaf_new(reader, kind, first->start, first->end);
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
        request.root = leaf_new(&reader, REQUEST_LIST, 0, length);
        request.root->child = leaf_new(&reader, REQUEST_ALL, 0, length);
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
    return node->kind == REQUEST_FIELD || node->kind == REQUEST_DATES ||
           node->kind == REQUEST_AMOUNT;
}

bool request_alternatives(const struct request_node *a,
                          const struct request_node *b)
{
    if (a->mark != b->mark || a->kind != b->kind)
        return false;
    if (a->kind == REQUEST_DATES)
        return *a->since && *a->until && *b->since && *b->until;
    return a->kind == REQUEST_FIELD && a->field == b->field &&
           !(a->field->use & FIELD_WORDS);
}

void request_walk(struct request_node *node, request_visit *visit,
                  void *context)
{
    visit(context, node);
    for (struct request_node *child = node->child; child; child = child->next)
        request_walk(child, visit, context);
}
