/* What both programs say of an article and of what stands in its text, in the
 * same words. Each adds a member; key NULL: an item of an array. */
#ifndef COMMON_JSON_FACTS_H
#define COMMON_JSON_FACTS_H

#include "common/json_write.h"

#include <dateline.h>

/* [start, end] */
void json_add_span(struct buffer *out, const char *key, size_t start,
                   size_t end);
void json_add_list(struct buffer *out, const char *key,
                   const char *const *items, size_t count);

/* {"date":..., "from":...}; whole: with its time and precision. */
void json_add_date(struct buffer *out, const char *key,
                   const dateline_date *date, bool whole);

/* From "id" to "dateline", members of the object that is open. */
void json_add_facts(struct buffer *out, const dateline_facts *facts);

/* An array; `text` is what their spans are of. */
void json_add_entities(struct buffer *out, const char *key,
                       const dateline_entity *entities, size_t count,
                       const char *text);

#endif
