/* A row of the compiled name lists (build/names.inc, written by
 * corpus/names/build.c) and how it is looked up. */
#ifndef INDEXER_NAME_H
#define INDEXER_NAME_H

#include <stddef.h>
#include <stdint.h>

/* What a name is; a key may be several things at once. */
enum name_kind {
    NAME_PLACE = 1 << 0,
    NAME_REGION = 1 << 1,   /* a subdivision of a country: often ambiguous */
    NAME_NORP = 1 << 2,
    NAME_LANGUAGE = 1 << 3,
    NAME_ORG = 1 << 4,
    NAME_GIVEN = 1 << 5,    /* a first name */
    NAME_TITLE = 1 << 6,
    NAME_PARTICLE = 1 << 7, /* "van der" */
    NAME_NOT = 1 << 8,      /* written with a capital, yet no name */
    NAME_CURRENCY = 1 << 9,
    NAME_PREFIX = 1 << 10,  /* "Ministry of": an organisation follows */
    NAME_SUFFIX = 1 << 11,  /* "Inc.": an organisation ends */
    NAME_ANY = 1 << 12,     /* "Council": an organisation is around it */
    NAME_UPPER = 1 << 13,   /* only in capitals: "US" is not "us" */
    NAME_LOWER = 1 << 14,   /* may be written small */
    NAME_MORE = 1 << 15     /* a longer name begins with these words */
};

struct name {
    const char *key; /* terms of text_word, one space between */
    uint32_t hash; /* hash_32 of the key: most other keys are told apart by it */
    uint32_t kinds;
    char code[3];    /* ISO 3166 of the country, or "" */
};

#endif
