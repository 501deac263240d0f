/* article -> record: all that the index keeps of it, as one flat buffer that
 * crosses from a reader process to the writer, and as the structs that the
 * writer is given. The record is the same whichever way it went.
 *
 * An article is one document: the stemmed words of its title and its passages and
 * pairs of joined ideographs, as often as they stand there; the title's words once
 * more with prefix S; its filters. Every word is stemmed, pairs are not. No term
 * has positions: what stands next to what, and in which passage, is told by the
 * stored text. */
#ifndef INDEXER_RECORD_H
#define INDEXER_RECORD_H

#include "common/arena.h"
#include "common/xapian_c.h"

#include <dateline.h>

struct record_word {
    const char *bytes;
    size_t length;
    uint32_t frequency;
};

struct record {
    struct xapian_bytes key; /* the article's key term */
    const char *id;
    const char *language;    /* or NULL */
    uint64_t hash[2];        /* as in stored_article, like the next ones */
    size_t passage_count;
    uint64_t passage_words;  /* of all its passages */
    uint64_t terms;
    struct xapian_document document;
    const struct record_word *words; /* not stemmed, letters only, each once */
    size_t word_count;
};

/* Keeps the stemmers open. */
struct recorder;
dateline_status record_open(struct recorder **out, dateline_error *error);
void record_close(struct recorder *recorder);

/* Appends the flat record of an article to out. facts.id must not be NULL. */
dateline_status record_build(struct buffer *out, struct recorder *recorder,
                             const dateline_article *article,
                             dateline_error *error);

/* Strings point into bytes, arrays live in the arena. False for bytes that are
 * no record. */
bool record_read(struct record *out, struct arena *arena, const char *bytes,
                 size_t length);

#endif
