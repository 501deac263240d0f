/* The bytes kept with a passage and with an article: a version byte, a kind
 * byte, lengths and strings (a NUL after each, so they can be pointed at), facts
 * in the order of the field table, and four bytes of checksum, since Xapian's
 * blocks have none. They are our own but come from disk: reading trusts
 * nothing. */
#ifndef COMMON_STORED_H
#define COMMON_STORED_H

#include "common/arena.h"

#include <dateline.h>

/* The form of an index, its metadata "version"; raised when an index of before
 * must be made anew or brought to it (dateline-index --reindex). */
#define STORED_FORM "1"

/* DATELINE_VERSION, and what to do, when the form of the index at path is not
 * ours. older: one from before will do. */
dateline_status stored_form_check(const char *form, bool older,
                                  const char *path, dateline_error *error);

/* With each passage: what it takes to tell what of it matched. The rest is kept
 * once, with its article. */
struct stored_passage {
    const char *language, *title; /* of its article */
    const char *day;              /* it was published, "20211017"; or NULL */
    size_t number;             /* of the passage in its article, from 0 */
    size_t start;              /* byte of the body where it begins */
    dateline_role role;
    const char *text;
    size_t length;
    const dateline_entity *entities; /* offsets in text */
    size_t entity_count;
};

/* With each article document: the rest of what --dump prints, and what tells
 * whether it changed. The body is its passages and what lies between them. */
struct stored_article {
    dateline_facts facts;      /* all of them */
    const dateline_block *blocks;
    size_t block_count;
    size_t passage_count;
    uint64_t hash[2];          /* xxh128 of all that is kept of the article */
    uint64_t passage_length, article_length; /* sums of term frequencies */
    const dateline_entity *names; /* each entity name once, no offsets: facets */
    size_t name_count;
    const uint32_t *fingerprints; /* of its paragraphs, ascending: copies */
    size_t fingerprint_count;
    size_t body_length;
    const char *between; /* bytes of the body in no passage; NULL: newlines */
    size_t between_length;
    const dateline_entity *loose; /* that lie in no passage whole */
    size_t loose_count;
};

void stored_write_passage(struct buffer *out,
                          const struct stored_passage *passage);
/* Strings point into bytes or the arena, both must outlive *out. */
dateline_status stored_read_passage(struct stored_passage *out,
                                    struct arena *arena, const char *bytes,
                                    size_t length, dateline_error *error);
/* Tells the two apart by their kind byte; false for a passage and for junk. */
bool stored_is_article(const char *bytes, size_t length);

void stored_write_article(struct buffer *out,
                          const struct stored_article *article);
dateline_status stored_read_article(struct stored_article *out,
                                    struct arena *arena, const char *bytes,
                                    size_t length, dateline_error *error);

/* The parts of these bytes, also used between our processes: LEB128 numbers, and
 * strings that have their length plus one before them (0: NULL) and NUL behind.
 * Reading points into the bytes; false when they end too soon. */
void stored_write_number(struct buffer *out, uint64_t number);
bool stored_read_number(uint64_t *out, const char **at, const char *end);
void stored_write_string(struct buffer *out, const char *bytes, size_t length);
bool stored_read_string(const char **out, size_t *length, const char **at,
                        const char *end);

#endif
