/* The first byte chooses a label, the rest is a page: what comes out is valid
 * UTF-8 without NUL, ends with NUL and has its encoding's name. */
#include "indexer/encoding.h"

#include "common/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const labels[] = {
        NULL,      "utf-8",  "gb18030",     "shift_jis",   "windows-1252", "big5",
        "euc-kr",  "euc-jp", "iso-2022-jp", "iso-2022-kr", "windows-1258", "utf-16",
        "unknown", "koi8-r", "iso-8859-6",  "windows-1255",
    };
    if (!length)
        return 0;
    struct arena arena = ARENA_INIT;
    dateline_error error = {0};
    char *text;
    const char *used = NULL;
    size_t converted;
    dateline_status status =
        encoding_convert(&text, &converted, &used, &arena, (const char *)bytes + 1,
                         length - 1, labels[bytes[0] % 16], &error);
    if (!status && (!used || !text_is_valid(text, converted) || text[converted] ||
                    memchr(text, '\0', converted)))
        abort();
    arena_release(&arena);
    return 0;
}
