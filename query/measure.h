/* Quantities with their units: "5.3 million tonnes", "100km", "5%". */
#ifndef QUERY_MEASURE_H
#define QUERY_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

enum measure_kind {
    MEASURE_NONE, /* a bare number */
    MEASURE_SHARE, MEASURE_LENGTH, MEASURE_AREA, MEASURE_VOLUME, MEASURE_MASS, MEASURE_SPEED,
    MEASURE_POWER, MEASURE_ENERGY, MEASURE_DATA, MEASURE_RATE, MEASURE_FREQUENCY,
    MEASURE_TEMPERATURE, MEASURE_DEGREE, MEASURE_FLOW, MEASURE_MAGNITUDE
};

/* base = (number + offset) * factor */
struct measure {
    enum measure_kind kind;
    double factor, offset;
    const char *names; /* folded, in the singular, each between two bars */
};

/* What stands behind a number: a word of size or none, a unit or none. *scale is
 * 1 and *unit a row of kind MEASURE_NONE where there is none; false where something
 * else stands there. */
bool measure_read(double *scale, const struct measure **unit, const char *text,
               size_t length);

/* The number in the unit that others of its kind are told by. */
double measure_base(const struct measure *unit, double number);

#endif
