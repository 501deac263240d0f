/* The tagger on texts of our own: what comes out is in order, within bounds,
 * and the same whatever was tagged before; hostile texts are only slow work. */
#include "indexer/tagger.h"
#include "indexer/tagger_model.h"
#include "tests/tap.h"

#include <stdlib.h>

static struct labels tag(struct tagger *tagger, struct arena *arena,
                         const char *text, size_t length)
{
    struct labels labels = {.arena = arena};
    tagger_tag(&labels, tagger, text, length);
    return labels;
}

static bool in_order(const struct labels *labels, size_t length)
{
    size_t end = 0;
    for (size_t i = 0; i < labels->count; i++) {
        const struct label *l = &labels->items[i];
        if (l->start < end || l->end <= l->start || l->end > length ||
            l->by != DATELINE_BY_TAGGER)
            return false;
        end = l->end;
    }
    return true;
}

static bool same(const struct labels *a, const struct labels *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = a->items[i].start == b->items[i].start &&
               a->items[i].end == b->items[i].end &&
               a->items[i].type == b->items[i].type;
    return same;
}

/* Tags piece, repeated to about `length` bytes. */
static bool survives(struct tagger *tagger, const char *piece, size_t length)
{
    struct buffer text = {0};
    struct arena arena = ARENA_INIT;
    while (text.length < length)
        buffer_text(&text, piece);
    struct labels labels = tag(tagger, &arena, text.bytes, text.length);
    bool good = in_order(&labels, text.length);
    arena_release(&arena);
    buffer_free(&text);
    return good;
}

static void test_text(struct tagger *tagger)
{
    static const char text[] =
        "OSLO, Norway -- Marta Quillfeather, president of the Fjordwatch "
        "Council, met Prime Minister Anton Brezhko in Kyiv on 3 May 2021.";
    struct arena arena = ARENA_INIT;
    struct labels first = tag(tagger, &arena, text, strlen(text));
    ok(first.count >= 4, "names are found");
    ok(in_order(&first, strlen(text)), "labels come in order, within the text");
    tag(tagger, &arena, "Another TEXT by John Doe.\nIn Paris.", 34);
    struct labels again = tag(tagger, &arena, text, strlen(text));
    ok(same(&first, &again), "an earlier text leaves no trace");
    struct labels none = tag(tagger, &arena, "", 0);
    ok(!none.count, "an empty text has no names");
    none = tag(tagger, &arena, "and nothing here has a name, has it?", 36);
    ok(!none.count, "nor has one without capitals");
    arena_release(&arena);
}

static void test_hostile(struct tagger *tagger)
{
    ok(survives(tagger, "Anna ", 2000000), "a paragraph of capitals only");
    ok(survives(tagger, "A", 3000000), "one word of three million letters");
    ok(survives(tagger, "A.", 1000000), "one abbreviation without an end");
    ok(survives(tagger, "''''\"\"..", 1000000), "nothing but marks");
    ok(survives(tagger, "\n", 1000000), "nothing but lines");
    ok(survives(tagger, "http://a.b/", 1000000), "one address without an end");
    ok(survives(tagger, "\xe4\xb8\xad\xe6\x96\x87 \xd0\x9f\xd1\x80", 500000),
       "other scripts");
}

/* Many labels of earlier stages over the same words. */
static void test_hints(struct tagger *tagger)
{
    struct buffer text = {0};
    struct arena arena = ARENA_INIT;
    struct labels labels = {.arena = &arena};
    for (unsigned i = 0; i < 50000; i++)
        buffer_text(&text, "Lima ");
    for (unsigned i = 0; i < 50000; i++)
        label_add(&labels, 5u * i, text.length, DATELINE_PLACE,
                  DATELINE_BY_LIST);
    tagger_tag(&labels, tagger, text.bytes, text.length);
    ok(labels.count >= 50000, "labels over the whole text cost no square");
    arena_release(&arena);
    buffer_free(&text);
}

static void test_model(void)
{
    size_t length;
    const char *bytes = tagger_model_built_in(&length);
    struct tagger_model model;
    dateline_error error = {0};
    ok(!tagger_model_read(&model, bytes, length, "built in", &error),
       "the weights built in are whole");
    ok(length <= 4u << 20, "and at most 4 MB");
    ok(tagger_model_read(&model, bytes, length - 100, "cut", &error) ==
       DATELINE_BAD_ARGUMENT, "weights cut short are refused");
    is_text(error.message, "cut: cut short", "and it is said why");
    error = (dateline_error){0};
    ok(tagger_model_read(&model, "hello", 5, "text", &error) ==
       DATELINE_BAD_ARGUMENT, "a text is no model");
    struct tagger *tagger = NULL;
    ok(tagger_load(&tagger, "/nowhere/model", NULL) == DATELINE_IO && !tagger,
       "a missing file is an error");
    tagger_free(NULL);
}

int main(void)
{
    struct tagger *tagger;
    if (!ok(!tagger_load(&tagger, NULL, NULL), "the tagger opens"))
        return done();
    test_text(tagger);
    test_hostile(tagger);
    test_hints(tagger);
    tagger_free(tagger);
    test_model();
    return done();
}
