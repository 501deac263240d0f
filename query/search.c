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

enum { KEYS_AT_ONCE = 500 /* articles asked for in one query */ };

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
        walk->request.passages, walk->since, walk->until, walk->request.explain,
        walk->request.since_mark ? &walk->newer : NULL};
    dateline_status status =
        expand_request(&walk->plan, &walk->arena, &walk->question,
                       &walk->index, &options, walk->error);
    if (status)
        return status;
    walk->match = match_new(&walk->arena, &walk->question, &walk->plan,
                            &walk->index);
    match_needles(walk->match, walk->needles);
    if (walk->needles)
        walk->plan.by_passage = walk->plan.verify = true;
    return DATELINE_OK;
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

/* Copies of a hit before them leave the candidates; the others learn of theirs. */
static dateline_status copies_fold(struct walk *walk)
{
    struct candidates *found = &walk->found;
    size_t kept = 0;
    if (!walk_is_folding(walk))
        return DATELINE_OK;
    struct copy_item *items =
        arena_array(&walk->arena, struct copy_item, found->count);
    for (size_t i = 0; i < found->count; i++)
        items[i].key = found->items[i].key;
    dateline_status status =
        copy_fold(items, found->count, walk_wanted_end(walk),
                  &walk->hits->arena, walk->search->reader, walk->error);
    for (size_t i = 0; i < found->count; i++) {
        if (items[i].folded)
            continue;
        found->items[kept] = found->items[i];
        found->items[kept].copies = items[i].copies;
        found->items[kept++].copy_count = items[i].copy_count;
    }
    walk->hits->summary.folded = found->count - kept;
    found->count = kept;
    return status;
}

static dateline_status walk_find(struct walk *walk)
{
    bool passages = walk->plan.by_passage || walk->request.passages;
    dateline_status status =
        passages ? passages_first(walk) : articles_first(walk);
    if (!status)
        status = copies_fold(walk);
    return status || passages ? status : articles_choose(walk);
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

static dateline_status hit_make(struct walk *walk,
                                const struct candidate *candidate)
{
    struct arena *arena = &walk->hits->arena;
    struct stored_passage stored;
    struct xapian_bytes data = {
        arena_copy(arena, candidate->data.bytes, candidate->data.length),
        candidate->data.length};
    dateline_status status = stored_read_passage(&stored, arena, data.bytes,
                                                 data.length, walk->error);
    if (status)
        return status;
    dateline_hit *hit = hit_add(walk->hits, &stored, candidate->score);
    dateline_span *spans = NULL;
    hit->match_count = match_find(&spans, arena, walk->match, hit->text,
                                  hit->length, stored.facts.language);
    hit->matches = spans;
    hit->copies = candidate->copies;
    hit->copy_count = candidate->copy_count;
    const struct candidate **shown = arena_push(
        &walk->arena, &walk->shown, &walk->shown_count, &walk->shown_room);
    *shown = candidate;
    hit->window = window_choose(walk->match, hit->text, hit->length,
                                stored.facts.language,
                                walk->request.window ? walk->request.window
                                                     : SIZE_MAX);
    if (walk->request.since_mark)
        reasons_add(walk, hit);
    return neighbours_read(walk, hit, candidate->key);
}

/* The candidates that were asked for become hits. One whose passage vanished
 * while we looked is left out. */
static dateline_status hits_make(struct walk *walk)
{
    dateline_status status = DATELINE_OK;
    size_t end = walk_wanted_end(walk);
    density_begin(walk);
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
    needles_close(walk->needles);
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
        status = walk_find(&walk);
    if (!status)
        status = hits_make(&walk);
    if (!status && walk.request.explain)
        status = explain_walk(&walk);
    if (!status) {
        respell_question(&walk);
        walk.hits->summary.milliseconds = walk_milliseconds(&walk.begun);
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
    dateline_status status = walk_find(walk);
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
        struct xapian_request ask = walk_ask(walk, NULL, 0);
        ask.weight = XAPIAN_BOOLEAN;
        status = walk_ask_keys(walk, at, end, kind, ask, tell_facet);
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
    all.copies = DATELINE_COPIES_SHOW;
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
