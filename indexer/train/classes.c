/* A text as numbers goes in, a class for each number comes out. */
#include "indexer/train/classes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The neighbours of every word on one side, those of a word together. */
struct neighbours {
    uint32_t *words;
    size_t *starts;
};

/* How often the word in hand meets each class on one side. */
struct meetings {
    uint32_t count[CLASSES];
    unsigned met[CLASSES], met_count;
};

struct exchange {
    uint8_t *classes;
    uint32_t word_count;
    size_t *counts; /* of words */
    struct neighbours after, before;
    int64_t (*pairs)[CLASSES];
    int64_t totals[CLASSES];
    double *table; /* n log n */
    size_t table_size;
    struct meetings right, left;
    uint32_t self; /* the word beside itself */
};

static void *memory(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (!memory) {
        fputs("out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

static double n_log_n(const struct exchange *x, int64_t n)
{
    if (n <= 0)
        return 0;
    if ((size_t)n < x->table_size)
        return x->table[n];
    return (double)n * log((double)n);
}

static struct neighbours neighbours_of(const struct exchange *x,
                                       const uint32_t *sequence, size_t length,
                                       int side)
{
    struct neighbours n = {memory(length, sizeof *n.words),
                           memory(x->word_count + 1u, sizeof *n.starts)};
    size_t *at = memory(x->word_count, sizeof *at);
    for (uint32_t w = 0; w < x->word_count; w++)
        n.starts[w + 1] = n.starts[w] + x->counts[w];
    memcpy(at, n.starts, x->word_count * sizeof *at);
    for (size_t i = 0; i < length; i++) {
        /* the text is taken as a ring, so every word has both neighbours */
        size_t k = side > 0 ? i + 1 : i + length - 1;
        n.words[at[sequence[i]]++] = sequence[k % length];
    }
    free(at);
    return n;
}

static void meet(struct meetings *m, const struct exchange *x,
                 const struct neighbours *n, uint32_t word, uint32_t *self)
{
    memset(m, 0, sizeof *m);
    for (size_t i = n->starts[word]; i < n->starts[word + 1]; i++)
        if (n->words[i] == word)
            ++*self;
        else
            m->count[x->classes[n->words[i]]]++;
    for (unsigned c = 0; c < CLASSES; c++)
        if (m->count[c])
            m->met[m->met_count++] = c;
}

/* Takes the word in hand out of a class (sign -1) or puts it in (1). */
static void shift(struct exchange *x, uint32_t word, unsigned class, int sign)
{
    for (unsigned i = 0; i < x->right.met_count; i++) {
        unsigned c = x->right.met[i];
        x->pairs[class][c] += sign * (int64_t)x->right.count[c];
    }
    for (unsigned i = 0; i < x->left.met_count; i++) {
        unsigned c = x->left.met[i];
        x->pairs[c][class] += sign * (int64_t)x->left.count[c];
    }
    x->pairs[class][class] += sign * (int64_t)x->self;
    x->totals[class] += sign * (int64_t)x->counts[word];
}

/* What the likelihood of the text gains when the word joins a class. */
static double gain(const struct exchange *x, uint32_t word, unsigned class)
{
    double sum = 0;
    for (unsigned i = 0; i < x->right.met_count; i++) {
        unsigned c = x->right.met[i];
        int64_t n = x->pairs[class][c];
        if (c != class)
            sum += n_log_n(x, n + x->right.count[c]) - n_log_n(x, n);
    }
    for (unsigned i = 0; i < x->left.met_count; i++) {
        unsigned c = x->left.met[i];
        int64_t n = x->pairs[c][class];
        if (c != class)
            sum += n_log_n(x, n + x->left.count[c]) - n_log_n(x, n);
    }
    int64_t inside = x->pairs[class][class], total = x->totals[class];
    sum += n_log_n(x, inside + x->right.count[class] + x->left.count[class] +
                          x->self) -
           n_log_n(x, inside);
    return sum - 2 * (n_log_n(x, total + (int64_t)x->counts[word]) -
                      n_log_n(x, total));
}

/* Moves a word to its best class; tells whether that is another. */
static int move(struct exchange *x, uint32_t word)
{
    unsigned from = x->classes[word], best = from;
    uint32_t again = 0;
    x->self = 0;
    meet(&x->right, x, &x->after, word, &x->self);
    meet(&x->left, x, &x->before, word, &again);
    shift(x, word, from, -1);
    double most = gain(x, word, from);
    for (unsigned c = 0; c < CLASSES; c++) {
        double here = gain(x, word, c);
        if (here > most) {
            most = here;
            best = c;
        }
    }
    shift(x, word, best, 1);
    x->classes[word] = (uint8_t)best;
    return best != from;
}

static void exchange_open(struct exchange *x, const uint32_t *sequence,
                          size_t length)
{
    x->counts = memory(x->word_count, sizeof *x->counts);
    for (size_t i = 0; i < length; i++)
        x->counts[sequence[i]]++;
    x->after = neighbours_of(x, sequence, length, 1);
    x->before = neighbours_of(x, sequence, length, -1);
    x->pairs = memory(CLASSES, sizeof *x->pairs);
    for (size_t i = 0; i < length; i++) {
        x->pairs[x->classes[sequence[i]]]
                [x->classes[sequence[(i + 1) % length]]]++;
        x->totals[x->classes[sequence[i]]]++;
    }
    x->table_size = 4u << 20;
    x->table = memory(x->table_size, sizeof *x->table);
    for (size_t i = 1; i < x->table_size; i++)
        x->table[i] = (double)i * log((double)i);
}

void classes_learn(uint8_t *classes, const uint32_t *sequence, size_t length,
                   uint32_t word_count, unsigned rounds)
{
    struct exchange *x = memory(1, sizeof *x);
    x->classes = classes;
    x->word_count = word_count;
    for (uint32_t w = 0; w < word_count; w++)
        classes[w] = (uint8_t)(w < CLASSES ? w : w * 7919u % CLASSES);
    exchange_open(x, sequence, length);
    for (unsigned round = 0; round < rounds; round++) {
        uint32_t moved = 0;
        for (uint32_t w = 0; w < word_count; w++)
            moved += (uint32_t)move(x, w);
        fprintf(stderr, "classes: round %u, %u of %u words moved\n", round + 1,
                moved, word_count);
        if (moved < word_count / 200)
            break;
    }
    void *parts[] = {x->counts, x->after.words, x->after.starts,
                     x->before.words, x->before.starts, x->pairs, x->table, x};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        free(parts[i]);
}
