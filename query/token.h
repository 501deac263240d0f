/* A question, cut into tokens one after the other as the grammar asks. */
#ifndef QUERY_TOKEN_H
#define QUERY_TOKEN_H

#include <dateline.h>

enum token_kind {
    TOKEN_END, TOKEN_RUN, TOKEN_QUOTE, TOKEN_FIELD, TOKEN_OPEN, TOKEN_CLOSE,
    TOKEN_PLUS, TOKEN_MINUS, TOKEN_AND, TOKEN_OR, TOKEN_NOT, TOKEN_NEAR
};

struct token {
    enum token_kind kind;
    size_t start, end;             /* bytes of the question */
    size_t text_start, text_end;   /* inside quotes, the field's value */
    size_t name_length;            /* of a field */
    bool quoted, star;
    unsigned window;
};

struct tokens {
    const char *text;
    size_t length, at;
    unsigned open;     /* brackets: the grammar counts */
    bool prose;        /* operators in capitals are words */
    dateline_error *error;
    struct token next; /* the one ahead */
};

enum { TOKEN_NEAR_MOST = 200 /* words of a passage */ };

/* The next token into tokens->next; what is none is passed over. */
dateline_status token_next(struct tokens *tokens);

/* A sentence, where capitals are emphasis and no operators: at least eight
 * words, one in four a stop word of some one language; four words are enough
 * before a question mark. */
bool token_is_prose(const char *text, size_t length);

#endif
