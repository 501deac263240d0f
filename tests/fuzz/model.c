/* Any bytes as a file of weights: refused, or names are found with them that
 * come in order and lie within the text. */
#include "indexer/tagger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void tag(struct tagger *tagger)
{
    static const char text[] =
        "OSLO, Norway -- Marta Quillfeather of the Fjordwatch Council met Anton "
        "Brezhko in Kyiv on 3 May 2021.\nThe Council paid Brezhko nothing.";
    struct arena arena = ARENA_INIT;
    struct labels labels = {.arena = &arena};
    tagger_tag(&labels, tagger, text, strlen(text));
    for (size_t i = 0, end = 0; i < labels.count; i++) {
        const struct label *l = &labels.items[i];
        if (l->start < end || l->end <= l->start || l->end > strlen(text))
            abort();
        end = l->end;
    }
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tagger *tagger;
    char path[64];
    int fd = memfd_create("model", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (!tagger_load(&tagger, path, NULL)) {
        tag(tagger);
        tagger_free(tagger);
    }
    close(fd);
    return 0;
}
