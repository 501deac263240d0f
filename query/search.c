/* A question comes in, hits go out.
 *
 *   articles first   articles are ranked by their whole text, and each shows its
 *                    best passage
 *   passages first   where conditions hold for a passage (quotes, AND, ...), or
 *                    every passage is asked for: passages are found, verified to
 *                    the letter, and then scored together with their article
 */
#include "query/search.h"

#include "common/error.h"
#include "common/field.h"
#include "query/day.h"
#include "query/expand.h"
#include "query/facet.h"
#include "query/hit.h"
#include "query/index.h"
#include "query/match.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Measured on sixteen collections, five languages (nDCG@10). */
static const double passage_share = 0.5; /* of its passage in an article's score */
static const double density_share = 0.3; /* in a passage's score: + 0.005 */

enum {
    SCORED_LEAST = 100,  /* candidates scored with their article */
    COUNTED = 1000,      /* documents looked at for the number of hits */
    VERIFY_PAGE = 200,   /* passages fetched at once to be verified */
    VERIFY_MOST = 5000,  /* and at most for one question */
    PASSAGES_LOOKED_AT = 5, /* of an article, for the one to show */
    KEYS_AT_ONCE = 500,  /* articles asked for in one query */
    FEW_HITS = 3         /* then words that are unknown are looked at */
};

/* ----------------------------------------------------------- one question */

/* A passage, or an article, on its way to be a hit. */
struct candidate {
    struct xapian_bytes key;  /* of its article */
    struct xapian_bytes data; /* of the passage; empty: not fetched yet */
    double article, passage;  /* scores */
    double shown;             /* of the passage in data, its density included */
    double score;
    size_t order;             /* as Xapian ranked it */
};

struct candidates {
    struct candidate *items;
    size_t count, room;
};

/* Everything of one question, released together. */
struct walk {
    dateline_search *search;
    dateline_request request;
    char since[9], until[9];
    struct arena arena;       /* of the question; hits have their own */
    struct request question;
    struct expand_index index;
    struct expand_plan plan;
    struct match *match;
    dateline_hits *hits;
    struct candidates found;
    struct timespec begun;
    dateline_error *error;
};

static double milliseconds_since(const struct timespec *begun)
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
    double used = all ? milliseconds_since(&walk->begun) : 0;
    return !all ? 0 : used + 1 > all ? 1 : all - (unsigned)used;
}

static struct xapian_request ask_of(const struct walk *walk,
                                    const struct xapian_query *query,
                                    double c)
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

static bool is_by_date(const struct walk *walk)
{
    return walk->request.sort != DATELINE_SORT_SCORE || !walk->plan.ranked;
}

/* Without anything that ranks, the newest come first. */
static void sort_of(const struct walk *walk, struct xapian_request *ask)
{
    if (!is_by_date(walk))
        return;
    ask->sort_slot = FIELD_SLOT_DATE;
    ask->descending = walk->request.sort != DATELINE_SORT_DATE;
}

static dateline_status search(struct xapian_hits **out, struct walk *walk,
                              const struct xapian_request *ask)
{
    return xapian_reader_search(out, walk->search->reader, ask, walk->error);
}

static struct xapian_bytes kept(struct walk *walk, struct xapian_bytes bytes)
{
    return (struct xapian_bytes){
        arena_copy(&walk->arena, bytes.bytes, bytes.length), bytes.length};
}

static struct candidate *candidate_add(struct walk *walk,
                                       const struct xapian_hit *hit)
{
    struct candidates *found = &walk->found;
    struct candidate *new = arena_push(&walk->arena, &found->items,
                                       &found->count, &found->room);
    *new = (struct candidate){.key = kept(walk, hit->value),
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

/* What a filtered search finds of the candidates, told to each of a key. */
typedef void candidate_tell(struct walk *walk, struct candidate *candidate,
                            const struct xapian_hit *hit);

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

/* Asks query of the articles of candidates [first, end), for ask.most hits an
 * article on average, and tells them. */
static dateline_status ask_keys(struct walk *walk, size_t first, size_t end,
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
        status = search(&hits, walk, &ask);
    }
    for (size_t i = 0; !status && i < hits->count; i++)
        tell_all(walk, sorted, end - first, &hits->hits[i], tell);
    xapian_hits_free(hits);
    xapian_query_free(filtered);
    return status;
}

static void tell_passage(struct walk *walk, struct candidate *candidate,
                         const struct xapian_hit *hit)
{
    candidate->passage = hit->weight;
    if (hit->data.length)
        candidate->data = kept(walk, hit->data);
}

static void tell_article(struct walk *walk, struct candidate *candidate,
                         const struct xapian_hit *hit)
{
    (void)walk;
    candidate->article = hit->weight;
}

static int score_order(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void candidates_sort(struct walk *walk)
{
    if (walk->found.count && !is_by_date(walk))
        qsort(walk->found.items, walk->found.count, sizeof *walk->found.items,
              score_order);
}

static size_t wanted_end(const struct walk *walk)
{
    size_t first = walk->request.first, most = walk->request.most;
    return most < SIZE_MAX - first ? first + most : SIZE_MAX;
}

/* How many candidates are worth scoring. */
static size_t scored_count(const struct walk *walk)
{
    size_t end = wanted_end(walk);
    return end < SCORED_LEAST ? SCORED_LEAST : end;
}

static void count_found(struct walk *walk, const struct xapian_hits *hits)
{
    walk->hits->summary.exact = hits->lower == hits->upper;
    walk->hits->summary.found = (size_t)hits->estimated;
}

/* ----------------------------------------------------------------- density */

static dateline_status stored_of(struct stored_passage *out,
                                 struct arena *arena, struct xapian_bytes data,
                                 dateline_error *error)
{
    return stored_read_passage(out, arena, data.bytes, data.length, error);
}

/* Bits of information in a word: how rare it is here. */
static double word_worth(void *context, struct xapian_bytes stem)
{
    struct walk *walk = context;
    uint64_t documents = 0;
    if (xapian_reader_frequency(&documents, walk->search->reader, stem, NULL) ||
        !documents)
        return 0;
    return log2((walk->search->documents + 1) / ((double)documents + 0.5));
}

/* What words that stand close together add to a passage's score. */
static dateline_status density_of(double *out, const struct walk *walk,
                                  struct xapian_bytes data,
                                  dateline_error *error)
{
    struct arena scratch = ARENA_INIT;
    struct stored_passage stored;
    dateline_status status = stored_of(&stored, &scratch, data, error);
    if (!status)
        *out = density_share * match_density(walk->match, stored.text,
                                             stored.length,
                                             stored.facts.language);
    arena_release(&scratch);
    return status;
}

/* ---------------------------------------------------------- articles first */

/* Of an article's best passages the one that is shown is that in which the words
 * stand closest (right for 1 to 3 in 100 questions more). */
static void tell_denser(struct walk *walk, struct candidate *candidate,
                        const struct xapian_hit *hit)
{
    double density = 0;
    if (!hit->data.length || density_of(&density, walk, hit->data, NULL))
        return;
    if (candidate->shown > 0 && hit->weight + density <= candidate->shown)
        return;
    candidate->shown = hit->weight + density;
    candidate->data = kept(walk, hit->data);
}

static dateline_status passages_choose(struct walk *walk)
{
    size_t first = walk->request.first, end = wanted_end(walk);
    if (end > walk->found.count)
        end = walk->found.count;
    if (first >= end || !walk->plan.ranked)
        return DATELINE_OK;
    if (end - first > SCORED_LEAST)
        end = first + SCORED_LEAST;
    struct xapian_request ask = ask_of(walk, NULL, walk->search->passage_c);
    ask.most = PASSAGES_LOOKED_AT;
    match_weigh(walk->match, word_worth, walk);
    return ask_keys(walk, first, end, walk->plan.passages, ask, tell_denser);
}

static dateline_status articles_first(struct walk *walk)
{
    struct xapian_request ask =
        ask_of(walk, walk->plan.articles, walk->search->article_c);
    struct xapian_hits *hits = NULL;
    ask.most = passage_share > 0 ? scored_count(walk) : wanted_end(walk);
    ask.check_at_least = COUNTED;
    ask.no_data = true;
    sort_of(walk, &ask);
    dateline_status status = search(&hits, walk, &ask);
    if (status)
        return status;
    for (size_t i = 0; i < hits->count; i++) {
        struct candidate *candidate = candidate_add(walk, &hits->hits[i]);
        candidate->score = candidate->article = hits->hits[i].weight;
    }
    count_found(walk, hits);
    xapian_hits_free(hits);
    size_t first = passage_share > 0 ? 0 : walk->request.first;
    if (first >= walk->found.count)
        return DATELINE_OK;
    ask = ask_of(walk, NULL, walk->search->passage_c);
    ask.collapse_slot = FIELD_SLOT_ARTICLE;
    status = ask_keys(walk, first, walk->found.count, walk->plan.passages, ask,
                      tell_passage);
    for (size_t i = 0; i < walk->found.count; i++)
        walk->found.items[i].score += passage_share *
                                      walk->found.items[i].passage;
    candidates_sort(walk);
    return status ? status : passages_choose(walk);
}

/* ---------------------------------------------------------- passages first */

/* The keys of articles that have a candidate, so that each gets but one. */
struct key_set {
    struct xapian_bytes *slots;
    size_t count, room;
};

static bool key_is_new(struct walk *walk, struct key_set *set,
                       struct xapian_bytes key)
{
    if (2 * set->count >= set->room) {
        struct key_set larger = {.room = set->room ? 4 * set->room : 256};
        larger.slots =
            arena_array(&walk->arena, struct xapian_bytes, larger.room);
        for (size_t i = 0; i < set->room; i++)
            if (set->slots[i].bytes)
                key_is_new(walk, &larger, set->slots[i]);
        *set = larger;
    }
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < key.length; i++)
        h = (h ^ (unsigned char)key.bytes[i]) * 1099511628211u;
    size_t at = (size_t)(h ^ h >> 29) & (set->room - 1);
    for (; set->slots[at].bytes; at = (at + 1) & (set->room - 1))
        if (set->slots[at].length == key.length &&
            !memcmp(set->slots[at].bytes, key.bytes, key.length))
            return false;
    set->slots[at] = key;
    set->count++;
    return true;
}

static void passage_take(struct walk *walk, const struct xapian_hit *hit)
{
    struct candidate *candidate = candidate_add(walk, hit);
    candidate->data = kept(walk, hit->data);
    candidate->score = candidate->passage = hit->weight;
}

/* Those of a page that hold to the letter, the best of each article or all. */
static dateline_status page_verify(struct walk *walk, struct key_set *seen,
                                   const struct xapian_hits *hits, size_t most)
{
    dateline_status status = DATELINE_OK;
    struct arena scratch = ARENA_INIT;
    for (size_t i = 0; i < hits->count && !status && walk->found.count < most;
         i++) {
        const struct xapian_hit *hit = &hits->hits[i];
        struct stored_passage stored;
        status = stored_of(&stored, &scratch, hit->data, walk->error);
        if (status || !match_verify(walk->match, &stored,
                                    !walk->request.passages))
            continue;
        if (walk->request.passages ||
            key_is_new(walk, seen, kept(walk, hit->value)))
            passage_take(walk, hit);
    }
    arena_release(&scratch);
    return status;
}

/* Pages of passages until enough hold, none are left, or the cap is reached:
 * then the number found is a least one. */
static dateline_status passages_verified(struct walk *walk, size_t most)
{
    struct key_set seen = {0};
    bool all = false;
    dateline_status status = DATELINE_OK;
    for (size_t at = 0, page = VERIFY_PAGE;
         !status && !all && at < VERIFY_MOST && walk->found.count < most;
         at += page, page *= 2) {
        if (page > VERIFY_MOST - at)
            page = VERIFY_MOST - at;
        struct xapian_request ask =
            ask_of(walk, walk->plan.passages, walk->search->passage_c);
        struct xapian_hits *hits = NULL;
        ask.first = at;
        ask.most = page;
        sort_of(walk, &ask);
        status = search(&hits, walk, &ask);
        if (status)
            break;
        all = hits->count < page;
        status = page_verify(walk, &seen, hits, most);
        xapian_hits_free(hits);
    }
    walk->hits->summary.found = walk->found.count;
    walk->hits->summary.exact = all && walk->found.count < most;
    return status;
}

static dateline_status passages_ranked(struct walk *walk, size_t most)
{
    struct xapian_request ask =
        ask_of(walk, walk->plan.passages, walk->search->passage_c);
    struct xapian_hits *hits = NULL;
    ask.most = most;
    ask.check_at_least = COUNTED;
    if (!walk->request.passages)
        ask.collapse_slot = FIELD_SLOT_ARTICLE;
    sort_of(walk, &ask);
    dateline_status status = search(&hits, walk, &ask);
    if (status)
        return status;
    for (size_t i = 0; i < hits->count; i++)
        passage_take(walk, &hits->hits[i]);
    count_found(walk, hits);
    xapian_hits_free(hits);
    return DATELINE_OK;
}

/* The best passages are ranked anew. */
static dateline_status density_add(struct walk *walk)
{
    dateline_status status = DATELINE_OK;
    if (walk->found.count < 2)
        return status;
    match_weigh(walk->match, word_worth, walk);
    for (size_t i = 0; i < walk->found.count && i < SCORED_LEAST && !status;
         i++) {
        struct candidate *c = &walk->found.items[i];
        double density = 0;
        status = density_of(&density, walk, c->data, walk->error);
        c->score += density;
    }
    candidates_sort(walk);
    return status;
}

static dateline_status passages_first(struct walk *walk)
{
    size_t most = scored_count(walk);
    dateline_status status = walk->plan.verify
                                 ? passages_verified(walk, most)
                                 : passages_ranked(walk, most);
    if (status || is_by_date(walk) || !walk->plan.words)
        return status;
    struct xapian_request ask = ask_of(walk, NULL, walk->search->article_c);
    ask.no_data = true;
    status = ask_keys(walk, 0, walk->found.count, walk->plan.words, ask,
                      tell_article);
    for (size_t i = 0; i < walk->found.count; i++) {
        struct candidate *c = &walk->found.items[i];
        c->score = walk->request.passages
                       ? c->passage + walk->search->article_share * c->article
                       : c->article + passage_share * c->passage;
    }
    candidates_sort(walk);
    return status || !walk->request.passages ? status : density_add(walk);
}

/* ------------------------------------------------------------ did you mean */

struct respelling {
    struct walk *walk;
    struct buffer question;
    size_t copied; /* bytes of the question that stand in the new one */
    dateline_status status;
};

/* No document holds the word in any stem. */
static bool is_unknown(struct walk *walk, const struct request_word *word)
{
    struct stems *stems = &walk->search->stems;
    uint64_t documents = 0;
    if (word->ideograph)
        return false;
    for (size_t row = 0; row < stems->count && !documents; row++)
        if (xapian_reader_frequency(
                &documents, walk->search->reader,
                stems_stem(stems, row, word->term, word->length), NULL))
            return false;
    return !documents;
}

static void word_respell(void *context, struct request_node *node)
{
    struct respelling *to = context;
    struct walk *walk = to->walk;
    if ((node->kind != REQUEST_WORDS && node->kind != REQUEST_NEAR) ||
        node->mark == REQUEST_MUST_NOT)
        return;
    for (size_t i = 0; i < node->word_count; i++) {
        const struct request_word *word = &node->words[i];
        char *better = NULL;
        if (word->start < to->copied || !is_unknown(walk, word) ||
            xapian_reader_suggest(
                &better, walk->search->reader,
                (struct xapian_bytes){word->term, word->length}, NULL) ||
            !better)
            continue;
        buffer_add(&to->question, walk->question.question + to->copied,
                   word->start - to->copied);
        buffer_text(&to->question, better);
        to->copied = word->end;
        free(better);
    }
}

/* The question with its unknown words replaced by the likeliest known ones. */
static void suggest(struct walk *walk)
{
    struct respelling to = {.walk = walk};
    if (walk->found.count >= FEW_HITS)
        return;
    request_walk(walk->question.root, word_respell, &to);
    if (to.copied) {
        buffer_add(&to.question, walk->question.question + to.copied,
                   walk->question.length - to.copied);
        walk->hits->summary.suggestion =
            arena_string(&walk->hits->arena, to.question.bytes);
    }
    buffer_free(&to.question);
}

/* ---------------------------------------------------------------- the walk */

/* "2021-10" of the caller, as a first or a last day. */
static dateline_status day_read(char out[9], const char *given, bool last,
                                dateline_error *error)
{
    char begin[9], end[9];
    if (!given || !*given)
        return DATELINE_OK;
    if (!day_range(begin, end, given, strlen(given)))
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "%s is no date; write 2021, 2021-10 or 2021-10-17",
                         given);
    memcpy(out, last ? end : begin, 9);
    return DATELINE_OK;
}

static dateline_status walk_expand(struct walk *walk)
{
    struct expand_options options = {walk->request.passages, walk->since,
                                     walk->until};
    dateline_status status =
        expand_request(&walk->plan, &walk->arena, &walk->question,
                       &walk->index, &options, walk->error);
    if (!status)
        walk->match = match_new(&walk->arena, &walk->question, &walk->plan,
                                &walk->index);
    return status;
}

static dateline_status walk_begin(struct walk *walk, dateline_search *in,
                                  const dateline_request *request,
                                  dateline_error *error)
{
    dateline_request all = DATELINE_REQUEST_INIT;
    memcpy(&all, request, request->size < sizeof all ? request->size
                                                     : sizeof all);
    *walk = (struct walk){
        .search = in,
        .request = all,
        .index = {in->reader, &in->stems, in->aliases},
        .error = error,
    };
    clock_gettime(CLOCK_MONOTONIC, &walk->begun);
    walk->hits = calloc(1, sizeof *walk->hits);
    if (!walk->hits)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    walk->hits->first = all.first;
    walk->hits->passages = all.passages;
    dateline_status status = day_read(walk->since, all.after, false, error);
    if (!status)
        status = day_read(walk->until, all.before, true, error);
    const char *question = all.question ? all.question : "";
    if (!status)
        status = request_read(&walk->question, &walk->arena, question,
                              strlen(question), error);
    return status ? status : walk_expand(walk);
}

static dateline_status walk_search(struct walk *walk)
{
    return walk->plan.by_passage || walk->request.passages
               ? passages_first(walk)
               : articles_first(walk);
}

static dateline_status hit_make(struct walk *walk,
                                const struct candidate *candidate)
{
    struct arena *arena = &walk->hits->arena;
    struct stored_passage stored;
    struct xapian_bytes data = {
        arena_copy(arena, candidate->data.bytes, candidate->data.length),
        candidate->data.length};
    dateline_status status = stored_of(&stored, arena, data, walk->error);
    if (status)
        return status;
    dateline_hit *hit = hit_add(walk->hits, &stored, candidate->score);
    dateline_span *spans = NULL;
    hit->match_count = match_find(&spans, arena, walk->match, hit->text,
                                  hit->length, stored.facts.language);
    hit->matches = spans;
    return DATELINE_OK;
}

/* The candidates that were asked for become hits. One whose passage vanished
 * while we looked is left out. */
static dateline_status hits_make(struct walk *walk)
{
    dateline_status status = DATELINE_OK;
    size_t end = wanted_end(walk);
    for (size_t i = walk->request.first;
         i < walk->found.count && i < end && !status; i++)
        if (walk->found.items[i].data.length)
            status = hit_make(walk, &walk->found.items[i]);
    for (size_t i = 0; i < walk->plan.note_count; i++)
        hit_note(walk->hits, walk->plan.notes[i]);
    return status;
}

static void walk_end(struct walk *walk)
{
    expand_release(&walk->plan);
    arena_release(&walk->arena);
    dateline_hits_free(walk->hits);
}

dateline_status search_ask(dateline_hits **out, dateline_search *search,
                           const dateline_request *request,
                           dateline_error *error)
{
    struct walk walk;
    error_clear(error);
    dateline_status status = walk_begin(&walk, search, request, error);
    if (!status)
        status = walk_search(&walk);
    if (!status)
        status = hits_make(&walk);
    if (!status) {
        suggest(&walk);
        walk.hits->summary.milliseconds = milliseconds_since(&walk.begun);
        *out = walk.hits;
        walk.hits = NULL;
    }
    walk_end(&walk);
    return status;
}

dateline_status dateline_search_run(dateline_hits **out,
                                    dateline_search *search,
                                    const dateline_request *request,
                                    dateline_error *error)
{
    error_clear(error);
    dateline_status status = index_renew(search, error);
    return status ? status : search_ask(out, search, request, error);
}

/* ------------------------------------------------------------------ facets */

struct counting {
    struct walk walk;
    struct facet *facet;
};

static void tell_facet(struct walk *walk, struct candidate *candidate,
                       const struct xapian_hit *hit)
{
    struct counting *counting = (struct counting *)walk;
    struct arena scratch = ARENA_INIT;
    struct stored_article article;
    (void)candidate;
    if (!stored_read_article(&article, &scratch, hit->data.bytes,
                             hit->data.length, NULL))
        facet_add(counting->facet, &article);
    arena_release(&scratch);
}

/* All articles that match, then their stored facts some hundred at a time. */
static dateline_status facets_count(struct counting *counting)
{
    struct walk *walk = &counting->walk;
    struct xapian_query *kind = NULL;
    dateline_status status = walk_search(walk);
    if (!status)
        status = xapian_query_term(
            &kind, (struct xapian_bytes){FIELD_KIND "article",
                                         strlen(FIELD_KIND "article")},
            1, walk->error);
    for (size_t at = 0; at < walk->found.count && !status;
         at += KEYS_AT_ONCE) {
        size_t end = at + KEYS_AT_ONCE;
        if (end > walk->found.count)
            end = walk->found.count;
        struct xapian_request ask = ask_of(walk, NULL, 0);
        ask.weight = XAPIAN_BOOLEAN;
        status = ask_keys(walk, at, end, kind, ask, tell_facet);
    }
    xapian_query_free(kind);
    return status;
}

dateline_status dateline_search_facets(dateline_search *search,
                                       const dateline_request *request,
                                       const char *field,
                                       dateline_facet_visit *visit,
                                       void *context, dateline_error *error)
{
    error_clear(error);
    struct counting counting;
    struct arena arena = ARENA_INIT;
    dateline_request all = DATELINE_REQUEST_INIT;
    memcpy(&all, request, request->size < sizeof all ? request->size
                                                     : sizeof all);
    uint64_t documents = 0;
    struct facet *facet = NULL;
    dateline_status status =
        xapian_reader_count(&documents, search->reader, error);
    all.first = 0;
    all.most = (size_t)documents;
    all.passages = false;
    if (!status)
        status = facet_new(&facet, &arena, field, error);
    if (!status) {
        status = walk_begin(&counting.walk, search, &all, error);
        counting.facet = facet;
        if (!status)
            status = facets_count(&counting);
        walk_end(&counting.walk);
    }
    if (!status)
        facet_show(facet, visit, context);
    arena_release(&arena);
    return status;
}
