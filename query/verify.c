/* Kleene's three values: conditions that the index has decided are unknown
 * here. */
#include "query/verify.h"

#include <string.h>

enum truth { NO, UNKNOWN, YES };

bool verify_is_whole(const struct request_node *node, bool strict)
{
    return strict || node->mark != REQUEST_MAY;
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

/* Stop words alone, or brackets around them: the question is as if they were not
 * there, unless they are an alias that the passage has. */
static bool asks_nothing(const struct verify *found,
                         const struct request_node *node)
{
    bool list = node->kind == REQUEST_LIST || node->kind == REQUEST_AND ||
                node->kind == REQUEST_OR;
    for (const struct request_node *n = list ? node->child : NULL; n; n = n->next)
        if (!asks_nothing(found, n))
            return false;
    for (size_t i = 0; i < node->word_count; i++)
        if (!node->words[i].stop)
            return false;
    return list || (node->mark == REQUEST_MAY && !found->seen[node->id] &&
                    (node->kind == REQUEST_WORDS || node->kind == REQUEST_QUOTE));
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
        if (asks_nothing(found, n))
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
    if (asks_nothing(found, chain))
        return UNKNOWN;
    for (const struct request_node *n = chain->child; n; n = n->next) {
        if (asks_nothing(found, n))
            continue;
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
    if (!node->word_count || asks_nothing(found, node))
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

static bool has_term(const char *prefix, const char *value,
                     const struct request_node *node)
{
    char term[LIMIT_TERM_BYTES + 1];
    size_t length = field_term(term, prefix, value, strlen(value));
    return begins_or_is((struct xapian_bytes){term, length}, node);
}

static bool entity_has(const struct stored_passage *passage,
                       const dateline_entity *entity,
                       const struct request_node *node)
{
    const char *prefix = node->field->prefix;
    if (!strcmp(prefix, FIELD_TYPE))
        return has_term(prefix, field_type_text(entity->type), node);
    if (!field_is_name(entity->type))
        return false;
    struct arena scratch = ARENA_INIT;
    bool has = has_term(prefix, stored_name(&scratch, passage->text, entity),
                        node);
    arena_release(&scratch);
    return has;
}

/* Entities, their types and roles are the passage's own. */
static enum truth evaluate_own(const struct stored_passage *passage,
                               const struct request_node *node)
{
    if (!strcmp(node->field->prefix, FIELD_ROLE))
        return truth_of(has_term(FIELD_ROLE, field_role_text(passage->role),
                                 node));
    for (size_t i = 0; i < passage->entity_count; i++)
        if (entity_has(passage, &passage->entities[i], node))
            return YES;
    return NO;
}

static enum truth evaluate_field(const struct verify *found,
                                 const struct request_node *node)
{
    if (node->word_count)
        return truth_of(found->stands[node->id]);
    if (!node->term)
        return UNKNOWN;
    if (!node->term_length)
        return NO;
    if (node->field->shape == FIELD_NOT_FACT)
        return evaluate_own(found->passage, node);
    if (!found->terms_told)
        return UNKNOWN;
    for (size_t i = 0; i < found->term_count; i++)
        if (begins_or_is(found->terms[i], node))
            return YES;
    return NO;
}

/* As common/field.h has the day in its slot. */
static enum truth evaluate_dates(const struct verify *found,
                                 const struct request_node *node)
{
    char day[FIELD_DAY_BYTES + 1];
    field_day_write(day, &found->passage->article->facts.published);
    return truth_of(*day && (!*node->since || strcmp(node->since, day) <= 0) &&
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
