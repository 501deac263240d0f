/* PCRE2's door: patterns compiled with JIT, searched in bounded pieces. No other
 * file includes <pcre2.h>.
 *
 * A pattern owns its working memory: one thread at a time. */
#ifndef COMMON_REGEX_H
#define COMMON_REGEX_H

#include <dateline.h>

struct regex;

enum { REGEX_GROUPS = 16 };

struct regex_match {
    size_t start, end;
    dateline_span groups[REGEX_GROUPS]; /* 0 is the whole; start > end: not set */
};

/* REGEX_ANCHORED: for regex_at alone. REGEX_FOREIGN: not written by us, so it may
 * not cut characters and gives up a tenth as soon. */
enum regex_flags {
    REGEX_CASELESS = 1,
    REGEX_EXTENDED = 2,
    REGEX_ANCHORED = 4,
    REGEX_FOREIGN = 8
};

/* UTF is always on; the text must be valid UTF-8. An error names the byte. */
dateline_status regex_compile(struct regex **out, const char *pattern,
                              unsigned flags, dateline_error *error);

/* The first match that begins at or after `from`. Subjects longer than
 * LIMIT_REGEX_SUBJECT_BYTES are searched in overlapping pieces; a piece that
 * exceeds the match limit counts as holding none. */
bool regex_next(struct regex_match *match, const struct regex *regex,
                const char *text, size_t length, size_t from);

/* The match of an anchored pattern that begins exactly at `at`, or none; it sees
 * at most 1 KiB. For a pattern whose first byte or word the caller has seen. */
bool regex_at(struct regex_match *match, const struct regex *regex,
              const char *text, size_t length, size_t at);

/* Where a named group is in regex_match.groups, or -1. */
int regex_group(const struct regex *regex, const char *name);

void regex_free(struct regex *regex);

#endif
