/* The wire of an opening, and whatever else stands in brackets: "(AP)",
 * "/PRNewswire/", "(Newsfile Corp. - October 17, 2021)", "(Berlin)". */
#include "indexer/lead_line.h"

#include "indexer/lead_word.h"

#include <string.h>

/* Is it the name of a wire that we know? */
static bool wire_is_known(const struct lead_line *line, dateline_span span)
{
    char word[TEXT_TERM_BYTES];
    return line_fold(word, line, span.start, span.end) && lead_is_wire(word);
}

/* "Newsfile Corp. - October 17, 2021": a wire and its day. */
static void take_wire(struct lead_opening *opening, struct arena *arena,
                      const struct lead_line *line, dateline_span inside)
{
    struct lead_line sub = line_inside(line, inside);
    for (; sub.at < sub.end; sub.at++)
        if (lead_is_dash((unsigned char)sub.text[sub.at])) {
            size_t dash = sub.at;
            if (lead_read_dash(&sub) && lead_read_date(opening, arena, &sub)) {
                inside.end = dash;
                break;
            }
            sub.at = dash;
        }
    opening->wire = inside;
    opening->marked = true;
    opening->known = wire_is_known(line, inside);
}

/* Not "(1/3)", not "(NYSE: HRB)". */
static bool is_name(const struct lead_line *line, dateline_span span)
{
    char word[TEXT_TERM_BYTES];
    bool letter = false;
    size_t size;
    for (size_t at = span.start; at < span.end && !letter; at += size)
        letter = text_is_letter(line_char(line, at, &size));
    return letter && line_fold(word, line, span.start, span.end) &&
           !memchr(line->text + span.start, ':', span.end - span.start);
}

/* A day, a place, or a wire in brackets or between strokes. */
bool lead_read_marked(struct lead_opening *opening, struct arena *arena,
                      struct lead_line *line)
{
    dateline_span inside;
    bool stroke = line_only(line, line->at) == '/';
    if (!line_bracket(&inside, line))
        return false;
    struct lead_line sub = line_inside(line, inside);
    if (!stroke && lead_read_date(opening, arena, &sub)) {
        opening->parted = true;
        return line_skip_space(&sub, sub.at) == sub.end;
    }
    if (!stroke && !opening->place.end && !opening->wire.end &&
        !wire_is_known(line, inside)) {
        if (!lead_read_place(opening, &sub))
            return false;
        opening->bracketed = true;
        return sub.at == sub.end || (lead_read_mark(opening, &sub) &&
                                     lead_read_date(opening, arena, &sub));
    }
    if (opening->wire.end || !is_name(line, inside))
        return false;
    take_wire(opening, arena, line, inside);
    opening->parted = true;
    return true;
}

/* A wire's name without marks: "TEHRAN - IRNA - ". */
bool lead_read_wire(struct lead_opening *opening, struct lead_line *line)
{
    size_t end = line->at;
    if (opening->wire.end)
        return false;
    for (int words = 0; words < 3; words++) {
        size_t word = line_word_end(line, end);
        if (!word)
            break;
        dateline_span span = {line->at, word};
        struct lead_line after = *line;
        after.at = line_skip_space(line, word);
        if (wire_is_known(line, span) && lead_read_dash(&after)) {
            opening->wire = span;
            opening->known = true;
            line->at = line_skip_space(line, word);
            return true;
        }
        end = line_skip_space(line, word);
    }
    return false;
}
