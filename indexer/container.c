/* Scored from below, widened while the neighbours bring more good paragraphs,
 * narrowed through wrappers that add nothing. */
#include "indexer/container.h"

#include "indexer/furniture.h"

#include <stdio.h>

struct search {
    struct arena *arena;
    const struct segments *segments;
    const bool *linked;
    const struct node *body;
    uint32_t nodes;
    float *below; /* per node: weight of the paragraphs in it */
};

static void sum_below(struct search *c)
{
    for (size_t i = 0; i < c->segments->count; i++) {
        const struct segment *s = &c->segments->items[i];
        float weight = s->weight;
        if (c->linked[i])
            weight = 3 * (weight > (float)s->characters ? weight : (float)s->characters);
        for (const struct node *n = s->element; weight > 0 && n; n = n->parent)
            c->below[n->number] += weight;
    }
}

/* Paragraphs speak for their parents, less the further up. */
static const struct node *best_scored(struct search *c)
{
    static const float share[] = {1, 0.85f, 0.65f, 0.45f, 0.3f, 0.2f};
    float *score = arena_array(c->arena, float, c->nodes);
    const struct node **met = arena_array(c->arena, const struct node *, c->nodes);
    size_t count = 0;
    for (size_t i = 0; i < c->segments->count; i++) {
        const struct segment *s = &c->segments->items[i];
        const struct node *n = s->element;
        if (s->weight <= 0)
            continue;
        if ((n->tag == TAG_P || n->tag == TAG_LI || n->tag == TAG_TD ||
             n->tag == TAG_BLOCKQUOTE || n->tag == TAG_PRE) && n->parent)
            n = n->parent;
        for (size_t up = 0; n && up < sizeof share / sizeof *share; up++, n = n->parent) {
            if (score[n->number] == 0)
                met[count++] = n;
            score[n->number] += s->weight * share[up];
            if (n == c->body)
                break;
        }
    }
    const struct node *best = c->body;
    float most = 0;
    for (size_t i = 0; i < count; i++) {
        float value = score[met[i]->number];
        char names[1024];
        const char *class = tree_attribute(met[i], ATTRIBUTE_CLASS);
        const char *id = tree_attribute(met[i], ATTRIBUTE_ID);
        const char *property = tree_attribute(met[i], ATTRIBUTE_ITEMPROP);
        snprintf(names, sizeof names, "%s %s %s", class ? class : "", id ? id : "",
                 property ? property : "");
        if (furniture_is_body_name(names))
            value *= 1.4f;
        if (met[i]->tag == TAG_ARTICLE)
            value *= 1.15f;
        if (value > most)
            most = value, best = met[i];
    }
    return best;
}

/* What an element's text is made of. */
struct makeup {
    float characters, link;
    unsigned linked_headings;
};

static struct makeup *sum_makeup(struct search *c)
{
    struct makeup *sums = arena_array(c->arena, struct makeup, c->nodes);
    for (size_t i = 0; i < c->segments->count; i++) {
        const struct segment *s = &c->segments->items[i];
        for (const struct node *n = s->element; n; n = n->parent) {
            struct makeup *m = &sums[n->number];
            m->characters += (float)s->characters;
            m->link += (float)s->characters * s->link;
            m->linked_headings += s->heading && s->link > 0.7f;
        }
    }
    return sums;
}

/* Upwards while the neighbours bring good text that is no list of teasers. */
static const struct node *widen(struct search *c, const struct node *best,
                                const struct makeup *sums)
{
    for (int step = 0; step < 12 && best != c->body && best->parent; step++) {
        const struct node *parent = best->parent;
        float good = 0, all = 0;
        for (const struct node *n = parent->first; n; n = n->next) {
            const struct makeup *m = &sums[n->number];
            if (n == best || c->below[n->number] <= 0)
                continue;
            all += c->below[n->number];
            if (m->link < 0.3f * m->characters &&
                (float)m->linked_headings * 1200 < m->characters)
                good += c->below[n->number];
        }
        if (all == 0 && parent == c->body)
            break;
        if (all > 0 && !(good > 0.08f * c->below[best->number] && good >= 0.65f * all))
            break;
        best = parent;
    }
    return best;
}

/* Downwards through elements that hold nothing but the next one. */
static const struct node *narrow(const struct search *c, const struct node *best)
{
    for (;;) {
        const struct node *only = NULL;
        for (const struct node *n = best->first; n; n = n->next)
            if (n->tag != TAG_TEXT && c->below[best->number] > 0 &&
                c->below[n->number] >= 0.999f * c->below[best->number])
                only = n;
        if (!only)
            break;
        best = only;
    }
    bool line = best->tag == TAG_P || best->tag == TAG_SPAN || best->tag == TAG_LI ||
                best->tag == TAG_BLOCKQUOTE || best->tag == TAG_TD;
    return line && best != c->body && best->parent ? best->parent : best;
}

const struct node *container_find(struct arena *arena, const struct tree *tree,
                                  const struct segments *segments, const bool *linked)
{
    const struct node *body = tree_find(tree, NULL, TAG_BODY);
    struct search c = {.arena = arena,
                       .segments = segments,
                       .linked = linked,
                       .body = body ? body : tree->root,
                       .nodes = tree->count,
                       .below = arena_array(arena, float, tree->count)};
    sum_below(&c);
    if (c.below[c.body->number] <= 0)
        return c.body;
    return narrow(&c, widen(&c, best_scored(&c), sum_makeup(&c)));
}
