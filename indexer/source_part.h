/* What the parts of a source share. For source*.c alone. */
#ifndef INDEXER_SOURCE_PART_H
#define INDEXER_SOURCE_PART_H

#include "indexer/seen.h"
#include "indexer/source.h"

#include <string.h>

enum entry_kind { ENTRY_FILE, ENTRY_FOLDER, ENTRY_FAULT, ENTRY_WARNING };

struct entry {
    const char *name;
    enum entry_kind kind;
    bool known;
    const char *real;    /* of a link, else NULL */
    const char *message; /* of a fault or warning */
    struct source_stat stat;
};

/* A folder that is being walked. */
struct level {
    struct arena arena;
    struct entry *entries;
    size_t count, room, next;
    size_t path_length, real_length; /* of the paths up to this folder */
};

struct source {
    struct source_options options;
    bool counting; /* source_count: nothing is asked that it need not know */
    size_t next_item, next_path, at_manifest, at_files0, line;
    struct buffer manifest, files0;
    struct buffer path, real; /* of the folder or item in hand */
    struct level *levels;
    size_t level_count, level_room;
    struct arena arena; /* of the item in hand */
    struct arena kept;  /* roots and hidden folders */
    struct source_root *roots;
    size_t root_count, root_room;
    const char **hidden; /* folders that could not be looked into */
    size_t hidden_count, hidden_room;
    struct seen met, named, folders;
};

static inline uint64_t source_hash(const char *text, uint64_t seed)
{
    return seen_hash(text, strlen(text), seed);
}

static inline void source_put(struct buffer *buffer, const char *text)
{
    buffer->length = 0;
    buffer_text(buffer, text);
}

/* SOURCE_END here: this one is nothing new, look at the next. */
enum source_event source_give(struct source_item *item, struct source *source);
enum source_event source_fault(dateline_error *error, const char *message);

void source_stat_keep(struct source_stat *to, const struct stat *from);
/* Why what is no regular file is not read. */
const char *source_special(mode_t mode);
/* "-" is standard input. */
dateline_status source_list_read(struct buffer *out, const char *path,
                                 const struct source_options *options,
                                 dateline_error *error);

/* Reads the folder at source->path and source->real. False with errno. */
bool source_folder_enter(struct source *source);
void source_folder_leave(struct source *source);
/* The next entry of the folder on top. */
enum source_event source_folder_next(struct source_item *item,
                                     struct source *source,
                                     dateline_error *error);

#endif
