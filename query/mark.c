/* Identities and run numbers, from a text or from the indexes themselves. */
#include "query/mark.h"

#include "common/error.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MARKS_MOST = 1000 /* indexes that one asker knows */ };

static void marks_add(struct marks *marks, struct arena *arena,
                      const char *identity, uint64_t run)
{
    struct mark *mark = arena_push(arena, &marks->items, &marks->count,
                                   &marks->room);
    memcpy(mark->identity, identity, FIELD_IDENTITY_BYTES);
    mark->run = run;
}

/* Decimal, and all of it: a run is below 2^32. */
static bool run_read(uint64_t *run, const char *text, size_t length)
{
    char digits[11] = {0};
    if (!length || length >= sizeof digits ||
        strspn(text, "0123456789") < length)
        return false;
    memcpy(digits, text, length);
    *run = strtoull(digits, NULL, 10);
    return *run <= UINT32_MAX;
}

dateline_status marks_read(struct marks *out, struct arena *arena,
                           const char *text, dateline_error *error)
{
    for (const char *at = text + strspn(text, " "); *at;
         at += strspn(at, " ")) {
        uint64_t run;
        size_t length = strcspn(at, " ");
        const char *colon = at + FIELD_IDENTITY_BYTES;
        if (length <= FIELD_IDENTITY_BYTES || *colon != ':' ||
            !field_is_identity(at, FIELD_IDENTITY_BYTES) ||
            !run_read(&run, colon + 1, length - FIELD_IDENTITY_BYTES - 1) ||
            out->count == MARKS_MOST)
            return error_set(error, DATELINE_BAD_ARGUMENT,
                             "%.60s is no mark of an index", at);
        marks_add(out, arena, at, run);
        at += length;
    }
    return DATELINE_OK;
}

const char *marks_write(struct arena *arena, const struct marks *marks)
{
    struct buffer text = {0};
    for (size_t i = 0; i < marks->count; i++)
        buffer_format(&text, "%s%s:%" PRIu64, i ? " " : "",
                      marks->items[i].identity, marks->items[i].run);
    const char *out = arena_copy(arena, text.bytes ? text.bytes : "",
                                 text.length);
    buffer_free(&text);
    return out;
}

struct walk {
    struct marks *marks;
    struct arena *arena;
};

static bool mark_visit(void *context, struct xapian_bytes name,
                       struct xapian_bytes value, uint32_t frequency)
{
    struct walk *walk = context;
    uint64_t run;
    size_t prefix = strlen(FIELD_META_RUN);
    (void)frequency;
    if (field_is_identity(name.bytes + prefix, name.length - prefix) &&
        run_read(&run, value.bytes, value.length) &&
        walk->marks->count < MARKS_MOST)
        marks_add(walk->marks, walk->arena, name.bytes + prefix, run);
    return true;
}

dateline_status marks_of(struct marks *out, struct arena *arena,
                         struct xapian_reader *reader, dateline_error *error)
{
    struct walk walk = {out, arena};
    return xapian_reader_metadata_visit(
        reader, (struct xapian_bytes){FIELD_META_RUN, strlen(FIELD_META_RUN)},
        mark_visit, &walk, error);
}

const struct mark *marks_find(const struct marks *marks, const char *identity)
{
    for (size_t i = 0; i < marks->count; i++)
        if (!memcmp(marks->items[i].identity, identity, FIELD_IDENTITY_BYTES))
            return &marks->items[i];
    return NULL;
}

void marks_join(struct marks *out, struct arena *arena,
                const struct marks *seen, const struct marks *now)
{
    for (size_t i = 0; i < seen->count; i++)
        if (!marks_find(now, seen->items[i].identity))
            marks_add(out, arena, seen->items[i].identity, seen->items[i].run);
    for (size_t i = 0; i < now->count; i++)
        if (!marks_find(out, now->items[i].identity))
            marks_add(out, arena, now->items[i].identity, now->items[i].run);
}
