/* How far somebody has seen each index: "IDENTITY:RUN IDENTITY:RUN", which says
 * all that a later question needs. Two indexes searched as one have two marks,
 * and so has a stub file that names them. */
#ifndef QUERY_MARK_H
#define QUERY_MARK_H

#include "common/arena.h"
#include "common/field.h"
#include "common/xapian_c.h"

struct mark {
    char identity[FIELD_IDENTITY_BYTES + 1];
    uint64_t run;
};

struct marks {
    struct mark *items; /* in an arena */
    size_t count, room;
};

/* Of a text as above; "" has none. DATELINE_BAD_ARGUMENT. */
dateline_status marks_read(struct marks *out, struct arena *arena,
                           const char *text, dateline_error *error);
const char *marks_write(struct arena *arena, const struct marks *marks);

/* How far the indexes are now. */
dateline_status marks_of(struct marks *out, struct arena *arena,
                         struct xapian_reader *reader, dateline_error *error);

/* Of that index, or NULL. */
const struct mark *marks_find(const struct marks *marks, const char *identity);

/* What was seen of other indexes, and what is seen now. */
void marks_join(struct marks *out, struct arena *arena,
                const struct marks *seen, const struct marks *now);

#endif
