/* A byline -> the names in it. */
#ifndef INDEXER_BYLINE_NAME_H
#define INDEXER_BYLINE_NAME_H

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct byline {
    struct arena *arena; /* set by the caller */
    const char **items;  /* in order, as they are written */
    size_t count, room;
    bool house;          /* the page says that it is an organisation */
    bool shown;          /* read from what is shown: taken with more doubt */
};

/* Adds the names of "By Jane Doe, Senior Editor, and John Roe | 17 October". */
void byline_split(struct byline *out, const char *text);

/* Does it look like a person's: two to four words, each with a capital but for
 * particles? Scripts without capitals pass, those without spaces do not. */
bool byline_is_person(const char *name);

/* Has it a word that no person is called by: "Newsroom", "GmbH"? */
bool byline_is_house(const char *name);

/* Cuts what East Asian bylines begin with, and its colon; their words have no
 * spaces between. */
const char *byline_cut_eastern(const char *text);

/* Does it stand before a name: "by", "von", "text"? word: folded. */
bool byline_is_word(const char *word);

#endif
