/* Lines go in, blocks come out.
 *
 * A line goes on in the next where the text is wrapped to a width and the next
 * line's first word would not have found room; bullets and empty lines part. */
#include "indexer/text_input.h"

#include "common/ascii.h"
#include "common/date.h"
#include "common/text.h"
#include "indexer/role.h"

#include <string.h>

/* Without white space at either end. */
static void trim(const char **line, size_t *length)
{
    while (*length && ascii_is_space(**line))
        ++*line, --*length;
    while (*length && ascii_is_space((*line)[*length - 1]))
        --*length;
}

/* The next line at *at, trimmed; false at the end. */
static bool next_line(const char **line, size_t *length, const char **at,
                      const char *end)
{
    if (*at >= end)
        return false;
    const char *stop = memchr(*at, '\n', (size_t)(end - *at));
    *line = *at;
    *length = (size_t)((stop ? stop : end) - *at);
    *at = stop ? stop + 1 : end;
    trim(line, length);
    return true;
}

struct writing {
    struct arena *arena;
    struct content *out;
    struct buffer body;
    size_t room;
    bool open; /* the last block may go on */
};

static void add_line(struct writing *w, const char *line, size_t length, bool joins)
{
    if (joins && w->open) {
        bool hyphen = w->body.bytes[w->body.length - 1] == '-' && w->body.length > 1 &&
                      text_is_letter((unsigned char)w->body.bytes[w->body.length - 2]);
        if (!hyphen)
            buffer_byte(&w->body, ' ');
        buffer_add(&w->body, line, length);
        w->out->blocks[w->out->block_count - 1].end = w->body.length;
        return;
    }
    if (w->body.length)
        buffer_byte(&w->body, '\n');
    dateline_block *block =
        arena_push(w->arena, &w->out->blocks, &w->out->block_count, &w->room);
    *block = (dateline_block){w->body.length, w->body.length + length, DATELINE_ROLE_BODY};
    buffer_add(&w->body, line, length);
    w->open = true;
}

static void finish(struct writing *w)
{
    w->out->body = arena_copy(w->arena, w->body.bytes ? w->body.bytes : "", w->body.length);
    w->out->length = w->body.length;
    buffer_free(&w->body);
    role_mark(w->out->body, w->out->blocks, w->out->block_count);
}

void text_input_lines(struct content *out, struct arena *arena, const char *text,
                      size_t length)
{
    *out = (struct content){0};
    struct writing w = {.arena = arena, .out = out};
    const char *line, *at = text;
    for (size_t n; next_line(&line, &n, &at, text + length);)
        if (n)
            add_line(&w, line, n, false);
    finish(&w);
}

/* ---------------------------------------------------------------- wrapping */

enum { LEAST_WIDTH = 40, MOST_WIDTH = 100 };

static size_t word_length(const char *line, size_t length)
{
    const char *space = memchr(line, ' ', length);
    return space ? (size_t)(space - line) : length;
}

/* The width that the lines were wrapped to; 0: they were not. Then some paragraph
 * has two lines that are as long as they can be, and half of all lines are that
 * another follows. */
static size_t wrap_width(const char *text, size_t length)
{
    size_t width = 0, full = 0, followed = 0, run = 0, longest_run = 0, before = 0, n;
    const char *line, *at = text;
    while (next_line(&line, &n, &at, text + length)) {
        if (before && n) {
            bool wide = before >= LEAST_WIDTH && before <= MOST_WIDTH &&
                        before + 1 + word_length(line, n) > LEAST_WIDTH + 15;
            followed++;
            full += wide;
            run = wide ? run + 1 : 0;
            width = wide && before > width ? before : width;
        } else {
            run = 0;
        }
        longest_run = run > longest_run ? run : longest_run;
        before = n;
    }
    return longest_run >= 2 && 2 * full >= followed ? width : 0;
}

/* Would the next line's first word have been too much for this one? Widths of
 * lines that people broke vary by a fifth. */
static bool goes_on(size_t line, const char *next, size_t length, size_t width)
{
    return width && 5 * (line + 1 + word_length(next, length)) > 4 * width;
}

/* "* ", "- ", "• ": the bytes of the mark and its space, or 0. */
static size_t bullet_length(const char *line, size_t length)
{
    static const char *const marks[] = {"* ", "- ", "• ", "· ", "‣ ", "▪ ", "◦ ", "o "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);
        if (length > n && !memcmp(line, marks[i], n) && line[length - 1] != '-')
            return n; /* "- Ende -" is none */
    }
    return 0;
}

/* "-----", "* * *", "=====": drawn, not written. */
static bool is_rule(const char *line, size_t length)
{
    size_t n = strspn(line, "-=_*~ ");
    return length >= 3 && n >= length;
}

/* --------------------------------------------------------------- headlines */

static bool begins(const char *line, size_t length, const char *words)
{
    size_t n = strlen(words);
    return length >= n && ascii_find(line, n, words) == line;
}

static size_t count_digits(const char *line, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += text_is_digit((unsigned char)line[i]);
    return count;
}

/* "October 17, 2021" and nothing else. */
static bool is_day(const char *line, size_t length)
{
    struct arena arena = ARENA_INIT;
    dateline_date date;
    size_t at = 0, start, end;
    bool day = length < 40 &&
               date_find(&date, &arena, line, length, &at, &start, &end, DATE_DAY_FIRST,
                         NULL) &&
               end + 1 >= length && start <= 12; /* a weekday may stand before */
    arena_release(&arena);
    return day;
}

/* Stands above the headline of a release. */
static bool is_above_title(const char *line, size_t length)
{
    static const char *const starts[] = {
        "for immediate release", "press release", "news release", "media release",
        "embargo", "contact:", "media contact", "press contact", "contacts:", "date:", "pressemitteilung", "communiqué de presse",
        "comunicado de prensa", "comunicato stampa", "for release"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (begins(line, length, starts[i]))
            return true;
    return is_day(line, length) || (length < 80 && memchr(line, '@', length)) ||
           (length < 40 && count_digits(line, length) >= 7);
}

/* "Media contact:" alone: the lines below it, up to an empty one, are its. */
static bool is_bare_label(const char *line, size_t length)
{
    return length < 40 && line[length - 1] == ':';
}

/* A headline is short and ends like none of the sentences below it. */
static bool is_title(const char *line, size_t length)
{
    static const char *const opens_text[] = {" -- ", " – ", " — ", "--(", ")--"};
    if (length > 250 || length < 3 || strchr(".;,", line[length - 1]))
        return false;
    for (size_t i = 0; i < sizeof opens_text / sizeof *opens_text; i++)
        if (memmem(line, length < 90 ? length : 90, opens_text[i], strlen(opens_text[i])) &&
            length > 120)
            return false;
    return true;
}

static bool has_letter_case(const char *line, size_t length, bool upper)
{
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t c = text_decode(line + at, length - at, &size);
        if (text_is_letter(c) && text_is_upper(c) == upper)
            return true;
    }
    return false;
}

/* Does a second line go on with the headline? In capitals as the first, or with
 * a small letter. */
static bool is_title_too(const char *first, size_t first_length, const char *line,
                         size_t length)
{
    size_t size;
    uint32_t c = text_decode(line, length, &size);
    bool small = text_is_letter(c) && !text_is_upper(c) &&
                 has_letter_case(line, length, true);
    bool capitals = !has_letter_case(first, first_length, false) &&
                    !has_letter_case(line, length, false);
    return first_length + length < 250 && is_title(line, length) &&
           (capitals || (small && first_length >= LEAST_WIDTH / 2));
}

struct lines_of_text {
    const char *at, *end;
    const char *line; /* the one at hand */
    size_t length;
    size_t before;    /* length of the one before, 0 behind an empty one */
    size_t width;
};

static bool lines_next(struct lines_of_text *in)
{
    in->before = in->line ? in->length : 0;
    return next_line(&in->line, &in->length, &in->at, in->end);
}

/* Takes the headline from the lines, where what is at hand is one. */
static const char *take_title(struct arena *arena, struct lines_of_text *in)
{
    if (in->at >= in->end || !is_title(in->line, in->length))
        return NULL;
    const char *first = in->line, *end = first + in->length;
    struct lines_of_text ahead = *in;
    while (lines_next(&ahead) && ahead.length &&
           is_title_too(first, (size_t)(end - first), ahead.line, ahead.length)) {
        *in = ahead;
        end = ahead.line + ahead.length;
    }
    in->length = 0; /* taken; and what follows goes on with nothing */
    return text_squeeze(arena, first, (size_t)(end - first), NULL);
}

static void take_line(struct writing *w, struct lines_of_text *in)
{
    const char *line = in->line;
    size_t mark = bullet_length(line, in->length);
    bool joins = !mark && in->before &&
                 goes_on(in->before, line, in->length, in->width);
    add_line(w, line + mark, in->length - mark, joins);
    if (mark)
        w->out->blocks[w->out->block_count - 1].role = DATELINE_ROLE_LIST;
}

void text_input_read(struct content *out, const char **title, struct arena *arena,
                     const char *text, size_t length)
{
    *out = (struct content){0};
    *title = NULL;
    struct writing w = {.arena = arena, .out = out};
    struct lines_of_text in = {.at = text, .end = text + length,
                               .width = wrap_width(text, length)};
    bool sought = true, in_contact = false;
    while (lines_next(&in)) {
        in_contact &= in.length > 0;
        if (!in.length || is_rule(in.line, in.length)) {
            w.open = false;
        } else if (sought && (in_contact || is_above_title(in.line, in.length))) {
            in_contact |= is_bare_label(in.line, in.length);
            add_line(&w, in.line, in.length, false);
        } else {
            *title = sought ? take_title(arena, &in) : *title;
            if (in.length)
                take_line(&w, &in);
            sought = false;
        }
    }
    finish(&w);
}
