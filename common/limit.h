/* What is too much: one table for both programs (`dateline-index --limits`).
 * Measured on libxml2 2.9.14 and PCRE2 10.42. */
#ifndef COMMON_LIMIT_H
#define COMMON_LIMIT_H

#define LIMIT_MIB (1u << 20)

/* name, value, unit, what for */
#define LIMITS(X)                                                              \
    X(PAGE_BYTES, 16 * LIMIT_MIB, "bytes", "a page, decoded")                  \
    X(FILE_BYTES, 64 * LIMIT_MIB, "bytes", "a plain file")                     \
    X(MEMBER_BYTES, 64 * LIMIT_MIB, "bytes", "a member, decompressed")         \
    X(RATIO, 200, "to 1", "compression, past the first MiB")                   \
    X(JSON_LINE_BYTES, 32 * LIMIT_MIB, "bytes", "a JSON line")                 \
    X(JSON_LD_BYTES, 1 * LIMIT_MIB, "bytes", "a script of JSON-LD")            \
    X(JSON_LD_PAGE_BYTES, 4 * LIMIT_MIB, "bytes", "the JSON-LD of a page")     \
    X(JSON_DEPTH, 64, "levels", "nesting of JSON-LD")                          \
    X(ELEMENT_DEPTH, 1024, "levels", "nesting of elements")                    \
    X(TAG_BYTES, 1 * LIMIT_MIB, "bytes", "a tag")                              \
    X(NODES, 2000000, "nodes", "a page")                                       \
    X(PAGE_SECONDS, 10, "seconds", "reading a page")                           \
    X(REGEX_SUBJECT_BYTES, 16 * 1024, "bytes", "one subject of a pattern")     \
    X(REGEX_MATCHES, 100000, "steps", "one match of a pattern")                \
    X(REGEX_STACK_BYTES, 512 * 1024, "bytes", "the pattern machine's stack")   \
    X(QUESTION_BYTES, 64 * 1024, "bytes", "a question")                        \
    X(WILDCARD_TERMS, 1000, "terms", "one wildcard")                           \
    X(SAVED, 10000, "queries", "a file of saved queries")                      \
    X(MODEL_BYTES, 64 * LIMIT_MIB, "bytes", "the tagger's weights")           \
    X(TERM_BYTES, 245, "bytes", "a term of the index (Xapian's own)")          \
    X(PASSAGE_WORDS, 200, "words", "a passage")                                \
    X(FINGERPRINTS, 64, "paragraphs", "by which copies of an article are known") \
    X(CONTEXT, 100, "passages", "before and after a hit")

enum limit {
#define X(name, value, unit, what) LIMIT_##name = (value),
    LIMITS(X)
#undef X
};

#endif
