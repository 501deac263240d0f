/* The tree of a request is walked, and every node gives a Xapian query or none. It
 * asks for articles: what must hold for a passage of them is asked as far as it is
 * sure, and the rest is left to the text (verify.h). */
#include "query/expand.h"

#include "common/error.h"
#include "query/aliases.h"
#include "query/condition.h"
#include "query/form.h"
#include "query/newer.h"
#include "query/period.h"
#include "query/phrase.h"
#include "query/ranking.h"
#include "query/star.h"
#include "query/stop.h"
#include "query/verify.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------- lists */

static struct xapian_query *node_query(struct builder *b,
                                       const struct request_node *node,
                                       bool strict);

struct parts {
    struct queries may, must, not, filters, told;
    struct ranking ranking;
    bool excludes;
};

/* True for conditions that a passage meets, not an article. */
static bool is_by_passage(const struct request_node *node)
{
    switch (node->kind) {
    case REQUEST_STAR: case REQUEST_NEAR: case REQUEST_AND:
    case REQUEST_AMOUNT:
        return true;
    case REQUEST_WORDS: case REQUEST_QUOTE:
        return node->mark != REQUEST_MAY;
    case REQUEST_FIELD:
        return node->field->shape == FIELD_NOT_FACT ||
               (node->field->use & FIELD_WORDS);
    case REQUEST_LIST: case REQUEST_OR:
        if (node->mark != REQUEST_MAY)
            return true;
        for (const struct request_node *n = node->child; n; n = n->next)
            if (is_by_passage(n))
                return true;
        return false;
    default:
        return false;
    }
}

/* Conditions in what the text decides: they decide nothing by themselves, but
 * hits tell which of them they meet. */
static void fields_tell(struct builder *b, struct queries *to,
                        const struct request_node *node)
{
    if (node->term)
        build_add(b, to, condition_query(b, node));
    for (const struct request_node *n = node->child; n; n = n->next)
        fields_tell(b, to, n);
}

/* An article of which one passage is excluded may have others that are not. */
static void exclude(struct builder *b, struct parts *parts,
                    const struct request_node *node)
{
    b->silent++;
    parts->excludes = true;
    if (request_is_field(node) && !is_by_passage(node))
        build_add(b, &parts->not, condition_query(b, node));
    else
        fields_tell(b, &parts->told, node);
    b->silent--;
}

static void part_build(struct builder *b, struct parts *parts,
                       const struct request_node *list,
                       const struct request_node *node, bool strict)
{
    if (node->mark == REQUEST_MUST_NOT)
        exclude(b, parts, node);
    else if (request_is_field(node))
        build_add(b, &parts->filters, condition_group(b, list, node));
    else if (node->mark == REQUEST_MUST)
        build_add(b, &parts->must, node_query(b, node, true));
    else if (!strict &&
             (node->kind == REQUEST_WORDS || node->kind == REQUEST_QUOTE))
        ranking_add(b, node, &parts->ranking);
    else
        build_add(b, &parts->may, node_query(b, node, strict));
}

static struct xapian_query *list_query(struct builder *b,
                                       const struct request_node *list,
                                       bool strict)
{
    struct parts parts = {0};
    for (const struct request_node *n = list->child; n; n = n->next)
        part_build(b, &parts, list, n, strict);
    build_add(b, &parts.may, ranking_query(b, &parts.ranking));
    struct xapian_query *query = build_combine(b, XAPIAN_OR, &parts.may);
    struct xapian_query *must = build_combine(b, XAPIAN_AND, &parts.must);
    if (must)
        query = build_both(b, XAPIAN_AND_MAYBE, must, query);
    struct xapian_query *filter = build_combine(b, XAPIAN_AND, &parts.filters);
    struct xapian_query *not = build_combine(b, XAPIAN_OR, &parts.not);
    if (!query && (filter || parts.excludes))
        query = build_all(b);
    query = build_both(b, XAPIAN_FILTER, query, filter);
    query = build_both(b, XAPIAN_AND_NOT, query, not);
    return build_both(b, XAPIAN_AND_MAYBE, query,
                      build_silent(b, build_combine(b, XAPIAN_OR, &parts.told)));
}

static bool is_only_stop_words(const struct request_node *node)
{
    for (size_t i = 0; i < node->word_count; i++)
        if (!node->words[i].stop)
            return false;
    return node->kind == REQUEST_WORDS;
}

/* A list of nothing but exclusions, beside AND. */
static bool only_excludes(const struct request_node *node)
{
    if (node->kind != REQUEST_LIST)
        return false;
    for (const struct request_node *n = node->child; n; n = n->next)
        if (n->mark != REQUEST_MUST_NOT)
            return false;
    return true;
}

static struct xapian_query *chain_query(struct builder *b,
                                        const struct request_node *node,
                                        bool strict)
{
    struct queries parts = {0};
    bool all = node->kind == REQUEST_AND;
    for (const struct request_node *n = node->child; n; n = n->next)
        if (!all || !only_excludes(n) || n == node->child)
            build_add(b, &parts, node_query(b, n, strict || all));
    struct xapian_query *query =
        build_combine(b, all ? XAPIAN_AND : XAPIAN_OR, &parts);
    for (const struct request_node *n = node->child->next; all && n; n = n->next)
        if (only_excludes(n)) {
            b->silent++;
            query = build_both(b, XAPIAN_FILTER, query, node_query(b, n, true));
            b->silent--;
        }
    return query;
}

static struct xapian_query *leaf_query(struct builder *b,
                                       const struct request_node *node,
                                       bool strict)
{
    size_t start = node->start, end = node->end;
    switch (node->kind) {
    case REQUEST_WORDS:
        if (strict && node->mark == REQUEST_MAY && is_only_stop_words(node))
            return NULL;
        return build_part(b, node->word_count > 1 ? "phrase" : "word", start,
                          end, phrase_words(b, node));
    case REQUEST_QUOTE:
        return build_part(b, "phrase", start, end, phrase_query(b, "", node));
    case REQUEST_STAR:
        return build_part(b, "star", start, end, star_query(b, "", node));
    default:
        return build_part(b, "near", start, end, phrase_near(b, node));
    }
}

static struct xapian_query *node_query(struct builder *b,
                                       const struct request_node *node,
                                       bool strict)
{
    if (b->status)
        return NULL;
    switch (node->kind) {
    case REQUEST_WORDS: case REQUEST_QUOTE: case REQUEST_STAR:
    case REQUEST_NEAR:
        return leaf_query(b, node, strict);
    case REQUEST_FIELD: case REQUEST_DATES: case REQUEST_AMOUNT:
        return condition_query(b, node);
    case REQUEST_LIST:
        return list_query(b, node, strict);
    case REQUEST_ALL:
        return build_all(b);
    default:
        return chain_query(b, node, strict);
    }
}

/* ----------------------------------------------- what the question is about */

static bool is_ranked(const struct request_node *node)
{
    if (node->mark == REQUEST_MUST_NOT || request_is_field(node))
        return false;
    bool ranked = node->word_count;
    for (const struct request_node *n = node->child; n && !ranked; n = n->next)
        ranked = is_ranked(n);
    return ranked;
}

/* ---------------------------------------------------------------- the plan */

/* Another name may stand for it. */
static bool has_alias(const struct builder *b, const struct request_node *node)
{
    for (size_t i = 0; i < b->plan->alias_count; i++)
        if (b->aliases[i].start < node->end && b->aliases[i].end > node->start)
            return true;
    return false;
}

/* All words of the node are in each passage that meets the question. sure: the node
 * itself must be met. */
static bool is_needed(const struct builder *b, const struct request_node *node,
                      bool sure)
{
    return sure && node->word_count && !has_alias(b, node) &&
           (node->kind == REQUEST_QUOTE ||
            (node->kind == REQUEST_WORDS &&
             (node->mark == REQUEST_MUST || !is_only_stop_words(node))));
}

/* Every word that is asked for, conditions forgotten. A quote counts by its words,
 * and once more where all of them are. */
static void flatten(struct builder *b, const struct request_node *node,
                    struct ranking *ranking, bool sure)
{
    bool needed = is_needed(b, node, sure);
    if (node->mark == REQUEST_MUST_NOT || request_is_field(node))
        return;
    if (node->kind == REQUEST_STAR)
        ranking_star(b, node);
    else
        ranking_add(b, node, ranking);
    if (needed || (node->kind == REQUEST_QUOTE && node->word_count > 1))
        ranking_phrase(b, node, needed);
    for (const struct request_node *n = node->child; n; n = n->next)
        flatten(b, n, ranking,
                sure && node->kind != REQUEST_OR &&
                    (node->kind != REQUEST_LIST || n->mark == REQUEST_MUST));
}

static void ranks_make(struct builder *b)
{
    struct ranking ranking = {0};
    flatten(b, b->request->root, &ranking, true);
    ranking_tell(b, &ranking);
}

static struct xapian_query *articles_query(struct builder *b)
{
    struct queries filters = {0};
    struct xapian_query *query = node_query(b, b->request->root, false);
    if (!query)
        query = build_all(b);
    build_add(b, &filters,
              period_query(b, b->options->since, b->options->until));
    build_add(b, &filters, newer_query(b));
    return build_both(b, XAPIAN_FILTER, query,
                      build_combine(b, XAPIAN_AND, &filters));
}

/* Takes a query out of those that will be released. */
static struct xapian_query *hand_out(struct builder *b,
                                     struct xapian_query *query)
{
    for (size_t i = 0; query && i < b->made.count; i++)
        if (b->made.items[i] == query)
            b->made.items[i] = NULL;
    return query;
}

static void parts_free(struct expand_plan *plan)
{
    for (size_t i = 0; i < plan->part_count; i++)
        xapian_query_free(plan->parts[i].query);
    plan->part_count = 0;
}

dateline_status expand_request(struct expand_plan *out, struct arena *arena,
                               struct request *request,
                               const struct expand_index *index,
                               const struct expand_options *options,
                               dateline_error *error)
{
    struct expand_plan plan = {0};
    struct builder b = {.arena = arena, .request = request, .index = index,
                        .options = options, .plan = &plan, .error = error};
    stop_choose(&b);
    forms_find(&b);
    ranking_choose(&b);
    conditions_find(&b);
    aliases_find(&b);
    plan.ranked = is_ranked(request->root);
    plan.by_passage = options->newer || is_by_passage(request->root);
    plan.doubts = plan.by_passage && verify_doubts(request->root);
    struct xapian_query *articles = articles_query(&b);
    ranks_make(&b);
    if (!b.status) {
        plan.articles = hand_out(&b, articles);
        *out = plan;
    } else
        parts_free(&plan);
    for (size_t i = 0; i < b.made.count; i++)
        xapian_query_free(b.made.items[i]);
    return b.status;
}

void expand_release(struct expand_plan *plan)
{
    xapian_query_free(plan->articles);
    plan->articles = NULL;
    parts_free(plan);
}
