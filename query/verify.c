/* Kleene's three values: conditions that the index has decided are unknown
 * here. */
#include "query/verify.h"

#include <string.h>

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
        return node->word_count > 1 ||
               (node->word_count && (node->quoted || node->star));
    default:
        break;
    }
    strict = verify_is_whole(node, strict) || node->kind == REQUEST_AND;
    for (const struct request_node *n = node->child; n; n = n->next)
        if (verify_needed(n, strict))
            return true;
    return false;
}

/* sure: whatever holds for the whole must hold for node. */
static bool doubts(const struct request_node *node, bool sure)
{
    if (node->kind == REQUEST_FIELD)
        return !sure && node->term;
    if (node->kind == REQUEST_OR)
        sure = false;
    for (const struct request_node *n = node->child; n; n = n->next)
        if (doubts(n, sure && (node->kind != REQUEST_LIST ||
                               request_is_field(n) || n->mark == REQUEST_MUST)))
            return true;
    return false;
}

bool verify_doubts(const struct request_node *root)
{
    return doubts(root, true);
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

/* A required condition: it or one of its alternatives further on; YES when it was
 * looked at with an earlier one. */
static enum truth evaluate_group(const struct verify *found,
                                 const struct request_node *list,
                                 const struct request_node *node)
{
    enum truth truth = NO;
    for (const struct request_node *n = list->child; n != node; n = n->next)
        if (request_alternatives(n, node))
            return YES;
    for (const struct request_node *n = node; n; n = n->next)
        if (n == node || request_alternatives(node, n)) {
            enum truth other = evaluate(found, n, true);
            truth = other > truth ? other : truth;
        }
    return truth;
}

static enum truth evaluate_list(const struct verify *found,
                                const struct request_node *list, bool strict)
{
    enum truth must = YES, may = NO;
    bool required = false, optional = false;
    for (const struct request_node *n = list->child; n; n = n->next) {
        enum truth truth = n->mark == REQUEST_MUST && request_is_field(n)
                               ? evaluate_group(found, list, n)
                               : evaluate(found, n, strict);
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
    for (size_t i = 0; i < found->passage->entity_count; i++)
        if (amount_holds(&node->amount, &found->passage->entities[i]))
            return YES;
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

static bool begins_or_is(struct xapian_bytes term,
                         const struct request_node *node)
{
    return (node->star ? term.length >= node->term_length
                       : term.length == node->term_length) &&
           !memcmp(term.bytes, node->term, node->term_length);
}

/* Of a field that is its article's own, the article's key. */
static bool is_wanted(struct xapian_bytes term, const struct request_node *node)
{
    if (!(node->field->use & FIELD_OWN))
        return begins_or_is(term, node);
    for (size_t i = 0; i < node->key_count; i++)
        if (term.length == node->keys[i].length &&
            !memcmp(term.bytes, node->keys[i].bytes, term.length))
            return true;
    return false;
}

static enum truth evaluate_field(const struct verify *found,
                                 const struct request_node *node)
{
    if (node->word_count)
        return truth_of(found->stands[node->id]);
    if (!node->term || !found->terms_told)
        return UNKNOWN;
    for (size_t i = 0; i < found->term_count; i++)
        if (is_wanted(found->terms[i], node))
            return YES;
    return NO;
}

/* As common/field.h has the day in its slot. */
static enum truth evaluate_dates(const struct verify *found,
                                 const struct request_node *node)
{
    const char *day = found->passage->day;
    return truth_of(day && (!*node->since || strcmp(node->since, day) <= 0) &&
                    (!*node->until || strcmp(day, node->until) <= 0));
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
        return evaluate_field(found, node);
    case REQUEST_DATES:
        return evaluate_dates(found, node);
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
