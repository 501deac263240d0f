/* Stored bytes of an article -> the article. */
#include "indexer/restore.h"

#include "common/error.h"
#include "common/stored.h"

#include <string.h>

static void *copy(struct arena *arena, const void *items, size_t size,
                  size_t count)
{
    void *out = arena_alloc_array(arena, size, count);
    if (count)
        memcpy(out, items, size * count);
    return out;
}

/* A title alone has an empty passage, so that it can be found. */
static dateline_status article_read_stored(dateline_article **out,
                                           struct xapian_bytes value,
                                           dateline_error *error)
{
    struct arena arena = ARENA_INIT;
    struct stored_article stored;
    dateline_status status =
        stored_read(&stored, &arena, value.bytes, value.length, error);
    if (!status && !stored.facts.id)
        status = error_set(error, DATELINE_CORRUPT, "the index is damaged (an "
                           "article without an id); make it anew");
    if (status) {
        arena_release(&arena);
        return status;
    }
    size_t passages = stored.length ? stored.passage_count : 0;
    dateline_article *article = arena_new(&arena, dateline_article);
    *article = (dateline_article){
        .facts = stored.facts,
        .body = stored.body,
        .length = stored.length,
        .blocks = copy(&arena, stored.blocks, sizeof *stored.blocks,
                       stored.block_count),
        .block_count = stored.block_count,
        .passages = copy(&arena, stored.passages, sizeof *stored.passages,
                         passages),
        .passage_count = passages,
        .entities = copy(&arena, stored.entities, sizeof *stored.entities,
                         stored.entity_count),
        .entity_count = stored.entity_count};
    article->arena = arena;
    *out = article;
    return DATELINE_OK;
}

struct one {
    dateline_article *article;
    dateline_status status;
    dateline_error *error;
};

static bool visit_first(void *context, struct xapian_bytes name,
                        struct xapian_bytes value, uint32_t document)
{
    struct one *one = context;
    (void)name, (void)document;
    one->status = article_read_stored(&one->article, value, one->error);
    return false;
}

dateline_status restore_article(dateline_article **out,
                                struct xapian_reader *reader,
                                struct xapian_bytes key, dateline_error *error)
{
    struct one one = {.error = error};
    dateline_status status =
        xapian_reader_documents(reader, key, visit_first, &one, error);
    if (!status)
        status = one.status;
    if (!status)
        *out = one.article;
    return status;
}

struct walk {
    restore_visit *visit;
    void *context;
    dateline_status status;
    dateline_error *error;
};

static bool visit_each(void *context, struct xapian_bytes name,
                       struct xapian_bytes value, uint32_t document)
{
    struct walk *walk = context;
    dateline_article *article;
    (void)name, (void)document;
    walk->status = article_read_stored(&article, value, walk->error);
    if (!walk->status)
        walk->status = walk->visit(walk->context, article, walk->error);
    return !walk->status;
}

dateline_status restore_all(struct xapian_reader *reader, restore_visit *visit,
                            void *context, dateline_error *error)
{
    struct walk walk = {visit, context, DATELINE_OK, error};
    dateline_status status = xapian_reader_documents(
        reader, (struct xapian_bytes){"", 0}, visit_each, &walk, error);
    return status ? status : walk.status;
}
