/* Page by page of the articles that may have such passages, the best first. */
#include "query/passages.h"

#include "common/field.h"
#include "query/density.h"

enum {
    PAGE = 50,          /* articles fetched at once: at first, */
    PAGE_MOST = 1000,   /* at last, */
    VERIFY_MOST = 20000, /* and for one question: about a second */
    FOUND_LEAST = 20,   /* articles that hold, ranked among themselves, and then
                         * the next: one page goes on where the other ended */
    ARTICLES_LEAST = 100 /* from which passages are ranked */
};

/* One article, and which of its passages hold. */
struct looking {
    struct walk *walk;
    struct arena scratch; /* released with the article */
    struct stored_article article;
    double *weights;
    bool *newer;  /* NULL: no mark was given */
    size_t most;  /* candidates wanted */
};

static bool passage_holds(struct looking *looking, size_t number)
{
    struct walk *walk = looking->walk;
    const struct expand_plan *plan = &walk->plan;
    if (looking->weights[number] < 0 ||
        (looking->newer && !looking->newer[number]))
        return false;
    if (!plan->by_passage)
        return !plan->rank_count || looking->weights[number] > 0;
    struct stored_passage passage =
        stored_passage(&looking->article, number, &looking->scratch);
    return match_verify(walk->match, &passage, !walk->request.passages);
}

static void candidate_take(struct looking *looking, struct candidate **article,
                           const struct xapian_hit *hit, size_t number)
{
    struct walk *walk = looking->walk;
    if (!*article || walk->request.passages) {
        *article = walk_candidate(walk, hit->document);
        (*article)->article = hit->weight;
    }
    walk_rank_passage(walk, *article, number, looking->weights[number]);
}

/* What holds for all of its passages. */
static void article_begin(struct looking *looking, const struct xapian_hit *hit)
{
    struct walk *walk = looking->walk;
    const struct stored_article *article = &looking->article;
    looking->weights =
        arena_array(&looking->scratch, double, article->passage_count);
    score_article(looking->weights, walk->score, article);
    match_article(walk->match, walk->plan.doubts ? hit->terms : NULL,
                  hit->term_count);
    if (!walk->request.since_mark)
        return;
    looking->newer =
        arena_array(&looking->scratch, bool, article->passage_count);
    newer_find(looking->newer, &walk->newer, &looking->scratch, hit->value,
               article);
}

static dateline_status article_look(struct looking *looking,
                                    const struct xapian_hit *hit)
{
    struct candidate *taken = NULL;
    dateline_status status =
        stored_read(&looking->article, &looking->scratch, hit->data.bytes,
                    hit->data.length, looking->walk->error);
    if (status)
        return status;
    article_begin(looking, hit);
    for (size_t i = 0; i < looking->article.passage_count; i++)
        if (passage_holds(looking, i))
            candidate_take(looking, &taken, hit, i);
    return DATELINE_OK;
}

static bool is_late(const struct walk *walk)
{
    unsigned most = walk->request.milliseconds;
    return most && walk_milliseconds(&walk->begun) > most;
}

/* The best passage of a later article may be better than any before. */
static bool is_enough(const struct looking *looking, size_t looked_at)
{
    const struct walk *walk = looking->walk;
    bool ranking = walk->request.passages && !walk_is_by_date(walk);
    return walk->found.count >= looking->most &&
           (!ranking || looked_at >= ARTICLES_LEAST);
}

static struct xapian_request page_ask(const struct walk *walk, size_t first,
                                      size_t most)
{
    struct xapian_request ask = walk_ask(walk, walk->plan.articles);
    ask.first = first;
    ask.most = most;
    ask.check_at_least = SIZE_MAX; /* else a page may miss what the next has not:
                                    * Xapian leaves out by what it found before */
    ask.terms = walk->plan.doubts;
    if (walk->request.since_mark)
        ask.value_slot = FIELD_SLOT_RUN;
    walk_sort(walk, &ask);
    return ask;
}

/* *looked_at goes on from page to page. */
static dateline_status page_look(struct looking *looking, size_t *looked_at,
                                 const struct xapian_hits *hits)
{
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < hits->count && !status &&
                       !is_enough(looking, *looked_at); i++, ++*looked_at) {
        status = article_look(looking, &hits->hits[i]);
        arena_release(&looking->scratch);
    }
    return status;
}

/* Until enough hold, no articles are left, the cap is reached or the time is over:
 * then the number found is a least one. What is new since a mark has no cap, for it
 * will not be asked again. */
static dateline_status articles_look(struct looking *looking)
{
    struct walk *walk = looking->walk;
    const size_t cap = walk->request.since_mark ? SIZE_MAX : VERIFY_MOST;
    size_t at = 0, page = PAGE;
    bool all = false;
    dateline_status status = DATELINE_OK;
    while (!status && !all && at < cap && !is_enough(looking, at) &&
           !(at && is_late(walk))) {
        struct xapian_request ask = page_ask(walk, at, page);
        struct xapian_hits *hits = NULL;
        size_t looked_at = at;
        status = walk_search(&hits, walk, &ask);
        if (status)
            break;
        status = page_look(looking, &looked_at, hits);
        all = hits->count < page && looked_at - at == hits->count;
        xapian_hits_free(hits);
        at += page;
        page = 2 * page < PAGE_MOST ? 2 * page : PAGE_MOST;
    }
    walk->hits->summary.found = walk->found.count;
    walk->hits->summary.exact = all;
    walk->hits->summary.at_least = !all;
    return status;
}

static void scores_add(struct walk *walk)
{
    for (size_t i = 0; i < walk->found.count; i++) {
        struct candidate *c = &walk->found.items[i];
        c->score = walk->request.passages
                       ? c->passage + walk->search->article_share * c->article
                       : c->article + walk_passage_share * c->passage;
    }
    size_t count = walk->found.count;
    walk_rank(walk, count, walk->request.passages ? count : FOUND_LEAST);
}

/* The best passages are ranked anew. */
static dateline_status density_add(struct walk *walk)
{
    size_t end = walk->found.count < WALK_SCORED ? walk->found.count
                                                 : WALK_SCORED;
    if (end < 2)
        return DATELINE_OK;
    dateline_status status = walk_read_articles(walk, 0, end);
    density_begin(walk);
    for (size_t i = 0; i < end && !status; i++) {
        struct candidate *c = &walk->found.items[i];
        if (c->stored)
            c->score += density_of(walk, c->stored, c->number, c->score);
    }
    walk_rank(walk, walk->found.count, walk->found.count);
    return status;
}

/* Candidates. */
static size_t wanted(const struct walk *walk)
{
    return walk->request.exact ? SIZE_MAX
           : walk->request.passages
               ? walk_found_count(walk, WALK_SCORED)
               : walk_groups(walk_found_count(walk, FOUND_LEAST), FOUND_LEAST);
}

dateline_status passages_find(struct walk *walk)
{
    struct looking looking = {.walk = walk, .most = wanted(walk)};
    dateline_status status = articles_look(&looking);
    if (status || walk_is_by_date(walk))
        return status;
    scores_add(walk);
    return walk->request.passages ? density_add(walk) : DATELINE_OK;
}
