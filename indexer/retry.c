/* What the index knows of inputs that could not be read -> the inputs, as they
 * were given, to be read once more. */
#include "indexer/indexer.h"
#include "indexer/known.h"

struct list {
    struct arena *arena;
    struct source_item *items;
    size_t count, room;
};

static bool failed_visit(void *context, struct xapian_bytes name,
                         struct xapian_bytes value, uint32_t frequency)
{
    struct list *list = context;
    struct arena arena = ARENA_INIT;
    struct known known;
    (void)name, (void)frequency;
    if (known_read(&known, &arena, value) && known.failure.count) {
        struct source_item *item =
            arena_push(list->arena, &list->items, &list->count, &list->room);
        item->path = arena_string(list->arena, known.path);
        item->id = arena_string(list->arena, known.failure.id);
        item->url = arena_string(list->arena, known.failure.url);
        item->input = arena_string(list->arena, known.failure.input);
    }
    arena_release(&arena);
    return true;
}

dateline_status retry_list(struct source_item **out, size_t *count,
                           struct arena *arena, struct store *store,
                           dateline_error *error)
{
    struct list list = {.arena = arena};
    dateline_status status =
        store_visit(store, (struct xapian_bytes){KNOWN_PREFIX, 1},
                    failed_visit, &list, error);
    *out = list.items;
    *count = list.count;
    return status;
}
