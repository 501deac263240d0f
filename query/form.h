/* The same word with other accents: who asks for "Erdogan" or "Muller" also finds
 * Erdoğan and Müller, and the other way round. */
#ifndef QUERY_FORM_H
#define QUERY_FORM_H

#include "query/build.h"

/* Gives words outside quotes their forms, out of the index's vocabulary. */
void forms_find(struct builder *b);

#endif
