/* A place in a line goes in, the word, bracket or mark that stands there comes
 * out. */
#include "indexer/lead_line.h"

#include <string.h>

enum { BRACKET_BYTES = 90 };

uint32_t line_char(const struct lead_line *line, size_t at, size_t *size)
{
    *size = 0;
    return at < line->end ? text_decode(line->text + at, line->end - at, size) : 0;
}

uint32_t line_only(const struct lead_line *line, size_t at)
{
    size_t size;
    return line_char(line, at, &size);
}

size_t line_skip_space(const struct lead_line *line, size_t at)
{
    for (size_t size; at < line->end; at += size) {
        uint32_t c = line_char(line, at, &size);
        if (!text_is_space(c) && !text_is_invisible(c))
            break;
    }
    return at;
}

bool lead_is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

bool lead_is_comma(uint32_t c)
{
    return c == ',' || c == 0x60c || c == 0x3001 || c == 0xff0c;
}

bool lead_has_case(uint32_t c)
{
    return text_is_letter(c) && c < 0x590; /* Latin, Greek, Cyrillic, Armenian */
}

/* Lower-case letters and digits of the span; false when it does not fit. */
bool line_fold(char out[TEXT_TERM_BYTES], const struct lead_line *line,
               size_t start, size_t end)
{
    struct text_word word;
    size_t wrote = 0;
    for (size_t at = start; text_word(&word, line->text, end, &at);) {
        bool space = wrote && !word.joined;
        if (wrote + space + word.length >= TEXT_TERM_BYTES)
            return false;
        if (space)
            out[wrote++] = ' ';
        memcpy(out + wrote, word.term, word.length);
        wrote += word.length;
    }
    out[wrote] = '\0';
    return wrote > 0;
}

/* The end of the word at `at`, hyphens, apostrophes and points of short forms
 * inside; 0 when no word begins there. */
size_t line_word_end(const struct lead_line *line, size_t at)
{
    size_t size, begin = at;
    for (; at < line->end; at += size) {
        uint32_t c = line_char(line, at, &size), next = line_only(line, at + size);
        if (text_is_letter(c))
            continue;
        bool inside =
            at > begin && text_is_letter(next) &&
            (c == '-' || c == '\'' || c == 0x2019 || c == '.' || c == 0x200c);
        if (!inside)
            break;
    }
    return at > begin ? at : 0;
}

bool line_all_upper(const struct lead_line *line, size_t start, size_t end)
{
    size_t size, letters = 0;
    for (size_t at = start; at < end; at += size) {
        uint32_t c = line_char(line, at, &size);
        letters += text_is_upper(c);
        if (text_is_letter(c) && !text_is_upper(c))
            return false;
    }
    return letters > 2;
}

/* What is between a bracket at line->at and its partner; moves past them. */
bool line_bracket(dateline_span *inside, struct lead_line *line)
{
    static const uint32_t pairs[][2] = {
        {'(', ')'},       {'[', ']'},       {'/', '/'},
        {0xff08, 0xff09}, {0x3010, 0x3011}, {0xff3b, 0xff3d},
    };
    size_t size, at = line->at;
    uint32_t open = line_char(line, at, &size), close = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (size && open == pairs[i][0])
            close = pairs[i][1];
    inside->start = at += size;
    for (; close && at < line->end && at - inside->start < BRACKET_BYTES;
         at += size) {
        if (line_char(line, at, &size) != close)
            continue;
        inside->end = at;
        line->at = at + size;
        return at > inside->start;
    }
    return false;
}

/* The inside of a bracket as a line of its own. */
struct lead_line line_inside(const struct lead_line *line, dateline_span inside)
{
    struct lead_line sub = *line;
    sub.start = inside.start;
    sub.end = inside.end;
    sub.at = line_skip_space(&sub, inside.start);
    return sub;
}

/* "--", "—", " - ": moves past it; a hyphen within a word is none. */
enum lead_dash lead_read_dash(struct lead_line *line)
{
    size_t size, at = line->at;
    uint32_t c = line_char(line, at, &size);
    if (!lead_is_dash(c))
        return NO_DASH;
    bool hyphen = c == '-' || c == 0x2010 || c == 0x2011;
    size_t next = at + size, count = 1;
    while (lead_is_dash(line_char(line, next, &size))) {
        next += size;
        count++;
    }
    uint32_t before = at > line->start ? (unsigned char)line->text[at - 1] : ' ';
    bool apart =
        text_is_space(before) || before == ')' || before == '/' || before == ']';
    bool spaced = apart || text_is_space(line_only(line, next)) || before == '.';
    if (hyphen && count == 1 && !spaced)
        return NO_DASH;
    line->at = line_skip_space(line, next);
    return hyphen && count == 1 ? HYPHEN : LONG_DASH;
}

/* A mark that only parts: a comma, the point behind a day, a stroke upright. */
bool lead_read_mark(struct lead_opening *opening, struct lead_line *line)
{
    size_t size;
    uint32_t c = line_char(line, line->at, &size);
    bool after = opening->dated || opening->wire.end;
    if (!lead_is_comma(c) && c != '|' &&
        !(after && (c == '.' || c == ':' || c == ';')) &&
        !(c == '.' && lead_is_dash(line_only(line, line->at + 1))))
        return false;
    line->at = line_skip_space(line, line->at + size);
    opening->parted = true;
    opening->listed = lead_is_comma(c) && opening->place.end && !opening->dated;
    if (c == ':' || (c == '.' && opening->known))
        opening->dash = opening->dash ? opening->dash : HYPHEN;
    return true;
}
