/* The place of an opening: "PARIS, FRANCE", "BRUSSELS/PARIS", "Coeur d'Alene, Idaho". */
#include "indexer/lead_line.h"

#include "common/language.h"
#include "indexer/lead_word.h"

#include <string.h>

enum {
    PLACE_WORDS = 7, /* between two marks */
    PLACE_BYTES = 100
};

/* "Oct. 17" is a day, "March, Cambridgeshire" a town. */
static bool figure_follows(const struct lead_line *line, size_t at)
{
    if (line_only(line, at) == '.')
        at++;
    return text_is_digit(line_only(line, line_skip_space(line, at)));
}

/* "EXAMPLE.COM" is no "N.J." */
static bool is_address(const struct lead_line *line, size_t start, size_t end)
{
    return end - start > 6 && memchr(line->text + start, '.', end - start);
}

static bool is_place_word(const struct lead_line *line, size_t start, size_t end)
{
    uint32_t c = line_only(line, start);
    char word[TEXT_TERM_BYTES];
    if (!line_fold(word, line, start, end) || lead_is_weekday(word) ||
        is_address(line, start, end))
        return false;
    if (lead_has_case(c) && !text_is_upper(c))
        return lead_is_particle(word);
    return !language_month(NULL, word) || !figure_follows(line, end);
}

/* "BRUSSELS/PARIS" is two places, "PARIS/PRNewswire/" a place and a wire. */
static bool stroke_joins(const struct lead_line *line, size_t at)
{
    if (line_only(line, at) != '/' || !text_is_upper(line_only(line, at + 1)))
        return false;
    size_t length = line->end - at - 1 < 40 ? line->end - at - 1 : 40;
    return !memchr(line->text + at + 1, '/', length);
}

/* "Calif.", "N.J.": the point belongs to the word; that of "HONDURAS.-" does not. */
static size_t place_point(const struct lead_line *line, size_t start, size_t end)
{
    bool points = memchr(line->text + start, '.', end - start);
    bool dash = lead_is_dash(line_only(line, end + 1));
    bool is = line_only(line, end) == '.' && (points || (end - start <= 5 && !dash));
    return is ? end + 1 : end;
}

/* One part of a place, up to a comma or another mark: "SAN FRANCISCO". Points
 * of short forms belong to it. Scripts without capitals have three words. */
static size_t place_part(const struct lead_line *line, size_t at)
{
    size_t last = 0;
    for (int words = 0; words < PLACE_WORDS; words++) {
        size_t end = line_word_end(line, at);
        if (!end || !is_place_word(line, at, end))
            return last;
        uint32_t first = line_only(line, at);
        bool cased = lead_has_case(first),
             particle = cased && !text_is_upper(first);
        if (!cased && words == 3)
            return 0;
        end = place_point(line, at, end);
        if (particle && !last)
            return 0;
        last = particle ? last : end;
        at = stroke_joins(line, end) ? end + 1 : line_skip_space(line, end);
        if (at == end)
            return last;
    }
    return 0;
}

static void take_place(struct lead_opening *opening, const struct lead_line *line,
                       size_t start, size_t part, size_t end)
{
    char word[TEXT_TERM_BYTES];
    opening->place = (dateline_span){start, end};
    opening->upper = line_all_upper(line, start, part);
    opening->parts = end > part;
    opening->state =
        end > part && line_fold(word, line, part, end) && lead_is_state(word);
    const char *stroke = memchr(line->text + start, '/', part - start);
    size_t first = stroke ? (size_t)(stroke - line->text) : part;
    opening->city = line_fold(word, line, start, first) && lead_is_city(word);
}

/* An everyday word or a label at its beginning is no place. */
static bool is_refused(const struct lead_line *line, size_t start, size_t end)
{
    struct text_word first;
    char word[TEXT_TERM_BYTES];
    size_t at = start;
    if (!line_fold(word, line, start, end) || lead_is_label(word) ||
        lead_is_heading(word) || !text_word(&first, line->text, end, &at))
        return true;
    if (!strcmp(first.term, "the"))
        return strcmp(word, "the hague");
    if (first.end < end && text_is_letter(line_only(line, first.end)))
        return false;
    /* "LA PAZ", "Den Haag", "SÃO PAULO" */
    bool name = lead_is_particle(first.term) || lead_is_city(word) ||
                line_all_upper(line, start, end);
    return !name &&
           (language_is_stop_word(language_find(line->language), first.term) ||
            language_is_stop_word(language_find("en"), first.term));
}

/* A place with all its parts, if a mark or a figure stands behind it. */
bool lead_read_place(struct lead_opening *opening, struct lead_line *line)
{
    size_t start = line->at, part, end, size;
    bool glued = opening->dated && !opening->parted; /* "10:16 Uhr" */
    if (opening->place.end || glued || !(part = place_part(line, start)) ||
        is_refused(line, start, part))
        return false;
    end = part;
    for (int parts = 1; parts < 4 && lead_is_comma(line_char(line, end, &size));
         parts++) {
        size_t next = place_part(line, line_skip_space(line, end + size));
        if (!next)
            break;
        end = next;
    }
    if (end - start > PLACE_BYTES)
        return false;
    take_place(opening, line, start, part, end);
    opening->parted = false;
    line->at = end;
    return true;
}
