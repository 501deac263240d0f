/* JSON as it is told: members and items, and the objects and arrays around them,
 * appended to a buffer. Commas, quotes and escapes are this file's business, and
 * no terminal takes orders from what it writes. jansson's other door.
 *
 *     json_line_open(out, "topic");             {"v":1,"type":"topic"
 *     json_add_string(out, "id", "q7");         ,"id":"q7"
 *     json_open(out, "ranks", '[');             ,"ranks":[
 *     json_add_integer(out, NULL, 3);           3
 *     json_close(out, ']');                     ]
 *     json_line_close(out);                     }
 *
 * The key of an item of an array is NULL. */
#ifndef COMMON_JSON_WRITE_H
#define COMMON_JSON_WRITE_H

#include "common/arena.h"

#include <stdint.h>

/* bracket: '{' or '['; its end: '}' or ']'. */
void json_open(struct buffer *out, const char *key, char bracket);
void json_close(struct buffer *out, char bracket);

/* What is not UTF-8 becomes U+FFFD. */
void json_add_text(struct buffer *out, const char *key, const char *text,
                   size_t length);
/* NULL: null. */
void json_add_string(struct buffer *out, const char *key, const char *string);
void json_add_integer(struct buffer *out, const char *key, uint64_t value);
/* Seven digits that count, and a point whatever the host's locale. */
void json_add_real(struct buffer *out, const char *key, double value);
void json_add_truth(struct buffer *out, const char *key, bool value);

/* One object a line is what both programs write: {"v":1,"type":TYPE,... */
void json_line_open(struct buffer *out, const char *type);
void json_line_close(struct buffer *out);

#endif
