/* Sums of a question: money:>1000000, money:eur>5m, money:1000..5000, money:eur. */
#ifndef QUERY_AMOUNT_H
#define QUERY_AMOUNT_H

#include <stdbool.h>
#include <stddef.h>

struct amount {
    char currency[4]; /* "EUR", or "": any */
    double low, high;
    bool above, below; /* low, high themselves are too little, too much */
};

/* False when it is no sum. */
bool amount_read(struct amount *out, const char *text, size_t length);

/* value: of an entity, "EUR 5000000"; false for NULL and what is no sum. */
bool amount_holds(const struct amount *amount, const char *value);

#endif
