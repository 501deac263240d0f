/* Passages of articles are read, verified to the letter, and scored together with
 * their article: where conditions hold for a passage (quotes, AND, ...), or every
 * passage is asked for. */
#ifndef QUERY_PASSAGES_H
#define QUERY_PASSAGES_H

#include "query/walk.h"

dateline_status passages_find(struct walk *walk);

#endif
