/* Two layers of spans over one text, matches and entities, become flat segments
 * to draw. The segments tile the text. Entities that overlap an earlier or,
 * beginning at the same byte, a longer one are left out; spans outside the text
 * are cut to it. */
#ifndef QUERY_SPAN_H
#define QUERY_SPAN_H

#include "common/arena.h"

#include <dateline.h>

struct span_segment {
    size_t start, end;
    bool match;
    const dateline_entity *entity; /* or NULL */
};

/* types: bit set of the entity types to show; 0: all. Returns how many. */
size_t span_flatten(struct span_segment **out, struct arena *arena,
                    const dateline_hit *hit, unsigned types);

/* Sorts and merges spans that overlap; returns how many are left. */
size_t span_merge(dateline_span *spans, size_t count);

#endif
