/* What a search gives back: stored bytes become a dateline_hit, and the hits
 * stand in one arena with their summary. */
#ifndef QUERY_HIT_H
#define QUERY_HIT_H

#include "common/arena.h"
#include "common/stored.h"

#include <dateline.h>

struct dateline_hits {
    struct arena arena;
    dateline_hit *hits;
    size_t count, room;
    size_t first;      /* hits skipped before these */
    bool passages;     /* every passage, not the best of each article */
    dateline_summary summary;
    const char **notes;
    size_t note_room;
    struct explain *explain; /* explain.h; NULL unless asked for */
    const char *question;
};

/* A number with so many decimals and a point, whatever the host's locale. */
void hit_number(struct buffer *out, double number, unsigned decimals);

/* A passage of the article as a hit without rank, score and matches; the article
 * must outlive it, the arena gets the rest. */
dateline_hit hit_of(const struct stored_article *article, size_t number,
                    struct arena *arena);

/* Appends one. Its rank follows from its place; matches are the caller's to
 * fill. */
dateline_hit *hit_add(struct dateline_hits *hits,
                      const struct stored_article *article, size_t number,
                      double score);

/* Adds a line of the summary, unless it stands there already. */
void hit_note(struct dateline_hits *hits, const char *note);

/* Adds what matched in a text to the reasons of a hit, each once whatever its
 * case; where: "", or " (title)". */
void hit_reason(struct dateline_hits *hits, dateline_hit *hit,
                const char *text, const dateline_span *spans, size_t count,
                const char *where);

/* The hits answer a saved query, and each says so. */
void hit_answer(struct dateline_hits *hits, const char *saved,
                const char *question);

/* "2021-10-17", "2021-10", "2021", as far as it is known, or "". */
void hit_date(char out[16], const dateline_date *date);

/* "also at 3 sites, first on example.org 2021-10-17": where the article's copies
 * are. Appends nothing where there are none. */
void hit_copies(struct buffer *out, const dateline_hit *hit);

/* Before the number found: "", "about " or "at least ". */
const char *hit_about(const dateline_summary *summary);

/* The name of a type: "ORG". */
const char *hit_type(dateline_entity_type type);

#endif
