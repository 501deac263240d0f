/* Kleene's three values: conditions that the index has decided are unknown
 * here. */
#include "query/verify.h"

enum truth { NO, UNKNOWN, YES };

bool verify_is_whole(const struct request_node *node, bool strict)
{
    return strict || node->mark != REQUEST_MAY;
}

bool verify_needed(const struct request_node *node, bool strict)
{
    switch (node->kind) {
    case REQUEST_NEAR: case REQUEST_STAR: case REQUEST_AMOUNT:
        return true;
    case REQUEST_QUOTE:
        return node->word_count && verify_is_whole(node, strict);
    case REQUEST_WORDS:
        return node->word_count > 1 && verify_is_whole(node, strict);
    case REQUEST_FIELD:
        return node->word_count > 1 || (node->word_count && node->quoted);
    default:
        break;
    }
    strict = verify_is_whole(node, strict) || node->kind == REQUEST_AND;
    for (const struct request_node *n = node->child; n; n = n->next)
        if (verify_needed(n, strict))
            return true;
    return false;
}

static enum truth truth_of(bool holds)
{
    return holds ? YES : NO;
}

static enum truth negate(enum truth truth)
{
    return truth == YES ? NO : truth == NO ? YES : UNKNOWN;
}

static bool ranks_nothing(const struct request_node *node)
{
    for (size_t i = 0; i < node->word_count; i++)
        if (!node->words[i].stop)
            return false;
    return node->mark == REQUEST_MAY &&
           (node->kind == REQUEST_WORDS || node->kind == REQUEST_QUOTE);
}

static enum truth evaluate(const struct verify *found,
                           const struct request_node *node, bool strict);

static enum truth evaluate_list(const struct verify *found,
                                const struct request_node *list, bool strict)
{
    enum truth must = YES, may = NO;
    bool required = false, optional = false;
    for (const struct request_node *n = list->child; n; n = n->next) {
        enum truth truth = evaluate(found, n, strict);
        if (n->mark == REQUEST_MUST_NOT)
            truth = negate(truth);
        if (ranks_nothing(n))
            continue;
        if (n->mark == REQUEST_MAY) {
            optional = true;
            may = truth > may ? truth : may;
        } else {
            required |= n->mark == REQUEST_MUST && !request_is_field(n);
            must = truth < must ? truth : must;
        }
    }
    return required || !optional ? must : may < must ? may : must;
}

static enum truth evaluate_chain(const struct verify *found,
                                 const struct request_node *chain, bool strict)
{
    bool all = chain->kind == REQUEST_AND;
    enum truth truth = truth_of(all);
    for (const struct request_node *n = chain->child; n; n = n->next) {
        enum truth other = evaluate(found, n, strict || all);
        truth = all == (other < truth) ? other : truth;
    }
    return truth;
}

static enum truth evaluate_amount(const struct verify *found,
                                  const struct request_node *node)
{
    for (size_t i = 0; i < found->passage->entity_count; i++) {
        const dateline_entity *entity = &found->passage->entities[i];
        if (entity->type == DATELINE_MONEY &&
            amount_holds(&node->amount, entity->value))
            return YES;
    }
    return NO;
}

/* Words, quoted or not: one of them is enough where they only rank. */
static enum truth evaluate_words(const struct verify *found,
                                 const struct request_node *node, bool strict)
{
    bool whole = verify_is_whole(node, strict) &&
                 (node->kind == REQUEST_QUOTE || node->word_count > 1);
    if (!node->word_count || ranks_nothing(node))
        return UNKNOWN;
    return truth_of(found->stands[node->id] ||
                    (!whole && found->seen[node->id]));
}

static enum truth evaluate(const struct verify *found,
                           const struct request_node *node, bool strict)
{
    switch (node->kind) {
    case REQUEST_WORDS: case REQUEST_QUOTE:
        return evaluate_words(found, node, strict);
    case REQUEST_STAR:
        return truth_of(found->seen[node->id]);
    case REQUEST_NEAR:
        return truth_of(found->stands[node->id]);
    case REQUEST_FIELD:
        return !node->word_count || (node->star && node->word_count == 1)
                   ? UNKNOWN
                   : truth_of(found->stands[node->id]);
    case REQUEST_AMOUNT:
        return evaluate_amount(found, node);
    case REQUEST_LIST:
        return evaluate_list(found, node, verify_is_whole(node, strict));
    case REQUEST_AND: case REQUEST_OR:
        return evaluate_chain(found, node, verify_is_whole(node, strict));
    case REQUEST_ALL:
        return YES;
    default:
        return UNKNOWN;
    }
}

bool verify_holds(const struct verify *found, const struct request_node *root)
{
    return evaluate(found, root, false) != NO;
}
