/* A page's tree -> the bylines that are marked up, gathered in one walk. */
#ifndef INDEXER_BYLINE_MARK_H
#define INDEXER_BYLINE_MARK_H

#include "indexer/byline_name.h"
#include "indexer/metadata.h"

/* What says that an element is an author, the surest first. */
enum byline_mark {
    MARK_PROPERTY_NAME, /* itemprop "name" in itemprop "author" */
    MARK_PROPERTY,      /* itemprop "author" */
    MARK_REL,           /* rel "author" */
    MARK_ADDRESS,       /* a link to "/author/jane-doe" */
    MARK_BOX_LINK,      /* a link in class "author" or "byline" */
    MARK_NAME_CLASS,    /* class "author-name" and its like */
    MARK_VCARD_NAME,    /* class "fn" in class "vcard" */
    MARK_BYLINE_CLASS,  /* "byline" in a class */
    MARK_AUTHOR_CLASS,  /* class "author", "post-author" */
    MARK_PROFILE,       /* a link to "/profile/...", when a person's name is in it */
    MARK_PERSON,        /* itemtype Person */
    MARK_USERNAME,      /* class "username" */
    MARK_ANY_AUTHOR,    /* "author" in a class */
    MARK_ID,            /* id "author", "byline" */
    MARK_KINDS,
    MARK_SURE = MARK_PROFILE /* those before it are seldom wrong */
};

struct byline_marks {
    struct {
        const struct node **items; /* in document order */
        size_t count, room;
    } of[MARK_KINDS];
};

void byline_mark_find(struct byline_marks *out, const struct metadata *metadata);

/* Adds the names of the first kind before `end` that has any, those in the same
 * box with it. */
void byline_mark_read(struct byline *out, const struct byline_marks *marks,
                      enum byline_mark end);

#endif
