/* Words that stand in order, or near one another, as queries. */
#include "query/phrase.h"

#include "query/aliases.h"

#include <string.h>

enum { PHRASE_WORDS = 16 /* the rest of a longer quote is verified alone */ };

typedef dateline_status window_make(struct xapian_query **out,
                                    const struct xapian_bytes *terms,
                                    size_t count, unsigned window,
                                    dateline_error *error);

static bool same_terms(const struct terms *a, const struct terms *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (!terms_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

/* The words in the stems of each row; each distinct phrase once. */
static struct xapian_query *window_query(struct builder *b, const char *prefix,
                                         const struct request_node *node,
                                         unsigned window, window_make *make)
{
    struct queries parts = {0};
    struct terms seen[STEM_ROWS];
    size_t count = node->word_count, distinct = 0;
    if (make == xapian_query_phrase && count > PHRASE_WORDS)
        window = (unsigned)(count = PHRASE_WORDS);
    for (size_t row = 0; row < b->index->stems->count && !b->status; row++) {
        struct terms terms = {0};
        for (size_t i = 0; i < count; i++)
            terms_add(b, &terms, build_stem(b, row, prefix, &node->words[i]));
        bool old = false;
        for (size_t i = 0; i < distinct && !old; i++)
            old = same_terms(&terms, &seen[i]);
        if (old)
            continue;
        seen[distinct++] = terms;
        struct xapian_query *query = NULL;
        dateline_status status =
            make(&query, terms.items, terms.count, window, b->error);
        build_add(b, &parts, build_keep(b, status, &query));
    }
    return build_combine(b, XAPIAN_OR, &parts);
}

struct xapian_query *phrase_query(struct builder *b, const char *prefix,
                                  const struct request_node *node)
{
    if (!node->word_count)
        return NULL;
    if (node->word_count > 1)
        return window_query(b, prefix, node, (unsigned)node->word_count,
                            xapian_query_phrase);
    struct terms terms = build_stems(b, prefix, &node->words[0], true);
    return build_synonym(b, &terms, 1);
}

/* Phrases of a title have positions under its own prefix. */
struct xapian_query *phrase_exact(struct builder *b,
                                  const struct request_node *node)
{
    struct xapian_query *query = phrase_query(b, "", node);
    if (node->word_count > 1 && !b->options->passages)
        query = build_both(b, XAPIAN_OR, query,
                           phrase_query(b, FIELD_TITLE, node));
    return query;
}

struct xapian_query *phrase_near(struct builder *b,
                                 const struct request_node *node)
{
    unsigned window =
        node->window * (unsigned)(node->word_count - 1) + 1;
    return window_query(b, "", node, window, xapian_query_near);
}

struct xapian_query *phrase_words(struct builder *b,
                                  const struct request_node *node)
{
    struct xapian_query *query = phrase_exact(b, node);
    for (size_t i = 0; i < b->plan->alias_count; i++) {
        const struct expand_alias *alias = &b->aliases[i];
        if (alias->start >= node->start && alias->end <= node->end)
            query = build_both(b, XAPIAN_OR, query,
                               aliases_query(b, alias->name));
    }
    return query;
}
