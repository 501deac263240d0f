/* Plain text -> title and blocks. */
#ifndef INDEXER_TEXT_INPUT_H
#define INDEXER_TEXT_INPUT_H

#include "indexer/content.h"

/* A release as its office sent it: lines that were wrapped are joined, empty
 * lines part paragraphs, a first short line is the title (*title may become
 * NULL). text: valid UTF-8. */
void text_input_read(struct content *out, const char **title, struct arena *arena,
                     const char *text, size_t length);

/* Text that is taken as it is: every line that is not empty is a block. */
void text_input_lines(struct content *out, struct arena *arena, const char *text,
                      size_t length);

#endif
