/* terms, each: name, frequency. */
#include "indexer/posting.h"

#include "common/stored.h"

#include <stdlib.h>
#include <string.h>

void postings_add(struct postings *to, const char *bytes, size_t length,
                  uint32_t frequency)
{
    if (to->count == to->room) {
        to->room = to->room ? 2 * to->room : 256;
        to->items = realloc(to->items, to->room * sizeof *to->items);
        if (!to->items) {
            fputs("dateline: out of memory\n", stderr);
            exit(2); /* as an arena does */
        }
    }
    to->items[to->count++] =
        (struct posting){bytes, (uint32_t)length, frequency};
}

void postings_append(struct postings *to, const struct postings *from)
{
    for (size_t i = 0; i < from->count; i++)
        postings_add(to, from->items[i].bytes, from->items[i].length,
                     from->items[i].frequency);
}

static int compare_bytes(const char *a, size_t a_length, const char *b,
                         size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_postings(const void *a, const void *b)
{
    const struct posting *x = a, *y = b;
    return compare_bytes(x->bytes, x->length, y->bytes, y->length);
}

/* Writes the term that fills items[0..count) and returns its frequency. */
static uint64_t term_write(struct buffer *out, const struct posting *items,
                           size_t count)
{
    uint64_t frequency = 0;
    for (size_t i = 0; i < count; i++)
        frequency += items[i].frequency;
    stored_write_string(out, items->bytes, items->length);
    stored_write_number(out, frequency);
    return frequency;
}

static size_t run_length(const struct posting *items, size_t count)
{
    size_t n = 1;
    while (n < count && items[n].length == items->length &&
           !memcmp(items[n].bytes, items->bytes, items->length))
        n++;
    return n;
}

uint64_t postings_write(struct buffer *out, struct postings *postings)
{
    if (postings->count)
        qsort(postings->items, postings->count, sizeof *postings->items,
              compare_postings);
    size_t terms = 0;
    for (size_t i = 0; i < postings->count; terms++)
        i += run_length(postings->items + i, postings->count - i);
    stored_write_number(out, terms);
    uint64_t length = 0;
    for (size_t i = 0, n; i < postings->count; i += n) {
        n = run_length(postings->items + i, postings->count - i);
        length += term_write(out, postings->items + i, n);
    }
    return length;
}
