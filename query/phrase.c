/* What must stand together is asked for by its words. */
#include "query/phrase.h"

#include "query/aliases.h"

enum { PHRASE_WORDS = 16 /* the rest of a longer quote is verified alone */ };

struct xapian_query *phrase_query(struct builder *b, const char *prefix,
                                  const struct request_node *node)
{
    struct queries parts = {0};
    for (size_t i = 0; i < node->word_count && i < PHRASE_WORDS; i++) {
        struct terms terms = build_stems(b, prefix, &node->words[i], true);
        build_add(b, &parts, build_synonym(b, &terms, 1));
    }
    return build_combine(b, XAPIAN_AND, &parts);
}

struct xapian_query *phrase_words(struct builder *b,
                                  const struct request_node *node)
{
    struct xapian_query *query = phrase_query(b, "", node);
    for (size_t i = 0; i < b->plan->alias_count; i++)
        if (aliases_is_within(&b->aliases[i], node))
            query = build_both(b, XAPIAN_OR, query,
                               aliases_query(b, b->aliases[i].name));
    return query;
}

struct xapian_query *phrase_near(struct builder *b,
                                 const struct request_node *near)
{
    struct queries parts = {0};
    for (const struct request_node *n = near->child; n; n = n->next)
        build_add(b, &parts,
                  n->kind == REQUEST_QUOTE ? phrase_query(b, "", n)
                                           : phrase_words(b, n));
    return build_combine(b, XAPIAN_AND, &parts);
}
