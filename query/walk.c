/* A question's candidates, and the searches that tell of them. */
#include "query/walk.h"

#include "common/field.h"

#include <stdlib.h>
#include <string.h>

const double walk_passage_share = 0.5;

double walk_milliseconds(const struct timespec *begun)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begun->tv_sec) * 1e3 +
           (double)(now.tv_nsec - begun->tv_nsec) / 1e6;
}

/* Of the time given to the question, what is left; at least one. */
static unsigned milliseconds_left(const struct walk *walk)
{
    unsigned all = walk->request.milliseconds;
    double used = all ? walk_milliseconds(&walk->begun) : 0;
    return !all ? 0 : used + 1 > all ? 1 : all - (unsigned)used;
}

struct xapian_request walk_ask(const struct walk *walk,
                               const struct xapian_query *query, double c)
{
    struct xapian_request ask = XAPIAN_REQUEST_INIT;
    ask.query = query;
    ask.weight = walk->plan.ranked ? XAPIAN_INEB2 : XAPIAN_BOOLEAN;
    ask.parameter = c;
    ask.value_slot = FIELD_SLOT_ARTICLE;
    ask.most = 1;
    ask.milliseconds = milliseconds_left(walk);
    return ask;
}

bool walk_is_by_date(const struct walk *walk)
{
    return walk->request.sort != DATELINE_SORT_SCORE || !walk->plan.ranked;
}

void walk_sort(const struct walk *walk, struct xapian_request *ask)
{
    if (!walk_is_by_date(walk))
        return;
    ask->sort_slot = FIELD_SLOT_DATE;
    ask->descending = walk->request.sort != DATELINE_SORT_DATE;
}

dateline_status walk_search(struct xapian_hits **out, struct walk *walk,
                            const struct xapian_request *ask)
{
    return xapian_reader_search(out, walk->search->reader, ask, walk->error);
}

struct xapian_bytes walk_keep(struct walk *walk, struct xapian_bytes bytes)
{
    return (struct xapian_bytes){
        arena_copy(&walk->arena, bytes.bytes, bytes.length), bytes.length};
}

struct candidate *walk_candidate(struct walk *walk,
                                 const struct xapian_hit *hit)
{
    struct candidates *found = &walk->found;
    struct candidate *new = arena_push(&walk->arena, &found->items,
                                       &found->count, &found->room);
    *new = (struct candidate){.key = walk_keep(walk, hit->value),
                              .order = found->count};
    return new;
}

static int key_order(const void *a, const void *b)
{
    const struct candidate *x = *(struct candidate *const *)a;
    const struct candidate *y = *(struct candidate *const *)b;
    size_t least = x->key.length < y->key.length ? x->key.length : y->key.length;
    int order = memcmp(x->key.bytes, y->key.bytes, least);
    return order ? order
                 : (x->key.length > y->key.length) -
                       (x->key.length < y->key.length);
}

/* The candidates [first, end) in the order of their keys. */
static struct candidate **by_key(struct walk *walk, size_t first, size_t end)
{
    struct candidate **sorted =
        arena_array(&walk->arena, struct candidate *, end - first + 1);
    for (size_t i = first; i < end; i++)
        sorted[i - first] = &walk->found.items[i];
    if (end > first)
        qsort(sorted, end - first, sizeof *sorted, key_order);
    return sorted;
}

static void tell_all(struct walk *walk, struct candidate **sorted,
                     size_t count, const struct xapian_hit *hit,
                     candidate_tell *tell)
{
    struct candidate wanted = {.key = hit->value}, *want = &wanted;
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (key_order(&sorted[middle], &want) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < count && !key_order(&sorted[low], &want); low++)
        tell(walk, sorted[low], hit);
}

dateline_status walk_ask_keys(struct walk *walk, size_t first, size_t end,
                              const struct xapian_query *query,
                              struct xapian_request ask, candidate_tell *tell)
{
    struct candidate **sorted = by_key(walk, first, end);
    struct xapian_bytes *keys =
        arena_array(&walk->arena, struct xapian_bytes, end - first + 1);
    size_t count = 0;
    for (size_t i = 0; i < end - first; i++)
        if (!i || key_order(&sorted[i - 1], &sorted[i]))
            keys[count++] = sorted[i]->key;
    if (!count)
        return DATELINE_OK;
    struct xapian_query *filtered = NULL;
    struct xapian_hits *hits = NULL;
    dateline_status status =
        expand_keys(&filtered, query, keys, count, walk->error);
    if (!status) {
        ask.query = filtered;
        ask.most *= count;
        status = walk_search(&hits, walk, &ask);
    }
    for (size_t i = 0; !status && i < hits->count; i++)
        tell_all(walk, sorted, end - first, &hits->hits[i], tell);
    xapian_hits_free(hits);
    xapian_query_free(filtered);
    return status;
}

static int score_order(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

void walk_rank(struct walk *walk)
{
    if (walk->found.count && !walk_is_by_date(walk))
        qsort(walk->found.items, walk->found.count, sizeof *walk->found.items,
              score_order);
}

size_t walk_wanted_end(const struct walk *walk)
{
    size_t first = walk->request.first, most = walk->request.most;
    return most < SIZE_MAX - first ? first + most : SIZE_MAX;
}

bool walk_is_folding(const struct walk *walk)
{
    dateline_copies copies = walk->request.copies;
    return copies == DATELINE_COPIES_FOLD ||
           (copies == DATELINE_COPIES_AUTO && !walk->request.passages);
}

/* Some may be folded away. */
size_t walk_scored_count(const struct walk *walk)
{
    size_t end = walk_wanted_end(walk);
    if (walk_is_folding(walk) && end < SIZE_MAX / 2)
        end += end / 4;
    return end < WALK_SCORED ? WALK_SCORED : end;
}

size_t walk_counted(const struct walk *walk)
{
    enum { COUNTED = 1000 };
    return walk->request.exact ? (size_t)walk->search->documents : COUNTED;
}

void walk_count(struct walk *walk, const struct xapian_hits *hits)
{
    walk->hits->summary.exact = hits->lower == hits->upper;
    walk->hits->summary.found = (size_t)hits->estimated;
}
