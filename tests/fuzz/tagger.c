/* Any bytes as a text to tag, and as a file of weights: labels come in order
 * and lie within the text on whole characters. */
#include "common/text.h"
#include "indexer/tagger.h"
#include "indexer/tagger_model.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct labels *labels, const char *text, size_t length)
{
    size_t end = 0;
    for (size_t i = 0; i < labels->count; i++) {
        const struct label *l = &labels->items[i];
        if (l->start < end || l->end <= l->start || l->end > length ||
            text_boundary(text, length, l->start) != l->start ||
            text_boundary(text, length, l->end) != l->end)
            abort();
        end = l->end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct tagger *tagger;
    struct arena arena = ARENA_INIT;
    struct labels labels = {.arena = &arena};
    struct tagger_model model;
    size_t length;
    if (!tagger && tagger_load(&tagger, NULL, NULL))
        abort();
    const char *text = text_repair(&arena, (const char *)data, size, &length);
    tagger_tag(&labels, tagger, text, length);
    check(&labels, text, length);
    tagger_model_read(&model, data, size, "fuzz", NULL);
    arena_release(&arena);
    return 0;
}
