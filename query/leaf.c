/* Tokens of a question become leaves of its tree. */
#include "query/leaf.h"

#include "common/error.h"
#include "query/day.h"

#include <string.h>

/* ------------------------------------------------------------------ words */

struct request_node *leaf_new(struct reader *reader, enum request_kind kind,
                              size_t start, size_t end)
{
    struct request_node *node = arena_new(reader->arena, struct request_node);
    node->kind = kind;
    node->id = reader->request->node_count++;
    node->start = start;
    node->end = end;
    return node;
}

dateline_status leaf_words(struct reader *reader, struct request_node *node,
                           size_t start, size_t end)
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

dateline_status leaf_run(struct request_node **out, struct reader *reader)
{
    struct token token = reader->tokens.next;
    struct request_node *node =
        leaf_new(reader, REQUEST_WORDS, token.start, token.end);
    dateline_status status =
        leaf_words(reader, node, token.text_start, token.text_end);
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
        leaf_new(reader, REQUEST_STAR, token.start, token.end);
    last->words = &node->words[--node->word_count];
    last->word_count = 1;
    node->next = last;
    return star_read(reader, last);
}

/* ----------------------------------------------------------------- fields */

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

/* Names that are no fields yet, and what to take instead. */
static const struct {
    const char *name, *instead;
} reserved[] = {
    {"said", "search for the name and the words"},
};

static bool is_name(const struct reader *reader, const struct token *token,
                    const char *name)
{
    return strlen(name) == token->name_length &&
           !memcmp(reader->text + token->start, name, token->name_length);
}

static dateline_status amount_node(struct reader *reader,
                                   struct request_node *node)
{
    const struct token *token = &reader->tokens.next;
    const char *name = reader->text + token->start;
    if (!amount_read(&node->amount, name, token->name_length, node->value,
                     node->value_length))
        return error_at(reader->error, DATELINE_BAD_QUERY, node->start, "%s",
                        amount_help(name, token->name_length));
    node->kind = REQUEST_AMOUNT;
    return DATELINE_OK;
}

static dateline_status field_unknown(struct reader *reader,
                                     const struct token *token)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (is_name(reader, token, reserved[i].name))
            return error_at(reader->error, DATELINE_BAD_QUERY, token->start,
                            "%s: is not there yet; %s, in quotes it is a word",
                            reserved[i].name, reserved[i].instead);
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
        "take one of:%s since until money quantity",
        length, reader->text + token->start, names.bytes ? names.bytes : "");
    buffer_free(&names);
    return status;
}

dateline_status leaf_field(struct request_node **out, struct reader *reader)
{
    struct token token = reader->tokens.next;
    const char *name = reader->text + token.start;
    const struct day_name *date = day_name_find(name, token.name_length);
    const struct field *field = field_find(name, token.name_length);
    bool amount = amount_help(name, token.name_length);
    if (!amount && !date && !(field && field->use & FIELD_FILTER))
        return field_unknown(reader, &token);
    struct request_node *node =
        leaf_new(reader, REQUEST_FIELD, token.start, token.end);
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
    if (amount)
        return amount_node(reader, node);
    if (date)
        return dates_read(reader, node, date);
    if (!node->value_length)
        return error_at(reader->error, DATELINE_BAD_QUERY, token.start,
                        "%s: a value is missing, as in %s:word", field->name,
                        field->name);
    if (field->use & FIELD_WORDS)
        return leaf_words(reader, node, token.text_start, token.text_end);
    return DATELINE_OK;
}
