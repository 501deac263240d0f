/* Articles first: they are ranked by their whole text, then by their best
 * passage too, and of their best passages one is chosen to be shown. */
#include "query/articles.h"

#include "common/field.h"
#include "query/density.h"

enum {
    PASSAGES_LOOKED_AT = 5, /* of an article, for the one to show */
    PASSAGES_ASKED = 20,    /* of an article on average: few have more that match */
    ARTICLES_WEIGHED = 20   /* by their best passage too, at least: what stands
                             * behind comes into the first ten for no question
                             * of eleven collections (nDCG@10 as with all) */
};

/* Those whose passages count too. The others stand behind them, for none of them
 * has a better article. */
static size_t weighed_end(const struct walk *walk)
{
    size_t end = walk_wanted_end(walk);
    if (end < ARTICLES_WEIGHED)
        end = ARTICLES_WEIGHED;
    return end < walk->found.count ? end : walk->found.count;
}

/* The best come first. */
static dateline_status tell_ranked(struct walk *walk,
                                   struct candidate *candidate,
                                   const struct xapian_hit *hit)
{
    if (!candidate->best)
        candidate->best =
            arena_array(&walk->arena, struct ranked, PASSAGES_LOOKED_AT);
    if (!candidate->best_count) {
        candidate->passage = hit->weight;
        candidate->document = hit->document;
    }
    if (candidate->best_count < PASSAGES_LOOKED_AT)
        candidate->best[candidate->best_count++] =
            (struct ranked){hit->document, hit->weight};
    return DATELINE_OK;
}

static dateline_status tell_rest(struct walk *walk, struct candidate *candidate,
                                 const struct xapian_hit *hit)
{
    return candidate->best_count ? DATELINE_OK
                                 : tell_ranked(walk, candidate, hit);
}

/* One passage of each of those of whom none is known: other articles had so many
 * better ones. */
static dateline_status rest_ask(struct walk *walk, size_t first, size_t end)
{
    bool all = true;
    for (size_t i = first; i < end; i++)
        all &= walk->found.items[i].best_count > 0;
    if (all)
        return DATELINE_OK;
    struct xapian_request ask = walk_ask(walk, NULL, walk->search->passage_c);
    ask.collapse_slot = FIELD_SLOT_ARTICLE;
    ask.no_data = true;
    return walk_ask_within(walk, first, end, walk->plan.passages, ask,
                           tell_rest);
}

/* More than can be looked at are shown as their best passage was found. */
static bool is_choosing(const struct walk *walk)
{
    return walk->plan.ranked &&
           walk_wanted_end(walk) - walk->request.first <= WALK_SCORED;
}

dateline_status articles_find(struct walk *walk)
{
    struct xapian_request ask =
        walk_ask(walk, walk->plan.articles, walk->search->article_c);
    struct xapian_hits *hits = NULL;
    ask.most = walk_found_count(walk, ARTICLES_WEIGHED);
    ask.check_at_least = walk_counted(walk);
    ask.no_data = true;
    walk_sort(walk, &ask);
    dateline_status status = walk_search(&hits, walk, &ask);
    if (status)
        return status;
    for (size_t i = 0; i < hits->count; i++) {
        const struct xapian_hit *hit = &hits->hits[i];
        struct candidate *candidate = walk_candidate(walk, hit->document);
        candidate->score = candidate->article = hit->weight;
    }
    walk_count(walk, hits);
    xapian_hits_free(hits);
    return status;
}

dateline_status articles_weigh(struct walk *walk)
{
    size_t end = weighed_end(walk);
    dateline_status status = DATELINE_OK;
    if (is_choosing(walk)) {
        struct xapian_request ask =
            walk_ask(walk, NULL, walk->search->passage_c);
        ask.most = PASSAGES_ASKED;
        ask.no_data = true;
        status = walk_ask_within(walk, 0, end, walk->plan.passages, ask,
                                 tell_ranked);
    }
    if (!status)
        status = rest_ask(walk, 0, end);
    for (size_t i = 0; i < end; i++)
        walk->found.items[i].score +=
            walk_passage_share * walk->found.items[i].passage;
    walk_rank(walk);
    return status;
}

/* Of an article's best passages the one that is shown is that in which the words
 * stand closest (right for 1 to 3 in 100 questions more). */
static dateline_status take_denser(struct walk *walk,
                                   const struct walk_document *from,
                                   struct xapian_bytes data)
{
    struct candidate *candidate = from->candidate;
    dateline_status status = DATELINE_OK;
    double density = 0;
    if (candidate->best_count > 1)
        status = density_of(&density, walk, from->weight, data, walk->error);
    if (status ||
        (candidate->data.length && from->weight + density <= candidate->shown))
        return status;
    candidate->shown = from->weight + density;
    candidate->data = walk_keep(walk, data);
    candidate->document = from->document;
    return DATELINE_OK;
}

/* Reads the passages [from, to) of each candidate that may still be denser. */
static dateline_status passages_read(struct walk *walk, size_t from, size_t to)
{
    size_t first = walk->request.first, end = walk_shown_end(walk), count = 0;
    double most = density_most(walk);
    struct walk_document *documents = arena_array(
        &walk->arena, struct walk_document, (end - first) * (to - from));
    for (size_t i = first; i < end; i++) {
        struct candidate *candidate = &walk->found.items[i];
        for (size_t j = from; j < to && j < candidate->best_count; j++) {
            struct ranked best = candidate->best[j];
            if (!j || best.weight + most > candidate->shown)
                documents[count++] = (struct walk_document){
                    best.document, best.weight, candidate};
        }
    }
    return walk_read(walk, documents, count, take_denser);
}

dateline_status articles_choose(struct walk *walk)
{
    size_t first = walk->request.first, end = walk_shown_end(walk);
    if (first >= end)
        return DATELINE_OK;
    dateline_status status = rest_ask(walk, first, end);
    density_begin(walk);
    if (!status)
        status = passages_read(walk, 0, 1);
    return status ? status : passages_read(walk, 1, PASSAGES_LOOKED_AT);
}
