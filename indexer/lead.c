/* A body goes in, what its opening says before the first sentence comes out:
 *
 *   PARIS, FRANCE, October 17, 2021 /EINPresswire.com/ -- The council
 *   place          date             wire               dash sentence
 *
 * The parts come in any order and any of them may lack, so a line is read part
 * by part for as long as there is one; what stood before the last dash is the
 * opening, if it says enough to be one. An ordinary sentence with a dash, a
 * bracket or a day in it says too little. */
#include "indexer/lead.h"

#include "common/language.h"
#include "indexer/lead_line.h"
#include "indexer/lead_word.h"

#include <string.h>

enum {
    LINES = 14,       /* looked at, empty ones not counted */
    NEAR_LINES = 6,   /* where a place alone is enough */
    HEAD_BYTES = 320, /* an opening is not longer */
    PARTS = 16
};

/* Does a sentence stand at `at`: something with a small letter in it, or of a
 * script without capitals? */
static bool sentence_follows(const struct lead_line *line, size_t at)
{
    size_t size, letters = 0;
    for (; at < line->end && letters < 200; at += size) {
        uint32_t c = line_char(line, at, &size);
        letters += text_is_letter(c);
        if (letters &&
            (!lead_has_case(c) ? text_is_letter(c) : !text_is_upper(c)) &&
            letters > 1)
            return true;
    }
    return false;
}

/* A capital, a figure, a quote, or a letter of a script that has none. */
static bool begins_sentence(const struct lead_line *line, size_t at)
{
    uint32_t c = line_only(line, at);
    return !lead_has_case(c) || text_is_upper(c);
}

/* A second dash nearby makes the first one a bracket: "NATO - the alliance -". */
static bool dash_returns(const struct lead_line *line, size_t at)
{
    struct lead_line rest = *line;
    for (size_t stop = at + 150; at < rest.end && at < stop; at++) {
        rest.at = at;
        if ((unsigned char)rest.text[at] == '.')
            return false;
        if (lead_is_dash(line_only(&rest, at)) && (at + 1 < rest.end) &&
            lead_read_dash(&rest))
            return true;
    }
    return false;
}

/* At most three words, and no everyday word but "LA" or "OF". */
static bool is_plain_name(const struct lead_line *line, dateline_span span)
{
    struct text_word word;
    size_t words = 0;
    for (size_t at = span.start; text_word(&word, line->text, span.end, &at); words++)
        if (!lead_is_particle(word.term) &&
            language_is_stop_word(language_find(line->language), word.term))
            return false;
    return words <= 3;
}

/* Is it enough? A day or a known wire beside the place always is; a place alone
 * must be in brackets, in capitals or known, and a sentence must follow. */
static bool is_enough(const struct lead_opening *o, const struct lead_line *line)
{
    bool begins = begins_sentence(line, o->end), place = o->place.end;
    if (!sentence_follows(line, o->end))
        return false;
    if (o->known)
        return o->dash || o->dated || (place && begins);
    if (!o->dash && !(o->marked && o->dated && place))
        return false;
    if (o->dated)
        return o->upper || o->marked || o->bracketed || begins;
    if (o->marked && place)
        return o->upper && begins;
    if (!place || !begins || dash_returns(line, o->end))
        return false;
    if (o->bracketed || o->city || o->state)
        return true;
    /* a short word in capitals before a hyphen may be an acronym, a long run of
     * them a headline */
    return o->upper && is_plain_name(line, o->place) &&
           (o->dash == LONG_DASH || o->parts || o->place.end - o->place.start > 4);
}

/* Reads the part at line->at; *ends: the sentence may begin behind it. */
static bool read_part(struct lead_opening *now, struct arena *arena,
                      struct lead_line *line, bool *ends)
{
    uint32_t first = line_only(line, line->at);
    enum lead_dash dash = line->at > line->start ? lead_read_dash(line) : NO_DASH;
    if (dash) {
        now->parted = true;
        now->dash = dash > now->dash ? dash : now->dash;
        return *ends = true;
    }
    if (lead_read_mark(now, line)) {
        *ends = first == ':' || first == '.';
        return true;
    }
    bool wired = now->wire.end;
    *ends = false;
    if (lead_read_wire(now, line) || lead_read_date(now, arena, line))
        return true;
    if (lead_read_marked(now, arena, line)) {
        *ends = !wired && now->wire.end;
        return true;
    }
    return lead_read_place(now, line);
}

/* "Berlin, 17. Oktober 2021" on a line of its own; not "Jane Roe, 17 October",
 * not "Updated 17 October". */
static bool is_whole(const struct lead_opening *o, const struct lead_line *line)
{
    size_t place = o->place.end - o->place.start;
    bool word = o->listed && !memchr(line->text + o->place.start, ' ', place);
    return o->place.end && o->date.precision && !o->marked &&
           (o->city || o->upper || o->parts || word);
}

/* Reads parts as long as there are; what stood before the last dash counts. */
static bool read_opening(struct lead_opening *out, struct arena *arena,
                         struct lead_line *line)
{
    struct lead_opening now = {0};
    bool found = false, ends;
    for (int parts = 0; parts < PARTS && line->at < line->end; parts++) {
        if (line->at - line->start > HEAD_BYTES ||
            !read_part(&now, arena, line, &ends))
            break;
        line->at = line_skip_space(line, line->at);
        now.end = line->at;
        if (ends && line->at < line->end && is_enough(&now, line)) {
            *out = now;
            found = true;
        }
    }
    if (found || line->at < line->end || !is_whole(&now, line))
        return found;
    *out = now;
    return true;
}

/* --------------------------------------------------------------- headings */

/* Moves past "FOR IMMEDIATE RELEASE:" and the like at the line's beginning. */
static bool skip_heading(struct lead_line *line)
{
    struct text_word word;
    char words[TEXT_TERM_BYTES];
    size_t at = line->at, past = 0;
    for (int n = 0; n < 5 && text_word(&word, line->text, line->end, &at); n++)
        if (line_fold(words, line, line->at, word.end) && lead_is_heading(words))
            past = word.end;
    if (!past)
        return false;
    size_t size;
    for (line->at = past; line->at < line->end; line->at += size) {
        uint32_t c = line_char(line, line->at, &size);
        if (!text_is_space(c) && c != ':' && c != '.' && c != ',' &&
            !lead_is_dash(c) && c != '|')
            break;
    }
    return true;
}

/* What lines above the opening said. */
struct above {
    dateline_date date; /* of a line that is only a day, or a heading and a day */
    bool heading;       /* "FOR IMMEDIATE RELEASE" */
    bool first;         /* the day was on the first line */
};

/* A line that is only a heading, a day, or both: the day holds for what follows. */
static bool read_heading(struct above *above, struct arena *arena,
                         struct lead_line *line, int number)
{
    struct lead_opening now = {0};
    bool heading = skip_heading(line);
    above->heading |= heading;
    struct lead_line rest = *line;
    if (lead_read_date(&now, arena, &rest) &&
        line_skip_space(&rest, rest.at) == rest.end) {
        if (now.date.precision == DATELINE_DAY && !above->date.precision) {
            above->date = now.date;
            above->first = !number;
        }
        return true;
    }
    return heading && line->at >= line->end;
}

/* ------------------------------------------------------------------- public */

static const char *span_text(struct arena *arena, const char *body,
                             dateline_span span)
{
    if (!span.end)
        return NULL;
    char *text =
        text_squeeze(arena, body + span.start, span.end - span.start, NULL);
    return *text ? text : NULL;
}

static void lead_fill(struct lead *out, struct arena *arena, const char *body,
                      const struct lead_opening *opening,
                      const dateline_date *given)
{
    out->place = span_text(arena, body, opening->place);
    out->wire = span_text(arena, body, opening->wire);
    out->date = opening->date.precision ? opening->date : *given;
    if (!out->date.precision) {
        out->month = opening->month;
        out->day = opening->day;
    }
    out->end = opening->end;
}

/* Far down only what says more than a place is believed. */
static bool read_line(struct lead_opening *out, struct arena *arena,
                      struct lead_line *line, int number)
{
    struct lead_line again = *line, bracket = *line;
    if (lead_read_chinese(out, arena, line) ||
        lead_read_eastern_bracket(out, &bracket))
        return true;
    return read_opening(out, arena, &again) &&
           (number < NEAR_LINES ||
            (out->place.end && (out->known || out->date.precision)));
}

bool lead_read(struct lead *out, struct arena *arena, const char *body,
               size_t length, const char *language)
{
    struct lead_opening opening = {0};
    struct above above = {0};
    *out = (struct lead){0};
    bool found = false;
    size_t at = 0;
    for (int lines = 0; !found && lines < LINES && at < length;) {
        const char *newline = memchr(body + at, '\n', length - at);
        size_t end = newline ? (size_t)(newline - body) : length;
        struct lead_line line = {body, at, end, at, language};
        line.at = line_skip_space(&line, at);
        at = end + 1;
        if (line.at >= end || read_heading(&above, arena, &line, lines++))
            continue;
        line.start = line.at;
        found = read_line(&opening, arena, &line, lines - 1);
        if (found && opening.end == end) /* the sentence is on the line below */
            opening.end = end < length ? end + 1 : length;
    }
    if (!found && !(above.date.precision && (above.heading || above.first)))
        return false;
    lead_fill(out, arena, body, found ? &opening : &(struct lead_opening){0},
              &above.date);
    return true;
}
