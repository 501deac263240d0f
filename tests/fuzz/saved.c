/* Any bytes as a file of saved queries: refused and left as it is, or what it
 * holds is written, read again and must be the same. */
#include <dateline.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/saved-XXXXXX", path[64];

static void folder_remove(void)
{
    unlink(path);
    rmdir(folder);
}

static void folder_make(void)
{
    if (*path)
        return;
    if (!mkdtemp(folder))
        abort();
    snprintf(path, sizeof path, "%s/saved.jsonl", folder);
    atexit(folder_remove);
}

static void file_write(const uint8_t *data, size_t size)
{
    FILE *to = fopen(path, "wb");
    if (!to || fwrite(data, 1, size, to) != size || fclose(to))
        abort();
}

static void same(const char *a, const char *b)
{
    if ((a || b) && (!a || !b || strcmp(a, b)))
        abort();
}

/* Both hold the same, but for the one that was added last. */
static void compare(const dateline_saved *old, const dateline_saved *new)
{
    if (dateline_saved_count(old) != dateline_saved_count(new))
        abort();
    for (size_t i = 0; i < dateline_saved_count(old); i++) {
        const dateline_saved_query *a = dateline_saved_get(old, i);
        const dateline_saved_query *b = dateline_saved_get(new, i);
        same(a->name, b->name);
        same(a->question, b->question);
        same(a->mark, b->mark);
        if (dateline_saved_find(new, a->name) != b)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dateline_saved *old = NULL, *new = NULL;
    folder_make();
    file_write(data, size);
    if (dateline_saved_open(&old, path, true, NULL))
        return 0;
    dateline_saved_set(old, "fuzzed", "\"a question\" +more", NULL);
    if (dateline_saved_write(old, NULL) ||
        dateline_saved_open(&new, path, false, NULL))
        abort();
    compare(old, new);
    dateline_saved_close(old);
    dateline_saved_close(new);
    return 0;
}
