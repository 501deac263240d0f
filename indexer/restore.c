/* Stored bytes of an article and of its passages, in any order -> the article. */
#include "indexer/restore.h"

#include "common/error.h"
#include "common/field.h"
#include "common/stored.h"
#include "indexer/remainder.h"

#include <stdlib.h>
#include <string.h>


/* The documents as they are met. */
struct gathering {
    struct arena arena;
    bool found;
    uint32_t document;
    struct stored_article article;
    struct stored_passage *passages;
    size_t count, room;
    dateline_status status;
    dateline_error *error;
};

static void begin(struct gathering *gathering)
{
    arena_release(&gathering->arena);
    gathering->passages = NULL;
    gathering->count = gathering->room = 0;
}

/* A second article document means that the first was replaced meanwhile. */
static bool gather(void *context, struct xapian_bytes name,
                   struct xapian_bytes value, uint32_t document)
{
    struct gathering *gathering = context;
    bool article = stored_is_article(value.bytes, value.length);
    (void)name;
    if (article)
        begin(gathering);
    const char *bytes =
        arena_copy(&gathering->arena, value.bytes, value.length);
    if (article) {
        gathering->found = true;
        gathering->document = document;
        gathering->status =
            stored_read_article(&gathering->article, &gathering->arena, bytes,
                                value.length, gathering->error);
    } else {
        struct stored_passage *passage =
            arena_push(&gathering->arena, &gathering->passages,
                       &gathering->count, &gathering->room);
        gathering->status =
            stored_read_passage(passage, &gathering->arena, bytes,
                                value.length, gathering->error);
    }
    return !gathering->status;
}

static int compare_passages(const void *a, const void *b)
{
    const struct stored_passage *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static bool is_whole(struct gathering *gathering)
{
    size_t count = gathering->count;
    if (!gathering->found || count != gathering->article.passage_count)
        return false;
    if (count)
        qsort(gathering->passages, count, sizeof *gathering->passages,
              compare_passages);
    for (size_t i = 0; i < count; i++)
        if (gathering->passages[i].number != i)
            return false;
    return true;
}

/* A title alone has an empty passage, so that it can be found. */
static void passages_join(dateline_article *article, struct arena *arena,
                          const struct gathering *gathering)
{
    size_t count = article->length ? gathering->count : 0;
    article->passages = arena_array(arena, dateline_passage, count);
    article->passage_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct stored_passage *passage = &gathering->passages[i];
        article->passages[i] = (dateline_passage){
            passage->start, passage->start + passage->length, passage->role};
    }
}

/* The article lives in the arena that its documents were read into. NULL when
 * they do not make a whole. */
static dateline_article *join(struct gathering *gathering)
{
    const struct stored_article *stored = &gathering->article;
    struct remainder_whole whole;
    if (!remainder_join(&whole, &gathering->arena, stored, gathering->passages))
        return NULL;
    dateline_article *article =
        arena_new(&gathering->arena, dateline_article);
    *article = (dateline_article){.facts = stored->facts,
                                  .body = whole.body,
                                  .length = whole.length,
                                  .block_count = stored->block_count,
                                  .entities = whole.entities,
                                  .entity_count = whole.entity_count};
    article->blocks =
        arena_array(&gathering->arena, dateline_block, stored->block_count);
    if (stored->block_count)
        memcpy(article->blocks, stored->blocks,
               stored->block_count * sizeof *article->blocks);
    passages_join(article, &gathering->arena, gathering);
    article->arena = gathering->arena;
    gathering->arena = (struct arena)ARENA_INIT;
    return article;
}

/* Blocks come from disk like the rest, and later stages trust them. */
static bool blocks_fit(const dateline_article *article)
{
    for (size_t i = 0, at = 0; i < article->block_count; i++) {
        const dateline_block *block = &article->blocks[i];
        if (block->start < at || block->end < block->start ||
            block->end > article->length)
            return false;
        at = block->end;
    }
    return true;
}

static dateline_status gather_all(struct gathering *gathering,
                                  struct xapian_reader *reader,
                                  struct xapian_bytes key,
                                  dateline_error *error)
{
    *gathering = (struct gathering){.error = error};
    dateline_status status =
        xapian_reader_documents(reader, key, gather, gathering, error);
    return status ? status : gathering->status;
}

static dateline_status incomplete(const struct gathering *gathering,
                                  struct xapian_bytes key,
                                  dateline_error *error)
{
    const struct stored_article *article = &gathering->article;
    const char *id = article->facts.id ? article->facts.id : "";
    if (!gathering->found)
        return error_set(error, DATELINE_CORRUPT,
                         "%.*s: %zu passages and no article", (int)key.length,
                         key.bytes, gathering->count);
    if (gathering->count != article->passage_count)
        return error_set(error, DATELINE_CORRUPT,
                         "%s: %zu of its %zu passages are there", id,
                         gathering->count, article->passage_count);
    return error_set(error, DATELINE_CORRUPT,
                     "%s: its passages and blocks do not make its text", id);
}

dateline_status restore_article(struct restored *out,
                                struct xapian_reader *reader,
                                struct xapian_bytes key, dateline_error *error)
{
    struct gathering gathering;
    dateline_article *article = NULL;
    uint64_t renewals = xapian_reader_renewals(reader);
    dateline_status status = gather_all(&gathering, reader, key, error);
    if (!status && (renewals != xapian_reader_renewals(reader) ||
                    !is_whole(&gathering))) {
        /* it was perhaps replaced while it was read: half of it may be of before */
        arena_release(&gathering.arena);
        status = gather_all(&gathering, reader, key, error);
    }
    if (!status && is_whole(&gathering))
        article = join(&gathering);
    if (article && !blocks_fit(article)) {
        dateline_article_free(article);
        article = NULL;
    }
    if (!status && !article && (gathering.found || gathering.count))
        status = incomplete(&gathering, key, error);
    *out = (struct restored){article, gathering.document};
    arena_release(&gathering.arena);
    return status;
}

/* ------------------------------------------------------------------ the walk */

struct walk {
    struct xapian_reader *reader;
    restore_visit *visit;
    void *context;
    dateline_status status;
    dateline_error *error;
};

static dateline_status article_key(char out[LIMIT_TERM_BYTES + 1],
                                   size_t *length, struct xapian_bytes stored,
                                   dateline_error *error)
{
    struct arena arena = ARENA_INIT;
    struct stored_article article;
    dateline_status status = stored_read_article(&article, &arena, stored.bytes,
                                                 stored.length, error);
    const char *id = status ? NULL : article.facts.id;
    if (id)
        *length = field_article(out, id, strlen(id));
    else if (!status)
        status = error_set(error, DATELINE_CORRUPT, "an article without an id");
    arena_release(&arena);
    return status;
}

static bool article_visit_one(void *context, struct xapian_bytes name,
                              struct xapian_bytes value, uint32_t document)
{
    struct walk *walk = context;
    char key[LIMIT_TERM_BYTES + 1];
    size_t length = 0;
    struct restored restored = {NULL, 0};
    (void)name;
    walk->status = article_key(key, &length, value, walk->error);
    if (!walk->status)
        walk->status = restore_article(&restored, walk->reader,
                                       (struct xapian_bytes){key, length},
                                       walk->error);
    /* what was replaced meanwhile is met further on */
    if (!walk->status && restored.article && restored.document == document)
        walk->status = walk->visit(walk->context, &restored, walk->error);
    else
        dateline_article_free(restored.article);
    return !walk->status;
}

dateline_status restore_all(struct xapian_reader *reader, restore_visit *visit,
                            void *context, dateline_error *error)
{
    static const char term[] = FIELD_KIND "article";
    struct walk walk = {reader, visit, context, DATELINE_OK, error};
    dateline_status status = xapian_reader_documents(
        reader, (struct xapian_bytes){term, sizeof term - 1}, article_visit_one,
        &walk, error);
    return status ? status : walk.status;
}
