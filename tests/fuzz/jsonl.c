/* Bytes as a line of JSON: what is read is valid UTF-8, and there is a text or a
 * page; else a message of one line. */
#include "indexer/jsonl.h"

#include "common/text.h"

#include <stdlib.h>
#include <string.h>

static void check_text(const char *text)
{
    if (text && !text_is_valid(text, strlen(text)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct jsonl_line line;
    dateline_error error = {.position = -1};
    dateline_status status =
        jsonl_read(&line, &arena, (const char *)bytes, length, &error);
    if (status ? !*error.message || strchr(error.message, '\n') : !line.text && !line.html)
        abort();
    if (!status) {
        const char *const texts[] = {line.id, line.url, line.title, line.published,
                                     line.site, line.language, line.text, line.html};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            check_text(texts[i]);
        for (size_t i = 0; i < line.author_count; i++)
            check_text(line.authors[i]);
    }
    arena_release(&arena);
    return 0;
}
