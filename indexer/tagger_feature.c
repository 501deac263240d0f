/* A token in its window goes in, hashed features come out. A feature's number is
 * part of its hash, so numbers and their meaning belong to the weights: whoever
 * changes them counts TAGGER_VERSION up and trains anew (make model). */
#include "indexer/tagger_feature.h"

#include <assert.h>

static bool is_word(const struct tagger_token *t)
{
    return t->form != TAGGER_MARK && t->form != TAGGER_NUMBER &&
           t->form != TAGGER_ADDRESS;
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
    add(f, 18, tagger_mix(p->before2->folded, p->before->folded));
    add(f, 19, tagger_mix(p->after->folded, p->after2->folded));
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
    add(f, 46, tagger_mix(t->suffix[1],
                          t->form * 2u + (t->flags & TAGGER_FIRST)));
}

/* A run of capitalised words: what stands on both sides of it, its first and
 * last word, and where in it the token is. */
enum { RUN = 6 };

static void add_run(struct list *f, const struct place *p)
{
    if (!tagger_is_name(p->here))
        return;
    ptrdiff_t left = -1, right = 1;
    while (left > -RUN && tagger_is_name(neighbour(p->window, p->i, left)))
        left--;
    while (right < RUN && tagger_is_name(neighbour(p->window, p->i, right)))
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
    add(f, 55, tagger_mix(l->folded, to_left));
    add(f, 58, tagger_mix(last->folded, to_right));
    add(f, 64, r->class);
    add(f, 140, (uint32_t)last->class << 8 | to_right);
    add(f, 141, (uint32_t)first->class << 8 | to_left);
    add(f, 144, (uint32_t)last->lists << 16 | (uint32_t)first->lists << 8 |
                    to_right << 4 | to_left);
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

/* What the first pass made of the token and its neighbours. */
static void add_labels(struct list *f, const struct place *p)
{
    uint32_t own = p->here->label + 1u;
    uint32_t left = p->before->label, right = p->after->label;
    add(f, 120, own);
    add(f, 121, own << 8 | left);
    add(f, 122, own << 8 | right);
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
    return p->here->label && t->label && tagger_type_at(t) == tagger_type_at(p->here) &&
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
    return (struct side){tagger_type_at(t), k == from ? 0 : tagger_mix(first->folded,
                                                                wide)};
}

static void add_sides(struct list *f, const struct place *p)
{
    struct side left = side_at(p, -1), right = side_at(p, 1);
    add(f, 130, left.type);
    add(f, 131, right.type);
    add(f, 132, tagger_mix(left.type, left.gap));
    add(f, 133, tagger_mix(right.type, right.gap));
    add(f, 134, left.type << 8 | right.type << 4 | tagger_type_at(p->here));
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
