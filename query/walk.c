/* A question's candidates, and the index that tells of them. */
#include "query/walk.h"

#include "common/field.h"

#include <stdlib.h>

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
                               const struct xapian_query *query)
{
    struct xapian_request ask = XAPIAN_REQUEST_INIT;
    ask.query = query;
    ask.weight = walk->plan.ranked ? XAPIAN_INEB2 : XAPIAN_BOOLEAN;
    ask.parameter = INEB2_C;
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

struct candidate *walk_candidate(struct walk *walk, uint32_t document)
{
    struct candidates *found = &walk->found;
    struct candidate *new = arena_push(&walk->arena, &found->items,
                                       &found->count, &found->room);
    *new = (struct candidate){.document = document, .order = found->count};
    return new;
}

/* ----------------------------------------------------------------- articles */

static int document_order(const void *a, const void *b)
{
    const struct candidate *x = *(struct candidate *const *)a;
    const struct candidate *y = *(struct candidate *const *)b;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

struct reading {
    struct walk *walk;
    struct candidate **candidates; /* in the order of their documents */
    size_t count, at;
    walk_take *take;
    dateline_status status;
};

static bool data_visit(void *context, struct xapian_bytes name,
                       struct xapian_bytes data, uint32_t document)
{
    struct reading *reading = context;
    const struct candidate *first = NULL;
    (void)name;
    for (; reading->at < reading->count && !reading->status; reading->at++) {
        struct candidate *next = reading->candidates[reading->at];
        if (next->document > document)
            break;
        if (next->document < document)
            continue;
        if (first)
            next->stored = first->stored;
        else
            reading->status = reading->take(reading->walk, next, data);
        first = next;
    }
    return !reading->status;
}

/* Those of [first, end) that are to be read. */
static void candidates_choose(struct reading *out, struct walk *walk,
                              size_t first, size_t end)
{
    out->candidates = arena_array(&walk->arena, struct candidate *, end - first);
    for (size_t i = first; i < end; i++)
        if (!walk->found.items[i].stored)
            out->candidates[out->count++] = &walk->found.items[i];
    if (out->count)
        qsort(out->candidates, out->count, sizeof *out->candidates,
              document_order);
}

dateline_status walk_read(struct walk *walk, size_t first, size_t end,
                          walk_take *take)
{
    struct reading reading = {.walk = walk, .take = take};
    if (first >= end)
        return DATELINE_OK;
    candidates_choose(&reading, walk, first, end);
    uint32_t *documents = arena_array(&walk->arena, uint32_t, reading.count);
    size_t count = 0;
    for (size_t i = 0; i < reading.count; i++)
        if (!count || documents[count - 1] != reading.candidates[i]->document)
            documents[count++] = reading.candidates[i]->document;
    dateline_status status =
        xapian_reader_data(walk->search->reader, documents, count, data_visit,
                           &reading, walk->error);
    return status ? status : reading.status;
}

static dateline_status take_article(struct walk *walk,
                                    struct candidate *candidate,
                                    struct xapian_bytes data)
{
    struct arena *arena = &walk->hits->arena;
    struct stored_article *stored = arena_new(arena, struct stored_article);
    candidate->stored = stored;
    return stored_read(stored, arena, data.bytes, data.length, walk->error);
}

dateline_status walk_read_articles(struct walk *walk, size_t first, size_t end)
{
    return walk_read(walk, first, end, take_article);
}

/* -------------------------------------------------------------------- order */

void walk_rank_passage(struct walk *walk, struct candidate *candidate,
                       size_t number, double weight)
{
    if (!candidate->best)
        candidate->best =
            arena_array(&walk->arena, struct ranked, WALK_LOOKED_AT + 1);
    size_t at = candidate->best_count;
    for (; at && candidate->best[at - 1].weight < weight; at--)
        candidate->best[at] = candidate->best[at - 1];
    candidate->best[at] = (struct ranked){number, weight};
    if (candidate->best_count < WALK_LOOKED_AT)
        candidate->best_count++;
    candidate->number = candidate->best[0].number;
    candidate->passage = candidate->best[0].weight;
}

static int score_order(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

void walk_rank(struct walk *walk, size_t end, size_t group)
{
    if (walk_is_by_date(walk))
        return;
    for (size_t i = 0; i < end; i += group)
        qsort(walk->found.items + i, end - i < group ? end - i : group,
              sizeof *walk->found.items, score_order);
}

size_t walk_groups(size_t count, size_t group)
{
    size_t over = count % group;
    return !over                          ? count
           : count <= SIZE_MAX - group    ? count + group - over
                                          : SIZE_MAX;
}

size_t walk_wanted_end(const struct walk *walk)
{
    size_t first = walk->request.first, most = walk->request.most;
    return most < SIZE_MAX - first ? first + most : SIZE_MAX;
}

size_t walk_shown_end(const struct walk *walk)
{
    size_t end = walk_wanted_end(walk);
    return end < walk->found.count ? end : walk->found.count;
}

bool walk_is_folding(const struct walk *walk)
{
    dateline_copies copies = walk->request.copies;
    return copies == DATELINE_COPIES_FOLD ||
           (copies == DATELINE_COPIES_AUTO && !walk->request.passages);
}

/* Some may be folded away. */
size_t walk_found_count(const struct walk *walk, size_t least)
{
    size_t end = walk_wanted_end(walk);
    if (walk_is_folding(walk) && end < SIZE_MAX / 2)
        end += end / 4;
    return end < least ? least : end;
}

size_t walk_counted(const struct walk *walk)
{
    enum { COUNTED = 200 };
    return walk->request.exact ? (size_t)walk->search->articles : COUNTED;
}

void walk_count(struct walk *walk, const struct xapian_hits *hits)
{
    walk->hits->summary.exact = hits->lower == hits->upper;
    walk->hits->summary.found = (size_t)hits->estimated;
}
