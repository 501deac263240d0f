/* Is "3/4/2021" of this page 3 April or 4 March? */
#ifndef INDEXER_PUBLISHED_ORDER_H
#define INDEXER_PUBLISHED_ORDER_H

#include "common/date.h"
#include "indexer/metadata.h"
#include "indexer/segment.h"

enum date_order published_order(const struct metadata *metadata,
                                const struct segments *segments);

#endif
