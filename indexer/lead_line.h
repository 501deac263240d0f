/* A line of a body, read part by part: place, day, wire, and the marks between.
 * Inside lead*.c only; everybody else asks lead.h.
 *
 * A function that reads a part moves line->at past it and notes it in the opening;
 * when the part is not there it returns false and line->at stays. */
#ifndef INDEXER_LEAD_LINE_H
#define INDEXER_LEAD_LINE_H

#include "common/text.h"
#include "indexer/lead.h"

/* A line being read. */
struct lead_line {
    const char *text; /* the whole body */
    size_t start, end; /* of the line */
    size_t at;
    const char *language;
};

enum lead_dash { NO_DASH, HYPHEN, LONG_DASH };

/* What a line says so far. */
struct lead_opening {
    dateline_span place, wire;
    dateline_date date;
    int month, day;    /* of a day without its year; 0: none */
    bool dated;        /* a day is there, maybe without its year */
    bool upper;        /* the place is in capitals */
    bool bracketed;    /* the place is in brackets */
    bool city;         /* the place is known to stand alone */
    bool known;        /* the wire is */
    bool marked;       /* the wire is between marks */
    bool parts;        /* the place has a second part behind a comma, */
    bool state;        /* and that is a state or province */
    bool parted;       /* a mark or dash stands behind what was read last */
    bool listed;       /* the day stands behind the place and a comma */
    enum lead_dash dash;
    size_t end;        /* where the sentence begins */
};

/* ------------------------------------------------------------------- line */

/* The character at `at` and its size; 0 and 0 at the line's end. */
uint32_t line_char(const struct lead_line *line, size_t at, size_t *size);
uint32_t line_only(const struct lead_line *line, size_t at);
size_t line_skip_space(const struct lead_line *line, size_t at);
/* The span's words, folded, a space between; false when they do not fit. */
bool line_fold(char out[TEXT_TERM_BYTES], const struct lead_line *line, size_t start,
               size_t end);
/* The end of the word at `at`, or 0. */
size_t line_word_end(const struct lead_line *line, size_t at);
bool line_all_upper(const struct lead_line *line, size_t start, size_t end);
/* What is between a bracket or stroke at line->at and its partner. */
bool line_bracket(dateline_span *inside, struct lead_line *line);
/* The inside of a bracket as a line of its own. */
struct lead_line line_inside(const struct lead_line *line, dateline_span inside);

bool lead_is_dash(uint32_t c);
bool lead_is_comma(uint32_t c);
bool lead_has_case(uint32_t c); /* a letter of a script with capitals */

/* ------------------------------------------------------------------ parts */

enum lead_dash lead_read_dash(struct lead_line *line);
bool lead_read_mark(struct lead_opening *opening, struct lead_line *line);
bool lead_read_date(struct lead_opening *opening, struct arena *arena,
                    struct lead_line *line);
bool lead_read_place(struct lead_opening *opening, struct lead_line *line);
/* A day, a place or a wire in brackets or between strokes. */
bool lead_read_marked(struct lead_opening *opening, struct arena *arena,
                      struct lead_line *line);
bool lead_read_wire(struct lead_opening *opening, struct lead_line *line);

/* Whole openings of East Asia. */
bool lead_read_chinese(struct lead_opening *out, struct arena *arena,
                       struct lead_line *line);
bool lead_read_eastern_bracket(struct lead_opening *out, struct lead_line *line);

#endif
