/* The names of the alias file in a question, and the terms of what they name. */
#include "query/aliases.h"

#include "common/field.h"

#include <string.h>

struct xapian_bytes aliases_term(struct builder *b,
                                 const struct alias_name *name)
{
    char term[LIMIT_TERM_BYTES + 1];
    size_t length = field_term(term, FIELD_ENTITY, name->name,
                               strlen(name->name));
    return build_bytes(b, "", term, length);
}

struct xapian_query *aliases_query(struct builder *b,
                                   const struct alias_name *name)
{
    struct xapian_bytes term = aliases_term(b, name);
    return term.length ? build_term(b, term, 1) : NULL;
}

/* The end of the words that stand side by side with node, equally marked. */
static size_t stretch_end(const struct request_node *node)
{
    size_t end = node->end;
    for (const struct request_node *n = node->next;
         n && n->kind == REQUEST_WORDS && n->mark == node->mark; n = n->next)
        end = n->end;
    return end;
}

static void alias_note(struct builder *b, const struct expand_alias *alias)
{
    int length = (int)(alias->end - alias->start);
    for (size_t i = 0; i + 1 < b->plan->alias_count; i++)
        if (b->aliases[i].name == alias->name)
            return;
    build_note(b, arena_format(b->arena, "%.*s = %s", length,
                               b->request->question + alias->start,
                               alias->name->name));
}

static void words_find_in(struct builder *b, const struct request_node *node)
{
    const char *text = b->request->question;
    if (node->kind != REQUEST_WORDS)
        return;
    size_t end = stretch_end(node), after = 0;
    if (b->plan->alias_count)
        after = b->aliases[b->plan->alias_count - 1].end;
    for (size_t i = 0; i < node->word_count; i++) {
        const struct alias_name *name;
        size_t start = node->words[i].start;
        size_t length = start < after ? 0
                                      : alias_find(&name, b->index->aliases,
                                                   text, end, start);
        if (!length)
            continue;
        struct expand_alias *alias = arena_push(
            b->arena, &b->aliases, &b->plan->alias_count, &b->alias_room);
        *alias = (struct expand_alias){node, start, start + length, name};
        after = alias->end;
        alias_note(b, alias);
    }
    b->plan->aliases = b->aliases;
}

const struct expand_alias *aliases_at(const struct builder *b, size_t byte)
{
    for (size_t i = 0; i < b->plan->alias_count; i++)
        if (b->aliases[i].start == byte)
            return &b->aliases[i];
    return NULL;
}

/* What is excluded is excluded as it is written. */
static void node_find_in(struct builder *b, const struct request_node *node)
{
    if (node->mark == REQUEST_MUST_NOT)
        return;
    words_find_in(b, node);
    for (const struct request_node *n = node->child; n; n = n->next)
        node_find_in(b, n);
}

void aliases_find(struct builder *b)
{
    node_find_in(b, b->request->root);
}

bool aliases_is_within(const struct expand_alias *alias,
                       const struct request_node *node)
{
    return alias->start >= node->start && alias->end <= node->end;
}
