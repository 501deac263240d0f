/* Words of a question become terms that rank. */
#include "query/ranking.h"

#include "query/aliases.h"
#include "query/star.h"

/* A word ranks in the stems of the common languages, and of the rare ones where
 * no common one knows it. (All stems of all languages cost 0.003 nDCG@10 on news,
 * where short texts are taken for another language now and then.) */
static bool is_rare(struct builder *b, const struct request_word *word)
{
    struct terms terms = build_stems(b, "", word, false);
    for (size_t i = 0; i < terms.count; i++)
        if (build_frequency(b, terms.items[i]))
            return false;
    return true;
}

static void rare_mark(void *context, struct request_node *node)
{
    for (size_t i = 0; i < node->word_count && !request_is_field(node); i++)
        node->words[i].rare = is_rare(context, &node->words[i]);
}

void ranking_choose(struct builder *b)
{
    request_walk(b->request->root, rare_mark, b);
}

static struct terms ranked_stems(struct builder *b,
                                 const struct request_word *word)
{
    return build_stems(b, "", word, word->rare);
}

static void rank_terms(struct builder *b, struct ranking *ranking,
                       struct ranked ranked)
{
    const struct terms *terms = &ranked.terms;
    for (size_t i = 0; i < ranking->count; i++) {
        struct ranked *other = &ranking->items[i];
        if (other->terms.count == terms->count &&
            terms_equal(other->terms.items[0], terms->items[0])) {
            other->frequency++;
            return;
        }
    }
    struct ranked *new =
        arena_push(b->arena, &ranking->items, &ranking->count, &ranking->room);
    *new = ranked;
    new->frequency = 1;
}

/* A word, and the pair that it makes with the ideograph before it. */
static void rank_word(struct builder *b, struct ranking *ranking,
                      const struct request_word *words, size_t i)
{
    const struct request_word *word = &words[i];
    if (!word->stop)
        rank_terms(b, ranking,
                   (struct ranked){ranked_stems(b, word), NULL, 1, "word",
                                   word->start, word->end});
    if (!word->joined || !i)
        return;
    struct terms pair = {0};
    struct xapian_bytes before =
        build_bytes(b, "", words[i - 1].term, words[i - 1].length);
    terms_add(b, &pair, build_bytes(b, before.bytes, word->term, word->length));
    rank_terms(b, ranking,
               (struct ranked){pair, NULL, 1, "pair", words[i - 1].start,
                               word->end});
}

struct xapian_query *ranking_query(struct builder *b,
                                   const struct ranking *ranking)
{
    struct queries parts = {0};
    for (size_t i = 0; i < ranking->count; i++) {
        const struct ranked *item = &ranking->items[i];
        build_add(b, &parts,
                  build_part(b, item->kind, item->start, item->end,
                             build_synonym(b, &item->terms, item->frequency)));
    }
    return build_combine(b, XAPIAN_OR, &parts);
}

/* What an alias means counts as its word does, or beside its words. */
static void rank_alias(struct builder *b, struct ranking *ranking,
                       const struct expand_alias *alias,
                       const struct request_word *word)
{
    struct terms terms = {0};
    struct xapian_bytes entity = aliases_term(b, alias->name);
    if (word->end >= alias->end)
        terms = ranked_stems(b, word);
    if (entity.length)
        terms_add(b, &terms, entity);
    bool whole = word->end >= alias->end;
    if (terms.count)
        rank_terms(b, ranking,
                   (struct ranked){terms, alias->name, 1,
                                   whole ? "word" : "name", alias->start,
                                   whole ? word->end : alias->end});
}

void ranking_add(struct builder *b, const struct request_node *node,
                 struct ranking *ranking)
{
    for (size_t i = 0; i < node->word_count; i++) {
        const struct request_word *word = &node->words[i];
        const struct expand_alias *alias = aliases_at(b, word->start);
        if (alias)
            rank_alias(b, ranking, alias, word);
        if (!alias || word->end < alias->end)
            rank_word(b, ranking, node->words, i);
    }
}

static struct expand_rank *rank_push(struct builder *b)
{
    return arena_push(b->arena, &b->plan->ranks, &b->plan->rank_count,
                      &b->rank_room);
}

void ranking_tell(struct builder *b, const struct ranking *ranking)
{
    for (size_t i = 0; i < ranking->count; i++) {
        const struct ranked *item = &ranking->items[i];
        *rank_push(b) = (struct expand_rank){
            .terms = item->terms.items, .term_count = item->terms.count,
            .name = item->name, .frequency = item->frequency,
            .kind = item->kind, .start = item->start, .end = item->end};
    }
}

void ranking_star(struct builder *b, const struct request_node *node)
{
    struct terms terms = star_words(b, "", node);
    *rank_push(b) = (struct expand_rank){
        .terms = terms.items, .term_count = terms.count, .frequency = 1,
        .kind = "star", .start = node->start, .end = node->end};
}

void ranking_phrase(struct builder *b, const struct request_node *node,
                    bool needed)
{
    bool counts = node->kind == REQUEST_QUOTE && node->word_count > 1;
    for (size_t i = 0; i < node->word_count; i++) {
        struct terms terms = build_stems(b, "", &node->words[i], true);
        *rank_push(b) = (struct expand_rank){
            .terms = terms.items, .term_count = terms.count,
            .frequency = counts, .phrase = node->id + 1, .needed = needed,
            .kind = "phrase", .start = node->start, .end = node->end};
    }
}
