/* Text and the labels of earlier stages go in, names come out: score each token
 * near a capital or digit, find the best sequence of labels (Viterbi), let every
 * word hear what it was elsewhere in the article, score and find once more. */
#include "indexer/tagger.h"

#include "common/error.h"
#include "common/limit.h"
#include "indexer/seen.h"
#include "indexer/tagger_model.h"

#include <errno.h>
#include <string.h>

typedef int16_t scores[TAGGER_LANES];

struct tagger {
    struct arena arena;
    struct tagger_model model;
    struct buffer file; /* the model's bytes, when they are not built in */
    struct tagger_window window;
    scores *emissions;                  /* one a token */
    uint8_t (*origins)[TAGGER_LANES];   /* the best label before, a label */
};

/* ---------------------------------------------------------------- scoring */

/* Eight lanes of 16 bits: what one register of any 64-bit machine holds. */
typedef int16_t lanes __attribute__((vector_size(16)));
typedef int8_t bytes16 __attribute__((vector_size(16)));

/* The low and the high eight of sixteen bytes, each widened with its sign. */
static inline lanes widen_low(bytes16 b)
{
    const bytes16 zero = {0};
    return (lanes)__builtin_shufflevector(zero, b, 0, 16, 0, 17, 0, 18, 0, 19,
                                          0, 20, 0, 21, 0, 22, 0, 23) >> 8;
}

static inline lanes widen_high(bytes16 b)
{
    const bytes16 zero = {0};
    return (lanes)__builtin_shufflevector(zero, b, 0, 24, 0, 25, 0, 26, 0, 27,
                                          0, 28, 0, 29, 0, 30, 0, 31) >> 8;
}

/* Adds the rows of some features. */
static void add_rows(scores out, const struct tagger_model *model,
                     const uint32_t *features, size_t count)
{
    lanes low, high;
    memcpy(&low, out, sizeof low);
    memcpy(&high, out + 8, sizeof high);
    for (size_t i = 0; i < count; i++) {
        bytes16 row;
        memcpy(&row, model->rows + TAGGER_LANES *
                     tagger_row(features[i], model->row_count), sizeof row);
        low += widen_low(row);
        high += widen_high(row);
    }
    memcpy(out, &low, sizeof low);
    memcpy(out + 8, &high, sizeof high);
}

static void score_first(struct tagger *tagger)
{
    const struct tagger_window *w = &tagger->window;
    uint32_t features[TAGGER_FEATURES];
    for (size_t i = 0; i < w->count; i++) {
        if (!(w->tokens[i].flags & TAGGER_NEAR))
            continue;
        size_t special, count = tagger_features(features, &special, w, i);
        memset(tagger->emissions[i], 0, sizeof(scores));
        add_rows(tagger->emissions[i], &tagger->model, features, count);
    }
}

static void score_votes(struct tagger *tagger)
{
    const struct tagger_window *w = &tagger->window;
    uint32_t features[TAGGER_VOTES];
    for (size_t i = 0; i < w->count; i++) {
        if (!(w->tokens[i].flags & TAGGER_NEAR))
            continue;
        size_t count = tagger_vote_features(features, w, i);
        add_rows(tagger->emissions[i], &tagger->model, features, count);
    }
}

/* --------------------------------------------------------------- decoding */

static int16_t best_of(const scores path)
{
    int16_t best = path[0];
    for (unsigned i = 1; i < TAGGER_LABELS; i++)
        best = path[i] > best ? path[i] : best;
    return best;
}

/* Counts from the best path; what is hopelessly behind stays there, so that
 * sums fit into 16 bits. */
static void settle(scores path)
{
    int best = best_of(path);
    for (unsigned i = 0; i < TAGGER_LABELS; i++) {
        int behind = path[i] - best;
        path[i] = (int16_t)(behind < TAGGER_IMPOSSIBLE ? TAGGER_IMPOSSIBLE
                                                       : behind);
    }
}

/* One step of Viterbi's algorithm: from the scores of all paths that end in
 * each label to those one token further. */
static void step(scores path, uint8_t *origin, const scores emission,
                 const struct tagger_model *model)
{
    lanes low = {0}, high = {0}, from_low = {0}, from_high = {0};
    low += INT16_MIN;
    high += INT16_MIN;
    for (unsigned a = 0; a < TAGGER_LABELS; a++) {
        lanes l, h;
        memcpy(&l, model->transitions[a], sizeof l);
        memcpy(&h, model->transitions[a] + 8, sizeof h);
        l += path[a];
        h += path[a];
        lanes better_low = l > low, better_high = h > high;
        low = (l & better_low) | (low & ~better_low);
        high = (h & better_high) | (high & ~better_high);
        from_low = ((int16_t)a & better_low) | (from_low & ~better_low);
        from_high = ((int16_t)a & better_high) | (from_high & ~better_high);
    }
    memcpy(path, &low, sizeof low);
    memcpy(path + 8, &high, sizeof high);
    for (unsigned i = 0; i < 8; i++) {
        origin[i] = (uint8_t)from_low[i];
        origin[8 + i] = (uint8_t)from_high[i];
    }
    settle(path);
    for (unsigned i = 0; i < TAGGER_LABELS; i++)
        path[i] = (int16_t)(path[i] + emission[i]);
    settle(path);
}

static void decode(struct tagger *tagger, size_t start, size_t end)
{
    struct tagger_token *tokens = tagger->window.tokens;
    scores path = {0};
    for (unsigned i = 0; i < TAGGER_LABELS; i++)
        path[i] = tagger_follows(i, 0) ? tagger->emissions[start][i]
                                       : TAGGER_IMPOSSIBLE;
    settle(path);
    for (size_t i = start + 1; i < end; i++)
        step(path, tagger->origins[i], tagger->emissions[i], &tagger->model);
    unsigned label = 0;
    for (unsigned i = 1; i < TAGGER_LABELS; i++)
        if (path[i] > path[label])
            label = i;
    for (size_t i = end; i-- > start;) {
        tokens[i].label = (uint8_t)label;
        label = tagger->origins[i][label];
    }
}

static void decode_all(struct tagger *tagger)
{
    const struct tagger_window *w = &tagger->window;
    for (size_t i = 0; i < w->count;) {
        size_t end = tagger_run_end(w, i);
        if (end > i)
            decode(tagger, i, end);
        i = end > i ? end : i + 1;
    }
}

/* ------------------------------------------------------------------ labels */

static void add_labels(struct labels *labels, const struct tagger_window *w)
{
    for (size_t i = 0; i < w->count;) {
        unsigned label = w->tokens[i].label;
        size_t end = i + 1;
        if (label) {
            while (end < w->count && w->tokens[end].label &&
                   !tagger_begins(w->tokens[end].label))
                end++;
            label_add(labels, w->tokens[i].start, w->tokens[end - 1].end,
                      tagger_types[tagger_type(label)], DATELINE_BY_TAGGER);
        }
        i = end;
    }
}

void tagger_tag(struct labels *labels, struct tagger *tagger, const char *text,
                size_t length)
{
    size_t hints = 0;
    struct labels earlier = *labels;
    for (size_t at = 0; at < length;) {
        at = tagger_window_read(&tagger->window, text, length, at);
        tagger_window_hint(&tagger->window, &earlier, &hints);
        score_first(tagger);
        decode_all(tagger);
        tagger_window_vote(&tagger->window);
        score_votes(tagger);
        decode_all(tagger);
        add_labels(labels, &tagger->window);
    }
}

/* ----------------------------------------------------------------- loading */

static dateline_status read_file(struct buffer *out, const char *path,
                                 dateline_error *error)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return error_set(error, DATELINE_IO, "%s: %s", path, strerror(errno));
    char piece[65536];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, file)) > 0 &&
           out->length <= LIMIT_MODEL_BYTES)
        buffer_add(out, piece, n);
    int failed = ferror(file) ? errno : 0;
    fclose(file);
    if (failed)
        return error_set(error, DATELINE_IO, "%s: %s", path, strerror(failed));
    if (out->length > LIMIT_MODEL_BYTES)
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "%s: over %u bytes, too long for the tagger's weights",
                         path, (unsigned)LIMIT_MODEL_BYTES);
    return DATELINE_OK;
}

/* The bytes are the file's, which stays with the tagger, or built in. */
static dateline_status model_load(struct tagger_model *model,
                                  struct buffer *file, const char *path,
                                  dateline_error *error)
{
    size_t length;
    const void *bytes = tagger_model_built_in(&length);
    if (!path)
        return tagger_model_read(model, bytes, length, "built-in model", error);
    dateline_status status = read_file(file, path, error);
    if (status)
        return status;
    return tagger_model_read(model, file->bytes, file->length, path, error);
}

dateline_status tagger_load(struct tagger **out, const char *path,
                            dateline_error *error)
{
    struct buffer file = {0};
    struct tagger_model model;
    dateline_status status = model_load(&model, &file, path, error);
    if (status) {
        buffer_free(&file);
        return status;
    }
    struct arena arena = ARENA_INIT;
    struct tagger *tagger = arena_new(&arena, struct tagger);
    tagger->model = model;
    tagger->file = file;
    tagger_window_open(&tagger->window, &arena);
    tagger->window.lexicon = model.lexicon;
    tagger->emissions = arena_array(&arena, scores, TAGGER_TOKENS);
    tagger->origins = arena_alloc_array(&arena, TAGGER_LANES, TAGGER_TOKENS);
    tagger->arena = arena;
    *out = tagger;
    return DATELINE_OK;
}

uint64_t tagger_file_hash(const struct tagger *tagger)
{
    const struct buffer *file = &tagger->file;
    return file->length ? seen_hash(file->bytes, file->length, 0) : 0;
}

void tagger_free(struct tagger *tagger)
{
    if (!tagger)
        return;
    struct arena arena = tagger->arena;
    buffer_free(&tagger->file);
    arena_release(&arena);
}
