/* terms, each: name, frequency. */
#include "indexer/posting.h"

#include "common/stored.h"

#include <stdlib.h>
#include <string.h>

/* The first eight bytes as a number that sorts as they do: most terms are told
 * apart by it, and the others are rarely looked at. */
static uint64_t first_bytes(const char *bytes, size_t length)
{
    uint64_t first = 0;
    for (size_t i = 0; i < sizeof first; i++)
        first = first << 8 | (i < length ? (unsigned char)bytes[i] : 0);
    return first;
}

void postings_add(struct postings *to, const char *bytes, size_t length,
                  uint32_t frequency)
{
    if (to->count == to->room) {
        to->room = to->room ? 2 * to->room : 1024;
        to->items = realloc(to->items, to->room * sizeof *to->items);
        if (!to->items) {
            fputs("dateline: out of memory\n", stderr);
            exit(2); /* as an arena does */
        }
    }
    to->items[to->count++] = (struct posting){
        first_bytes(bytes, length), bytes, (uint32_t)length, frequency};
}

static int compare_postings(const void *a, const void *b)
{
    const struct posting *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    int order = memcmp(x->bytes, y->bytes,
                       x->length < y->length ? x->length : y->length);
    return order ? order : (x->length > y->length) - (x->length < y->length);
}

/* In order, each once. */
static void postings_sort(struct postings *postings)
{
    struct posting *items = postings->items;
    size_t kept = 0;
    if (postings->count)
        qsort(items, postings->count, sizeof *items, compare_postings);
    for (size_t i = 0; i < postings->count; i++)
        if (kept && !compare_postings(&items[kept - 1], &items[i]))
            items[kept - 1].frequency += items[i].frequency;
        else
            items[kept++] = items[i];
    postings->count = kept;
}

uint64_t postings_write(struct buffer *out, struct postings *postings)
{
    uint64_t length = 0;
    postings_sort(postings);
    stored_write_number(out, postings->count);
    for (size_t i = 0; i < postings->count; i++) {
        const struct posting *item = &postings->items[i];
        stored_write_string(out, item->bytes, item->length);
        stored_write_number(out, item->frequency);
        length += item->frequency;
    }
    return length;
}
