/* Which bytes of a passage matched, and whether what must be there to the
 * letter is there. Words are cut and stemmed exactly as they were indexed, so
 * what is marked is what was found. */
#ifndef QUERY_MATCH_H
#define QUERY_MATCH_H

#include "common/alias.h"
#include "common/stored.h"
#include "query/expand.h"
#include "query/needle.h"
#include "query/request.h"
#include "query/stem.h"

struct match;

/* Lives in the arena and borrows all it is given. The request has been
 * expanded: its stop words are marked. */
struct match *match_new(struct arena *arena, const struct request *request,
                        const struct expand_plan *plan,
                        const struct expand_index *index);

/* Needles are marked and verified too; borrowed. */
void match_needles(struct match *match, const struct needles *needles);

/* The spans of text that answer the question, in order, not overlapping:
 * words by their stem, quotes as a whole, cut-off words, aliases' surfaces.
 * language: of the article, or NULL. */
size_t match_find(dateline_span **out, struct arena *arena,
                  struct match *match, const char *text, size_t length,
                  const char *language);

/* Before the passages of an article are verified: of the question's terms those
 * that it has, borrowed; NULL where they are not told. */
void match_article(struct match *match, const struct xapian_bytes *terms,
                   size_t count);

/* False when a quote or a cut-off word that the question needs is not in the
 * passage to the letter (case aside), or one that it excludes is. Words of the title
 * count too; title: so do its quotes. */
bool match_verify(struct match *match, const struct stored_passage *passage,
                  bool title);

/* What a word of the question is worth to match_density; asked once a word. */
typedef double match_worth(void *context, struct xapian_bytes stem);
void match_weigh(struct match *match, match_worth *worth, void *context);

/* How much of the question stands close together: the worth of the distinct
 * words in the best window of the text. */
double match_density(struct match *match, const char *text, size_t length,
                     const char *language);
double match_density_most(const struct match *match); /* of any text */

/* A part of the question (a word that ranks, a quote, a cut-off word, an alias)
 * at a place of the text last given to match_find or match_density. The same
 * part has the same number; numbers are below match_parts. In order of start.
 * Weights are right after match_weigh. */
struct match_point {
    size_t start, end; /* bytes of the text */
    size_t word;       /* number of its first word */
    size_t part;
    double weight;
};
size_t match_points(const struct match_point **out, const struct match *match);
size_t match_parts(const struct match *match);

#endif
