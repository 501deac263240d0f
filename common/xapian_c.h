/* Xapian for C. Plain structs go in, plain structs come out; no exception
 * leaves and no C frame is ever thrown through. It knows nothing of news, and
 * of us only two words: dateline_status and dateline_error.
 *
 * One handle, one thread at a time; a second thread opens a second handle.
 * On an error *out is not touched. Every free and close takes NULL. Bytes that
 * come out may hold anything when an index is damaged: read them as you would
 * read a stranger's. The files behind it are xapian_c_NAME.cc. */
#ifndef COMMON_XAPIAN_C_H
#define COMMON_XAPIAN_C_H

#include <dateline.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ----------------------------------------------------------------- values */

struct xapian_bytes {
    const char *bytes;
    size_t length;
};

/* A term of a document: its whole name (prefix included) and how often it occurs
 * (0: a filter, not counted in the document's length). */
struct xapian_term {
    const char *bytes;
    size_t length; /* at most XAPIAN_TERM_BYTES */
    uint32_t frequency;
};

struct xapian_value {
    unsigned slot;
    const char *bytes;
    size_t length;
};

struct xapian_document {
    struct xapian_bytes data;
    const struct xapian_term *terms;
    size_t term_count;
    const struct xapian_value *values;
    size_t value_count;
};

enum { XAPIAN_TERM_BYTES = 245, XAPIAN_NO_SLOT = -1 };

/* Shown one item at a time; false ends the walk, which is no error. */
typedef bool xapian_visit(void *context, struct xapian_bytes name,
                          struct xapian_bytes value, uint32_t frequency);

/* ----------------------------------------------------------------- writer */

struct xapian_writer;
struct xapian_reader;

/* Opens or makes a database in folder path (its parent must be there) and takes
 * its lock. A file, or a folder that holds anything else, is left alone:
 * DATELINE_BAD_ARGUMENT. Else DATELINE_LOCKED, _CORRUPT, _VERSION, _IO.
 * postings: changed ones held in memory before they are written, which is not to
 * commit them; 0: XAPIAN_POSTINGS. They are counted, not documents, since a
 * document may be a line or a book. */
dateline_status xapian_writer_open(struct xapian_writer **out, const char *path,
                                   size_t postings, dateline_error *error);

/* Measured with articles of 400 terms: more leave the processor's cache, with
 * fewer the same blocks are written more often, and that the more the larger the
 * index is. CPU seconds of 11,008 articles into a new index, of 4,000 into one of
 * 44,032, and the most memory of the process:
 *
 *   100,000   11.7   5.6   17 MB
 *   200,000   12.2   5.0   24 MB
 *   400,000   13.2   4.7   36 MB
 *
 * 500 books of 13,000 terms: 339 MB when 1,000 documents were held, and now 29. */
enum { XAPIAN_POSTINGS = 200000 };

/* The document of `key` (a term that it then carries) becomes this one, under the
 * number that it has; a new one is added. Of an old one's postings only those that
 * differ are written (6,000 equal articles: a third of the CPU that new ones take).
 * It is built and checked (DATELINE_LIMIT for a term over 245 bytes)
 * before anything is changed. Nothing is committed before xapian_writer_commit, so
 * a crash leaves the index as it was then. When a change fails half way
 * (DATELINE_IO: the disk is full), the writer refuses all further ones: close
 * it. */
dateline_status xapian_writer_replace(struct xapian_writer *writer,
                                      struct xapian_bytes key,
                                      const struct xapian_document *document,
                                      dateline_error *error);
/* No document of that key is no error. */
dateline_status xapian_writer_remove(struct xapian_writer *writer,
                                     struct xapian_bytes key,
                                     dateline_error *error);

/* An empty value removes it. Keys are at most XAPIAN_TERM_BYTES bytes and begin
 * with no byte 1. */
dateline_status xapian_writer_set_metadata(struct xapian_writer *writer,
                                           struct xapian_bytes key,
                                           struct xapian_bytes value,
                                           dateline_error *error);

/* Adds to the unstemmed vocabulary (wildcards, "did you mean"), which is kept as
 * metadata in blocks (vocabulary.h); seen after the commit. */
dateline_status xapian_writer_add_word(struct xapian_writer *writer,
                                       struct xapian_bytes word,
                                       uint32_t frequency,
                                       dateline_error *error);

/* Errors of writing are learnt here. All or nothing: a crash before it is over
 * leaves the commit before. */
dateline_status xapian_writer_commit(struct xapian_writer *writer,
                                     dateline_error *error);

/* The writer's own view, uncommitted changes included. Borrowed: never close
 * it. */
struct xapian_reader *xapian_writer_reader(struct xapian_writer *writer);

/* Drops what was not committed. */
void xapian_writer_close(struct xapian_writer *writer);

/* Merges databases into a new one at `to`, as small as it goes. `to` must be
 * missing or empty, and is removed again on failure. Of metadata, the first
 * database's wins; vocabularies are merged. */
dateline_status xapian_compact(const char *to, const char *const *from,
                               size_t count, dateline_error *error);

/* ----------------------------------------------------------------- reader */

/* Folders, stub files, or HOST:PORT of a remote server ([::1]:7000 too; tried
 * only when no file has that name), searched as one. A stub file lists indexes,
 * one a line: "auto FOLDER", relative to its own folder, or "remote HOST:PORT".
 * DATELINE_NOT_FOUND, _CORRUPT, _VERSION (not an index, or another version's),
 * _IO. */
dateline_status xapian_reader_open(struct xapian_reader **out,
                                   const char *const *paths, size_t count,
                                   dateline_error *error);
/* Sees what was committed since, also in a folder or stub file that was replaced.
 * Nothing happens to a writer's own view. */
dateline_status xapian_reader_reopen(struct xapian_reader *reader,
                                     dateline_error *error);

/* How often it was opened so far: what was read of it before the last time may
 * have changed. Always 0 for a writer's own view. */
uint64_t xapian_reader_renewals(const struct xapian_reader *reader);

/* Reading below meets a writer: on DatabaseModifiedError the reader is opened
 * again and the call is made once more; DATELINE_CHANGED only if that fails. The
 * same cures a lost connection to a server. A visitor is never shown an item
 * twice for it: the walk goes on behind the last one shown. A visitor may call
 * everything here but xapian_reader_close. */
dateline_status xapian_reader_count(uint64_t *out, struct xapian_reader *reader,
                                    dateline_error *error);
/* The number of the last document; 0 when there never was one. */
dateline_status xapian_reader_last(uint32_t *out, struct xapian_reader *reader,
                                   dateline_error *error);
dateline_status xapian_reader_average_length(double *out,
                                             struct xapian_reader *reader,
                                             dateline_error *error);
/* Documents that hold the term. */
dateline_status xapian_reader_frequency(uint64_t *out,
                                        struct xapian_reader *reader,
                                        struct xapian_bytes term,
                                        dateline_error *error);
/* How often it occurs in all of them: the sum of its frequencies. */
dateline_status xapian_reader_occurrences(uint64_t *out,
                                          struct xapian_reader *reader,
                                          struct xapian_bytes term,
                                          dateline_error *error);
/* *out is NULL and *length 0 when there is none; else free(*out), NUL ended. Of
 * several databases the first that has it answers. */
dateline_status xapian_reader_metadata(char **out, size_t *length,
                                       struct xapian_reader *reader,
                                       struct xapian_bytes key,
                                       dateline_error *error);
/* Every metadata key that begins with prefix, and its value, in order; of several
 * databases one after the other, so a key that two have is shown twice. */
dateline_status xapian_reader_metadata_visit(struct xapian_reader *reader,
                                             struct xapian_bytes prefix,
                                             xapian_visit *visit, void *context,
                                             dateline_error *error);
/* Every term that begins with prefix, with its document frequency. */
dateline_status xapian_reader_terms(struct xapian_reader *reader,
                                    struct xapian_bytes prefix,
                                    xapian_visit *visit, void *context,
                                    dateline_error *error);
/* Every document that holds the term (all of them for an empty one): name is
 * empty, value its data, frequency its document number. */
dateline_status xapian_reader_documents(struct xapian_reader *reader,
                                        struct xapian_bytes term,
                                        xapian_visit *visit, void *context,
                                        dateline_error *error);
/* The same, and its value in a slot as its name. */
dateline_status xapian_reader_values(struct xapian_reader *reader,
                                     struct xapian_bytes term, unsigned slot,
                                     xapian_visit *visit, void *context,
                                     dateline_error *error);
/* The data of documents by their numbers, which ascend, for neighbours lie in one
 * block and that is read once; frequency is the number. A number without a
 * document is left out. */
dateline_status xapian_reader_data(struct xapian_reader *reader,
                                   const uint32_t *documents, size_t count,
                                   xapian_visit *visit, void *context,
                                   dateline_error *error);
/* The unstemmed vocabulary under a prefix, with frequencies; second places of words
 * (VOCABULARY_PLAIN) too. */
dateline_status xapian_reader_words(struct xapian_reader *reader,
                                    struct xapian_bytes prefix,
                                    xapian_visit *visit, void *context,
                                    dateline_error *error);
/* The words of the vocabulary within 2 letters of a word (1 of three or four; it
 * itself too), with frequencies. */
dateline_status xapian_reader_near_words(struct xapian_reader *reader,
                                         struct xapian_bytes word,
                                         xapian_visit *visit, void *context,
                                         dateline_error *error);
/* Xapian's own check of the database in a folder; faults are told to visit (may
 * be NULL), a line each as its name. *faults is how many. DATELINE_CORRUPT where
 * the damage stopped the check: the message says at what. Runs in a process of
 * its own, since Xapian's check may not survive what it finds. */
dateline_status xapian_check(size_t *faults, const char *path,
                             xapian_visit *visit, void *context,
                             dateline_error *error);
void xapian_reader_close(struct xapian_reader *reader);

/* ---------------------------------------------------------------- queries */

struct xapian_query;

enum xapian_operator {
    XAPIAN_AND, XAPIAN_OR, XAPIAN_AND_NOT,
    XAPIAN_AND_MAYBE, /* the first decides, the others add score */
    XAPIAN_FILTER,    /* the first ranks, the others only decide */
    XAPIAN_SYNONYM    /* scored as one term */
};

/* Every constructor copies what it is given; combine, scale and the rest borrow
 * their parts, which stay the caller's to free. They report DATELINE_NO_MEMORY
 * or DATELINE_BAD_QUERY. */
dateline_status xapian_query_term(struct xapian_query **out,
                                  struct xapian_bytes term, uint32_t frequency,
                                  dateline_error *error);
dateline_status xapian_query_combine(struct xapian_query **out,
                                     enum xapian_operator how,
                                     struct xapian_query *const *parts,
                                     size_t count, dateline_error *error);
/* Values of a slot from begin to end, both included; either may be empty. A
 * document without a value is in no range. */
dateline_status xapian_query_range(struct xapian_query **out, unsigned slot,
                                   struct xapian_bytes begin,
                                   struct xapian_bytes end,
                                   dateline_error *error);
dateline_status xapian_query_scale(struct xapian_query **out,
                                   const struct xapian_query *query,
                                   double factor, dateline_error *error);
dateline_status xapian_query_all(struct xapian_query **out,
                                 dateline_error *error);
void xapian_query_free(struct xapian_query *query);

/* ---------------------------------------------------------------- hits */

enum xapian_weight {
    XAPIAN_INEB2,  /* parameter: c */
    XAPIAN_BOOLEAN,
    XAPIAN_COUNT   /* how many of the query's terms a document has */
};

struct xapian_request {
    const struct xapian_query *query;
    enum xapian_weight weight;
    double parameter;        /* 0: Xapian's default */
    size_t first, most;
    size_t check_at_least;   /* documents to look at for a better estimate */
    int sort_slot;           /* sort by this value, then weight; XAPIAN_NO_SLOT.
                              * Documents without one come last, both ways:
                              * ascending, a second query asks for them. */
    bool descending;
    bool terms;              /* also tell which of the query's terms matched */
    bool no_data;            /* leave data empty: nothing is read for it */
    int value_slot;          /* copy out this slot's value too; or NO_SLOT */
    unsigned milliseconds;   /* stop ranking after this long; 0: never */
};

#define XAPIAN_REQUEST_INIT                                           \
    {                                                                 \
        .most = 10, .sort_slot = XAPIAN_NO_SLOT,                      \
        .value_slot = XAPIAN_NO_SLOT                                  \
    }

struct xapian_hit {
    uint32_t document;
    double weight;
    struct xapian_bytes data;
    struct xapian_bytes value;       /* of value_slot */
    const struct xapian_bytes *terms;
    size_t term_count;
};

/* One block, hits and all they point to. */
struct xapian_hits {
    size_t count;
    const struct xapian_hit *hits;
    uint64_t lower, estimated, upper; /* of all that match */
};

dateline_status xapian_reader_search(struct xapian_hits **out,
                                     struct xapian_reader *reader,
                                     const struct xapian_request *request,
                                     dateline_error *error);
void xapian_hits_free(struct xapian_hits *hits);

/* -------------------------------------------------------------- stemmers */

struct xapian_stemmer;

/* language: Xapian's name ("english"); "none" leaves words as they are. */
dateline_status xapian_stemmer_open(struct xapian_stemmer **out,
                                    const char *language,
                                    dateline_error *error);
/* Borrowed until the next call; cached, so a known word costs a look-up. */
struct xapian_bytes xapian_stemmer_stem(struct xapian_stemmer *stemmer,
                                        const char *word, size_t length);
void xapian_stemmer_close(struct xapian_stemmer *stemmer);

#ifdef __cplusplus
}
#endif
#endif
