/* The walk of a question that has its hits goes in, what is told of it comes out.
 * What a part of the question adds to a hit is the weight of that part's own query
 * on the hit's documents: Xapian sums weights. */
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
    xapian_reader_frequency(&new->passages, walk->search->reader, stem, NULL);
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
    uint64_t passages = 0;
    for (size_t row = 0; row < walk->search->stems.count; row++)
        if (walk->plan.rows[row])
            row_tell(walk, to, row, word);
    for (size_t i = 0; i < to->stem_count; i++)
        passages += to->stems[i].passages;
    for (size_t row = 0; row < walk->search->stems.count && !passages; row++)
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

static bool one_more(void *context, struct xapian_bytes name,
                     struct xapian_bytes value, uint32_t frequency)
{
    size_t *count = context;
    (void)name, (void)value, (void)frequency;
    ++*count;
    return true;
}

static void stars_tell(struct walk *walk)
{
    struct explain *explain = walk->hits->explain;
    for (size_t i = 0; i < walk->plan.part_count; i++) {
        const struct expand_part *part = &walk->plan.parts[i];
        if (part->sum != EXPAND_PASSAGES || strcmp(part->kind, "star"))
            continue;
        struct explain_star *to =
            arena_push(&walk->hits->arena, &explain->stars,
                       &explain->star_count, &explain->star_room);
        to->text = piece(walk, part->start, part->end);
        xapian_query_terms(part->query, one_more, &to->stems, NULL);
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
    explain->verified = walk->plan.verify;
    buffer_free(&tree);
    request_walk(walk->question.root, node_tell, walk);
    period_tell(walk);
    aliases_tell(walk);
    stars_tell(walk);
}

/* -------------------------------------------------------------- the hits */

static struct explain_weight *weight_of(struct walk *walk,
                                        struct explain_hit *hit,
                                        const struct expand_part *part)
{
    const char *text = walk->question.question + part->start;
    size_t length = part->end - part->start;
    for (size_t i = 0; i < hit->weight_count; i++)
        if (!strcmp(hit->weights[i].kind, part->kind) &&
            strlen(hit->weights[i].text) == length &&
            !memcmp(hit->weights[i].text, text, length))
            return &hit->weights[i];
    struct explain_weight *new =
        arena_push(&walk->hits->arena, &hit->weights, &hit->weight_count,
                   &hit->weight_room);
    new->kind = part->kind;
    new->text = piece(walk, part->start, part->end);
    return new;
}

/* The weight of one document, to the hits that it is of. */
static void weight_tell(struct walk *walk, const struct expand_part *part,
                        const struct xapian_hit *found)
{
    struct explain *explain = walk->hits->explain;
    for (size_t i = 0; i < explain->hit_count; i++) {
        const struct candidate *shown = walk->shown[i];
        struct explain_hit *hit = &explain->hits[i];
        bool passage = part->sum == EXPAND_PASSAGES;
        if (found->document != (passage ? shown->document : shown->home))
            continue;
        struct explain_weight *weight = weight_of(walk, hit, part);
        *(passage ? &weight->passage : &weight->article) += found->weight;
        if (passage)
            hit->shown += found->weight;
    }
}

/* The articles of the hits that are explained, and all their documents. */
struct keys {
    struct xapian_bytes items[EXPLAIN_HITS];
    size_t count;
    uint64_t documents;
};

static void keys_of(struct keys *keys, struct walk *walk)
{
    for (size_t i = 0; i < walk->hits->explain->hit_count; i++) {
        const struct candidate *shown = walk->shown[i];
        bool old = false;
        for (size_t k = 0; k < i && !old; k++)
            old = walk->shown[k]->home == shown->home;
        if (old)
            continue;
        const char *id = shown->stored->facts.id;
        char key[LIMIT_TERM_BYTES + 1];
        size_t length = field_article(key, id ? id : "", id ? strlen(id) : 0);
        keys->items[keys->count++] = (struct xapian_bytes){
            arena_copy(&walk->arena, key, length), length};
        keys->documents += 1 + shown->stored->passage_count;
    }
}

/* The part's query, of documents of its kind and of the keys. */
static dateline_status part_query(struct xapian_query **out, struct walk *walk,
                                  const struct keys *keys,
                                  const struct expand_part *part)
{
    const char *kind = part->sum == EXPAND_PASSAGES ? FIELD_KIND "passage"
                                                    : FIELD_KIND "article";
    struct xapian_query *of_kind = NULL, *both = NULL;
    dateline_status status = xapian_query_term(
        &of_kind, (struct xapian_bytes){kind, strlen(kind)}, 1, walk->error);
    struct xapian_query *parts[] = {part->query, of_kind};
    if (!status)
        status = xapian_query_combine(&both, XAPIAN_FILTER, parts, 2,
                                      walk->error);
    if (!status)
        status = expand_keys(out, both, keys->items, keys->count, walk->error);
    xapian_query_free(of_kind);
    xapian_query_free(both);
    return status;
}

static dateline_status part_tell(struct walk *walk, const struct keys *keys,
                                 const struct expand_part *part)
{
    bool passage = part->sum == EXPAND_PASSAGES;
    struct xapian_query *filtered = NULL;
    struct xapian_hits *hits = NULL;
    dateline_status status = part_query(&filtered, walk, keys, part);
    if (!status) {
        struct xapian_request ask =
            walk_ask(walk, filtered, passage ? walk->search->passage_c
                                             : walk->search->article_c);
        ask.most = (size_t)keys->documents;
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
    enum expand_sum articles =
        explain->by_passage ? EXPAND_WORDS : EXPAND_ARTICLES;
    dateline_status status = DATELINE_OK;
    struct keys keys = {.count = 0};
    keys_of(&keys, walk);
    for (size_t i = 0; i < walk->plan.part_count && !status; i++) {
        const struct expand_part *part = &walk->plan.parts[i];
        if (part->sum == EXPAND_PASSAGES || part->sum == articles)
            status = part_tell(walk, &keys, part);
    }
    for (size_t i = 0; i < explain->hit_count; i++)
        hit_tell(&explain->hits[i], walk->shown[i], walk);
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
