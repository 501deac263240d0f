/* Amounts of a question: money:>1000000, money:eur>5m, money:1000..5000, money:eur;
 * quantity:>100km, quantity:5..10%, quantity:tonnes. */
#ifndef QUERY_AMOUNT_H
#define QUERY_AMOUNT_H

#include "query/measure.h"

#include <dateline.h>

struct amount {
    const char *name; /* "money", "quantity" */
    char currency[4]; /* "EUR", or "": any */
    const struct measure *unit; /* low and high are in its base; NULL: any */
    double low, high;
    bool above, below; /* low, high themselves are too little, too much */
};

/* The fields that have amounts, and how their values are written: "money: wants a
 * sum, as in ...". NULL for other names. */
const char *amount_help(const char *name, size_t length);

/* False when it is none. name: of a field, length bytes of it. */
bool amount_read(struct amount *out, const char *name, size_t name_length,
                 const char *text, size_t length);

/* Whether entities of a type may meet it, and whether this one does. */
bool amount_takes(const struct amount *amount, dateline_entity_type type);
bool amount_holds(const struct amount *amount, const dateline_entity *entity);

#endif
