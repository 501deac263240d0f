/* Any text: definitions lie within it and their forms are no part of each
 * other's characters. */
#include "common/text.h"
#include "indexer/acronym.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(dateline_span span, const char *text, size_t length)
{
    if (span.start >= span.end || span.end > length ||
        text_boundary(text, length, span.start) != span.start ||
        text_boundary(text, length, span.end) != span.end)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    size_t length;
    const char *text = text_repair(&arena, (const char *)data, size, &length);
    struct acronym *found;
    size_t count = acronym_find(&found, &arena, text, length);
    for (size_t i = 0; i < count; i++) {
        check(found[i].short_form, text, length);
        check(found[i].long_form, text, length);
    }
    arena_release(&arena);
    return 0;
}
