/* Two marks in, a query out. */
#include "query/newer.h"

#include <string.h>

/* Articles of an index with text that a run after `seen` brought. Those that were
 * written to again since `now` are among them: they may still have text of before. */
static struct xapian_query *index_query(struct builder *b, uint64_t seen,
                                        const struct mark *now)
{
    char begin[FIELD_RUN_BYTES + 1], end[FIELD_RUN_BYTES + 1];
    struct xapian_query *query = NULL;
    if (seen >= now->run)
        return build_none(b);
    field_run_write(begin, now->identity, seen + 1);
    field_run_write(end, now->identity, UINT32_MAX);
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
    return query ? query : build_none(b);
}

void newer_look(struct newer *newer, struct request *request)
{
    newer->asks_role = false;
    request_walk(request->root, find_role, &newer->asks_role);
}

/* The runs that brought the passages of an article, and those that are asked for. */
struct period {
    uint64_t *runs, after, last;
};

/* False for an article of none of the indexes. */
static bool period_find(struct period *out, const struct newer *newer,
                        struct xapian_bytes value, size_t count)
{
    for (size_t i = 0; i < newer->now.count; i++) {
        const struct mark *now = &newer->now.items[i];
        const struct mark *seen = marks_find(&newer->seen, now->identity);
        out->after = seen ? seen->run : 0;
        out->last = now->run; /* what comes while we look is for the next time */
        if (stored_read_runs(out->runs, count, now->identity, value.bytes,
                             value.length))
            return true;
    }
    return false;
}

/* What stands under every release of a house is no news when it is rewritten. */
void newer_find(bool *out, const struct newer *newer, struct arena *scratch,
                struct xapian_bytes value, const struct stored_article *article)
{
    size_t count = article->passage_count;
    struct period period = {.runs = arena_array(scratch, uint64_t, count)};
    bool ours = period_find(&period, newer, value, count);
    for (size_t i = 0; i < count; i++)
        out[i] = ours && period.runs[i] > period.after &&
                 period.runs[i] <= period.last &&
                 (newer->asks_role ||
                  !field_is_aside(article->passages[i].role));
}
