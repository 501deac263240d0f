/* What is on a page and not in its article, told by names and phrases: the
 * class and id names that sites give such boxes, and the words that stand in
 * them, in many languages. Measured over 1,377 pages of news and blogs. */
#ifndef INDEXER_FURNITURE_H
#define INDEXER_FURNITURE_H

#include <stdbool.h>
#include <stddef.h>

/* names: class, id and the like, space between. FURNITURE_SURE when one of them
 * says sharing, related, advertisement, comments, ...; FURNITURE_COMMENTS when
 * one, whole, is the box of all that readers wrote, which may be more than the
 * article; another number, one for each, for words that may also be the layout's
 * own ("widget", "slider"); 0 when none says so. */
unsigned furniture_name(const char *names);
enum { FURNITURE_SURE = 1, FURNITURE_COMMENTS = 31, FURNITURE_NAMES = 32 };

/* One of them says that this is the article's text. */
bool furniture_is_body_name(const char *names);

enum furniture_text {
    FURNITURE_NONE,
    FURNITURE_JUNK,    /* a button or label by itself: "Share", "3 min read" */
    FURNITURE_TAIL,    /* the head of what follows an article: "Read next" */
    FURNITURE_LEAD_IN, /* the start of a line that sends elsewhere: "Read more:" */
    FURNITURE_NOTICE   /* the start of a credit or a claim: "Photo:", "Copyright" */
};

/* text: squeezed, at most a paragraph. */
enum furniture_text furniture_text(const char *text, size_t length);

#endif
