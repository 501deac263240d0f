/* The part of a passage that is shown where the whole is too long: whole
 * sentences, those that answer most of the question. */
#ifndef QUERY_WINDOW_H
#define QUERY_WINDOW_H

#include "query/match.h"

/* At most `most` characters of text, which was the last given to match_find.
 * The whole text where it fits; else sentences in which the rarest words of the
 * question stand, close together; of a sentence that is too long itself, the
 * clauses, or as many words as fit. What room is left takes words of the sentence
 * after them, at the end of the text of the one before. Bytes of text. */
dateline_span window_choose(const struct match *match, const char *text,
                            size_t length, const char *language, size_t most);

#endif
