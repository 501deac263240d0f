/* Any bytes as an alias file; what it holds is written, read again and must be
 * the same. The second half of the bytes is also a text to look in. */
#include "common/alias.h"
#include "common/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(const struct alias_list *list, const char *text, size_t length)
{
    struct text_word word;
    const struct alias_name *name;
    for (size_t at = 0; text_word(&word, text, length, &at);)
        if (alias_find(&name, list, text, length, word.start) >
            length - word.start)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct alias_list *first = NULL, *second = NULL;
    struct buffer once = {0}, twice = {0};
    struct arena arena = ARENA_INIT;
    alias_read(&first, (const char *)data, size, NULL, NULL, NULL);
    alias_write(&once, first);
    alias_read(&second, once.bytes, once.length, NULL, NULL, NULL);
    alias_write(&twice, second);
    if (once.length != twice.length ||
        (once.length && memcmp(once.bytes, twice.bytes, once.length)))
        abort();
    size_t length;
    const char *text = text_repair(&arena, (const char *)data + size / 2,
                                   size - size / 2, &length);
    look(first, text, length);
    arena_release(&arena);
    buffer_free(&once);
    buffer_free(&twice);
    alias_free(first);
    alias_free(second);
    return 0;
}
