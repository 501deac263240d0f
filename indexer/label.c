/* Labels in an array that grows in an arena. */
#include "indexer/label.h"

#include <stdlib.h>

struct label *label_add(struct labels *labels, size_t start, size_t end,
                        dateline_entity_type type, dateline_stage by)
{
    if (labels_full(labels)) {
        labels->spare = (struct label){.start = end, .end = end};
        return &labels->spare;
    }
    struct label *label = arena_push(labels->arena, &labels->items,
                                     &labels->count, &labels->room);
    label->start = start;
    label->end = end;
    label->type = type;
    label->by = by;
    return label;
}

static int label_compare(const void *left, const void *right)
{
    const struct label *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return (a->by > b->by) - (a->by < b->by);
}

void label_sort(struct labels *labels)
{
    if (labels->count > 1)
        qsort(labels->items, labels->count, sizeof *labels->items,
              label_compare);
}
