/* The languages of an index and their stemmers. A question does not say its
 * language, so its words are asked in the stem of every language that the index
 * holds; a passage is matched with the stemmer of its own. */
#ifndef QUERY_STEM_H
#define QUERY_STEM_H

#include "common/language.h"
#include "common/xapian_c.h"

#include <dateline.h>

enum { STEM_ROWS = 32, STEM_LANGUAGES = 64 };

struct stem_row {
    const char *name; /* Xapian's; "none": words as they are */
    struct xapian_stemmer *stemmer;
    uint64_t articles;
    bool common;      /* spoken by at least one article in twenty */
};

struct stems {
    struct stem_row rows[STEM_ROWS]; /* the row of most articles first */
    size_t count;
    const struct language *languages[STEM_LANGUAGES];
    size_t language_count;
};

/* languages: "en 120\nde 4\n", as the index keeps it. What is missing to the
 * number of articles has no language that is known, so its words are as they
 * are. Always at least one row. */
dateline_status stems_open(struct stems *out, const char *languages,
                           size_t length, uint64_t articles,
                           dateline_error *error);

/* Borrowed until the next call with this row. */
struct xapian_bytes stems_stem(struct stems *stems, size_t row,
                               const char *term, size_t length);

/* The row of an article's language; stems->count when words stay as they are. */
size_t stems_row(const struct stems *stems, const char *language);

void stems_close(struct stems *stems);

#endif
