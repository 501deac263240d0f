/* Two marks in, a query out. */
#include "query/newer.h"

#include <string.h>

/* Passages of an index that runs after `seen` brought, to `now`: what comes while
 * we look is for the next time. */
static struct xapian_query *index_query(struct builder *b, uint64_t seen,
                                        const struct mark *now)
{
    char begin[FIELD_RUN_BYTES + 1], end[FIELD_RUN_BYTES + 1];
    struct xapian_query *query = NULL;
    if (seen >= now->run)
        return build_none(b);
    field_run_write(begin, now->identity, seen + 1);
    field_run_write(end, now->identity, now->run);
    return build_keep(
        b,
        xapian_query_range(&query, FIELD_SLOT_RUN,
                           (struct xapian_bytes){begin, FIELD_RUN_BYTES},
                           (struct xapian_bytes){end, FIELD_RUN_BYTES},
                           b->error),
        &query);
}

static void find_role(void *context, struct request_node *node)
{
    bool *found = context;
    *found |= node->kind == REQUEST_FIELD &&
              node->mark != REQUEST_MUST_NOT && node->field->prefix &&
              !strcmp(node->field->prefix, FIELD_ROLE);
}

/* What stands under every release of a house is no news when it is rewritten. */
static struct xapian_query *furniture_query(struct builder *b)
{
    static const char *const roles[] = {FIELD_ROLE "about",
                                        FIELD_ROLE "contact",
                                        FIELD_ROLE "end"};
    struct queries any = {0};
    bool asked = false;
    request_walk(b->request->root, find_role, &asked);
    if (asked)
        return NULL;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        build_add(b, &any, build_filter(b, roles[i]));
    return build_combine(b, XAPIAN_OR, &any);
}

struct xapian_query *newer_query(struct builder *b)
{
    const struct newer *newer = b->options->newer;
    struct queries any = {0};
    if (!newer)
        return NULL;
    for (size_t i = 0; i < newer->now.count; i++) {
        const struct mark *now = &newer->now.items[i];
        const struct mark *seen = marks_find(&newer->seen, now->identity);
        build_add(b, &any, index_query(b, seen ? seen->run : 0, now));
    }
    struct xapian_query *query = build_combine(b, XAPIAN_OR, &any);
    if (!query)
        query = build_none(b);
    return build_both(b, XAPIAN_AND_NOT, query, furniture_query(b));
}
