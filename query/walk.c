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

struct candidate *walk_candidate(struct walk *walk, uint32_t home)
{
    struct candidates *found = &walk->found;
    struct candidate *new = arena_push(&walk->arena, &found->items,
                                       &found->count, &found->room);
    *new = (struct candidate){.home = home, .order = found->count};
    return new;
}

/* An article and its passages are added one after the other. */
uint32_t walk_home(const struct walk *walk, uint32_t document, size_t number)
{
    uint64_t step = xapian_reader_shards(walk->search->reader);
    uint64_t before = step * ((uint64_t)number + 1);
    return document > before ? document - (uint32_t)before : 0;
}

/* -------------------------------------------------------- within articles */

/* A candidate by where its documents lie: databases that are searched as one
 * take turns in numbering theirs. */
struct placed {
    uint64_t place;
    struct candidate *candidate;
};

static uint64_t place_of(const struct walk *walk, uint32_t document)
{
    uint32_t step = xapian_reader_shards(walk->search->reader);
    uint32_t before = document - 1;
    return (uint64_t)(before % step) << 32 | before / step;
}

static int place_order(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->candidate->order > y->candidate->order) -
           (x->candidate->order < y->candidate->order);
}

/* The candidates [first, end) as their articles lie. */
static struct placed *by_place(struct walk *walk, size_t first, size_t end)
{
    struct placed *placed =
        arena_array(&walk->arena, struct placed, end - first + 1);
    for (size_t i = first; i < end; i++) {
        struct candidate *candidate = &walk->found.items[i];
        placed[i - first] =
            (struct placed){place_of(walk, candidate->home), candidate};
    }
    if (end > first)
        qsort(placed, end - first, sizeof *placed, place_order);
    return placed;
}

/* Told to those of the last article that does not lie behind the hit. */
static dateline_status tell_all(struct walk *walk, const struct placed *placed,
                                size_t count, const struct xapian_hit *hit,
                                candidate_tell *tell)
{
    dateline_status status = DATELINE_OK;
    uint64_t place = place_of(walk, hit->document);
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (placed[middle].place <= place)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i && !status; i--) {
        if (placed[i - 1].place != placed[low - 1].place)
            break;
        status = tell(walk, placed[i - 1].candidate, hit);
    }
    return status;
}

struct keys {
    struct walk *walk;
    struct xapian_bytes *items;
    size_t count;
};

static bool key_visit(void *context, struct xapian_bytes value,
                      struct xapian_bytes data, uint32_t document)
{
    struct keys *keys = context;
    (void)data, (void)document;
    keys->items[keys->count++] = walk_keep(keys->walk, value);
    return true;
}

static int number_order(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Ascending numbers, each once. */
static size_t numbers_once(uint32_t *numbers, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!kept || numbers[kept - 1] != numbers[i])
            numbers[kept++] = numbers[i];
    return kept;
}

static dateline_status keys_read(struct keys *keys, struct walk *walk,
                                 size_t first, size_t end)
{
    uint32_t *homes = arena_array(&walk->arena, uint32_t, end - first);
    for (size_t i = first; i < end; i++)
        homes[i - first] = walk->found.items[i].home;
    qsort(homes, end - first, sizeof *homes, number_order);
    size_t count = numbers_once(homes, end - first);
    *keys = (struct keys){walk, arena_array(&walk->arena, struct xapian_bytes,
                                            count), 0};
    return xapian_reader_value(walk->search->reader, homes, count,
                               FIELD_SLOT_ARTICLE, key_visit, keys,
                               walk->error);
}

dateline_status walk_ask_within(struct walk *walk, size_t first, size_t end,
                                const struct xapian_query *query,
                                struct xapian_request ask,
                                candidate_tell *tell)
{
    struct keys keys = {0};
    struct xapian_query *filtered = NULL;
    struct xapian_hits *hits = NULL;
    if (first >= end)
        return DATELINE_OK;
    dateline_status status = keys_read(&keys, walk, first, end);
    if (!status && !keys.count)
        return DATELINE_OK;
    if (!status)
        status = expand_keys(&filtered, query, keys.items, keys.count,
                             walk->error);
    if (!status) {
        ask.query = filtered;
        ask.most *= keys.count;
        status = walk_search(&hits, walk, &ask);
    }
    const struct placed *placed = by_place(walk, first, end);
    for (size_t i = 0; !status && i < hits->count; i++)
        status = tell_all(walk, placed, end - first, &hits->hits[i], tell);
    xapian_hits_free(hits);
    xapian_query_free(filtered);
    return status;
}

/* --------------------------------------------------------------- documents */

static int document_order(const void *a, const void *b)
{
    const struct walk_document *x = a, *y = b;
    return (x->document > y->document) - (x->document < y->document);
}

struct reading {
    struct walk *walk;
    const struct walk_document *documents;
    size_t count, at;
    walk_take *take;
    dateline_status status;
};

static bool data_visit(void *context, struct xapian_bytes name,
                       struct xapian_bytes data, uint32_t document)
{
    struct reading *reading = context;
    (void)name;
    for (; reading->at < reading->count && !reading->status; reading->at++) {
        const struct walk_document *next = &reading->documents[reading->at];
        if (next->document > document)
            break;
        if (next->document == document)
            reading->status = reading->take(reading->walk, next, data);
    }
    return !reading->status;
}

dateline_status walk_read(struct walk *walk, struct walk_document *documents,
                          size_t count, walk_take *take)
{
    struct reading reading = {walk, documents, count, 0, take, DATELINE_OK};
    uint32_t *numbers = arena_array(&walk->arena, uint32_t, count);
    if (!count)
        return DATELINE_OK;
    qsort(documents, count, sizeof *documents, document_order);
    for (size_t i = 0; i < count; i++)
        numbers[i] = documents[i].document;
    dateline_status status =
        xapian_reader_data(walk->search->reader, numbers,
                           numbers_once(numbers, count), data_visit, &reading,
                           walk->error);
    return status ? status : reading.status;
}

static dateline_status take_article(struct walk *walk,
                                    const struct walk_document *from,
                                    struct xapian_bytes data)
{
    struct arena *arena = &walk->hits->arena;
    struct stored_article *stored = arena_new(arena, struct stored_article);
    const char *bytes = arena_copy(arena, data.bytes, data.length);
    from->candidate->stored = stored;
    return stored_read_article(stored, arena, bytes, data.length, walk->error);
}

dateline_status walk_read_articles(struct walk *walk, size_t first, size_t end)
{
    struct walk_document *documents =
        arena_array(&walk->arena, struct walk_document, end - first);
    size_t count = 0;
    for (size_t i = first; i < end; i++) {
        struct candidate *candidate = &walk->found.items[i];
        if (!candidate->stored)
            documents[count++] =
                (struct walk_document){candidate->home, 0, candidate};
    }
    return walk_read(walk, documents, count, take_article);
}

/* -------------------------------------------------------------------- order */

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
    return walk->request.exact ? (size_t)walk->search->documents : COUNTED;
}

void walk_count(struct walk *walk, const struct xapian_hits *hits)
{
    walk->hits->summary.exact = hits->lower == hits->upper;
    walk->hits->summary.found = (size_t)hits->estimated;
}
