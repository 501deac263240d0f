/* Replays a fuzz target over files without a fuzzer, so that what was found
 * once stays found under any compiler. Speaks TAP, one test a file. */
#include "common/arena.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool file_read(struct buffer *out, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    char piece[65536];
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        buffer_add(out, piece, n);
    bool good = !ferror(file);
    fclose(file);
    return good;
}

/* A block of its own and of just that size: a sanitizer sees the first byte
 * read past its end. */
static bool replay(const char *path)
{
    struct buffer file = {0};
    bool good = file_read(&file, path);
    if (good) {
        uint8_t *exact = malloc(file.length ? file.length : 1);
        if (file.length)
            memcpy(exact, file.bytes, file.length);
        LLVMFuzzerTestOneInput(exact, file.length);
        free(exact);
    } else {
        printf("# %s: %s\n", path, strerror(errno));
    }
    buffer_free(&file);
    return good;
}

int main(int argc, char **argv)
{
    int failed = 0;
    printf("1..%d\n", argc);
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    puts("ok 1 - nothing at all");
    for (int i = 1; i < argc; i++) {
        /* flushed before, so that a crash tells which file it was */
        printf("# %s\n", argv[i]);
        fflush(stdout);
        bool good = replay(argv[i]);
        failed += !good;
        printf("%sok %d - %s\n", good ? "" : "not ", i + 1, argv[i]);
    }
    return failed ? 1 : 0;
}
