/* The opening line of a release -> place, date, wire, and where the sentence
 * begins. */
#ifndef INDEXER_LEAD_H
#define INDEXER_LEAD_H

#include "common/arena.h"

#include <dateline.h>

struct lead {
    const char *place; /* "PARIS, FRANCE", or NULL; in the arena */
    const char *wire;  /* "EINPresswire.com", or NULL; in the arena */
    dateline_date date; /* precision DATELINE_NO_DATE: none */
    int month, day;     /* then, of a day without its year ("Oct 17"); 0: none */
    size_t end;        /* byte of the body where the sentence begins */
};

/* Looks at the first few lines of the body. A day that stands alone on the first
 * line, or below "FOR IMMEDIATE RELEASE", is told even where no opening follows;
 * then end is 0. False when there is nothing; then *out is empty. language: a
 * code, or NULL. */
bool lead_read(struct lead *out, struct arena *arena, const char *body,
               size_t length, const char *language);

#endif
