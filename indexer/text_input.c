/* Lines go in, blocks come out. */
#include "indexer/text_input.h"

#include "common/text.h"

#include <string.h>

/* Without white space at either end. */
static void trim(const char **line, size_t *length)
{
    while (*length && text_is_space_ascii(**line))
        ++*line, --*length;
    while (*length && text_is_space_ascii((*line)[*length - 1]))
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
    content_roles(w->out->body, w->out->blocks, w->out->block_count);
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

/* Were the lines wrapped to a width? Then nearly every line that another
 * follows directly is 40 to 100 bytes long. */
static bool is_wrapped(const char *text, size_t length)
{
    size_t full = 0, followed = 0, before = 0, n;
    const char *line, *at = text;
    while (next_line(&line, &n, &at, text + length)) {
        if (before && n) {
            followed++;
            full += before >= 40 && before <= 100;
        }
        before = n;
    }
    return followed >= 3 && full * 10 >= followed * 7;
}

static bool begins(const char *line, size_t length, const char *words)
{
    size_t n = strlen(words);
    return length >= n && text_find_ascii(line, n, words) == line;
}

/* Stands above the headline of a release. */
static bool is_above_title(const char *line, size_t length)
{
    static const char *const starts[] = {
        "for immediate release", "press release", "news release", "media release",
        "embargo", "contact:", "date:", "pressemitteilung", "communiqué de presse",
        "comunicado de prensa", "comunicato stampa", "for release"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (begins(line, length, starts[i]))
            return true;
    return false;
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

void text_input_read(struct content *out, const char **title, struct arena *arena,
                     const char *text, size_t length)
{
    *out = (struct content){0};
    *title = NULL;
    struct writing w = {.arena = arena, .out = out};
    bool wrapped = is_wrapped(text, length), sought = true;
    const char *line, *at = text;
    for (size_t n; next_line(&line, &n, &at, text + length);) {
        if (!n) {
            w.open = false;
        } else if (sought && !is_above_title(line, n)) {
            sought = false;
            bool more = at < text + length && is_title(line, n);
            if (more)
                *title = text_squeeze(arena, line, n, NULL);
            else
                add_line(&w, line, n, wrapped);
        } else {
            add_line(&w, line, n, wrapped && !sought);
        }
    }
    finish(&w);
}
