/* The first byte says whether JSON is read as from a page or as from a line; the
 * rest is it. What is read is a tree without ends left over. */
#include "common/json.h"

#include "common/limit.h"
#include "common/text.h"

#include <stdlib.h>
#include <string.h>

static void check(const struct json *value, unsigned depth)
{
    bool holds = value->kind == JSON_IS_ARRAY || value->kind == JSON_IS_OBJECT;
    bool text = value->kind == JSON_IS_STRING || value->kind == JSON_IS_NUMBER;
    if (depth > LIMIT_JSON_DEPTH || (value->child && !holds) || (text && !value->text) ||
        (text && !text_is_valid(value->text, value->length)))
        abort();
    for (const struct json *v = value->child; v; v = v->next) {
        if ((v->key != NULL) != (value->kind == JSON_IS_OBJECT))
            abort();
        check(v, depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (!length)
        return 0;
    struct arena arena = ARENA_INIT;
    const struct json *root = NULL;
    dateline_error error = {.position = -1};
    size_t repaired;
    char *text = text_repair(&arena, (const char *)bytes + 1, length - 1, &repaired);
    dateline_status status = json_read(&root, &arena, text, repaired, LIMIT_JSON_DEPTH,
                                       bytes[0] & 1, &error);
    if (status ? !*error.message : !root)
        abort();
    if (!status) {
        check(root, 0);
        json_text(json_member(root, "a"), "name");
    }
    arena_release(&arena);
    return 0;
}
