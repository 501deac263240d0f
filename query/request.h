/* The question language: bytes of a question in, a small tree out. An error
 * knows its byte.
 *
 *   nuclear talks               ranked: more of the words, better hits
 *   "exact words"               required letter by letter, single words too
 *   +word -word  NOT word       required, excluded; also before "quotes", (, field:
 *   a AND b   a OR b   (a b)    OR binds loosest, words side by side tightest
 *   a NEAR/5 b                  at most five words apart, in any order; NEAR: ten;
 *                               either may be "quoted"
 *   organis*                    every word that begins so
 *   site:example.org            a field of common/field.h; "quoted", negated,
 *                               star at its end; same field: either, others: both
 *   title:"exact words"         a field of words
 *   date:2021-10..2021-12       also 2021, 2021-10-17, since:, until:; inclusive
 *   money:eur>1000000           a sum that stands in the passage; 1000..5000
 *   quantity:>100km             a length, share, mass, ... that stands there
 *   *                           alone: everything
 *
 * Typographic quotes and full-width signs count as their ASCII ones. What looks
 * like an address (word://...) or whose name before the colon is not two or more
 * lower-case letters is words. In prose (at least eight words, one in four a stop
 * word, or four before a question mark, and not one quote alone) AND, OR, NOT and
 * NEAR are words too, and a quote ranks: who holds it comes first, +"it" is
 * required. */
#ifndef QUERY_REQUEST_H
#define QUERY_REQUEST_H

#include "common/arena.h"
#include "common/field.h"
#include "common/text.h"
#include "common/xapian_c.h"
#include "query/amount.h"

enum request_kind {
    REQUEST_WORDS, /* one run outside quotes: its words, ranked */
    REQUEST_QUOTE, /* words in this order, letter by letter */
    REQUEST_STAR,  /* one word, cut off */
    REQUEST_NEAR,  /* children, WORDS or QUOTE, at most `window` words apart */
    REQUEST_FIELD, /* field, value; words too where it is a text */
    REQUEST_DATES, /* since..until; "" for open */
    REQUEST_AMOUNT, /* a sum or quantity in the passage */
    REQUEST_LIST,  /* children side by side, each with its mark */
    REQUEST_AND,
    REQUEST_OR,
    REQUEST_ALL    /* everything */
};

enum request_mark {
    REQUEST_MAY,  /* ranks */
    REQUEST_MUST,
    REQUEST_MUST_NOT
};

struct request_word {
    size_t start, end; /* bytes of the question */
    const char *term;  /* folded, not stemmed */
    size_t length;
    bool ideograph, joined;
    bool stop;         /* left out of the ranking: expand decides */
    bool rare;         /* ranks in the stems of all languages: expand decides */
    const struct request_form *forms; /* asked for too: with other accents */
    size_t form_count;
};

struct request_form {
    const char *term;
    size_t length;
};

struct request_node {
    enum request_kind kind;
    enum request_mark mark;
    size_t id;         /* below request.node_count */
    size_t start, end; /* bytes of the question */
    struct request_word *words;
    size_t word_count, word_room;
    const struct field *field;
    const char *value; /* as written, without quotes */
    size_t value_length;
    const char *term;  /* that a field's value asks for: expand decides; or NULL */
    size_t term_length;
    bool quoted, star; /* the field's value is in quotes, ends in a star */
    char since[9], until[9]; /* YYYYMMDD, or "" */
    struct amount amount;
    unsigned window;
    struct request_node *child, *next;
};

enum {
    REQUEST_WORD_COUNT = 1000, /* in one question */
    REQUEST_STAR_COUNT = 16,
    REQUEST_NEAR_COUNT = 16,   /* in one chain */
    REQUEST_DEPTH = 50         /* of brackets */
};

struct request {
    const char *question;
    size_t length;
    struct request_node *root; /* a LIST, AND or OR */
    size_t word_count, star_count, node_count;
    bool prose;
};

/* DATELINE_BAD_QUERY with the byte where it went wrong; the question must
 * outlive *out, all else is in the arena. */
dateline_status request_read(struct request *out, struct arena *arena,
                             const char *question, size_t length,
                             dateline_error *error);

/* A condition on a field, dates and sums included. */
bool request_is_field(const struct request_node *node);

/* Of two conditions of a list, one is enough: values of one field, but neither
 * words of a title nor open ranges. */
bool request_alternatives(const struct request_node *a,
                          const struct request_node *b);

/* Every node below `node`, it first, parents before children, shown to a
 * visitor. */
typedef void request_visit(void *context, struct request_node *node);
void request_walk(struct request_node *node, request_visit *visit,
                  void *context);

#endif
