/* Articles first: they are ranked by their whole text, then by their best
 * passage too, and of their best passages one is chosen to be shown. */
#include "query/articles.h"

#include "common/field.h"
#include "query/density.h"

enum {
    PASSAGES_LOOKED_AT = 5, /* of an article, for the one to show */
    ARTICLES_WEIGHED = 50   /* by their best passage too, at least */
};

/* Of an article's best passages the one that is shown is that in which the words
 * stand closest (right for 1 to 3 in 100 questions more). */
static void tell_denser(struct walk *walk, struct candidate *candidate,
                        const struct xapian_hit *hit)
{
    double density = 0;
    if (!hit->data.length || density_of(&density, walk, hit->weight, hit->data, NULL))
        return;
    if (candidate->shown > 0 && hit->weight + density <= candidate->shown)
        return;
    candidate->shown = hit->weight + density;
    candidate->data = walk_keep(walk, hit->data);
    candidate->document = hit->document;
}

/* The candidates that are shown; more than can be looked at are shown as their
 * best passage was found. */
static size_t shown_end(const struct walk *walk)
{
    size_t end = walk_wanted_end(walk);
    return end < walk->found.count ? end : walk->found.count;
}

static bool is_choosing(const struct walk *walk)
{
    size_t end = walk_wanted_end(walk);
    return walk->plan.ranked && end - walk->request.first <= WALK_SCORED;
}

static void tell_passage(struct walk *walk, struct candidate *candidate,
                         const struct xapian_hit *hit)
{
    candidate->passage = hit->weight;
    candidate->document = hit->document;
    if (hit->data.length)
        candidate->data = walk_keep(walk, hit->data);
}

/* Those whose passages count too. The others stand behind them, for none of them
 * has a better article. */
static size_t weighed_end(const struct walk *walk)
{
    size_t end = walk_wanted_end(walk);
    if (end < ARTICLES_WEIGHED)
        end = ARTICLES_WEIGHED;
    return end < walk->found.count ? end : walk->found.count;
}

static void tell_rest(struct walk *walk, struct candidate *candidate,
                      const struct xapian_hit *hit)
{
    if (!candidate->data.length)
        candidate->data = walk_keep(walk, hit->data);
}

dateline_status articles_first(struct walk *walk)
{
    struct xapian_request ask =
        walk_ask(walk, walk->plan.articles, walk->search->article_c);
    struct xapian_hits *hits = NULL;
    ask.most = walk_scored_count(walk);
    ask.check_at_least = walk_counted(walk);
    ask.no_data = true;
    walk_sort(walk, &ask);
    dateline_status status = walk_search(&hits, walk, &ask);
    if (status)
        return status;
    for (size_t i = 0; i < hits->count; i++) {
        struct candidate *candidate = walk_candidate(walk, &hits->hits[i]);
        candidate->score = candidate->article = hits->hits[i].weight;
    }
    walk_count(walk, hits);
    xapian_hits_free(hits);
    ask = walk_ask(walk, NULL, walk->search->passage_c);
    ask.collapse_slot = FIELD_SLOT_ARTICLE;
    ask.no_data = is_choosing(walk); /* most are never shown */
    status = walk_ask_keys(walk, 0, weighed_end(walk), walk->plan.passages, ask,
                           tell_passage);
    for (size_t i = 0; i < walk->found.count; i++)
        walk->found.items[i].score +=
            walk_passage_share * walk->found.items[i].passage;
    walk_rank(walk);
    return status;
}

/* The best passage of those that no passage was fetched of, since other articles
 * had so many better ones. */
static dateline_status rest_fetch(struct walk *walk, size_t first, size_t end)
{
    bool all = true;
    for (size_t i = first; i < end; i++)
        all &= walk->found.items[i].data.length > 0;
    if (all)
        return DATELINE_OK;
    struct xapian_request ask = walk_ask(walk, NULL, walk->search->passage_c);
    ask.collapse_slot = FIELD_SLOT_ARTICLE;
    return walk_ask_keys(walk, first, end, walk->plan.passages, ask,
                         tell_rest);
}

dateline_status articles_choose(struct walk *walk)
{
    size_t first = walk->request.first, end = shown_end(walk);
    if (first >= end || !is_choosing(walk))
        return DATELINE_OK;
    struct xapian_request ask = walk_ask(walk, NULL, walk->search->passage_c);
    ask.most = PASSAGES_LOOKED_AT;
    density_begin(walk);
    dateline_status status = walk_ask_keys(walk, first, end,
                                           walk->plan.passages, ask,
                                           tell_denser);
    return status ? status : rest_fetch(walk, first, end);
}
