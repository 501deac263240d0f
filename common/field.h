/* One table of the fields: writing, asking, facets, stored bytes and JSON read
 * its rows. Adding a field is one row. Prefixes are omega's where one exists. */
#ifndef COMMON_FIELD_H
#define COMMON_FIELD_H

#include "common/limit.h"

#include <dateline.h>

enum field_shape {
    FIELD_TEXT,     /* const char * in dateline_facts */
    FIELD_LIST,     /* const char *const *, its size_t count at `count` */
    FIELD_DATE,     /* dateline_date */
    FIELD_NOT_FACT  /* not in dateline_facts: entity, type, role */
};

enum field_use {
    FIELD_FILTER = 1, /* name:value in a question */
    FIELD_FACET = 2,  /* --facet name */
    FIELD_HOSTS = 4,  /* each parent domain is a term too */
    FIELD_PARTS = 8,  /* "PARIS, FRANCE": the parts between commas too */
    FIELD_WORDS = 16, /* each word is a term: name:"a phrase" */
    FIELD_EXACT = 32  /* its terms are not folded: field_key */
};

struct field {
    const char *name;   /* in questions, JSON and help */
    const char *prefix; /* of its terms, or NULL */
    enum field_shape shape;
    unsigned use;
    size_t offset, count; /* in dateline_facts */
    const char *help;
};

const struct field *field_find(const char *name, size_t length);
const struct field *field_all(size_t *count);

/* Prefixes that are not a fact of the article. */
#define FIELD_KEY "Q"       /* of the article: its document alone has it */
#define FIELD_TITLE "S"
#define FIELD_ENTITY "XE"
#define FIELD_TYPE "XT"
#define FIELD_ROLE "XR"
#define FIELD_LANGUAGE "L"
#define FIELD_DAY "D"       /* YYYYMMDD */
#define FIELD_MONTH "M"     /* YYYYMM */
#define FIELD_YEAR "Y"      /* YYYY */
#define FIELD_COPY "XF"     /* paragraph fingerprint, 8 hex digits */

enum { FIELD_SLOT_DATE = 0, FIELD_SLOT_RUN = 1 };

/* The value in FIELD_SLOT_DATE: YYYYMMDD, or "" without a date. */
enum { FIELD_DAY_BYTES = 15 };
void field_day_write(char out[FIELD_DAY_BYTES + 1], const dateline_date *date);

/* Metadata of an index: who it is, as 16 hex digits drawn when it is made, and
 * under "run:" and that, the number of its last commit, decimal. Each commit of
 * a run counts, so what is seen once is never numbered later. */
#define FIELD_META_IDENTITY "identity"
#define FIELD_META_RUN "run:"

/* What a value in FIELD_SLOT_RUN begins with: identity, then as eight hex digits
 * the last run that brought text of the article (more of it: stored.h). Values of
 * an index sort by run, and articles of indexes that are searched as one, or were
 * merged, stay apart. */
enum { FIELD_IDENTITY_BYTES = 16, FIELD_RUN_BYTES = 24 };
void field_run_write(char out[FIELD_RUN_BYTES + 1], const char *identity,
                     uint64_t run);
/* False unless it is one of that index. */
bool field_run_read(uint64_t *run, const char *identity, const char *value,
                    size_t length);
/* Whether a name has the form of an identity. */
bool field_is_identity(const char *name, size_t length);

/* A term longer than this ends in a hash of the whole. */
enum { FIELD_TERM_PLAIN = 200 };

/* The term of a value: prefix, then the value folded (case and diacritics; a
 * colon between where omega wants one: after a prefix of several letters before
 * a capital or colon), hashed at its end where longer than 200 bytes. out holds
 * LIMIT_TERM_BYTES + 1. Returns its length; 0 when nothing is left of value. */
size_t field_term(char *out, const char *prefix, const char *value,
                  size_t length);

/* The key of an article by its id: prefix Q and 96 bits of a hash (ten million ids:
 * two share one with a chance of 10^-15). Length as above. */
size_t field_article(char *out, const char *id, size_t length);

/* The same as field_term without folding, for ids and paths. */
size_t field_key(char *out, const char *prefix, const char *value,
                 size_t length);

/* The term that name:value asks for, by the field's own rule. */
size_t field_value_term(char *out, const struct field *field,
                        const char *value, size_t length);

/* What an entity's name, type and a role are filed under: FIELD_ENTITY for those
 * types that are names, FIELD_TYPE, FIELD_ROLE. */
bool field_is_name(dateline_entity_type type);
const char *field_type_text(dateline_entity_type type);
const char *field_role_text(dateline_role role);

/* What stands around the news and says who sent it: about, contact, end. */
bool field_is_aside(dateline_role role);

/* The term of a paragraph's fingerprint; out and length as above. An article has
 * terms of its FIELD_COPY_MOST least ones: they are a sample that is the same in
 * its copies (Broder 1997). Two articles with half of their paragraphs in common
 * share none of eight with a chance of 0.004. */
enum { FIELD_COPY_MOST = 8 };
size_t field_copy(char *out, uint32_t fingerprint);

/* The facts of a row, out of their struct. */
const char *field_text(const struct field *field, const dateline_facts *facts);
const char *const *field_list(size_t *count, const struct field *field,
                              const dateline_facts *facts);
const dateline_date *field_date(const struct field *field,
                                const dateline_facts *facts);

#endif
