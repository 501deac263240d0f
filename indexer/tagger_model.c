/* The weights are linked in as they are; here they are checked and pointed at. */
#include "indexer/tagger_model.h"

#include "common/error.h"

#include <string.h>

/* indexer/tagger.model, between two names; the path is from the top folder,
 * where make runs. */
__asm__(".section .rodata\n"
        ".balign 64\n"
        "tagger_weights_begin: .incbin \"indexer/tagger.model\"\n"
        "tagger_weights_end: .byte 0\n"
        ".previous\n");

extern const char tagger_weights_begin[] __attribute__((visibility("hidden")));
extern const char tagger_weights_end[] __attribute__((visibility("hidden")));

const void *tagger_model_built_in(size_t *length)
{
    *length = (size_t)(tagger_weights_end - tagger_weights_begin);
    return tagger_weights_begin;
}

/* From label a to b. Sums along a path must fit into 16 bits whatever the file
 * says. */
static int16_t transition(const struct tagger_header *header, unsigned a,
                          unsigned b)
{
    if (a >= TAGGER_LABELS || b >= TAGGER_LABELS || !tagger_follows(b, a))
        return TAGGER_IMPOSSIBLE;
    int16_t weight = header->transitions[a][b];
    if (weight < TAGGER_IMPOSSIBLE)
        return TAGGER_IMPOSSIBLE;
    return weight > -TAGGER_IMPOSSIBLE ? -TAGGER_IMPOSSIBLE : weight;
}

static void set_transitions(struct tagger_model *model,
                            const struct tagger_header *header)
{
    for (unsigned to = 0; to < TAGGER_LANES; to++)
        for (unsigned from = 0; from < TAGGER_LANES; from++)
            model->into[to][from] = transition(header, tagger_label(from),
                                               tagger_label(to));
    for (unsigned from = 0; from < TAGGER_LANES; from++)
        for (unsigned t = 0; t < TAGGER_HALF; t++)
            model->to_begin[from][t] = model->into[t][from];
    for (unsigned t = 0; t < TAGGER_HALF; t++) {
        const int16_t *inside = model->into[TAGGER_HALF + t];
        model->begin_to_inside[t] = inside[t];
        model->inside_to_inside[t] = inside[TAGGER_HALF + t];
    }
}

dateline_status tagger_model_read(struct tagger_model *model,
                                  const void *bytes, size_t length,
                                  const char *name, dateline_error *error)
{
    struct tagger_header header;
    if (length < sizeof header ||
        memcmp(bytes, TAGGER_MAGIC, sizeof header.magic))
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "%s: no weights of the tagger (make model writes "
                         "such)", name);
    memcpy(&header, bytes, sizeof header);
    if (header.version != TAGGER_VERSION)
        return error_set(error, DATELINE_BAD_ARGUMENT,
                         "%s: weights of version %u, wanted %u; train anew (make "
                         "model)",
                         name, header.version, (unsigned)TAGGER_VERSION);
    size_t rows = (size_t)header.row_count * TAGGER_LANES;
    size_t lexicon = (size_t)header.slot_count * sizeof(struct tagger_entry);
    if (!header.row_count || length - sizeof header != rows + lexicon)
        return error_set(error, DATELINE_BAD_ARGUMENT, "%s: cut short", name);
    model->row_count = header.row_count;
    set_transitions(model, &header);
    model->rows = (const int8_t *)bytes + sizeof header;
    model->lexicon.slots = (const void *)(model->rows + rows);
    model->lexicon.slot_count = header.slot_count;
    return DATELINE_OK;
}
