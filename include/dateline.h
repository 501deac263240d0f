/* dateline.h - full-text search for press releases and saved news pages.
 *
 *   bytes    -> dateline_reader_read  -> facts, body, passages, entities
 *   paths    -> dateline_indexer_run  -> an index (a folder)
 *   question -> dateline_search_run   -> hits -> text, JSON, HTML, TREC
 *
 * Text is UTF-8. A span is bytes, [start, end), into the string it speaks of,
 * and never splits a character. A function that can fail returns a
 * dateline_status and fills the dateline_error it was given (NULL is allowed);
 * then *out is not touched. What `out` points to is yours to free; what a
 * getter returns is borrowed and lives as long as its parent. Every free and
 * close takes NULL. One handle belongs to one thread at a time.
 *
 * Structs grow at their end only. A struct that you fill begins with its size,
 * which its initialiser sets, so a program built earlier goes on working. */
#ifndef DATELINE_H
#define DATELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DATELINE_VERSION_MAJOR 0
#define DATELINE_VERSION_MINOR 1
#define DATELINE_VERSION_PATCH 0

/* ---------------------------------------------------------------- errors */

/* What the caller can do about it. */
typedef enum dateline_status {
    DATELINE_OK = 0,
    DATELINE_BAD_ARGUMENT, /* a wrong option or path: mend the call */
    DATELINE_BAD_QUERY,    /* error.position says where in the question */
    DATELINE_BAD_INPUT,    /* this page cannot be read; go on with the next */
    DATELINE_LIMIT,        /* larger, deeper or slower than is allowed */
    DATELINE_NOT_FOUND,    /* no such index, file or article */
    DATELINE_LOCKED,       /* another indexer is writing: try again later */
    DATELINE_CHANGED,      /* the index changed too often: ask again */
    DATELINE_CORRUPT,      /* the index is damaged: rebuild it */
    DATELINE_VERSION,      /* the index is of another version: rebuild it */
    DATELINE_IO,           /* disk full, unreadable, a pipe closed */
    DATELINE_NO_MEMORY,
    DATELINE_STOPPED,      /* a visitor or an event callback said stop */
    DATELINE_INTERNAL      /* a fault of ours: report it */
} dateline_status;

typedef struct dateline_error {
    dateline_status status;
    ptrdiff_t position; /* byte in the question, or -1 */
    char message[512];  /* one line: what, where, what to do; controls escaped */
} dateline_error;

/* "0.1.0"; never freed. */
const char *dateline_version(void);

/* A status in words, such as "locked"; never NULL, never freed. */
const char *dateline_status_text(dateline_status status);

/* Writes what is too much, one line a limit: value, unit, what for. */
dateline_status dateline_limits_write(FILE *to, dateline_error *error);

/* --------------------------------------------------------------- articles */

typedef struct dateline_span {
    size_t start, end;
} dateline_span;

/* Where a date came from, best first (the order in which `published` is
 * chosen among candidates). Last column: its name in JSON. */
#define DATELINE_ORIGINS(X)          \
    X(NONE, "none")                  \
    X(GIVEN, "given")                \
    X(JSON_LD, "json-ld")            \
    X(META, "meta")                  \
    X(MICRODATA, "microdata")        \
    X(TIME, "time")                  \
    X(URL, "url")                    \
    X(CLASS, "class")                \
    X(DATELINE, "dateline")          \
    X(TEXT, "text")

typedef enum dateline_origin {
#define X(name, text) DATELINE_FROM_##name,
    DATELINE_ORIGINS(X)
#undef X
} dateline_origin;

typedef enum dateline_precision {
    DATELINE_NO_DATE = 0,
    DATELINE_YEAR,  /* month and day are 1 */
    DATELINE_MONTH, /* day is 1 */
    DATELINE_DAY
} dateline_precision;

/* A day of the proleptic Gregorian calendar as its source wrote it, never
 * shifted by a time zone. precision DATELINE_NO_DATE: none. */
typedef struct dateline_date {
    int year, month, day;
    dateline_precision precision;
    dateline_origin from;
    const char *time; /* "09:30:00+02:00" as far as known, or NULL */
    bool future;      /* of published: after the day on which it was read */
} dateline_date;

/* Name, one letter for legends without colour, SGR colour, Name for people. */
#define DATELINE_ENTITY_TYPES(X)                  \
    X(PERSON, 'P', "35", "person")                \
    X(ORG, 'O', "34", "organisation")             \
    X(PLACE, 'L', "32", "place")                  \
    X(NORP, 'N', "36", "nationality or group")    \
    X(DATE, 'D', "33", "date")                    \
    X(MONEY, 'M', "92", "money")                  \
    X(PERCENT, '%', "93", "percent")              \
    X(QUANTITY, 'Q', "93", "quantity")            \
    X(DOCREF, 'R', "94", "document")              \
    X(EMAIL, 'E', "96", "e-mail")                 \
    X(URL, 'U', "96", "address")                  \
    X(PHONE, 'T', "96", "telephone")              \
    X(HANDLE, 'H', "96", "handle")                \
    X(MISC, 'X', "95", "event, work or law")

typedef enum dateline_entity_type {
#define X(name, letter, colour, text) DATELINE_##name,
    DATELINE_ENTITY_TYPES(X)
#undef X
    DATELINE_ENTITY_TYPE_COUNT
} dateline_entity_type;

/* Which stage found it. */
#define DATELINE_STAGES(X) \
    X(PATTERN, "pattern") X(LIST, "list") X(ACRONYM, "acronym") \
    X(TAGGER, "tagger") X(ALIAS, "alias")

typedef enum dateline_stage {
#define X(name, text) DATELINE_BY_##name,
    DATELINE_STAGES(X)
#undef X
} dateline_stage;

typedef struct dateline_entity {
    size_t start, end;         /* in the body, or in a hit's text */
    dateline_entity_type type;
    dateline_stage by;
    const char *name;          /* canonical name, or NULL: the text itself */
    const char *value;         /* "2021-10-17", "EUR 5000000", or NULL */
} dateline_entity;

/* What a block or passage is for. */
#define DATELINE_ROLES(X) \
    X(BODY, "body") X(HEADING, "heading") X(LIST, "list") X(QUOTE, "quote") \
    X(ABOUT, "about") X(CONTACT, "contact") X(END, "end")

typedef enum dateline_role {
#define X(name, text) DATELINE_ROLE_##name,
    DATELINE_ROLES(X)
#undef X
} dateline_role;

typedef struct dateline_block {
    size_t start, end; /* in the body; blocks are parted by one newline */
    dateline_role role;
} dateline_block;

/* Passages tile the body in order; each is at most 200 words (a word of
 * Chinese, Japanese and Thai is a character), unless one sentence is longer. */
typedef struct dateline_passage {
    size_t start, end; /* in the body */
    dateline_role role;
} dateline_passage;

/* "NCRI" for "National Council of Resistance of Iran", as the text defines. */
typedef struct dateline_alias {
    const char *short_form, *long_form;
} dateline_alias;

/* What is known of an article. Any string may be NULL: not found. */
typedef struct dateline_facts {
    const char *id;       /* as given, else the URL, else the real path */
    const char *path;     /* where it lies, bytes as the system gave them */
    const char *url;
    const char *title;
    const char *site;     /* name of the site, else its host */
    const char *language; /* ISO 639-1, else 639-3 */
    const char *section;
    const char *const *authors;
    size_t author_count;
    const char *const *keywords;
    size_t keyword_count;
    dateline_date published;
    struct {
        const char *place; /* "PARIS, FRANCE" */
        const char *wire;  /* "EINPresswire.com" */
        dateline_date date;
        size_t end;        /* byte of the body where the sentence begins */
    } dateline;
    struct {
        const char *name, *organisation, *phone, *mail;
    } contact;
    const dateline_date *dates; /* every candidate for published */
    size_t date_count;
    const dateline_alias *aliases;
    size_t alias_count;
} dateline_facts;

typedef struct dateline_article dateline_article;

/* What finds names, dates and figures, opened once for many pages. */
typedef struct dateline_reader dateline_reader;

typedef struct dateline_reader_options {
    size_t size;
    bool entities;       /* find names, dates and figures */
    const char *aliases; /* alias file, or NULL */
    const char *model;   /* the tagger's weights, or NULL: the library's own */
    /* Told of each line of the alias file that says nothing. May be NULL. */
    void (*warn)(void *context, const char *message);
    void *context;
} dateline_reader_options;

#define DATELINE_READER_OPTIONS_INIT                                     \
    {                                                                    \
        .size = sizeof(dateline_reader_options), .entities = true        \
    }

/* options may be NULL: those of the initialiser. */
dateline_status dateline_reader_open(dateline_reader **out,
                                     const dateline_reader_options *options,
                                     dateline_error *error);

/* Reads one page (HTML, XHTML or plain text, told apart by content; gzip is
 * undone). url: where it was found, or NULL; it helps with date and site.
 * A page without an article gives DATELINE_BAD_INPUT. The article does not need
 * its reader any more. */
dateline_status dateline_reader_read(dateline_article **out,
                                     dateline_reader *reader,
                                     const char *bytes, size_t length,
                                     const char *url, dateline_error *error);
void dateline_reader_close(dateline_reader *reader);

/* The same with a reader of its own, which costs some milliseconds: for a page
 * now and then. */
dateline_status dateline_article_read(dateline_article **out,
                                      const char *bytes, size_t length,
                                      const char *url, dateline_error *error);

const dateline_facts *dateline_article_facts(const dateline_article *article);
const char *dateline_article_body(const dateline_article *article,
                                  size_t *length);
const dateline_block *dateline_article_blocks(const dateline_article *article,
                                              size_t *count);
const dateline_passage *
dateline_article_passages(const dateline_article *article, size_t *count);
const dateline_entity *
dateline_article_entities(const dateline_article *article, size_t *count);

/* Writes the article as one JSON line (dateline-index(1), "JSON"). */
dateline_status dateline_article_write(const dateline_article *article,
                                       FILE *to, dateline_error *error);
void dateline_article_free(dateline_article *article);

/* --------------------------------------------------------------- indexing */

typedef enum dateline_event_kind {
    DATELINE_EVENT_PROGRESS, /* about ten times a second, and at the end */
    DATELINE_EVENT_ARTICLE,  /* dry run: `text` is the article's JSON line */
    DATELINE_EVENT_ADDED,
    DATELINE_EVENT_CHANGED,
    DATELINE_EVENT_SAME,     /* the same article was reached before */
    DATELINE_EVENT_GONE,
    DATELINE_EVENT_FAILED,   /* `text` is one line: what and why */
    DATELINE_EVENT_WARNING   /* nothing failed, but somebody should know */
} dateline_event_kind;

typedef struct dateline_counts {
    uint64_t inputs;    /* files, lines and standard input met */
    uint64_t added, changed, same, gone, failed; /* articles; failed: inputs */
    uint64_t unchanged; /* files that were not read again */
    uint64_t passages;  /* written in this run */
    uint64_t bytes;     /* read in this run */
    uint64_t total;     /* inputs known so far; 0 while still counting */
} dateline_counts;

typedef struct dateline_event {
    dateline_event_kind kind;
    const char *path;   /* of the input, controls escaped, or NULL */
    const char *id;     /* of the article, or NULL */
    const char *text;   /* without a newline at its end, or NULL */
    size_t length;      /* of text */
    const dateline_counts *counts;
} dateline_event;

typedef enum dateline_delete {
    DATELINE_DELETE_AUTO,   /* not when over 20 % of a root vanished */
    DATELINE_DELETE_ALWAYS,
    DATELINE_DELETE_NEVER
} dateline_delete;

typedef struct dateline_index_options {
    size_t size;
    bool dry_run;          /* write no index; articles come as events */
    bool entities;         /* find names, dates and figures */
    bool follow;           /* follow links to folders */
    bool checksum;         /* trust content, never size and time */
    const char *input;     /* "html", "text", "jsonl"; NULL: by name, content */
    const char *aliases;   /* alias file, or NULL */
    const char *manifest;  /* JSON lines {"path","id","url"}, paths from the
                              manifest's own folder; or NULL */
    const char *files0;    /* file of names ended by NUL ("-": stdin), or NULL */
    unsigned workers;      /* reader processes; 0: one a core */
    unsigned page_seconds; /* a page that takes longer is given up */
    unsigned commit_seconds; /* at most this much work is ever lost */
    unsigned lock_seconds; /* wait this long for another indexer */
    dateline_delete delete_gone;
    /* Told of all that happens; false stops the run cleanly. May be NULL. */
    bool (*event)(void *context, const dateline_event *event);
    void *context;
    const char *model;     /* the tagger's weights (`make model`), or NULL:
                              those of the library */
    bool kept;             /* the index must be there already; one of an older
                              form is opened too, for _reindex alone */
    unsigned memory_mb;    /* what the readers, their queue and the words of an
                              uncommitted run may hold together; 0: 512 */
    unsigned commit_mb;    /* commit as well after so much went in; 0: no */
} dateline_index_options;

#define DATELINE_INDEX_OPTIONS_INIT                                       \
    {                                                                     \
        .size = sizeof(dateline_index_options), .entities = true,         \
        .page_seconds = 10, .commit_seconds = 30                          \
    }

typedef struct dateline_indexer dateline_indexer;

/* Opens the index in folder `index` for writing and holds its lock until
 * close; makes it if it is missing or an empty folder. `index` is NULL for a
 * dry run. DATELINE_LOCKED when another indexer has it. */
dateline_status dateline_indexer_open(dateline_indexer **out, const char *index,
                                      const dateline_index_options *options,
                                      dateline_error *error);

/* Reads everything under the paths ("-": standard input) in worker processes
 * and commits. One bad input is an event and a count, never a failed run.
 * Forks: call it before the host starts threads, or use _add_bytes. */
dateline_status dateline_indexer_run(dateline_indexer *indexer,
                                     const char *const *paths, size_t count,
                                     dateline_error *error);

/* Reads again, as above, every file that a run before could not read, or not all
 * of it, whether or not it changed since; with the id, address and format that it
 * was given then. */
dateline_status dateline_indexer_retry(dateline_indexer *indexer,
                                       dateline_error *error);

/* Puts every article in anew out of what the index keeps of it: passages, names
 * by the aliases and the model of the options, stems. No page is read; paths and
 * what failed are kept. Interrupted, it goes on where it was. */
dateline_status dateline_indexer_reindex(dateline_indexer *indexer,
                                         dateline_error *error);

/* Makes the index as small as it goes, in one step for whoever reads it; it takes
 * its own size again on disk meanwhile. Then the indexer is done: close it. */
dateline_status dateline_indexer_compact(dateline_indexer *indexer,
                                         uint64_t *before, uint64_t *after,
                                         dateline_error *error);

/* Adds or replaces one page, in this process. id and url may be NULL, not
 * both. Visible to readers after _commit. */
dateline_status dateline_indexer_add_bytes(dateline_indexer *indexer,
                                           const char *bytes, size_t length,
                                           const char *id, const char *url,
                                           dateline_error *error);
dateline_status dateline_indexer_remove(dateline_indexer *indexer,
                                        const char *id, dateline_error *error);
dateline_status dateline_indexer_commit(dateline_indexer *indexer,
                                        dateline_error *error);
const dateline_counts *dateline_indexer_counts(const dateline_indexer *indexer);

/* Releases without commit: what was not committed is dropped. */
void dateline_indexer_close(dateline_indexer *indexer);

/* ---------------------------------------------------- looking after an index */

/* What is asked here takes no lock and writes nothing. */

struct dateline_language_count {
    const char *code;
    uint64_t articles;
};

typedef struct dateline_stats {
    uint64_t articles, passages;
    uint64_t paths;  /* files it was made from */
    uint64_t failed; /* of them, those that could not be read, or not all */
    uint64_t bytes;  /* on disk */
    uint64_t run;    /* number of the last commit */
    int64_t written; /* when that was, in seconds since 1970; 0: never */
    const char *form;         /* of the index */
    const char *first, *last; /* "2021-10-17", days of publication, or NULL */
    const struct dateline_language_count *languages; /* most first */
    size_t language_count;
} dateline_stats;

dateline_status dateline_stats_read(dateline_stats **out, const char *index,
                                    dateline_error *error);
/* As lines for people, or as one line of JSON. */
dateline_status dateline_stats_write(const dateline_stats *stats, FILE *to,
                                     bool json, dateline_error *error);
void dateline_stats_free(dateline_stats *stats);

/* where: a path as the system gave it, or what else it is about; false ends the
 * walk. */
typedef bool dateline_fault_visit(void *context, const char *where,
                                  const char *what);

/* Every file that could not be read, or not all of it, and why. */
dateline_status dateline_index_failed(const char *index,
                                      dateline_fault_visit *visit,
                                      void *context, dateline_error *error);

/* Writes every article as one JSON line, as a dry run over its page would. */
dateline_status dateline_index_dump(const char *index, FILE *to,
                                    dateline_error *error);

/* Looks for damage; says each fault and counts them. What is so damaged that it
 * cannot be opened is a fault as well. */
dateline_status dateline_index_check(uint64_t *faults, const char *index,
                                     dateline_fault_visit *visit,
                                     void *context, dateline_error *error);

/* Writes lines for an alias file out of the definitions that the articles give,
 * "National Council (NC)"; but for names in the alias file (NULL: the aliases of
 * the index) and for those in the file of rejected ones (or NULL). */
dateline_status dateline_index_suggest(const char *index, const char *aliases,
                                       const char *reject, FILE *to,
                                       dateline_error *error);

/* -------------------------------------------------------------- searching */

typedef enum dateline_sort {
    DATELINE_SORT_SCORE,
    DATELINE_SORT_DATE,     /* oldest first; undated last */
    DATELINE_SORT_DATE_DOWN /* newest first; undated last */
} dateline_sort;

/* Articles that have paragraphs in common, word for word: a release and those
 * who printed it. */
typedef enum dateline_copies {
    DATELINE_COPIES_AUTO, /* fold; show among all passages and in a batch */
    DATELINE_COPIES_FOLD, /* one hit, which names the others */
    DATELINE_COPIES_SHOW  /* a hit each */
} dateline_copies;

typedef struct dateline_request {
    size_t size;
    const char *question;     /* dateline-query-syntax(7) */
    size_t first, most;       /* hits to skip, hits wanted */
    bool passages;            /* every passage, not the best of each article */
    dateline_sort sort;
    const char *after, *before; /* "2021-10-17", "2021-10", "2021"; inclusive */
    unsigned milliseconds;    /* give up after this long; 0: never */
    /* Of a batch: told of each question that could not be asked; the message
     * begins with its line and id. May be NULL. */
    void (*failed)(void *context, const dateline_error *error,
                   const char *question);
    void *context;
    dateline_copies copies;
    bool explain;             /* dateline_hits_write tells how it was understood
                                 and why each hit scored: text, json */
    const char *since_mark;   /* only passages that came after, see below */
    bool exact;               /* count all that match, however many they are */
    size_t window;            /* most characters of a passage shown; 0: all */
    size_t neighbours;        /* passages wanted before and after each hit */
    /* Only passages that hold all of these: texts letter by letter, patterns of
     * PCRE2. With them the question may be empty. */
    const char *const *literals;
    size_t literal_count;
    const char *const *regexps;
    size_t regexp_count;
} dateline_request;

/* Characters of a passage that are shown: a few lines. */
#define DATELINE_WINDOW 600

#define DATELINE_REQUEST_INIT                         \
    {                                                 \
        .size = sizeof(dateline_request), .most = 10, \
        .window = DATELINE_WINDOW                     \
    }

typedef struct dateline_hit {
    size_t rank;     /* from 1 */
    double score;
    size_t passage;  /* number of the passage in its article, from 0 */
    const char *text; /* the passage */
    size_t length;
    const dateline_span *matches; /* in text, in order, not overlapping */
    size_t match_count;
    const dateline_entity *entities; /* in text, in order */
    size_t entity_count;
    const dateline_facts *article; /* without dates and aliases */
    dateline_role role;
    const dateline_facts *const *copies; /* of the article, oldest first; NULL
                                            where copies are not folded */
    size_t copy_count;
    const char *saved;       /* the saved query that it answers, or NULL */
    const char *const *why;  /* with since_mark: what matched, each once, also
                                what matched in the title alone */
    size_t why_count;
    dateline_span window; /* of text, what is shown: all, or the best of it */
    /* Its neighbours in the article, in order, as many as were asked for; they
     * have no rank, no score and no neighbours. */
    const struct dateline_hit *before, *after;
    size_t before_count, after_count;
} dateline_hit;

typedef struct dateline_summary {
    size_t found;           /* hits, or articles: as the request asked */
    bool exact;             /* found is a count, not an estimate */
    double milliseconds;
    const char *suggestion; /* "did you mean", a whole question, or NULL */
    const char *const *notes; /* "MEK = People's Mojahedin ...", one line each */
    size_t note_count;
    size_t folded;          /* found, but a copy of a hit before it */
    const char *mark;       /* how far the indexes are; NULL unless asked with a
                               since_mark, which is "" the first time */
    const char *warning;    /* they were made anew or set back, or NULL */
    bool at_least;          /* found were looked at; there may be more */
} dateline_summary;

/* What is new. An index counts its commits, and each passage knows the one that
 * brought its text. A summary's mark says how far every index was; asked with it
 * as since_mark, or with "" from the start, the hits are passages that brought
 * a sentence which their article did not have, and no "About" box, contact or end
 * note unless the question names a role. Each comes once, as long as every answer
 * is taken whole (most = SIZE_MAX) and its mark is kept. Marks are plain text and
 * rest on no clock; an index that is not in a mark is new as a whole. */

typedef struct dateline_search dateline_search;
typedef struct dateline_hits dateline_hits;

/* Opens one index or several as one. */
dateline_status dateline_search_open(dateline_search **out,
                                     const char *const *indexes, size_t count,
                                     dateline_error *error);

/* No hit is no error: then dateline_hits_count is 0. */
dateline_status dateline_search_run(dateline_hits **out,
                                    dateline_search *search,
                                    const dateline_request *request,
                                    dateline_error *error);

/* Counts the values of a field ("site", "author", "entity:PERSON", ...) over
 * all articles that match, most frequent first. */
typedef bool dateline_facet_visit(void *context, const char *value,
                                  size_t articles);
dateline_status dateline_search_facets(dateline_search *search,
                                       const dateline_request *request,
                                       const char *field,
                                       dateline_facet_visit *visit,
                                       void *context, dateline_error *error);
void dateline_search_close(dateline_search *search);

size_t dateline_hits_count(const dateline_hits *hits);
const dateline_hit *dateline_hits_get(const dateline_hits *hits, size_t i);
const dateline_summary *dateline_hits_summary(const dateline_hits *hits);

/* A field and its values, most frequent first, to be written. */
typedef struct dateline_facet_value {
    const char *text;
    size_t articles;
} dateline_facet_value;

typedef struct dateline_facet {
    const char *field;
    const dateline_facet_value *values;
    size_t count;
} dateline_facet;

typedef struct dateline_write_options {
    size_t size;
    const char *format;  /* "text", "json", "csv", "tsv", "html", "trec",
                            "list" (paths) or "parts" (what matched) */
    bool colour;
    unsigned columns;    /* width of the terminal; 0: 80 */
    const char *topic;   /* query id of a TREC run, or NULL */
    unsigned entity_types; /* bit set of the types to show; 0: all */
    const dateline_facet *facets; /* after the hits: text, json, html */
    size_t facet_count;
    bool bars;           /* text: draws the values of a facet to scale */
    bool marks;          /* text without colour: *matches*, [names]O */
    bool nul;            /* list: a NUL after each path, as it is */
} dateline_write_options;

#define DATELINE_WRITE_OPTIONS_INIT \
    {                               \
        .size = sizeof(dateline_write_options), .format = "text" \
    }

/* Nothing of a page reaches `to` as a control character or as live markup. */
dateline_status dateline_hits_write(const dateline_hits *hits, FILE *to,
                                    const dateline_write_options *options,
                                    dateline_error *error);
void dateline_hits_free(dateline_hits *hits);

/* The same for the hits of several questions as one page or table. What
 * dateline_writer_hits returns DATELINE_OK for has left the program. Close
 * writes the end, and releases the writer also when that fails. */
typedef struct dateline_writer dateline_writer;
dateline_status dateline_writer_open(dateline_writer **out, FILE *to,
                                     const dateline_write_options *options,
                                     dateline_error *error);
dateline_status dateline_writer_hits(dateline_writer *writer,
                                     const dateline_hits *hits,
                                     dateline_error *error);
dateline_status dateline_writer_close(dateline_writer *writer,
                                      dateline_error *error);

/* Asks every line "id TAB question" of topics and writes all hits. The
 * request's question is ignored. A bad question is told to request->failed,
 * counted in *failed and the rest goes on; the first is kept in the error. */
dateline_status dateline_search_batch(size_t *failed, dateline_search *search,
                                      const dateline_request *request,
                                      FILE *topics, FILE *to,
                                      const dateline_write_options *options,
                                      dateline_error *error);

/* ---------------------------------------------------------- saved queries */

/* Questions under names, and how far each was answered, in a file that belongs
 * to its user: nothing is written into an index. */
typedef struct dateline_saved dateline_saved;

typedef struct dateline_saved_query {
    const char *name;     /* one word */
    const char *question;
    const char *mark;     /* as in a summary; NULL: never answered */
} dateline_saved_query;

/* A file that is missing holds none. change: it is made, and locked until close;
 * somebody else's lock is waited for. */
dateline_status dateline_saved_open(dateline_saved **out, const char *file,
                                    bool change, dateline_error *error);
size_t dateline_saved_count(const dateline_saved *saved);
const dateline_saved_query *dateline_saved_get(const dateline_saved *saved,
                                               size_t i);
const dateline_saved_query *dateline_saved_find(const dateline_saved *saved,
                                                const char *name);

/* Adds a query, or gives one another question; it keeps its mark then.
 * DATELINE_BAD_QUERY where the question cannot be read. */
dateline_status dateline_saved_set(dateline_saved *saved, const char *name,
                                   const char *question, dateline_error *error);
dateline_status dateline_saved_remove(dateline_saved *saved, const char *name,
                                      dateline_error *error);
dateline_status dateline_saved_mark(dateline_saved *saved, const char *name,
                                    const char *mark, dateline_error *error);

/* Writes what was changed: all or nothing, and kept when it returns. */
dateline_status dateline_saved_write(dateline_saved *saved,
                                     dateline_error *error);
void dateline_saved_close(dateline_saved *saved);

/* Told of a saved query that was asked: its hits, or why it could not be asked
 * (then hits is NULL). True: the hits have arrived, and next time come those that
 * are newer. False ends the walk. */
typedef bool dateline_saved_tell(void *context,
                                 const dateline_saved_query *query,
                                 const dateline_hits *hits,
                                 const dateline_error *why);

/* Asks `name`, or with NULL every saved query, for what is new since its mark,
 * tells it, then moves the mark on; the marks are written at the end, also when
 * a later query failed. Every new passage is a hit, unless request.passages is
 * false: then the best of each article. A question that cannot be asked is told
 * and the rest goes on; the first such status is returned. */
dateline_status dateline_saved_ask(dateline_saved *saved, const char *name,
                                   dateline_search *search,
                                   const dateline_request *request,
                                   dateline_saved_tell *tell, void *context,
                                   dateline_error *error);

#ifdef __cplusplus
}
#endif
#endif
