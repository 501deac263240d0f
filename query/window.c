/* A text is cut into units: sentences, and of a sentence that is too long its
 * clauses. For each unit the window that begins there takes in as much as fits
 * after it; the window with the most of the question wins. Of equals it is the
 * first, and rather one that begins with a sentence.
 *
 *   |unit 1 .... |unit 2 .. |unit 3 ........ |unit 4 ..... |
 *                 [window of unit 2 ............]
 */
#include "query/window.h"

#include "common/ascii.h"
#include "common/text.h"

#include <math.h>

/* Measured on six collections of questions with answers, four languages: how often
 * the window holds the answer grows when a word counts once in full, again a little
 * (+ 0.003), the less the more units it stands in (+ 0.005), and as the root of its
 * weight, so that many words of the question count for more than one rare one
 * (+ 0.003). */
static const double again_share = 0.2;

#define EQUAL 1e-6 /* sums of the same, added in another order */

enum { PIECE_SHARE = 4 }; /* pieces of a long clause: a quarter of the window */

struct unit {
    size_t start, end;  /* bytes */
    size_t first, last; /* characters before start and before end */
    bool opens;         /* a sentence begins here */
};

/* A text on its way to its window. */
struct cutting {
    struct arena arena;
    const char *text;
    size_t length, most;
    struct unit *units;
    size_t count, room;
    size_t at, characters; /* bytes counted so far, and their characters */
};

/* The points of the question in a window that moves on. */
struct tally {
    const struct match_point *points;
    size_t count, in, out; /* points [out, in) are inside */
    unsigned *inside;      /* by part: how often */
    double *worth;         /* by part */
    double sum;
};

/* ------------------------------------------------------------------- units */

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

static size_t characters_of(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += begins_character(text[i]);
    return count;
}

/* Units come in order, so every byte is counted once. */
static size_t characters_before(struct cutting *cutting, size_t byte)
{
    cutting->characters +=
        characters_of(cutting->text + cutting->at, byte - cutting->at);
    cutting->at = byte;
    return cutting->characters;
}

static void unit_add(struct cutting *cutting, size_t start, size_t end,
                     bool opens)
{
    struct unit *unit = arena_push(&cutting->arena, &cutting->units,
                                   &cutting->count, &cutting->room);
    unit->first = characters_before(cutting, unit->start = start);
    unit->last = characters_before(cutting, unit->end = end);
    unit->opens = opens;
}

static bool ends_clause(uint32_t c)
{
    return c == ',' || c == ';' || c == ':' || c == 0x2013 || c == 0x2014 ||
           c == 0x60c || c == 0x61b || c == 0x3001 || c == 0xff0c || c == 0xff1b;
}

/* Before this byte a line of text may be broken. */
static bool is_break(const struct cutting *cutting, size_t byte)
{
    size_t size;
    return !byte || byte >= cutting->length ||
           ascii_is_space(cutting->text[byte - 1]) ||
           text_is_ideograph(text_decode(cutting->text + byte,
                                         cutting->length - byte, &size));
}

/* A sentence that is too long: cut after its clauses, and where none ends for
 * long, between words, or anywhere when there are none. */
static void sentence_cut(struct cutting *cutting, size_t start, size_t end)
{
    size_t longest = cutting->most / PIECE_SHARE + 1;
    size_t sentence = start, word = start, characters = 0;
    bool clause = false;
    for (size_t at = start, size; at < end; at += size) {
        uint32_t c = text_decode(cutting->text + at, end - at, &size);
        bool may = is_break(cutting, at);
        if (may && at > start)
            word = at;
        if (at > start && (characters >= longest || (clause && may))) {
            size_t cut = word > start ? word : at;
            unit_add(cutting, start, cut, start == sentence);
            characters = characters_of(cutting->text + cut, at - cut);
            start = cut;
        }
        clause = ends_clause(c) || (clause && text_is_space(c));
        characters++;
    }
    unit_add(cutting, start, end, start == sentence);
}

static void units_cut(struct cutting *cutting, const char *language)
{
    size_t start, end, at = 0;
    while (text_sentence(&start, &end, cutting->text, cutting->length, &at,
                         language))
        if (characters_of(cutting->text + start, end - start) <= cutting->most)
            unit_add(cutting, start, end, true);
        else
            sentence_cut(cutting, start, end);
}

/* ------------------------------------------------------------------ choice */

/* A part of the question that stands in many units tells less of one. */
static void tally_begin(struct tally *tally, struct cutting *cutting,
                        const struct match *match)
{
    size_t parts = match_parts(match);
    size_t *seen = arena_array(&cutting->arena, size_t, parts);
    double *units = arena_array(&cutting->arena, double, parts);
    *tally = (struct tally){
        .inside = arena_array(&cutting->arena, unsigned, parts),
        .worth = arena_array(&cutting->arena, double, parts),
    };
    tally->count = match_points(&tally->points, match);
    for (size_t i = 0, u = 0; i < tally->count; i++) {
        const struct match_point *point = &tally->points[i];
        while (u < cutting->count && cutting->units[u].end <= point->start)
            u++;
        units[point->part] += seen[point->part] != u + 1;
        seen[point->part] = u + 1;
        tally->worth[point->part] =
            sqrt(point->weight / units[point->part]);
    }
}

/* Moves on to the points that are whole in the bytes [start, end). */
static void tally_move(struct tally *tally, size_t start, size_t end)
{
    for (; tally->in < tally->count && tally->points[tally->in].end <= end;
         tally->in++) {
        size_t part = tally->points[tally->in].part;
        tally->sum += tally->worth[part] *
                      (tally->inside[part]++ ? again_share : 1);
    }
    for (; tally->out < tally->in && tally->points[tally->out].start < start;
         tally->out++) {
        size_t part = tally->points[tally->out].part;
        tally->sum -= tally->worth[part] *
                      (--tally->inside[part] ? again_share : 1);
    }
}

/* The units from i on that fit; j is the end of those that fitted before. */
static size_t fitting_end(const struct cutting *cutting, size_t i, size_t j)
{
    size_t first = cutting->units[i].first;
    while (j < cutting->count &&
           cutting->units[j].last - first <= cutting->most)
        j++;
    return j;
}

/* What room is left takes the beginning of the next sentence, to a word's end. */
static size_t fill(const struct cutting *cutting, size_t start, size_t end)
{
    const char *text = cutting->text;
    size_t left = cutting->most - characters_of(text + start, end - start);
    size_t at = end;
    for (; at < cutting->length; at++)
        if (begins_character(text[at]) && !left--)
            break;
    while (at > end && !is_break(cutting, at))
        at = text_boundary(text, cutting->length, at - 1);
    while (at > start && ascii_is_space(text[at - 1]))
        at--;
    return at;
}

/* At the end of the text the room that is left takes the end of what stands before,
 * from a word's beginning on. */
static size_t fill_before(const struct cutting *cutting, size_t start, size_t end)
{
    const char *text = cutting->text;
    size_t left = cutting->most - characters_of(text + start, end - start);
    size_t at = start;
    for (; at && left; left--)
        at = text_boundary(text, cutting->length, at - 1);
    while (at < start && !is_break(cutting, at))
        at++;
    while (at < start && ascii_is_space(text[at]))
        at++;
    return at;
}

dateline_span window_choose(const struct match *match, const char *text,
                            size_t length, const char *language, size_t most)
{
    dateline_span best = {0, length};
    if (length <= most || characters_of(text, length) <= most)
        return best;
    struct cutting cutting = {.text = text, .length = length, .most = most};
    struct tally tally;
    double most_sum = -1;
    bool opens = false, last = false;
    best.end = 0;
    units_cut(&cutting, language);
    tally_begin(&tally, &cutting, match);
    for (size_t i = 0, j = 0; i < cutting.count; i++) {
        j = fitting_end(&cutting, i, j);
        size_t start = cutting.units[i].start, end = cutting.units[j - 1].end;
        tally_move(&tally, start, end);
        bool more = tally.sum > most_sum + EQUAL;
        if (more || (tally.sum > most_sum - EQUAL && !opens &&
                     cutting.units[i].opens)) {
            most_sum = tally.sum;
            opens = cutting.units[i].opens;
            last = j == cutting.count;
            best = (dateline_span){start, end};
        }
    }
    best.end = fill(&cutting, best.start, best.end);
    if (last)
        best.start = fill_before(&cutting, best.start, best.end);
    arena_release(&cutting.arena);
    return best;
}
