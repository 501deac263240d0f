/* The words of a stretch of text as the name rules see them: what lists say of
 * each, and what stands between it and the word before. */
#ifndef INDEXER_TOKEN_H
#define INDEXER_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum token_gap {
    GAP_NONE,   /* nothing between: scripts without spaces */
    GAP_SPACE,
    GAP_HYPHEN,
    GAP_AND,    /* "&" */
    GAP_SLASH,
    GAP_COMMA,
    GAP_MARK,   /* brackets, quotes, semicolons */
    GAP_STOP    /* a sentence begins */
};

struct token {
    size_t start, end; /* bytes of the text, without a possessive 's */
    uint32_t kinds;    /* enum name_kind of the word alone, as it is written */
    uint32_t name_kinds;
    uint8_t name;      /* words of the longest listed name that begins here */
    uint8_t title;     /* ... title */
    uint8_t particle;  /* ... "van der" */
    uint8_t org;       /* ... "Ministry of" */
    uint32_t org_kinds;
    uint8_t gap;       /* enum token_gap before it */
    bool first;        /* begins a sentence or a quotation */
    bool capital, upper, digit, possessive;
    bool uncased;       /* of a script that has no capitals */
    bool initial;      /* one capital letter, or "J.K." */
};

enum { TOKENS_MOST = 1024 };

struct tokens {
    struct token items[TOKENS_MOST];
    size_t count;
    bool shouting; /* most of its words are in capitals */
};

#endif
