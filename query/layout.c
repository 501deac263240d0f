/* Characters in, words out; words in, lines out. */
#include "query/layout.h"

#include "common/text.h"

#include <string.h>

/* From one style to another. */
static void style_change(struct buffer *out, char now[LAYOUT_STYLE_BYTES],
                         const char *next)
{
    if (!strcmp(now, next))
        return;
    if (*now)
        buffer_text(out, "\x1b[0m");
    if (*next)
        buffer_format(out, "\x1b[%sm", next);
    memcpy(now, next, strlen(next) + 1);
}

static void line_end(struct layout *layout)
{
    style_change(layout->out, layout->line_style, "");
    if (layout->column)
        buffer_byte(layout->out, '\n');
    layout->column = 0;
}

/* A space within a name is lit as its words are. */
static void gap_write(struct layout *layout)
{
    bool within = !strcmp(layout->space_style, layout->begun);
    style_change(layout->out, layout->line_style, within ? layout->begun : "");
    buffer_byte(layout->out, ' ');
    layout->column++;
}

/* Puts the word on the line, or on a new one where it does not fit. */
static void word_end(struct layout *layout)
{
    if (!layout->word.length)
        return;
    if (layout->column && layout->column + layout->space +
                              layout->word_columns > layout->columns)
        line_end(layout);
    if (!layout->column) {
        buffer_format(layout->out, "%*s", (int)layout->indent, "");
        layout->column = layout->indent;
    } else if (layout->space) {
        gap_write(layout);
    }
    style_change(layout->out, layout->line_style, layout->begun);
    buffer_add(layout->out, layout->word.bytes, layout->word.length);
    memcpy(layout->line_style, layout->style, sizeof layout->style);
    layout->column += layout->word_columns;
    layout->word.length = 0;
    layout->word_columns = 0;
    layout->space = false;
}

static unsigned columns_of(const char *text, size_t length)
{
    unsigned columns = 0;
    for (size_t at = 0, size; at < length; at += size)
        columns += (unsigned)text_columns(
            text_decode(text + at, length - at, &size));
    return columns;
}

static void character_add(struct layout *layout, const char *bytes, size_t size)
{
    size_t before = layout->word.length;
    text_escape(&layout->word, bytes, size);
    layout->word_columns += columns_of(layout->word.bytes + before,
                                       layout->word.length - before);
}

static void word_begin(struct layout *layout, const char *style)
{
    memcpy(layout->begun, style, strlen(style) + 1);
    memcpy(layout->style, style, strlen(style) + 1);
}

/* Punctuation that may not begin a line: it stays with the ideograph before. */
static bool is_closing(uint32_t c)
{
    static const uint32_t closing[] = {
        0x3001, 0x3002, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff01, 0xff1f,
        0xff09, 0x300d, 0x300f, 0x3011, 0x300b, 0x3009, 0x201d, 0x2019,
    };
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (closing[i] == c)
            return true;
    return false;
}

/* A line may end before it: scripts without spaces, and their punctuation. */
static bool is_breaking(uint32_t c)
{
    return text_is_ideograph(c) || (c >= 0x3000 && c < 0x3040) ||
           (c >= 0xff01 && c < 0xff61);
}

void layout_text(struct layout *layout, const char *text, size_t length,
                 const char *style)
{
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t c = text_decode(text + at, length - at, &size);
        if (text_is_space(c)) {
            word_end(layout);
            layout->space = true;
            memcpy(layout->space_style, style, strlen(style) + 1);
            if (c == '\n')
                line_end(layout);
            continue;
        }
        unsigned width = (unsigned)text_columns(c);
        bool full = layout->indent + layout->word_columns + width >
                    layout->columns;
        if (layout->word_columns && width &&
            (full || (is_breaking(c) && !is_closing(c))))
            word_end(layout);
        if (layout->word.length)
            style_change(&layout->word, layout->style, style);
        else
            word_begin(layout, style);
        character_add(layout, text + at, size);
    }
}

void layout_end(struct layout *layout)
{
    word_end(layout);
    line_end(layout);
    buffer_free(&layout->word);
}

unsigned layout_columns(const char *text, size_t length)
{
    struct buffer escaped = {0};
    text_escape(&escaped, text, length);
    unsigned columns = columns_of(escaped.bytes, escaped.length);
    buffer_free(&escaped);
    return columns;
}

unsigned layout_cut(struct buffer *out, const char *text, size_t length,
                    unsigned columns)
{
    struct arena arena = ARENA_INIT;
    struct buffer line = {0};
    const char *squeezed = text_squeeze(&arena, text, length, &length);
    text_escape(&line, squeezed, length);
    unsigned used = 0, short_used = 0;
    size_t end = 0, short_end = 0;
    for (size_t size; end < line.length; end += size) {
        unsigned width = (unsigned)text_columns(
            text_decode(line.bytes + end, line.length - end, &size));
        if (used + width > columns)
            break;
        used += width;
        if (used < columns) { /* "…" fits behind it */
            short_end = end + size;
            short_used = used;
        }
    }
    bool cut = end < line.length;
    if (line.length)
        buffer_add(out, line.bytes, cut ? short_end : end);
    if (cut && columns)
        buffer_text(out, "\xe2\x80\xa6");
    buffer_free(&line);
    arena_release(&arena);
    return cut ? short_used + (columns > 0) : used;
}
