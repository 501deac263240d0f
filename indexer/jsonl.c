#include "indexer/jsonl.h"

#include "common/error.h"
#include "common/json.h"
#include "common/limit.h"
#include "common/text.h"

#include <string.h>

static const struct {
    const char *name;
    size_t offset;
} members[] = {
    {"id", offsetof(struct jsonl_line, id)},
    {"url", offsetof(struct jsonl_line, url)},
    {"title", offsetof(struct jsonl_line, title)},
    {"published", offsetof(struct jsonl_line, published)},
    {"site", offsetof(struct jsonl_line, site)},
    {"language", offsetof(struct jsonl_line, language)},
    {"text", offsetof(struct jsonl_line, text)},
    {"html", offsetof(struct jsonl_line, html)},
};

/* "author": a name, or a list of them. */
static void read_authors(struct jsonl_line *out, struct arena *arena,
                         const struct json *value)
{
    const char **names = NULL;
    size_t room = 0;
    const struct json *first = !value ? NULL
                               : value->kind == JSON_IS_ARRAY ? value->child : value;
    for (const struct json *v = first; v; v = v == value ? NULL : v->next)
        if (v->kind == JSON_IS_STRING && v->length)
            *(const char **)arena_push(arena, &names, &out->author_count, &room) = v->text;
    out->authors = names;
}

dateline_status jsonl_read(struct jsonl_line *out, struct arena *arena,
                           const char *line, size_t length, dateline_error *error)
{
    const struct json *root;
    *out = (struct jsonl_line){0};
    if (!text_is_valid(line, length) || memchr(line, '\0', length))
        line = text_repair(arena, line, length, &length);
    dateline_status status =
        json_read(&root, arena, line, length, LIMIT_JSON_DEPTH, false, error);
    if (status)
        return status;
    if (root->kind != JSON_IS_OBJECT)
        return error_set(error, DATELINE_BAD_INPUT, "no JSON object");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const struct json *value = json_member(root, members[i].name);
        if (!value || value->kind == JSON_IS_NULL)
            continue;
        if (value->kind == JSON_IS_NUMBER && !strcmp(members[i].name, "id"))
            ; /* a number does as an id */
        else if (value->kind != JSON_IS_STRING)
            return error_set(error, DATELINE_BAD_INPUT, "\"%s\" is no string",
                             members[i].name);
        if (value->length || members[i].offset == offsetof(struct jsonl_line, text))
            *(const char **)((char *)out + members[i].offset) = value->text;
    }
    read_authors(out, arena, json_member(root, "author"));
    if (!out->text && !out->html)
        return error_set(error, DATELINE_BAD_INPUT, "neither \"text\" nor \"html\"");
    return DATELINE_OK;
}
