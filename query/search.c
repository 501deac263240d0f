/* A question comes in, hits go out. Articles are ranked by their whole text, and
 * each shows its best passage. Where conditions hold for a passage (quotes, AND,
 * ...), or every passage is asked for, passages are read and verified to the letter
 * first. */
#include "query/search.h"

#include "common/error.h"
#include "common/field.h"
#include "common/given.h"
#include "query/articles.h"
#include "query/copy.h"
#include "query/day.h"
#include "query/density.h"
#include "query/explain.h"
#include "query/facet.h"
#include "query/neighbour.h"
#include "query/passages.h"
#include "query/respell.h"
#include "query/window.h"

#include <stdlib.h>
#include <string.h>

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

/* What the asker should know: nothing is left out for it, but more may come. */
static const char *newer_warning(const struct newer *newer)
{
    if (!newer->now.count)
        return "the index has no run numbers yet; run dateline-index on it "
               "once more";
    for (size_t i = 0; i < newer->now.count && newer->seen.count; i++) {
        const struct mark *now = &newer->now.items[i];
        const struct mark *seen = marks_find(&newer->seen, now->identity);
        if (!seen)
            return "the index was made anew, or was never asked before, so all "
                   "of it counts as new";
        if (seen->run > now->run)
            return "the index went back to an earlier state, so what its next "
                   "runs bring counts as new";
    }
    return NULL;
}

static dateline_status newer_begin(struct walk *walk)
{
    struct newer *newer = &walk->newer;
    struct marks mark = {0};
    struct dateline_summary *summary = &walk->hits->summary;
    if (!walk->request.since_mark)
        return DATELINE_OK;
    dateline_status status = marks_of(&newer->now, &walk->arena,
                                      walk->search->reader, walk->error);
    if (!status)
        status = marks_read(&newer->seen, &walk->arena,
                            walk->request.since_mark, walk->error);
    if (!status && walk->request.milliseconds)
        status = error_set(walk->error, DATELINE_BAD_ARGUMENT,
                           "what is new since a mark takes the time it takes; "
                           "give it no limit");
    if (status)
        return status;
    marks_join(&mark, &walk->arena, &newer->seen, &newer->now);
    summary->mark = marks_write(&walk->hits->arena, &mark);
    summary->warning = newer_warning(newer);
    return DATELINE_OK;
}

static dateline_status walk_expand(struct walk *walk)
{
    struct expand_options options = {
        walk->since, walk->until, walk->request.explain,
        walk->request.since_mark ? &walk->newer : NULL};
    newer_look(&walk->newer, &walk->question);
    dateline_status status =
        expand_request(&walk->plan, &walk->arena, &walk->question,
                       &walk->index, &options, walk->error);
    if (status)
        return status;
    walk->match = match_new(&walk->arena, &walk->question, &walk->plan,
                            &walk->index);
    match_needles(walk->match, walk->needles);
    if (walk->needles)
        walk->plan.by_passage = true;
    return score_new(&walk->score, &walk->arena, &walk->plan, walk->search,
                     walk->error);
}

static dateline_status walk_begin(struct walk *walk, dateline_search *in,
                                  const dateline_request *request,
                                  dateline_error *error)
{
    dateline_request all = DATELINE_REQUEST_INIT;
    given_read(&all, sizeof all, request);
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
    if (!status)
        status = newer_begin(walk);
    if (!status)
        status = needles_open(&walk->needles, &walk->request, error);
    const char *question = all.question ? all.question : "";
    walk->hits->question = arena_string(&walk->hits->arena, question);
    if (walk->needles && !*question)
        question = "*";
    if (!status)
        status = request_read(&walk->question, &walk->arena, question,
                              strlen(question), error);
    return status ? status : walk_expand(walk);
}

static dateline_status walk_find(struct walk *walk)
{
    bool passages = walk->plan.by_passage || walk->request.passages;
    dateline_status status =
        passages ? passages_find(walk) : articles_find(walk);
    if (!status && !passages)
        status = articles_weigh(walk);
    if (!status && walk_is_folding(walk))
        status = copy_fold(walk);
    return status || walk->request.passages ? status : articles_choose(walk);
}

/* The title's words count in every passage, so they may be why. */
static void reasons_add(struct walk *walk, dateline_hit *hit)
{
    struct arena scratch = ARENA_INIT;
    dateline_span *spans = NULL;
    const char *title = hit->article->title ? hit->article->title : "";
    hit_reason(walk->hits, hit, hit->text, hit->matches, hit->match_count, "");
    size_t count = match_find(&spans, &scratch, walk->match, title,
                              strlen(title), hit->article->language);
    hit_reason(walk->hits, hit, title, spans, count, " (title)");
    arena_release(&scratch);
}

static void hit_make(struct walk *walk, const struct candidate *candidate)
{
    struct arena *arena = &walk->hits->arena;
    const char *language = candidate->stored->facts.language;
    dateline_hit *hit = hit_add(walk->hits, candidate->stored,
                                candidate->number, candidate->score);
    dateline_span *spans = NULL;
    hit->match_count = match_find(&spans, arena, walk->match, hit->text,
                                  hit->length, language);
    hit->matches = spans;
    hit->copies = candidate->copies;
    hit->copy_count = candidate->copy_count;
    const struct candidate **shown = arena_push(
        &walk->arena, &walk->shown, &walk->shown_count, &walk->shown_room);
    *shown = candidate;
    hit->window = window_choose(walk->match, hit->text, hit->length, language,
                                walk->request.window ? walk->request.window
                                                     : SIZE_MAX);
    if (walk->request.since_mark)
        reasons_add(walk, hit);
    if (walk->request.neighbours)
        neighbours_add(walk, hit, candidate->stored);
}

/* The candidates that were asked for become hits. One that vanished while we
 * looked is left out. */
static dateline_status hits_make(struct walk *walk)
{
    size_t first = walk->request.first, end = walk_shown_end(walk);
    dateline_status status = walk_read_articles(walk, first, end);
    density_begin(walk);
    for (size_t i = first; i < end && !status; i++)
        if (walk->found.items[i].stored)
            hit_make(walk, &walk->found.items[i]);
    for (size_t i = 0; i < walk->plan.note_count; i++)
        hit_note(walk->hits, walk->plan.notes[i]);
    return status;
}

static void walk_end(struct walk *walk)
{
    needles_close(walk->needles);
    expand_release(&walk->plan);
    arena_release(&walk->arena);
    dateline_hits_free(walk->hits);
    *walk = (struct walk){0};
}

static dateline_status walk_answer(struct walk *walk)
{
    dateline_status status = walk_find(walk);
    if (!status)
        status = hits_make(walk);
    if (!status && walk->request.explain)
        status = explain_walk(walk);
    if (status)
        return status;
    respell_question(walk);
    walk->hits->summary.milliseconds = walk_milliseconds(&walk->begun);
    return DATELINE_OK;
}

/* Documents are known by their numbers, which hold as long as the index is not
 * opened anew. Where a commit made that necessary, the question is asked again;
 * commits are seconds apart. */
typedef dateline_status walk_goal(struct walk *walk);

static dateline_status walk_undisturbed(struct walk *walk,
                                        dateline_search *search,
                                        const dateline_request *request,
                                        walk_goal *goal, dateline_error *error)
{
    enum { TRIES = 4 };
    for (int i = 0; i < TRIES; i++) {
        uint64_t before = xapian_reader_renewals(search->reader);
        error_clear(error);
        dateline_status status = walk_begin(walk, search, request, error);
        if (!status)
            status = goal(walk);
        if (before == xapian_reader_renewals(search->reader))
            return status;
        walk_end(walk);
        status = index_renew(search, error);
        if (status)
            return status;
    }
    return error_set(error, DATELINE_CHANGED,
                     "the index was changed again and again meanwhile; ask "
                     "once more");
}

dateline_status search_ask(dateline_hits **out, dateline_search *search,
                           const dateline_request *request,
                           dateline_error *error)
{
    struct walk walk = {0};
    dateline_status status =
        walk_undisturbed(&walk, search, request, walk_answer, error);
    if (!status) {
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
    const char *field;
    struct arena arena; /* of the facet */
    struct facet *facet;
};

static dateline_status take_facet(struct walk *walk,
                                  struct candidate *candidate,
                                  struct xapian_bytes data)
{
    struct counting *counting = (struct counting *)walk;
    struct arena scratch = ARENA_INIT;
    struct stored_article article;
    (void)candidate;
    dateline_status status = stored_read(&article, &scratch, data.bytes,
                                         data.length, walk->error);
    if (!status)
        facet_add(counting->facet, &article);
    arena_release(&scratch);
    return status;
}

/* All articles that match, then their stored facts. */
static dateline_status facets_count(struct walk *walk)
{
    struct counting *counting = (struct counting *)walk;
    dateline_status status = facet_new(&counting->facet, &counting->arena,
                                       counting->field, walk->error);
    if (!status)
        status = walk->plan.by_passage ? passages_find(walk)
                                       : articles_find(walk);
    return status ? status
                  : walk_read(walk, 0, walk->found.count, take_facet);
}

dateline_status dateline_search_facets(dateline_search *search,
                                       const dateline_request *request,
                                       const char *field,
                                       dateline_facet_visit *visit,
                                       void *context, dateline_error *error)
{
    error_clear(error);
    struct counting counting = {.field = field};
    dateline_request all = DATELINE_REQUEST_INIT;
    given_read(&all, sizeof all, request);
    uint64_t documents = 0;
    dateline_status status =
        xapian_reader_count(&documents, search->reader, error);
    all.first = 0;
    all.most = (size_t)documents;
    all.passages = false;
    all.copies = DATELINE_COPIES_SHOW;
    if (!status)
        status = walk_undisturbed(&counting.walk, search, &all, facets_count,
                                  error);
    walk_end(&counting.walk);
    if (!status)
        facet_show(counting.facet, visit, context);
    arena_release(&counting.arena);
    return status;
}
