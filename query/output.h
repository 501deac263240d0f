/* The formats hits are written in: a row each. Adding one is a row in output.c
 * and a file output_NAME.c. What a page says reaches no output as a control
 * character or as live markup. */
#ifndef QUERY_OUTPUT_H
#define QUERY_OUTPUT_H

#include "query/hit.h"

/* One writing, from begin to end. Formats append to `out`; output.c empties it
 * into the file. */
struct output_writer {
    struct buffer out;
    FILE *to;
    const struct output *output;
    const char *topic; /* query id, or NULL */
    bool colour;
    unsigned columns;  /* at least 20 */
    unsigned types;    /* bit set of entity types to show; 0: all */
    bool bars, marks, nul; /* as in dateline_write_options */
    bool headed;       /* csv, html: what comes once stands there */
    bool legend;       /* html: so does the legend */
    unsigned seen;     /* types that a hit held so far */
    double last_score; /* of the topic, as it was written */
    size_t written;    /* hits of this topic */
};

struct output {
    const char *name;
    const char *media; /* "text/html; charset=utf-8" */
    /* Each may be NULL. `topic` comes once a question, before its hits: id may
     * be NULL (there is only one), question too (it is not known). */
    void (*begin)(struct output_writer *writer);
    void (*topic)(struct output_writer *writer, const char *id,
                  const char *question);
    /* Before the hits too, where it was asked for (explain.h). */
    void (*explain)(struct buffer *out, const struct explain *explain);
    void (*head)(struct output_writer *writer, const dateline_hits *hits);
    void (*hit)(struct output_writer *writer, const dateline_hits *hits,
                const dateline_hit *hit);
    void (*summary)(struct output_writer *writer, const dateline_hits *hits);
    void (*facet)(struct output_writer *writer, const dateline_facet *facet);
    void (*end)(struct output_writer *writer);
};

extern const struct output output_text, output_json, output_csv, output_tsv,
    output_html, output_trec, output_list, output_parts;

/* The row of a name, or NULL; a NULL name is "text". */
const struct output *output_find(const char *name);

/* open, then any number of hits, then close; every step that fails to write
 * gives DATELINE_IO. close releases the writer whatever came before. */
dateline_status output_open(struct output_writer *writer, FILE *to,
                            const dateline_write_options *options,
                            dateline_error *error);
dateline_status output_hits(struct output_writer *writer,
                            const dateline_hits *hits, const char *topic,
                            const char *question, dateline_error *error);
dateline_status output_close(struct output_writer *writer,
                             dateline_error *error);

#endif
