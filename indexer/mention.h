/* What a name was elsewhere in the article. */
#ifndef INDEXER_MENTION_H
#define INDEXER_MENTION_H

#include "indexer/acronym.h"
#include "indexer/label.h"

/* Labels are sorted and apart. A family name that stands alone becomes the
 * person of the full name, a defined acronym the name it stands for, and a weak
 * label takes the type of the same name where that is sure; a weak label that
 * nothing speaks for is dropped. Sets `name` where it differs from the text. */
void mention_settle(struct labels *labels, const char *text,
                    const struct acronym *acronyms, size_t count);

#endif
