/* Passages first: they are found, verified to the letter, and then scored
 * together with their article. */
#include "query/passages.h"

#include "common/field.h"
#include "common/hash.h"
#include "query/density.h"

#include <string.h>

enum {
    VERIFY_PAGE = 200, /* passages fetched at once to be verified: at first, */
    PAGE_MOST = 5000,  /* at last, */
    VERIFY_MOST = 50000 /* and for one question: about a second */
};

/* The articles that have a candidate, so that each gets but one. */
struct home_set {
    uint32_t *slots; /* 0: empty */
    size_t count, room;
};

static bool home_is_new(struct walk *walk, struct home_set *set, uint32_t home)
{
    if (2 * set->count >= set->room) {
        struct home_set larger = {.room = set->room ? 4 * set->room : 256};
        larger.slots = arena_array(&walk->arena, uint32_t, larger.room);
        for (size_t i = 0; i < set->room; i++)
            if (set->slots[i])
                home_is_new(walk, &larger, set->slots[i]);
        *set = larger;
    }
    size_t at = hash_place((const char *)&home, sizeof home) & (set->room - 1);
    for (; set->slots[at]; at = (at + 1) & (set->room - 1))
        if (set->slots[at] == home)
            return false;
    set->slots[at] = home;
    set->count++;
    return true;
}

static void passage_take(struct walk *walk, const struct xapian_hit *hit,
                         uint32_t home)
{
    struct candidate *candidate = walk_candidate(walk, home);
    candidate->data = walk_keep(walk, hit->data);
    candidate->document = hit->document;
    candidate->score = candidate->passage = hit->weight;
}

/* Those of a page that hold to the letter, the best of each article or all. */
static dateline_status page_verify(struct walk *walk, struct home_set *seen,
                                   const struct xapian_hits *hits, size_t most)
{
    dateline_status status = DATELINE_OK;
    struct arena scratch = ARENA_INIT;
    for (size_t i = 0; i < hits->count && !status && walk->found.count < most;
         i++) {
        const struct xapian_hit *hit = &hits->hits[i];
        struct stored_passage stored;
        status = stored_read_passage(&stored, &scratch, hit->data.bytes,
                                     hit->data.length, walk->error);
        if (walk->plan.doubts)
            match_terms(walk->match, hit->terms, hit->term_count);
        if (status || !match_verify(walk->match, &stored,
                                    !walk->request.passages))
            continue;
        uint32_t home = walk_home(walk, hit->document, stored.number);
        if (walk->request.passages || home_is_new(walk, seen, home))
            passage_take(walk, hit, home);
    }
    arena_release(&scratch);
    return status;
}

static bool is_late(const struct walk *walk)
{
    unsigned most = walk->request.milliseconds;
    return most && walk_milliseconds(&walk->begun) > most;
}

/* Pages of passages until enough hold, none are left, the cap is reached or the
 * time is over: then the number found is a least one. What is new since a mark has
 * no cap, for it will not be asked again. */
static dateline_status passages_verified(struct walk *walk, size_t most)
{
    struct home_set seen = {0};
    bool all = false;
    const size_t cap = walk->request.since_mark ? SIZE_MAX : VERIFY_MOST;
    dateline_status status = DATELINE_OK;
    for (size_t at = 0, page = VERIFY_PAGE;
         !status && !all && at < cap && walk->found.count < most &&
         !(at && is_late(walk));
         at += page, page *= 2) {
        if (page > PAGE_MOST)
            page = PAGE_MOST;
        if (page > cap - at)
            page = cap - at;
        struct xapian_request ask =
            walk_ask(walk, walk->plan.passages, walk->search->passage_c);
        struct xapian_hits *hits = NULL;
        ask.first = at;
        ask.most = page;
        ask.terms = walk->plan.doubts;
        walk_sort(walk, &ask);
        status = walk_search(&hits, walk, &ask);
        if (status)
            break;
        all = hits->count < page;
        status = page_verify(walk, &seen, hits, most);
        xapian_hits_free(hits);
    }
    walk->hits->summary.found = walk->found.count;
    walk->hits->summary.exact = all && walk->found.count < most;
    walk->hits->summary.at_least = !walk->hits->summary.exact;
    return status;
}

static dateline_status hit_take(struct walk *walk, const struct xapian_hit *hit)
{
    struct arena scratch = ARENA_INIT;
    struct stored_passage stored;
    dateline_status status = stored_read_passage(
        &stored, &scratch, hit->data.bytes, hit->data.length, walk->error);
    if (!status)
        passage_take(walk, hit, walk_home(walk, hit->document, stored.number));
    arena_release(&scratch);
    return status;
}

static dateline_status passages_ranked(struct walk *walk, size_t most)
{
    struct xapian_request ask =
        walk_ask(walk, walk->plan.passages, walk->search->passage_c);
    struct xapian_hits *hits = NULL;
    ask.most = most;
    ask.check_at_least = walk_counted(walk);
    if (!walk->request.passages)
        ask.collapse_slot = FIELD_SLOT_ARTICLE;
    walk_sort(walk, &ask);
    dateline_status status = walk_search(&hits, walk, &ask);
    if (status)
        return status;
    for (size_t i = 0; i < hits->count && !status; i++)
        status = hit_take(walk, &hits->hits[i]);
    walk_count(walk, hits);
    xapian_hits_free(hits);
    return status;
}

/* The best passages are ranked anew. */
static dateline_status density_add(struct walk *walk)
{
    dateline_status status = DATELINE_OK;
    if (walk->found.count < 2)
        return status;
    density_begin(walk);
    for (size_t i = 0; i < walk->found.count && i < WALK_SCORED && !status;
         i++) {
        struct candidate *c = &walk->found.items[i];
        double density = 0;
        status = density_of(&density, walk, c->score, c->data, walk->error);
        c->score += density;
    }
    walk_rank(walk);
    return status;
}

static dateline_status tell_article(struct walk *walk,
                                    struct candidate *candidate,
                                    const struct xapian_hit *hit)
{
    (void)walk;
    candidate->article = hit->weight;
    return DATELINE_OK;
}

dateline_status passages_first(struct walk *walk)
{
    size_t most = walk_found_count(walk, WALK_SCORED);
    dateline_status status = walk->plan.verify
                                 ? passages_verified(walk, walk->request.exact
                                                               ? SIZE_MAX : most)
                                 : passages_ranked(walk, most);
    if (status || walk_is_by_date(walk) || !walk->plan.words)
        return status;
    struct xapian_request ask = walk_ask(walk, NULL, walk->search->article_c);
    ask.no_data = true;
    status = walk_ask_within(walk, 0, walk->found.count, walk->plan.words, ask,
                           tell_article);
    for (size_t i = 0; i < walk->found.count; i++) {
        struct candidate *c = &walk->found.items[i];
        c->score = walk->request.passages
                       ? c->passage + walk->search->article_share * c->article
                       : c->article + walk_passage_share * c->passage;
    }
    walk_rank(walk);
    return status || !walk->request.passages ? status : density_add(walk);
}
