/* The first byte chooses a language, the rest is a body: an opening ends inside
 * it at the bound of a character, and its day is a real one. Such texts also try
 * the detection of languages, which must end with a code or none. */
#include "common/date.h"
#include "common/language.h"
#include "common/text.h"
#include "indexer/detect.h"
#include "indexer/lead.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const languages[] = {"en", "de", "fa", "zh", NULL};
    if (!length)
        return 0;
    struct arena arena = ARENA_INIT;
    size_t repaired;
    char *body = text_repair(&arena, (const char *)bytes + 1, length - 1, &repaired);
    struct lead lead;
    bool found = lead_read(&lead, &arena, body, repaired, languages[bytes[0] % 5]);
    if (lead.end > repaired || text_boundary(body, repaired, lead.end) != lead.end ||
        (!found && (lead.end || lead.place || lead.wire)) ||
        (lead.date.precision &&
         !date_is_valid(lead.date.year, lead.date.month, lead.date.day)))
        abort();
    const char *code = detect_language(body, repaired, NULL);
    if (code && !*code)
        abort();
    arena_release(&arena);
    return 0;
}
