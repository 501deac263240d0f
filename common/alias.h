/* The alias file: surface names -> one canonical name (dateline-aliases(5)).
 *
 *   People's Mojahedin Organization of Iran [ORG] = PMOI | MEK | MKO
 */
#ifndef COMMON_ALIAS_H
#define COMMON_ALIAS_H

#include "common/arena.h"

#include <dateline.h>

struct alias_list;

struct alias_name {
    const char *name;          /* canonical */
    dateline_entity_type type;
    bool typed;                /* false: the file gives no type */
    const char *id;            /* or NULL */
};

/* Reads a file, or text of that form (both may be called several times on one
 * list; *list is NULL at first). Bad lines are told to warn (with a line
 * number) and skipped; only an unreadable file is an error. */
typedef void alias_warn(void *context, size_t line, const char *message);
dateline_status alias_load(struct alias_list **list, const char *path,
                           alias_warn *warn, void *context,
                           dateline_error *error);
dateline_status alias_read(struct alias_list **list, const char *bytes,
                           size_t length, alias_warn *warn, void *context,
                           dateline_error *error);

/* The longest surface that begins at word `at` of text and ends at a word's
 * end: its length in bytes and its name; 0 when there is none. Folded as
 * text_fold_marks folds; linear in the text. A list may be NULL. */
size_t alias_find(const struct alias_name **name, const struct alias_list *list,
                  const char *text, size_t length, size_t at);

/* The same in running text, where "the Front" is a name and "the front" is none:
 * a surface that is written with a capital must have one there too. */
size_t alias_find_written(const struct alias_name **name,
                          const struct alias_list *list, const char *text,
                          size_t length, size_t at);

/* Every surface of a canonical name (folded compare), shown to a visitor. */
typedef bool alias_visit(void *context, const char *surface);
void alias_surfaces(const struct alias_list *list, const char *canonical,
                    alias_visit *visit, void *context);

/* The list as text again, to be kept in the index. */
void alias_write(struct buffer *out, const struct alias_list *list);

size_t alias_count(const struct alias_list *list);
void alias_free(struct alias_list *list);

#endif
