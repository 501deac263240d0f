/* Tokens of one document and what is known of them beyond the sentence: how each
 * word is written elsewhere, what the lexicon and earlier stages say of it, and
 * after a first pass what it was elsewhere. */
#include "indexer/tagger_window.h"

#include <assert.h>
#include <string.h>

const dateline_entity_type tagger_types[TAGGER_TYPES] = {
    DATELINE_PERSON, DATELINE_ORG,   DATELINE_PLACE, DATELINE_NORP,
    DATELINE_DATE,   DATELINE_MONEY, DATELINE_MISC};

static bool is_word(const struct tagger_token *t)
{
    return t->form != TAGGER_MARK && t->form != TAGGER_NUMBER &&
           t->form != TAGGER_ADDRESS;
}

/* ------------------------------------------------- the document's facts */

/* Open addressing; a table has at least twice as many slots as keys, at most
 * two keys a token. Key 0 is an empty slot. */
enum { SLOTS = 4 * TAGGER_TOKENS, TYPES = TAGGER_TYPES + 1 };

struct word {
    uint32_t key;
    uint16_t lower, capital, total;
};

struct vote {
    uint32_t key;
    uint16_t types[TYPES]; /* 0: outside */
    uint16_t parts[TYPES]; /* as part of a longer name */
};

union slots {
    struct word words[SLOTS];
    struct vote votes[SLOTS];
};

static uint32_t table_mask(size_t keys)
{
    uint32_t mask = 15;
    while (mask + 1 < 2 * keys)
        mask = 2 * mask + 1;
    assert(mask < SLOTS);
    return mask;
}

static struct word *word_at(struct word *words, uint32_t mask, uint32_t hash)
{
    uint32_t key = hash | 1, i = key >> 1 & mask;
    while (words[i].key && words[i].key != key)
        i = (i + 1) & mask;
    words[i].key = key;
    return &words[i];
}

static struct vote *vote_at(struct vote *votes, uint32_t mask, uint32_t hash)
{
    uint32_t key = hash | 1, i = key >> 1 & mask;
    while (votes[i].key && votes[i].key != key)
        i = (i + 1) & mask;
    votes[i].key = key;
    return &votes[i];
}

static size_t sentence_end(const struct tagger_window *w, size_t i)
{
    size_t end = i;
    while (end < w->count && w->tokens[end].sentence == w->tokens[i].sentence)
        end++;
    return end;
}

/* A sentence of more than three words is all capitals when nearly no word is
 * written otherwise, and a headline when hardly any word is in lower case. */
static void mark_headline(struct tagger_token *t, size_t count)
{
    size_t upper = 0, capital = 0, other = 0;
    for (size_t i = 0; i < count; i++) {
        upper += t[i].form == TAGGER_UPPER;
        capital += t[i].form == TAGGER_CAPITAL;
        other += t[i].form == TAGGER_LOWER || t[i].form == TAGGER_MIXED;
    }
    uint8_t flag = 0;
    if (upper > 3 && (other + capital) * 3 < upper)
        flag = TAGGER_ALL_CAPS;
    else if (capital > 3 && other * 3 < capital)
        flag = TAGGER_TITLE;
    for (size_t i = 0; i < count; i++)
        t[i].flags |= flag;
}

/* How often each word stands in lower case, and as a name where nothing but
 * being a name explains the capital. */
static void count_words(struct tagger_window *w)
{
    uint32_t mask = table_mask(w->count);
    struct word *words = memset(w->table, 0, (mask + 1) * sizeof *words);
    for (size_t i = 0; i < w->count; i++) {
        const struct tagger_token *t = &w->tokens[i];
        struct word *word = word_at(words, mask, t->folded);
        word->total++;
        if (t->form == TAGGER_LOWER)
            word->lower++;
        else if (is_word(t) && !(t->flags & (TAGGER_FIRST | TAGGER_ALL_CAPS)))
            word->capital++;
    }
    for (size_t i = 0; i < w->count; i++) {
        struct tagger_token *t = &w->tokens[i];
        const struct word *word = word_at(words, mask, t->folded);
        unsigned lower = !word->lower ? 0 : word->capital ? 1 : 2;
        unsigned capital = word->capital > 3 ? 3 : word->capital;
        unsigned total = word->total > 4 ? 4 : word->total;
        t->seen = (uint8_t)(lower | capital << 2 | total << 4);
    }
}

static void look_up(struct tagger_window *w)
{
    for (size_t i = 0; i < w->count; i++) {
        struct tagger_token *t = &w->tokens[i];
        const struct tagger_entry *e = tagger_lexicon_find(&w->lexicon,
                                                           t->folded);
        if (e) {
            t->class = e->class;
            t->lists = e->lists;
        }
    }
}

/* Only tokens this close to a capital, a digit or a hint are scored. */
enum { REACH = 2 };

static void mark_near(struct tagger_window *w, size_t i)
{
    size_t from = i < REACH ? 0 : i - REACH;
    for (size_t k = from; k <= i + REACH && k < w->count; k++)
        w->tokens[k].flags |= TAGGER_NEAR;
}

static bool stands_out(const struct tagger_token *t)
{
    return t->form != TAGGER_LOWER && t->form != TAGGER_MARK;
}

/* The end of "Suk-yeol". */
static bool is_tail(const struct tagger_token *t)
{
    return t->form == TAGGER_LOWER && t[0].flags & t[-1].flags & TAGGER_GLUED &&
           t[-1].flags & TAGGER_NEAR;
}

size_t tagger_window_read(struct tagger_window *w, const char *text,
                          size_t length, size_t at)
{
    at = tagger_tokenise(w->tokens, &w->count, text, length, at);
    for (size_t i = 0, end; i < w->count; i = end) {
        end = sentence_end(w, i);
        mark_headline(w->tokens + i, end - i);
    }
    count_words(w);
    look_up(w);
    for (size_t i = 0; i < w->count; i++)
        if (stands_out(w->tokens + i) || (i && is_tail(w->tokens + i)))
            mark_near(w, i);
    return at;
}

/* ------------------------------------------------------------------ hints */

/* A label of an earlier stage, on its first token or a later one. Never 0. */
static uint16_t hint_of(const struct label *label, bool first)
{
    return (uint16_t)(1 + first + 2 * (label->weak + 2 * (unsigned)label->by) +
                      32 * (unsigned)label->type);
}

static void hint_token(struct tagger_token *t, uint16_t hint)
{
    if (!t->hint[0])
        t->hint[0] = hint;
    else if (!t->hint[1] && hint != t->hint[0])
        t->hint[1] = hint;
}

/* Labels longer than this are no names; many such must not cost the square. */
enum { LABEL_TOKENS = 64 };

static void hint_tokens(struct tagger_window *w, size_t i,
                        const struct label *label)
{
    for (size_t k = i; k < w->count && k < i + LABEL_TOKENS &&
                       w->tokens[k].start < label->end; k++) {
        hint_token(&w->tokens[k], hint_of(label, k == i));
        mark_near(w, k);
    }
}

void tagger_window_hint(struct tagger_window *w, const struct labels *labels,
                        size_t *from)
{
    size_t i = 0;
    for (; *from < labels->count; ++*from) {
        const struct label *label = &labels->items[*from];
        while (i < w->count && w->tokens[i].end <= label->start)
            i++;
        if (i == w->count)
            break;
        hint_tokens(w, i, label);
    }
}

/* ------------------------------------------------------------ second pass */

static bool pair_at(const struct tagger_window *w, size_t i)
{
    return i + 1 < w->count && tagger_is_name(&w->tokens[i]) &&
           tagger_is_name(&w->tokens[i + 1]);
}

static uint32_t pair_hash(const struct tagger_token *t)
{
    return tagger_mix(t[0].folded, t[1].folded);
}

/* The winner of a vote without one's own voice (TYPES: one had none): 0 nobody
 * else was asked, else 1 + type, doubled, and whether three in four agree. */
static uint32_t vote_result(const uint16_t *types, unsigned own)
{
    unsigned best = 0, total = 0, most = 0;
    for (unsigned i = 0; i < TYPES; i++) {
        unsigned n = types[i] - (i == own);
        total += n;
        if (n > most || !i) {
            most = n;
            best = i;
        }
    }
    if (!total)
        return 0;
    return (1 + best) << 1 | (most * 4 >= total * 3);
}

static uint32_t pair_result(struct vote *votes, uint32_t mask,
                            const struct tagger_window *w, size_t i)
{
    if (!pair_at(w, i))
        return 0;
    const struct tagger_token *t = &w->tokens[i];
    return vote_result(vote_at(votes, mask, pair_hash(t))->types, tagger_type_at(t)) >> 1;
}

/* Token i is in a name of several tokens. */
static bool is_part(const struct tagger_window *w, size_t i)
{
    unsigned label = w->tokens[i].label;
    unsigned next = i + 1 < w->count ? w->tokens[i + 1].label : 0;
    return label && (!tagger_begins(label) || (next && !tagger_begins(next)));
}

static void count_votes(struct vote *votes, uint32_t mask,
                        const struct tagger_window *w)
{
    for (size_t i = 0; i < w->count; i++) {
        const struct tagger_token *t = &w->tokens[i];
        if (!tagger_is_name(t))
            continue;
        struct vote *vote = vote_at(votes, mask, t->folded);
        vote->types[tagger_type_at(t)]++;
        vote->parts[tagger_type_at(t)] += is_part(w, i);
        if (pair_at(w, i))
            vote_at(votes, mask, pair_hash(t))->types[tagger_type_at(t)]++;
    }
}

void tagger_window_vote(struct tagger_window *w)
{
    uint32_t mask = table_mask(2 * w->count);
    struct vote *votes = memset(w->table, 0, (mask + 1) * sizeof *votes);
    count_votes(votes, mask, w);
    for (size_t i = 0; i < w->count; i++) {
        struct tagger_token *t = &w->tokens[i];
        t->vote_count = 0;
        if (!tagger_is_name(t))
            continue;
        const struct vote *vote = vote_at(votes, mask, t->folded);
        uint32_t word = vote_result(vote->types, tagger_type_at(t));
        uint32_t part = vote_result(vote->parts,
                                    is_part(w, i) ? tagger_type_at(t) : TYPES);
        uint32_t pair = pair_result(votes, mask, w, i);
        uint32_t pair_before = i ? pair_result(votes, mask, w, i - 1) : 0;
        t->vote[0] = word;
        t->vote[1] = tagger_mix(word, tagger_type_at(t));
        t->vote[2] = tagger_mix(word, t->form + 16u * (t->flags & TAGGER_FIRST));
        t->vote[3] = pair;
        t->vote[4] = pair_before;
        t->vote[5] = word | pair << 8 | pair_before << 16;
        t->vote[6] = part;
        t->vote[7] = part << 8 | word;
        t->vote_count = 8;
    }
}

size_t tagger_run_end(const struct tagger_window *w, size_t i)
{
    size_t end = i;
    while (end < w->count && w->tokens[end].flags & TAGGER_NEAR &&
           w->tokens[end].sentence == w->tokens[i].sentence)
        end++;
    return end;
}

void tagger_window_open(struct tagger_window *w, struct arena *arena)
{
    /* as it comes: what of it is never used is never fetched from the system */
    w->tokens = (void *)arena_bytes(arena, TAGGER_TOKENS * sizeof *w->tokens);
    w->table = arena_bytes(arena, sizeof(union slots));
    w->count = 0;
}
