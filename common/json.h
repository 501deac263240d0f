/* jansson's door: reading JSON, and facts, passages and entities as JSON in one
 * form for both programs. No other file includes <jansson.h>.
 *
 * Reading gives our own small tree in an arena, so no foreign handle leaves. */
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

/* What a line of output is made of. Each appends to `out`. */
struct json_article {
    const dateline_facts *facts;
    const char *body;
    size_t length;
    const dateline_passage *passages;
    size_t passage_count;
    const dateline_block *blocks;
    size_t block_count;
    const dateline_entity *entities;
    size_t entity_count;
};

/* One line of `dateline-index --dry-run`, newline included. */
void json_write_article(struct buffer *out, const struct json_article *article);

/* One line of `dateline-query --format json`, newline included. */
void json_write_hit(struct buffer *out, const dateline_hit *hit);

/* A string, quoted; what is not UTF-8 becomes U+FFFD. */
void json_write_text(struct buffer *out, const char *text, size_t length);

/* One line {"v":1,"type":"facet",...}. */
void json_write_facet(struct buffer *out, const char *field, const char *value,
                      size_t articles);

/* One line {"v":1,"type":TYPE,...} of pairs: name, then text (NULL: null);
 * pairs are name and text. For summaries, facets, reports. */
void json_write_pairs(struct buffer *out, const char *type,
                      const char *const pairs[][2], size_t count);

#endif
