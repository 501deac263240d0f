/* Fields of a question, as the terms that a document carries. */
#include "query/condition.h"

#include "common/ascii.h"
#include "common/error.h"
#include "common/field.h"
#include "common/limit.h"
#include "query/period.h"
#include "query/phrase.h"
#include "query/star.h"

#include <string.h>

static const char *type_name(const char *value, size_t length)
{
    static const char *const rows[][2] = {
#define X(name, letter, colour, text) {#name, text},
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    char copy[32];
    if (length >= sizeof copy)
        return NULL;
    memcpy(copy, value, length);
    copy[length] = '\0';
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ascii_equal(copy, rows[i][0]) ||
            ascii_equal(copy, rows[i][1]))
            return rows[i][0];
    return NULL;
}

static void type_error(struct builder *b, const struct request_node *node)
{
    struct buffer names = {0};
#define X(name, letter, colour, text) buffer_text(&names, " " #name);
    DATELINE_ENTITY_TYPES(X)
#undef X
    b->status = error_at(b->error, DATELINE_BAD_QUERY, node->start,
                         "no such type of entity; take one of:%s",
                         names.bytes);
    buffer_free(&names);
}

/* The name that the index keeps: of an alias the canonical one. */
static void entity_value(const struct builder *b, const char **value,
                         size_t *length)
{
    const struct alias_name *name;
    if (alias_find(&name, b->index->aliases, *value, *length, 0) == *length) {
        *value = name->name;
        *length = strlen(name->name);
    }
}

static void unknown_note(struct builder *b, const struct request_node *node,
                         struct xapian_bytes term)
{
    uint64_t documents = 1;
    if (node->mark != REQUEST_MUST_NOT)
        documents = build_frequency(b, term);
    if (!documents && !b->status)
        build_note(b, arena_format(b->arena, "nothing here has %s:%.*s",
                                   node->field->name, (int)node->value_length,
                                   node->value));
}

/* The term of a value, of one with a star what it begins with. */
static void value_find(void *context, struct request_node *node)
{
    struct builder *b = context;
    if (node->kind != REQUEST_FIELD || (node->field->use & FIELD_WORDS) ||
        b->status)
        return;
    const char *value = node->value;
    size_t length = node->value_length;
    if (!strcmp(node->field->prefix, FIELD_TYPE) && !node->star) {
        value = type_name(value, length);
        if (!value) {
            type_error(b, node);
            return;
        }
        length = strlen(value);
    }
    if (!strcmp(node->field->prefix, FIELD_ENTITY) && !node->star)
        entity_value(b, &value, &length);
    char bytes[LIMIT_TERM_BYTES + 1];
    node->term_length = field_value_term(bytes, node->field, value, length);
    node->term = arena_copy(b->arena, bytes, node->term_length);
}

void conditions_find(struct builder *b)
{
    request_walk(b->request->root, value_find, b);
}

static struct xapian_query *value_query(struct builder *b,
                                        const struct request_node *node)
{
    struct terms terms = {0};
    struct xapian_bytes term = {node->term, node->term_length};
    if (!term.length)
        return build_none(b);
    if (!node->star)
        unknown_note(b, node, term);
    if (node->star)
        terms = star_values(b, term, node);
    else
        terms_add(b, &terms, term);
    if (b->status)
        return NULL;
    return terms.count ? build_synonym(b, &terms, 1) : build_none(b);
}

/* Any amount of its kind: which one, verify.h decides. */
static struct xapian_query *amount_query(struct builder *b,
                                         const struct request_node *node)
{
    static const char *const types[] = {
#define X(name, letter, colour, text) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    struct queries parts = {0};
    char term[LIMIT_TERM_BYTES + 1];
    for (int i = 0; i < DATELINE_ENTITY_TYPE_COUNT; i++) {
        if (!amount_takes(&node->amount, (dateline_entity_type)i))
            continue;
        size_t length = field_term(term, FIELD_TYPE, types[i], strlen(types[i]));
        build_add(b, &parts, build_term(b, build_bytes(b, "", term, length), 1));
    }
    return build_combine(b, XAPIAN_OR, &parts);
}

struct xapian_query *condition_query(struct builder *b,
                                     const struct request_node *node)
{
    if (node->kind == REQUEST_DATES)
        return period_query(b, node->since, node->until);
    if (node->kind == REQUEST_AMOUNT)
        return amount_query(b, node);
    if (!(node->field->use & FIELD_WORDS))
        return value_query(b, node);
    if (!node->word_count)
        return build_none(b);
    return node->star && node->word_count == 1
               ? star_query(b, node->field->prefix, node)
               : phrase_query(b, node->field->prefix, node);
}

struct xapian_query *condition_group(struct builder *b,
                                     const struct request_node *list,
                                     const struct request_node *node)
{
    for (const struct request_node *n = list->child; n != node; n = n->next)
        if (request_alternatives(n, node))
            return NULL;
    struct queries parts = {0};
    build_add(b, &parts, condition_query(b, node));
    for (const struct request_node *n = node->next; n; n = n->next)
        if (request_alternatives(node, n))
            build_add(b, &parts, condition_query(b, n));
    return build_combine(b, XAPIAN_OR, &parts);
}
