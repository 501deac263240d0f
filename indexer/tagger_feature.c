/* Tokens go in, hashed features come out. A feature's number is part of its
 * hash, so numbers and their meaning belong to the weights: whoever changes
 * them trains anew (make model). */
#include "indexer/tagger_feature.h"

#include <assert.h>
#include <string.h>

const dateline_entity_type tagger_types[TAGGER_TYPES] = {
    DATELINE_PERSON, DATELINE_ORG,   DATELINE_PLACE, DATELINE_NORP,
    DATELINE_DATE,   DATELINE_MONEY, DATELINE_MISC};

static bool is_name(const struct tagger_token *t)
{
    return t->form == TAGGER_CAPITAL || t->form == TAGGER_UPPER ||
           t->form == TAGGER_MIXED || t->form == TAGGER_INITIAL;
}

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

/* --------------------------------------------------------------- features */

struct list {
    uint32_t *features;
    size_t count;
};

static void add(struct list *list, uint32_t number, uint32_t value)
{
    list->features[list->count++] = tagger_mix(value, number * 0x85ebca6bu);
}

/* A token with its neighbours: all in one sentence, or nothing. */
struct place {
    const struct tagger_window *window;
    size_t i;
    const struct tagger_token *here, *before, *before2, *after, *after2;
};

static const struct tagger_token nothing = {
    .form = TAGGER_NOTHING, .folded = 7, .shape = 7};

static const struct tagger_token *neighbour(const struct tagger_window *w,
                                            size_t i, ptrdiff_t by)
{
    size_t k = i + (size_t)by; /* below 0 it wraps and is beyond count */
    if (k >= w->count || w->tokens[k].sentence != w->tokens[i].sentence)
        return &nothing;
    return &w->tokens[k];
}

static struct place place_at(const struct tagger_window *w, size_t i)
{
    return (struct place){
        .window = w, .i = i, .here = &w->tokens[i],
        .before = neighbour(w, i, -1), .before2 = neighbour(w, i, -2),
        .after = neighbour(w, i, 1), .after2 = neighbour(w, i, 2)};
}

/* Those that differ most between kinds of text come first. */
static void add_special(struct list *f, const struct place *p)
{
    const struct tagger_token *t = p->here;
    add(f, 1, 0);
    add(f, 2, t->folded);
    add(f, 3, t->shape);
    add(f, 4, tagger_mix(p->before->folded, t->form));
    add(f, 5, tagger_mix(p->after->folded, t->form));
    add(f, 6, tagger_mix(t->suffix[1], t->form));
}

static void add_words(struct list *f, const struct place *p)
{
    const struct tagger_token *t = p->here;
    add(f, 10, t->exact);
    add(f, 11, p->before->folded);
    add(f, 12, p->before2->folded);
    add(f, 13, p->after->folded);
    add(f, 14, p->after2->folded);
    add(f, 15, tagger_mix(p->before->folded, t->folded));
    add(f, 16, tagger_mix(t->folded, p->after->folded));
    add(f, 17, tagger_mix(p->before->folded, p->after->folded));
    add(f, 18, tagger_mix(p->before2->folded, p->before->folded));
    add(f, 19, tagger_mix(p->after->folded, p->after2->folded));
    add(f, 20, tagger_mix(p->before->folded,
                          t->form + 16u * p->after->form));
    add(f, 21, tagger_mix(p->after->folded, t->form + 16u * p->before->form));
    if (t->flags & TAGGER_FIRST)
        add(f, 22, t->folded);
}

static void add_shapes(struct list *f, const struct place *p)
{
    const struct tagger_token *t = p->here;
    add(f, 30, tagger_mix(t->shape, t->flags & (TAGGER_FIRST | TAGGER_ALL_CAPS |
                                                TAGGER_TITLE)));
    add(f, 31, tagger_mix(p->before->shape, t->shape));
    add(f, 32, tagger_mix(t->shape, p->after->shape));
    add(f, 33, tagger_mix(tagger_mix(p->before->shape, t->shape),
                          p->after->shape));
    add(f, 34, t->form | (uint32_t)p->before->form << 4 |
                   (uint32_t)p->before2->form << 8 |
                   (uint32_t)p->after->form << 12 |
                   (uint32_t)p->after2->form << 16);
    add(f, 35, p->before->shape);
    add(f, 36, p->after->shape);
}

static void add_affixes(struct list *f, const struct place *p)
{
    const struct tagger_token *t = p->here;
    if (!is_word(t) && t->form != TAGGER_NUMBER)
        return;
    for (unsigned i = 0; i < TAGGER_AFFIXES; i++) {
        add(f, 40 + i, t->suffix[i]);
        add(f, 43 + i, t->prefix[i]);
    }
    add(f, 46, tagger_mix(t->suffix[1], t->form * 2u + (t->flags & TAGGER_FIRST)));
    add(f, 47, p->after->suffix[1]);
    add(f, 48, p->before->suffix[1]);
}

/* A run of capitalised words: what stands on both sides of it, its first and
 * last word, and where in it the token is. */
enum { RUN = 6 };

static void add_run(struct list *f, const struct place *p)
{
    if (!is_name(p->here))
        return;
    ptrdiff_t left = -1, right = 1;
    while (left > -RUN && is_name(neighbour(p->window, p->i, left)))
        left--;
    while (right < RUN && is_name(neighbour(p->window, p->i, right)))
        right++;
    const struct tagger_token *l = neighbour(p->window, p->i, left);
    const struct tagger_token *r = neighbour(p->window, p->i, right);
    const struct tagger_token *first = neighbour(p->window, p->i, left + 1);
    const struct tagger_token *last = neighbour(p->window, p->i, right - 1);
    uint32_t to_left = (uint32_t)-left, to_right = (uint32_t)right;
    add(f, 50, l->folded);
    add(f, 51, r->folded);
    add(f, 52, to_left | to_right << 4);
    add(f, 53, last->folded);
    add(f, 54, first->folded);
    add(f, 55, tagger_mix(l->folded, to_left));
    add(f, 56, tagger_mix(r->folded, to_right));
    add(f, 57, tagger_mix(last->suffix[1], to_right));
    add(f, 58, tagger_mix(last->folded, to_right));
    add(f, 59, l->class);
    add(f, 64, r->class);
}

/* Words by their company, from raw text. */
static void add_classes(struct list *f, const struct place *p)
{
    const struct tagger_token *t = p->here;
    uint32_t here = t->class, before = p->before->class;
    uint32_t after = p->after->class;
    add(f, 100, here);
    add(f, 101, before);
    add(f, 102, after);
    add(f, 103, before << 8 | here);
    add(f, 104, here << 8 | after);
    add(f, 105, before << 8 | after);
    add(f, 106, here << 8 | t->form);
}

static void add_lists(struct list *f, const struct place *p)
{
    const struct tagger_token *t = p->here;
    uint32_t here = t->lists, before = p->before->lists;
    uint32_t after = p->after->lists;
    if (here) {
        add(f, 110, here << 8 | t->form);
        add(f, 111, here << 16 | before << 8 | after);
        add(f, 114, here << 16 | before << 8 | p->before->form);
        add(f, 115, here << 16 | after << 8 | p->after->form);
    }
    if (before)
        add(f, 112, before << 8 | t->form);
    if (after)
        add(f, 113, after << 8 | t->form);
}

static void add_document(struct list *f, const struct place *p)
{
    const struct tagger_token *t = p->here;
    uint32_t form = t->form, seen = t->seen;
    add(f, 60, (seen & 15) | form << 4 | (t->flags & (uint32_t)TAGGER_FIRST) << 8);
    add(f, 61, seen >> 4 | form << 4);
    add(f, 62, (seen & 3) | (p->after->seen & 3u) << 2 |
                   (p->before->seen & 3u) << 4 | form << 6);
}

static void add_hints(struct list *f, const struct place *p)
{
    const struct tagger_token *t = p->here;
    for (unsigned i = 0; i < 2 && t->hint[i]; i++) {
        add(f, 70, t->hint[i]);
        add(f, 71, tagger_mix(t->hint[i], t->form));
        add(f, 72, tagger_mix(t->hint[i], p->before->folded));
        add(f, 73, tagger_mix(t->hint[i], p->after->folded));
    }
    if (p->before->hint[0])
        add(f, 74, p->before->hint[0]);
    if (p->after->hint[0])
        add(f, 75, p->after->hint[0]);
    if (t->hint[0] && (p->before->hint[0] || p->after->hint[0]))
        add(f, 76, tagger_mix(t->hint[0],
                              tagger_mix(p->before->hint[0], p->after->hint[0])));
}

size_t tagger_features(uint32_t *features, size_t *special,
                       const struct tagger_window *w, size_t i)
{
    struct list list = {features, 0};
    struct place place = place_at(w, i);
    add_special(&list, &place);
    *special = list.count;
    add_words(&list, &place);
    add_shapes(&list, &place);
    add_affixes(&list, &place);
    add_run(&list, &place);
    add_classes(&list, &place);
    add_lists(&list, &place);
    add_document(&list, &place);
    add_hints(&list, &place);
    assert(list.count <= TAGGER_FEATURES);
    return list.count;
}

/* ------------------------------------------------------------ second pass */

static unsigned type_at(const struct tagger_token *t)
{
    return t->label ? tagger_type(t->label) + 1 : 0;
}

static bool pair_at(const struct tagger_window *w, size_t i)
{
    return i + 1 < w->count && is_name(&w->tokens[i]) &&
           is_name(&w->tokens[i + 1]);
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
    return vote_result(vote_at(votes, mask, pair_hash(t))->types, type_at(t)) >> 1;
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
        if (!is_name(t))
            continue;
        struct vote *vote = vote_at(votes, mask, t->folded);
        vote->types[type_at(t)]++;
        vote->parts[type_at(t)] += is_part(w, i);
        if (pair_at(w, i))
            vote_at(votes, mask, pair_hash(t))->types[type_at(t)]++;
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
        if (!is_name(t))
            continue;
        const struct vote *vote = vote_at(votes, mask, t->folded);
        uint32_t word = vote_result(vote->types, type_at(t));
        uint32_t part = vote_result(vote->parts,
                                    is_part(w, i) ? type_at(t) : TYPES);
        uint32_t pair = pair_result(votes, mask, w, i);
        uint32_t pair_before = i ? pair_result(votes, mask, w, i - 1) : 0;
        t->vote[0] = word;
        t->vote[1] = tagger_mix(word, type_at(t));
        t->vote[2] = tagger_mix(word, t->form + 16u * (t->flags & TAGGER_FIRST));
        t->vote[3] = pair;
        t->vote[4] = pair_before;
        t->vote[5] = word | pair << 8 | pair_before << 16;
        t->vote[6] = part;
        t->vote[7] = part << 8 | word;
        t->vote_count = 8;
    }
}

/* What the first pass made of the token and its neighbours. */
static void add_labels(struct list *f, const struct place *p)
{
    uint32_t own = p->here->label + 1u;
    uint32_t left = p->before->label, right = p->after->label;
    add(f, 120, own);
    add(f, 121, own << 8 | left);
    add(f, 122, own << 8 | right);
    add(f, 123, own << 16 | left << 8 | right);
    add(f, 124, left << 8 | p->before2->label);
    add(f, 125, right << 8 | p->after2->label);
}

/* The nearest other name on one side, and what parts it from this token's own:
 * lists go on as they began. */
enum { NAME_TOKENS = 8, GAP_TOKENS = 10 };

struct side {
    uint32_t type, gap;
};

static bool is_inside(const struct place *p, ptrdiff_t k, ptrdiff_t step)
{
    const struct tagger_token *t = neighbour(p->window, p->i, k);
    const struct tagger_token *later = neighbour(p->window, p->i,
                                                 step > 0 ? k : k - step);
    return p->here->label && t->label && type_at(t) == type_at(p->here) &&
           !tagger_begins(later->label);
}

static struct side side_at(const struct place *p, ptrdiff_t step)
{
    ptrdiff_t k = step;
    while (k * step < NAME_TOKENS && is_inside(p, k, step))
        k += step;
    ptrdiff_t from = k;
    const struct tagger_token *t = neighbour(p->window, p->i, k), *first = t;
    while (k * step < GAP_TOKENS && t != &nothing && !t->label) {
        k += step;
        t = neighbour(p->window, p->i, k);
    }
    uint32_t wide = (k - from) * step > 2;
    return (struct side){type_at(t), k == from ? 0 : tagger_mix(first->folded,
                                                                wide)};
}

static void add_sides(struct list *f, const struct place *p)
{
    struct side left = side_at(p, -1), right = side_at(p, 1);
    add(f, 130, left.type);
    add(f, 131, right.type);
    add(f, 132, tagger_mix(left.type, left.gap));
    add(f, 133, tagger_mix(right.type, right.gap));
    add(f, 134, left.type << 8 | right.type << 4 | type_at(p->here));
}

static void add_votes(struct list *f, const struct place *p)
{
    const struct tagger_token *t = p->here;
    for (unsigned k = 0; k < t->vote_count; k++)
        add(f, 80 + k, t->vote[k]);
    if (p->before->vote_count) {
        add(f, 88, p->before->vote[0]);
        add(f, 89, p->before->vote[6]);
    }
    if (p->after->vote_count) {
        add(f, 90, p->after->vote[0]);
        add(f, 91, p->after->vote[6]);
    }
}

size_t tagger_vote_features(uint32_t *features, const struct tagger_window *w,
                            size_t i)
{
    struct list list = {features, 0};
    struct place place = place_at(w, i);
    add_votes(&list, &place);
    add_labels(&list, &place);
    add_sides(&list, &place);
    assert(list.count <= TAGGER_VOTES);
    return list.count;
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
    w->tokens = arena_array(arena, struct tagger_token, TAGGER_TOKENS);
    w->table = arena_alloc(arena, sizeof(union slots));
    w->count = 0;
}
