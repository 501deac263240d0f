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

struct tagger {
    struct arena arena;
    struct tagger_model model;
    struct buffer file; /* the model's bytes, when they are not built in */
    struct tagger_window window;
    struct tagger_scores *emissions, *paths; /* one a token */
};

/* ---------------------------------------------------------------- scoring */

/* Adds the rows of some features. A row is eight numbers of 16 bits: the high
 * byte of each is of a label that begins a name or of none, the low byte of one
 * that continues it. */
static void add_rows(struct tagger_scores *out, const struct tagger_model *model,
                     const uint32_t *features, size_t count)
{
    struct tagger_scores sum = *out;
    for (size_t i = 0; i < count; i++) {
        tagger_lanes row;
        memcpy(&row, model->rows + TAGGER_LANES *
                     tagger_row(features[i], model->row_count), sizeof row);
        sum.begin += row >> 8;
        sum.inside += (row << 8) >> 8;
    }
    *out = sum;
}

static void score_first(struct tagger *tagger)
{
    const struct tagger_window *w = &tagger->window;
    uint32_t features[TAGGER_FEATURES];
    for (size_t i = 0; i < w->count; i++) {
        if (!(w->tokens[i].flags & TAGGER_NEAR))
            continue;
        size_t special, count = tagger_features(features, &special, w, i);
        tagger->emissions[i] = (struct tagger_scores){0};
        add_rows(&tagger->emissions[i], &tagger->model, features, count);
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
        add_rows(&tagger->emissions[i], &tagger->model, features, count);
    }
}

/* --------------------------------------------------------------- decoding */

static tagger_lanes larger(tagger_lanes a, tagger_lanes b)
{
    tagger_lanes first = a > b;
    return (a & first) | (b & ~first);
}

static int largest(const struct tagger_scores *path)
{
    tagger_lanes both = larger(path->begin, path->inside);
    int best = both[0];
    for (unsigned i = 1; i < TAGGER_HALF; i++)
        best = both[i] > best ? both[i] : best;
    return best;
}

/* Counts from the best path; what is hopelessly behind stays there, so that
 * sums fit into 16 bits. */
static void settle(struct tagger_scores *path)
{
    int best = largest(path), least = best + TAGGER_IMPOSSIBLE;
    tagger_lanes floor = {0};
    floor += (int16_t)(least < INT16_MIN ? INT16_MIN : least);
    path->begin = larger(path->begin, floor) - (int16_t)best;
    path->inside = larger(path->inside, floor) - (int16_t)best;
}

/* One step of Viterbi's algorithm: from the scores of all paths that end in
 * each label to those one token further. A label that continues a name is
 * reached from its own type alone. */
static void step(struct tagger_scores *path, const struct tagger_scores *before,
                 const struct tagger_scores *emission,
                 const struct tagger_model *model)
{
    int16_t from[TAGGER_LANES];
    tagger_lanes begin = {0}, least = {0};
    begin += INT16_MIN;
    least += TAGGER_IMPOSSIBLE;
    memcpy(from, before, sizeof from);
    for (unsigned i = 0; i < TAGGER_LANES - 1; i++)
        begin = larger(begin, model->to_begin[i] + from[i]);
    tagger_lanes inside = larger(model->begin_to_inside + before->begin,
                                 model->inside_to_inside + before->inside);
    path->begin = larger(begin, least) + emission->begin;
    path->inside = larger(inside, least) + emission->inside;
    settle(path);
}

/* The lane where the path is best, on its way through `into`: outside, when
 * others are but as good. */
static unsigned best_lane(const struct tagger_scores *path,
                          const int16_t into[TAGGER_LANES])
{
    int16_t score[TAGGER_LANES];
    memcpy(score, path, sizeof score);
    unsigned best = TAGGER_HALF - 1;
    for (unsigned i = 0; i < TAGGER_LANES - 1; i++)
        if (score[i] + into[i] > score[best] + into[best])
            best = i;
    return best;
}

static void decode(struct tagger *tagger, size_t start, size_t end)
{
    static const int16_t nowhere[TAGGER_LANES] = {0};
    const struct tagger_model *model = &tagger->model;
    struct tagger_token *tokens = tagger->window.tokens;
    struct tagger_scores *paths = tagger->paths;
    paths[start] = tagger->emissions[start];
    paths[start].inside = (tagger_lanes){0} + (int16_t)TAGGER_IMPOSSIBLE;
    settle(&paths[start]);
    for (size_t i = start + 1; i < end; i++)
        step(&paths[i], &paths[i - 1], &tagger->emissions[i], model);
    const int16_t *into = nowhere;
    for (size_t i = end; i-- > start;) {
        unsigned lane = best_lane(&paths[i], into);
        tokens[i].label = (uint8_t)tagger_label(lane);
        into = model->into[lane];
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
    size_t scores = TAGGER_TOKENS * sizeof(struct tagger_scores);
    tagger->emissions = (void *)arena_bytes(&arena, scores);
    tagger->paths = (void *)arena_bytes(&arena, scores);
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
