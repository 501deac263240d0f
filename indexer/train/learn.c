/* Samples go in, weights come out. One row of weights a feature, and for every
 * set but 0 a second table of rows for a few of its features: what is peculiar
 * to that set is learnt there and left behind. */
#include "indexer/train/learn.h"

#include "common/error.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { L = TAGGER_LABELS, LANES = TAGGER_LANES };

struct row {
    lane16 weight, square; /* square: the sum of squared gradients */
};

struct learner {
    uint32_t row_count;
    unsigned set_count;
    struct row *rows;
    struct row **special; /* a table each set; [0] is NULL */
    lane16 *sum;          /* for the average */
    float transitions[LANES][LANES], squares[LANES][LANES];
    float transitions_sum[LANES][LANES];
    lane16 exp_to[LANES];   /* [from]: exp of transitions, by label after */
    lane16 exp_from[LANES]; /* [to]: the same, by label before */
    uint64_t random;
    /* Working memory, one place a token of a run. */
    lane16 *emission, *forward, *backward, *marginal;
    float *norm;
    uint8_t *origins;
    uint8_t *kept; /* one a feature of a run */
};

static void *memory(size_t count, size_t size)
{
    void *memory = aligned_alloc(64, (count * size + 63) & ~(size_t)63);
    if (!memory) {
        fputs("out of memory\n", stderr);
        exit(2);
    }
    return memset(memory, 0, count * size);
}

/* xorshift64*, Vigna 2016. */
static uint32_t random_next(struct learner *l)
{
    l->random ^= l->random >> 12;
    l->random ^= l->random << 25;
    l->random ^= l->random >> 27;
    return (uint32_t)(l->random * 2685821657736338717u >> 32);
}

struct learner *learner_open(uint32_t row_count, unsigned set_count)
{
    struct learner *l = memory(1, sizeof *l);
    l->row_count = row_count;
    l->set_count = set_count;
    l->rows = memory(row_count, sizeof *l->rows);
    l->sum = memory(row_count, sizeof *l->sum);
    l->special = memory(set_count, sizeof *l->special);
    for (unsigned i = 1; i < set_count; i++)
        l->special[i] = memory(row_count, sizeof **l->special);
    l->emission = memory(TAGGER_TOKENS, sizeof(lane16));
    l->forward = memory(TAGGER_TOKENS, sizeof(lane16));
    l->backward = memory(TAGGER_TOKENS, sizeof(lane16));
    l->marginal = memory(TAGGER_TOKENS, sizeof(lane16));
    l->norm = memory(TAGGER_TOKENS, sizeof(float));
    l->origins = memory(TAGGER_TOKENS, LANES);
    l->kept = memory(TAGGER_TOKENS, TAGGER_FEATURES + TAGGER_VOTES);
    return l;
}

void learner_close(struct learner *l)
{
    for (unsigned i = 1; i < l->set_count; i++)
        free(l->special[i]);
    void *parts[] = {l->rows, l->sum, l->special, l->emission, l->forward,
                     l->backward, l->marginal, l->norm, l->origins, l->kept, l};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        free(parts[i]);
}

static void forget(struct learner *l)
{
    memset(l->rows, 0, l->row_count * sizeof *l->rows);
    for (unsigned i = 1; i < l->set_count; i++)
        memset(l->special[i], 0, l->row_count * sizeof **l->special);
    memset(l->transitions, 0, sizeof l->transitions);
    memset(l->squares, 0, sizeof l->squares);
}

static void forget_sums(struct learner *l)
{
    memset(l->sum, 0, l->row_count * sizeof *l->sum);
    memset(l->transitions_sum, 0, sizeof l->transitions_sum);
    l->random = 88172645463325252u;
}

static void raise_transitions(struct learner *l)
{
    for (unsigned a = 0; a < L; a++)
        for (unsigned b = 0; b < L; b++) {
            float e = tagger_follows(b, a) ? expf(l->transitions[a][b]) : 0;
            l->exp_to[a][b] = e;
            l->exp_from[b][a] = e;
        }
}

/* ------------------------------------------------- a run of scored tokens */

struct run {
    const struct sample *sample;
    size_t start, length;
    const uint32_t *vote_rows, *vote_start; /* NULL: first pass */
    struct row *special;                    /* NULL: none */
    float drop;
};

/* Visits the rows of token i of a run in a fixed order. */
struct row_walk {
    const uint32_t *rows, *end, *votes, *votes_end;
    const uint32_t *special_end;
};

static struct row_walk row_walk(const struct run *run, size_t i)
{
    const struct sample *s = run->sample;
    size_t at = run->start + i;
    struct row_walk w = {s->rows + s->row_start[at],
                         s->rows + s->row_start[at + 1], NULL, NULL, NULL};
    if (run->vote_rows) {
        w.votes = run->vote_rows + run->vote_start[at];
        w.votes_end = run->vote_rows + run->vote_start[at + 1];
    }
    w.special_end = run->special ? w.rows + s->special[at] : w.rows;
    return w;
}

static uint8_t *choose_kept(struct learner *l, const struct run *run,
                            uint8_t *kept, const struct row_walk *w)
{
    size_t count = (size_t)(w->end - w->rows) + (size_t)(w->votes_end - w->votes);
    uint32_t threshold = (uint32_t)(run->drop * 4294967295.0f);
    for (size_t i = 0; i < count; i++)
        *kept++ = !run->drop || random_next(l) >= threshold;
    return kept;
}

static void score(struct learner *l, const struct run *run)
{
    uint8_t *kept = l->kept;
    float scale = 1 / (1 - run->drop);
    for (size_t i = 0; i < run->length; i++) {
        struct row_walk w = row_walk(run, i);
        const uint8_t *keep = kept;
        kept = choose_kept(l, run, kept, &w);
        lane16 sum = {0};
        for (const uint32_t *r = w.rows; r < w.end; r++, keep++) {
            if (!*keep)
                continue;
            sum += l->rows[*r].weight;
            if (r < w.special_end)
                sum += run->special[*r].weight;
        }
        for (const uint32_t *r = w.votes; r < w.votes_end; r++)
            if (*keep++)
                sum += l->rows[*r].weight;
        l->emission[i] = sum * scale;
    }
}

/* exp, so that the largest of a token is 1. */
static void raise_emissions(struct learner *l, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        float most = l->emission[i][0];
        for (unsigned b = 1; b < L; b++)
            most = l->emission[i][b] > most ? l->emission[i][b] : most;
        for (unsigned b = 0; b < L; b++)
            l->emission[i][b] = expf(l->emission[i][b] - most);
        l->emission[i][L] = 0;
    }
}

static lane16 mask_of(unsigned allowed)
{
    lane16 mask = {0};
    for (unsigned b = 0; b < L; b++)
        mask[b] = (float)(allowed >> b & 1);
    return mask;
}

static float total(lane16 v)
{
    float sum = 0;
    for (unsigned b = 0; b < L; b++)
        sum += v[b];
    return sum;
}

static unsigned first_labels(void)
{
    unsigned labels = 0;
    for (unsigned b = 0; b < L; b++)
        labels |= (unsigned)tagger_follows(b, 0) << b;
    return labels;
}

/* Adds sign × the probability of each label and of each pair of labels, among
 * the sequences that `allowed` allows (NULL: all). Returns the logarithm of
 * their sum, NAN when there is none. */
static double sums(struct learner *l, const uint16_t *allowed, size_t length,
                   float sign, lane16 pairs[LANES])
{
    double log_sum = 0;
    for (size_t i = 0; i < length; i++) {
        lane16 v = {0};
        if (!i)
            v = mask_of(first_labels());
        else
            for (unsigned a = 0; a < L; a++)
                v += l->forward[i - 1][a] * l->exp_to[a];
        v *= l->emission[i];
        if (allowed)
            v *= mask_of(allowed[i]);
        float norm = total(v);
        if (!(norm > 0))
            return NAN;
        l->norm[i] = norm;
        log_sum += log(norm);
        l->forward[i] = v / norm;
    }
    l->backward[length - 1] = mask_of((1u << L) - 1);
    for (size_t i = length - 1; i-- > 0;) {
        lane16 next = l->emission[i + 1] * l->backward[i + 1] / l->norm[i + 1];
        if (allowed)
            next *= mask_of(allowed[i + 1]);
        lane16 v = {0};
        for (unsigned b = 0; b < L; b++)
            v += next[b] * l->exp_from[b];
        l->backward[i] = v;
        for (unsigned a = 0; a < L; a++)
            pairs[a] += sign * l->forward[i][a] * l->exp_to[a] * next;
    }
    for (size_t i = 0; i < length; i++)
        l->marginal[i] += sign * l->forward[i] * l->backward[i];
    return log_sum;
}

/* ------------------------------------------------------------------ steps */

static lane16 roots(lane16 v)
{
    for (unsigned b = 0; b < LANES; b++)
        v[b] = sqrtf(v[b]);
    return v;
}

static void update(struct row *row, lane16 gradient, float rate)
{
    row->square += gradient * gradient;
    row->weight += rate * gradient / roots(row->square + 1e-4f);
}

static float largest(lane16 v)
{
    float most = 0;
    for (unsigned b = 0; b < L; b++)
        most = fabsf(v[b]) > most ? fabsf(v[b]) : most;
    return most;
}

static void update_rows(struct learner *l, const struct run *run, float rate)
{
    const uint8_t *keep = l->kept;
    for (size_t i = 0; i < run->length; i++) {
        struct row_walk w = row_walk(run, i);
        size_t count = (size_t)(w.end - w.rows) + (size_t)(w.votes_end - w.votes);
        if (largest(l->marginal[i]) < 1e-3f) {
            keep += count;
            continue;
        }
        lane16 gradient = l->marginal[i] * run->sample->weight;
        for (const uint32_t *r = w.rows; r < w.end; r++) {
            if (!*keep++)
                continue;
            update(&l->rows[*r], gradient, rate);
            if (r < w.special_end)
                update(&run->special[*r], gradient, rate);
        }
        for (const uint32_t *r = w.votes; r < w.votes_end; r++)
            if (*keep++)
                update(&l->rows[*r], gradient, rate);
    }
}

static void update_transitions(struct learner *l, lane16 pairs[LANES],
                               float weight, float rate)
{
    for (unsigned a = 0; a < L; a++)
        for (unsigned b = 0; b < L; b++) {
            if (!tagger_follows(b, a))
                continue;
            float g = pairs[a][b] * weight;
            l->squares[a][b] += g * g;
            l->transitions[a][b] += rate * g / sqrtf(l->squares[a][b] + 1e-2f);
        }
}

/* One step; returns the loss. */
static double learn_run(struct learner *l, const struct run *run, float rate)
{
    const uint16_t *allowed = run->sample->allowed + run->start;
    lane16 pairs[LANES] = {{0}};
    score(l, run);
    raise_emissions(l, run->length);
    memset(l->marginal, 0, run->length * sizeof *l->marginal);
    double wanted = sums(l, allowed, run->length, 1, pairs);
    if (isnan(wanted))
        return 0;
    double all = sums(l, NULL, run->length, -1, pairs);
    if (isnan(all))
        return 0;
    update_rows(l, run, rate);
    update_transitions(l, pairs, run->sample->weight, rate);
    return all - wanted;
}

/* Walks the runs of a sample; false at the end. */
static bool run_next(struct run *run)
{
    const struct sample *s = run->sample;
    struct tagger_window w = {.tokens = s->tokens, .count = s->count};
    for (size_t i = run->start + run->length; i < s->count; i++) {
        size_t end = tagger_run_end(&w, i);
        if (end > i) {
            run->start = i;
            run->length = end - i;
            return true;
        }
    }
    return false;
}

static double learn_sample(struct learner *l, const struct sample *sample,
                           bool votes, float drop, float rate)
{
    struct run run = {.sample = sample, .drop = drop,
                      .special = l->special[sample->set]};
    if (votes) {
        run.vote_rows = sample->vote_rows;
        run.vote_start = sample->vote_start;
    }
    double loss = 0;
    for (unsigned n = 0; run_next(&run); n++) {
        loss += learn_run(l, &run, rate);
        if (n % 8 == 0)
            raise_transitions(l);
    }
    return loss;
}

static void add_to_average(struct learner *l)
{
    for (uint32_t i = 0; i < l->row_count; i++)
        l->sum[i] += l->rows[i].weight;
    for (unsigned a = 0; a < L; a++)
        for (unsigned b = 0; b < L; b++)
            l->transitions_sum[a][b] += l->transitions[a][b];
}

static void take_average(struct learner *l, unsigned count)
{
    float scale = 1 / (float)count;
    for (uint32_t i = 0; i < l->row_count; i++)
        l->rows[i].weight = l->sum[i] * scale;
    for (unsigned a = 0; a < L; a++)
        for (unsigned b = 0; b < L; b++)
            l->transitions[a][b] = l->transitions_sum[a][b] * scale;
}

static void shuffle(struct learner *l, size_t *order, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = random_next(l) % i, other = order[i - 1];
        order[i - 1] = order[j];
        order[j] = other;
    }
}

static void learn_once(struct learner *l, struct samples *samples,
                       size_t *order, size_t count,
                       const struct learn_options *o)
{
    forget(l);
    raise_transitions(l);
    for (unsigned epoch = 0; epoch < o->epochs; epoch++) {
        float rate = o->rate / (1 + o->decay * (float)epoch);
        double loss = 0;
        shuffle(l, order, count);
        for (size_t k = 0; k < count; k++)
            loss += learn_sample(l, &samples->items[order[k]],
                                 o->votes && (order[k] + epoch) % 2, o->drop,
                                 rate);
        if (epoch + o->average >= o->epochs)
            add_to_average(l);
        fprintf(stderr, "%s: epoch %u of %u, %zu texts, loss %.0f\n", o->name,
                epoch + 1, o->epochs, count, loss);
    }
}

void learner_fit(struct learner *l, struct samples *samples, const bool *use,
                 const struct learn_options *o)
{
    size_t *order = memory(samples->count + 1, sizeof *order), count = 0;
    for (size_t i = 0; i < samples->count; i++)
        if (use[i])
            order[count++] = i;
    unsigned repeats = o->average && o->repeats ? o->repeats : 1;
    assert(o->average <= o->epochs);
    forget_sums(l);
    for (unsigned i = 0; i < repeats; i++)
        learn_once(l, samples, order, count, o);
    if (o->average)
        take_average(l, o->average * repeats);
    raise_transitions(l);
    free(order);
}

/* ------------------------------------------------------------- predicting */

static void decode(struct learner *l, struct tagger_token *tokens, size_t length)
{
    float path[L], next[L];
    for (unsigned b = 0; b < L; b++)
        path[b] = tagger_follows(b, 0) ? l->emission[0][b] : -1e9f;
    for (size_t i = 1; i < length; i++) {
        for (unsigned b = 0; b < L; b++) {
            unsigned from = 0;
            float best = -1e18f;
            for (unsigned a = 0; a < L; a++)
                if (tagger_follows(b, a) && path[a] + l->transitions[a][b] > best) {
                    best = path[a] + l->transitions[a][b];
                    from = a;
                }
            next[b] = best + l->emission[i][b];
            l->origins[i * LANES + b] = (uint8_t)from;
        }
        memcpy(path, next, sizeof path);
    }
    unsigned label = 0;
    for (unsigned b = 1; b < L; b++)
        if (path[b] > path[label])
            label = b;
    for (size_t i = length; i-- > 0;) {
        tokens[i].label = (uint8_t)label;
        label = l->origins[i * LANES + label];
    }
}

void learner_predict(struct learner *l, struct sample *sample, bool as_set_0)
{
    struct run run = {.sample = sample};
    if (!as_set_0)
        run.special = l->special[sample->set];
    while (run_next(&run)) {
        score(l, &run);
        decode(l, sample->tokens + run.start, run.length);
    }
}

/* ---------------------------------------------------------------- writing */

static int compare_down(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x < y) - (x > y);
}

/* What one unit of the written weights is: half a per cent of the rows in use
 * hold a weight beyond 127 of them, which is cut. */
static float find_scale(const struct learner *l)
{
    float *most = memory(l->row_count, sizeof *most);
    size_t used = 0;
    for (uint32_t i = 0; i < l->row_count; i++) {
        most[i] = largest(l->rows[i].weight);
        used += most[i] > 0;
    }
    qsort(most, l->row_count, sizeof *most, compare_down);
    float scale = most[used / 200] / 127;
    free(most);
    return scale > 0 ? scale : 1;
}

static int rounded(float weight, float scale, int limit)
{
    float v = rintf(weight / scale);
    if (v > (float)limit)
        return limit;
    return v < (float)-limit ? -limit : (int)v;
}

static void fill_header(struct tagger_header *h, const struct learner *l,
                        float scale)
{
    memset(h, 0, sizeof *h);
    memcpy(h->magic, TAGGER_MAGIC, sizeof h->magic);
    h->version = TAGGER_VERSION;
    h->row_count = l->row_count;
    for (unsigned a = 0; a < LANES; a++)
        for (unsigned b = 0; b < LANES; b++)
            h->transitions[a][b] =
                a < L && b < L && tagger_follows(b, a)
                    ? (int16_t)rounded(l->transitions[a][b], scale,
                                       -TAGGER_IMPOSSIBLE)
                    : TAGGER_IMPOSSIBLE;
}

dateline_status learner_write(const struct learner *l,
                              const struct tagger_lexicon *lexicon,
                              const char *path, dateline_error *error)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return error_set(error, DATELINE_IO, "%s: %s", path, strerror(errno));
    struct tagger_header header;
    float scale = find_scale(l);
    fill_header(&header, l, scale);
    header.slot_count = lexicon->slot_count;
    fwrite(&header, sizeof header, 1, file);
    for (uint32_t i = 0; i < l->row_count; i++) {
        int8_t row[LANES] = {0};
        for (unsigned b = 0; b < L; b++)
            row[tagger_byte(b)] = (int8_t)rounded(l->rows[i].weight[b], scale,
                                                  127);
        fwrite(row, sizeof row, 1, file);
    }
    fwrite(lexicon->slots, sizeof *lexicon->slots, lexicon->slot_count, file);
    bool failed = ferror(file);
    if (fclose(file) || failed)
        return error_set(error, DATELINE_IO, "%s: cannot be written", path);
    return DATELINE_OK;
}
