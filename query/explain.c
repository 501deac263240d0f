/* The walk of a question that has its hits goes in, what is told of it comes out.
 * What a part of the question adds to an article is the weight of that part's own
 * query there: Xapian sums weights. */
#include "query/explain.h"

#include "common/field.h"
#include "query/request_write.h"
#include "query/walk.h"

#include <stdlib.h>
#include <string.h>

/* --------------------------------------------------------- the question */

static const char *piece(const struct walk *walk, size_t start, size_t end)
{
    return arena_copy(&walk->hits->arena, walk->question.question + start,
                      end - start);
}

static const char *joined(struct arena *arena, const char *list,
                          const char *more)
{
    return !*list              ? more
           : strstr(list, more) ? list
                                : arena_format(arena, "%s, %s", list, more);
}

static const char *language_name(const struct stems *stems, size_t row)
{
    const char *name = stems->rows[row].name;
    return strcmp(name, "none") ? name : "unstemmed";
}

static const char *languages_asked(const struct walk *walk)
{
    const struct stems *stems = &walk->search->stems;
    const char *list = "";
    for (size_t row = 0; row < stems->count; row++)
        if (walk->plan.rows[row])
            list = joined(&walk->hits->arena, list, language_name(stems, row));
    return list;
}

static void stem_tell(struct walk *walk, struct explain_word *to, size_t row,
                      const char *term, size_t length)
{
    struct arena *arena = &walk->hits->arena;
    struct stems *stems = &walk->search->stems;
    struct xapian_bytes stem = stems_stem(stems, row, term, length);
    const char *name = language_name(stems, row);
    for (size_t i = 0; i < to->stem_count; i++)
        if (strlen(to->stems[i].stem) == stem.length &&
            !memcmp(to->stems[i].stem, stem.bytes, stem.length)) {
            to->stems[i].languages =
                joined(arena, to->stems[i].languages, name);
            return;
        }
    struct explain_stem *new =
        arena_push(arena, &to->stems, &to->stem_count, &to->stem_room);
    *new = (struct explain_stem){arena_copy(arena, stem.bytes, stem.length),
                                 name, 0};
    xapian_reader_frequency(&new->articles, walk->search->reader, stem, NULL);
}

static void row_tell(struct walk *walk, struct explain_word *to, size_t row,
                     const struct request_word *word)
{
    stem_tell(walk, to, row, word->term, word->length);
    for (size_t i = 0; i < word->form_count; i++)
        stem_tell(walk, to, row, word->forms[i].term, word->forms[i].length);
}

/* In the languages that are asked; in all, where those do not know it. */
static void stems_tell(struct walk *walk, struct explain_word *to,
                       const struct request_word *word)
{
    uint64_t articles = 0;
    for (size_t row = 0; row < walk->search->stems.count; row++)
        if (walk->plan.rows[row])
            row_tell(walk, to, row, word);
    for (size_t i = 0; i < to->stem_count; i++)
        articles += to->stems[i].articles;
    for (size_t row = 0; row < walk->search->stems.count && !articles; row++)
        if (!walk->plan.rows[row])
            row_tell(walk, to, row, word);
}

static void word_tell(struct walk *walk, const struct request_node *node,
                      const struct request_word *word)
{
    struct explain *explain = walk->hits->explain;
    struct explain_word *to =
        arena_push(&walk->hits->arena, &explain->words, &explain->word_count,
                   &explain->word_room);
    to->text = piece(walk, word->start, word->end);
    to->stop = word->stop && node->mark == REQUEST_MAY;
    to->mark = node->mark;
    if (!to->stop)
        stems_tell(walk, to, word);
}

static void condition_tell(struct walk *walk, const struct request_node *node)
{
    struct explain *explain = walk->hits->explain;
    struct explain_condition *to =
        arena_push(&walk->hits->arena, &explain->conditions,
                   &explain->condition_count, &explain->condition_room);
    to->text = piece(walk, node->start, node->end);
    to->excluded = node->mark == REQUEST_MUST_NOT;
}

static void node_tell(void *context, struct request_node *node)
{
    struct walk *walk = context;
    if (request_is_field(node))
        condition_tell(walk, node);
    else if (node->kind != REQUEST_STAR)
        for (size_t i = 0; i < node->word_count; i++)
            word_tell(walk, node, &node->words[i]);
}

/* What the caller gave besides the question. */
static void period_tell(struct walk *walk)
{
    struct explain *explain = walk->hits->explain;
    if (!*walk->since && !*walk->until)
        return;
    struct explain_condition *to =
        arena_push(&walk->hits->arena, &explain->conditions,
                   &explain->condition_count, &explain->condition_room);
    to->text = arena_format(&walk->hits->arena, "date:%s..%s", walk->since,
                            walk->until);
}

static void aliases_tell(struct walk *walk)
{
    struct explain *explain = walk->hits->explain;
    for (size_t i = 0; i < walk->plan.alias_count; i++) {
        const struct expand_alias *alias = &walk->plan.aliases[i];
        struct explain_name *to =
            arena_push(&walk->hits->arena, &explain->names,
                       &explain->name_count, &explain->name_room);
        to->text = piece(walk, alias->start, alias->end);
        to->name = arena_string(&walk->hits->arena, alias->name->name);
    }
}

static void stars_tell(struct walk *walk)
{
    struct explain *explain = walk->hits->explain;
    for (size_t i = 0; i < walk->plan.rank_count; i++) {
        const struct expand_rank *rank = &walk->plan.ranks[i];
        if (strcmp(rank->kind, "star"))
            continue;
        struct explain_star *to =
            arena_push(&walk->hits->arena, &explain->stars,
                       &explain->star_count, &explain->star_room);
        to->text = piece(walk, rank->start, rank->end);
        to->stems = rank->term_count;
    }
}

static void question_tell(struct walk *walk)
{
    struct explain *explain = walk->hits->explain;
    struct arena *arena = &walk->hits->arena;
    struct buffer tree = {0};
    request_write(&tree, &walk->question);
    explain->question = piece(walk, 0, walk->question.length);
    explain->read = arena_string(arena, tree.bytes);
    explain->languages = languages_asked(walk);
    explain->prose = walk->question.prose;
    explain->ranked = !walk_is_by_date(walk);
    explain->by_passage = walk->plan.by_passage || walk->request.passages;
    explain->verified = walk->plan.by_passage;
    buffer_free(&tree);
    request_walk(walk->question.root, node_tell, walk);
    period_tell(walk);
    aliases_tell(walk);
    stars_tell(walk);
}

/* -------------------------------------------------------------- the hits */

static struct explain_weight *weight_of(struct walk *walk,
                                        struct explain_hit *hit,
                                        const char *kind, size_t start,
                                        size_t end)
{
    const char *text = walk->question.question + start;
    size_t length = end - start;
    for (size_t i = 0; i < hit->weight_count; i++)
        if (!strcmp(hit->weights[i].kind, kind) &&
            strlen(hit->weights[i].text) == length &&
            !memcmp(hit->weights[i].text, text, length))
            return &hit->weights[i];
    struct explain_weight *new =
        arena_push(&walk->hits->arena, &hit->weights, &hit->weight_count,
                   &hit->weight_room);
    new->kind = kind;
    new->text = piece(walk, start, end);
    return new;
}

/* What each rank adds to the passage that is shown. */
static void passage_tell(struct walk *walk, struct explain_hit *hit,
                         const struct candidate *shown)
{
    double *weights =
        arena_array(&walk->arena, double, walk->plan.rank_count);
    score_explain(weights, walk->score, shown->stored, shown->number);
    for (size_t i = 0; i < walk->plan.rank_count; i++) {
        const struct expand_rank *rank = &walk->plan.ranks[i];
        if (!(weights[i] > 0))
            continue;
        weight_of(walk, hit, rank->kind, rank->start, rank->end)->passage +=
            weights[i];
        hit->shown += weights[i];
    }
}

/* The weight of a part in an article, to the hits that are of it. */
static void weight_tell(struct walk *walk, const struct expand_part *part,
                        const struct xapian_hit *found)
{
    struct explain *explain = walk->hits->explain;
    for (size_t i = 0; i < explain->hit_count; i++)
        if (found->document == walk->shown[i]->document)
            weight_of(walk, &explain->hits[i], part->kind, part->start,
                      part->end)->article += found->weight;
}

/* The articles of the hits that are explained. */
static dateline_status keys_query(struct xapian_query **out, struct walk *walk)
{
    struct xapian_query *keys[EXPLAIN_HITS];
    size_t count = 0;
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < walk->hits->explain->hit_count && !status; i++) {
        const char *id = walk->shown[i]->stored->facts.id;
        char key[LIMIT_TERM_BYTES + 1];
        size_t length = field_article(key, id ? id : "", id ? strlen(id) : 0);
        status = xapian_query_term(&keys[count],
                                   (struct xapian_bytes){key, length}, 1,
                                   walk->error);
        count += !status;
    }
    if (!status)
        status = xapian_query_combine(out, XAPIAN_OR, keys, count, walk->error);
    for (size_t i = 0; i < count; i++)
        xapian_query_free(keys[i]);
    return status;
}

static dateline_status part_tell(struct walk *walk,
                                 struct xapian_query *keys,
                                 const struct expand_part *part)
{
    struct xapian_query *filtered = NULL, *both[] = {part->query, keys};
    struct xapian_hits *hits = NULL;
    dateline_status status = xapian_query_combine(&filtered, XAPIAN_FILTER, both,
                                                  2, walk->error);
    if (!status) {
        struct xapian_request ask = walk_ask(walk, filtered);
        ask.most = EXPLAIN_HITS;
        ask.no_data = true;
        status = walk_search(&hits, walk, &ask);
    }
    for (size_t i = 0; !status && i < hits->count; i++)
        weight_tell(walk, part, &hits->hits[i]);
    xapian_hits_free(hits);
    xapian_query_free(filtered);
    return status;
}

static int weight_order(const void *a, const void *b)
{
    const struct explain_weight *x = a, *y = b;
    double left = x->passage + x->article, right = y->passage + y->article;
    return (left < right) - (left > right);
}

/* Its sums are in its score; what they leave is how close the words stand. */
static void hit_tell(struct explain_hit *hit, const struct candidate *shown,
                     const struct walk *walk)
{
    bool passages = walk->request.passages;
    hit->passage_share = passages ? 1 : walk_passage_share;
    hit->article_share = passages ? walk->search->article_share : 1;
    hit->passage = shown->passage;
    hit->article = shown->article;
    hit->rest = shown->score - hit->passage_share * hit->passage -
                hit->article_share * hit->article;
    if (hit->weight_count)
        qsort(hit->weights, hit->weight_count, sizeof *hit->weights,
              weight_order);
}

static dateline_status hits_tell(struct walk *walk)
{
    struct explain *explain = walk->hits->explain;
    struct xapian_query *keys = NULL;
    dateline_status status = keys_query(&keys, walk);
    for (size_t i = 0; i < explain->hit_count && !status; i++)
        passage_tell(walk, &explain->hits[i], walk->shown[i]);
    for (size_t i = 0; i < walk->plan.part_count && !status; i++)
        status = part_tell(walk, keys, &walk->plan.parts[i]);
    for (size_t i = 0; i < explain->hit_count; i++)
        hit_tell(&explain->hits[i], walk->shown[i], walk);
    xapian_query_free(keys);
    return status;
}

dateline_status explain_walk(struct walk *walk)
{
    struct arena *arena = &walk->hits->arena;
    struct explain *explain = arena_new(arena, struct explain);
    walk->hits->explain = explain;
    question_tell(walk);
    if (!explain->ranked || !walk->shown_count)
        return DATELINE_OK;
    explain->hit_count = walk->shown_count < EXPLAIN_HITS ? walk->shown_count
                                                          : EXPLAIN_HITS;
    explain->hits = arena_array(arena, struct explain_hit, explain->hit_count);
    return hits_tell(walk);
}
