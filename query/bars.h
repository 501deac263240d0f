/* The values of a facet as text: numbers, and at a terminal bars that fill its
 * width.
 *
 *   site:
 *         2  holm.example    ████████
 *         1  valley.example  ████
 */
#ifndef QUERY_BARS_H
#define QUERY_BARS_H

#include "query/output.h"

void bars_write(struct output_writer *writer, const dateline_facet *facet);

#endif
