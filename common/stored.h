/* The bytes kept with an article: a version byte, its hash, and compressed all
 * else: lengths and strings (a NUL after each, so they can be pointed at), facts in
 * the order of the field table; then four bytes of checksum, since Xapian's blocks
 * have none. They are compressed here, with zstd, and not left to Xapian's zlib:
 * that took a quarter of a question's CPU to read, and to write it had the one
 * process that writes. They are our own but come from disk: reading trusts nothing. */
#ifndef COMMON_STORED_H
#define COMMON_STORED_H

#include "common/arena.h"

#include <dateline.h>

/* The form of an index, its metadata "version"; raised when an index of before
 * must be made anew or brought to it (dateline-index --reindex). */
#define STORED_FORM "3"
/* Older ones cannot be brought to it; 2 differs in its number alone. */
enum { STORED_FORM_OLDEST = 2 };

/* DATELINE_VERSION, and what to do, when the form of the index at path is not
 * ours. older: one from before will do. */
dateline_status stored_form_check(const char *form, bool older,
                                  const char *path, dateline_error *error);

/* All of an article: what --dump prints, what tells whether it changed, and what
 * it takes to tell which of its passages matched. */
struct stored_article {
    dateline_facts facts;
    const char *body;
    size_t length;
    const dateline_block *blocks;
    size_t block_count;
    const dateline_passage *passages; /* one at least: of a title alone empty */
    const uint32_t *words;     /* of each passage, as many as are indexed */
    size_t passage_count;
    const dateline_entity *entities; /* in order of start, offsets in the body */
    size_t entity_count;
    const uint32_t *fingerprints; /* of its paragraphs, ascending: copies */
    size_t fingerprint_count;
    uint64_t terms;            /* the sum of its term frequencies */
    uint64_t hash[2];          /* xxh128 of all the above and of its terms */
};

/* All but the hash, not compressed: what the hash is taken of, which must not change
 * with the way of compressing. Then both as they are kept. */
void stored_write_plain(struct buffer *out,
                        const struct stored_article *article);
void stored_pack(struct buffer *out, const uint64_t hash[2],
                 const struct buffer *plain);
/* The two in one. */
void stored_write(struct buffer *out, const struct stored_article *article);
/* All of *out lives in the arena; the bytes may go. */
dateline_status stored_read(struct stored_article *out, struct arena *arena,
                            const char *bytes, size_t length,
                            dateline_error *error);

/* A passage as it is matched and shown: a look at its article. */
struct stored_passage {
    const struct stored_article *article;
    size_t number;             /* in its article, from 0 */
    size_t start;              /* byte of the body where it begins */
    dateline_role role;
    const char *text;          /* not NUL ended */
    size_t length;
    const dateline_entity *entities; /* that lie in it whole, offsets in text */
    size_t entity_count;
};

/* The entities live in the arena. number < passage_count. */
struct stored_passage stored_passage(const struct stored_article *article,
                                     size_t number, struct arena *arena);

/* The canonical name of an entity, or its own words; text: where its offsets are,
 * the body or a passage's. */
const char *stored_name(struct arena *arena, const char *text,
                        const dateline_entity *entity);

/* The value of FIELD_SLOT_RUN: which runs brought the passages. The identity of
 * the index, as eight hex digits the last of the runs, so that values sort by it,
 * and where they differ how much earlier each of them was. */
void stored_write_runs(struct buffer *out, const char *identity,
                       const uint64_t *runs, size_t count);
/* False, and all 0, unless they are runs of that index. */
bool stored_read_runs(uint64_t *runs, size_t count, const char *identity,
                      const char *bytes, size_t length);

/* The parts of these bytes, also used between our processes: LEB128 numbers, and
 * strings that have their length plus one before them (0: NULL) and NUL behind.
 * Reading points into the bytes; false when they end too soon. */
void stored_write_number(struct buffer *out, uint64_t number);
bool stored_read_number(uint64_t *out, const char **at, const char *end);
void stored_write_string(struct buffer *out, const char *bytes, size_t length);
bool stored_read_string(const char **out, size_t *length, const char **at,
                        const char *end);

#endif
