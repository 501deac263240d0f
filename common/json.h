/* jansson's door for reading: our own small tree in an arena comes out, so no
 * foreign handle leaves. json_write.h is the one for writing. */
#ifndef COMMON_JSON_H
#define COMMON_JSON_H

#include "common/arena.h"

#include <dateline.h>

enum json_kind {
    JSON_IS_NULL,
    JSON_IS_BOOLEAN,
    JSON_IS_NUMBER,
    JSON_IS_STRING,
    JSON_IS_ARRAY,
    JSON_IS_OBJECT
};

struct json {
    enum json_kind kind;
    const char *key;         /* of a member, else NULL */
    const char *text;        /* of a string or number */
    size_t length;
    double number;           /* also 0 or 1 for a boolean */
    const struct json *child, *next; /* members or items, in order */
};

/* One value and nothing after it but white space. lenient: as found in pages
 * (raw control characters, trailing commas, comment or CDATA wrappers are
 * forgiven). DATELINE_BAD_INPUT, or DATELINE_LIMIT past max_depth. */
dateline_status json_read(const struct json **out, struct arena *arena,
                          const char *bytes, size_t length, unsigned max_depth,
                          bool lenient, dateline_error *error);

/* A member by name, or NULL; object may be NULL or no object. */
const struct json *json_member(const struct json *object, const char *key);
/* Its text when it is a string that is not empty, else NULL. */
const char *json_text(const struct json *object, const char *key);

#endif
