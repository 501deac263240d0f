/* For people at a terminal of 60 to 200 columns:
 *
 *    1  The title of the article
 *       2021-10-17 (dateline) - Paris, France - example.org
 *       The passage, wrapped to the width, its matches bold and
 *       underlined, its entities in the colour of their type.
 *       https://example.org/page
 *
 * Without colour it is plain text. Everything passes through text_escape. */
#include "query/output.h"

#include "common/date.h"
#include "common/text.h"
#include "query/explain_write.h"
#include "query/span.h"

#include <string.h>

enum { INDENT = 4, STYLE_BYTES = 16 };

/* Lines are filled word by word; a word knows its width and its styles. */
struct lines {
    struct output_writer *writer;
    struct buffer word;  /* escaped, with its colours */
    unsigned word_columns;
    unsigned column;     /* of the line so far; 0: nothing on it */
    char style[STYLE_BYTES]; /* that holds at the word's end; "": none */
};

static void style_set(struct lines *lines, const char *style)
{
    if (!strcmp(style, lines->style))
        return;
    if (lines->style[0])
        buffer_text(&lines->word, "\x1b[0m");
    if (style[0])
        buffer_format(&lines->word, "\x1b[%sm", style);
    size_t length = strlen(style);
    memcpy(lines->style, style, length + 1);
}

static void line_end(struct lines *lines)
{
    if (lines->column)
        buffer_byte(&lines->writer->out, '\n');
    lines->column = 0;
}

/* Puts the word on the line, or on a new one where it does not fit. */
static void word_end(struct lines *lines, bool space)
{
    if (!lines->word_columns && !lines->word.length)
        return;
    style_set(lines, "");
    unsigned gap = lines->column && space;
    if (lines->column &&
        lines->column + gap + lines->word_columns > lines->writer->columns) {
        line_end(lines);
        gap = 0;
    }
    struct buffer *out = &lines->writer->out;
    if (!lines->column) {
        buffer_format(out, "%*s", INDENT, "");
        lines->column = INDENT;
    } else if (gap) {
        buffer_byte(out, ' ');
    }
    buffer_add(out, lines->word.bytes, lines->word.length);
    lines->column += gap + lines->word_columns;
    lines->word.length = 0;
    lines->word_columns = 0;
}

static unsigned columns_of(const char *text, size_t length)
{
    unsigned columns = 0;
    for (size_t at = 0, size; at < length; at += size)
        columns += (unsigned)text_columns(
            text_decode(text + at, length - at, &size));
    return columns;
}

/* A word that is wider than a line is cut. */
static void character_add(struct lines *lines, const char *bytes, size_t size)
{
    size_t before = lines->word.length;
    text_escape(&lines->word, bytes, size);
    lines->word_columns += columns_of(lines->word.bytes + before,
                                      lines->word.length - before);
}

/* Text in one style; spaces part words, ideographs may part anywhere. */
static void text_add(struct lines *lines, const char *text, size_t length,
                     const char *style, bool *space)
{
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t c = text_decode(text + at, length - at, &size);
        if (text_is_space(c)) {
            word_end(lines, *space);
            *space = true;
            continue;
        }
        bool wide = text_is_ideograph(c);
        if (lines->word_columns &&
            (wide || lines->word_columns + INDENT + 2 > lines->writer->columns)) {
            word_end(lines, *space);
            *space = false;
        }
        style_set(lines, style);
        character_add(lines, text + at, size);
    }
}

static const char *type_colour(dateline_entity_type type)
{
    static const char *const colours[] = {
#define X(name, letter, colour, text) colour,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    return (unsigned)type < DATELINE_ENTITY_TYPE_COUNT ? colours[type] : "0";
}

static void segment_style(char style[STYLE_BYTES],
                          const struct span_segment *segment)
{
    struct buffer text = {0};
    buffer_add(&text, "", 0);
    if (segment->match)
        buffer_text(&text, "1;4");
    if (segment->entity)
        buffer_format(&text, "%s%s", segment->match ? ";" : "",
                      type_colour(segment->entity->type));
    memcpy(style, text.bytes, text.length + 1);
    buffer_free(&text);
}

static void passage_write(struct output_writer *writer, const dateline_hit *hit)
{
    struct arena arena = ARENA_INIT;
    struct span_segment *segments;
    size_t count = span_flatten(&segments, &arena, hit, writer->types);
    struct lines lines = {.writer = writer};
    bool space = false;
    for (size_t i = 0; i < count; i++) {
        char style[STYLE_BYTES] = "";
        if (writer->colour) {
            segment_style(style, &segments[i]);
            if (segments[i].entity)
                writer->seen |= 1u << segments[i].entity->type;
        }
        text_add(&lines, hit->text + segments[i].start,
                 segments[i].end - segments[i].start, style, &space);
    }
    word_end(&lines, space);
    line_end(&lines);
    buffer_free(&lines.word);
    arena_release(&arena);
}

/* One line, its spaces squeezed, cut where the terminal ends. */
static void line_write(struct output_writer *writer, const char *text,
                       const char *style, unsigned used)
{
    struct arena arena = ARENA_INIT;
    struct buffer line = {0};
    size_t length;
    const char *squeezed = text_squeeze(&arena, text, strlen(text), &length);
    text_escape(&line, squeezed, length);
    size_t end = 0, short_end = 0, size;
    for (unsigned columns = used; end < line.length; end += size) {
        columns += (unsigned)text_columns(
            text_decode(line.bytes + end, line.length - end, &size));
        if (columns < writer->columns)
            short_end = end + size;
        if (columns > writer->columns)
            break;
    }
    bool cut = end < line.length;
    end = cut ? short_end : end;
    if (writer->colour && style)
        buffer_format(&writer->out, "\x1b[%sm", style);
    if (line.length)
        buffer_add(&writer->out, line.bytes, end);
    buffer_text(&writer->out, cut ? "\xe2\x80\xa6" : "");
    if (writer->colour && style)
        buffer_text(&writer->out, "\x1b[0m");
    buffer_byte(&writer->out, '\n');
    buffer_free(&line);
    arena_release(&arena);
}

static void part_add(struct buffer *line, const char *part)
{
    if (!part || !*part)
        return;
    if (line->length)
        buffer_text(line, " \xc2\xb7 ");
    buffer_text(line, part);
}

/* When, where and by whom: what is known of it. */
static void facts_write(struct output_writer *writer,
                        const dateline_facts *facts)
{
    struct buffer line = {0};
    char day[16];
    hit_date(day, &facts->published);
    part_add(&line, day);
    if (*day)
        buffer_format(&line, " (%s)", date_origin_text(facts->published.from));
    part_add(&line, facts->dateline.place);
    part_add(&line, facts->site);
    if (facts->author_count)
        part_add(&line, facts->authors[0]);
    if (line.length) {
        buffer_format(&writer->out, "%*s", INDENT, "");
        line_write(writer, line.bytes, NULL, INDENT);
    }
    buffer_free(&line);
}

static void copies_write(struct output_writer *writer, const dateline_hit *hit)
{
    struct buffer line = {0};
    hit_copies(&line, hit);
    if (line.length) {
        buffer_format(&writer->out, "%*s", INDENT, "");
        line_write(writer, line.bytes, NULL, INDENT);
    }
    buffer_free(&line);
}

/* By which words a saved query found it. */
static void why_write(struct output_writer *writer, const dateline_hit *hit)
{
    struct buffer line = {0};
    if (!hit->why_count)
        return;
    buffer_format(&line, "matched: %s", hit->why[0]);
    for (size_t i = 1; i < hit->why_count; i++)
        buffer_format(&line, ", %s", hit->why[i]);
    buffer_format(&writer->out, "%*s", INDENT, "");
    line_write(writer, line.bytes, "2", INDENT);
    buffer_free(&line);
}

static void hit_write(struct output_writer *writer, const dateline_hits *hits,
                      const dateline_hit *hit)
{
    const dateline_facts *facts = hit->article;
    const char *where = facts->url    ? facts->url
                        : facts->path ? facts->path
                                      : facts->id;
    if (writer->written)
        buffer_byte(&writer->out, '\n');
    size_t before = writer->out.length;
    buffer_format(&writer->out, "%2zu  ", hit->rank);
    line_write(writer, facts->title ? facts->title : where ? where : "-", "1",
               (unsigned)(writer->out.length - before));
    facts_write(writer, facts);
    passage_write(writer, hit);
    copies_write(writer, hit);
    why_write(writer, hit);
    if (where && facts->title) {
        buffer_format(&writer->out, "%*s", INDENT, "");
        line_write(writer, where, "2", INDENT);
    }
    const struct explain_hit *why = explain_of(hits, hit);
    if (why)
        explain_write_hit_text(&writer->out, why, hit);
}

static void topic_write(struct output_writer *writer, const char *id,
                        const char *question)
{
    if (!id)
        return;
    struct buffer line = {0};
    buffer_format(&line, "== %s: %s", id, question ? question : "");
    line_write(writer, line.bytes, "1", 0);
    buffer_free(&line);
}

static void summary_write(struct output_writer *writer,
                          const dateline_hits *hits)
{
    size_t shown = hits->first + hits->count + hits->summary.folded;
    if (hits->count && hits->summary.found > shown)
        buffer_format(&writer->out, "\n%*s%s%zu more\n", INDENT, "",
                      hits->summary.exact ? "" : "about ",
                      hits->summary.found - shown);
}

static void legend_write(struct output_writer *writer)
{
    static const char *const texts[] = {
#define X(name, letter, colour, text) text,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    if (!writer->colour || !writer->seen)
        return;
    buffer_format(&writer->out, "\n%*s", INDENT, "");
    for (unsigned i = 0; i < DATELINE_ENTITY_TYPE_COUNT; i++)
        if (writer->seen >> i & 1)
            buffer_format(&writer->out, "\x1b[%sm%s\x1b[0m  ",
                          type_colour((dateline_entity_type)i), texts[i]);
    writer->out.length -= 2;
    buffer_byte(&writer->out, '\n');
}

const struct output output_text = {
    .name = "text",
    .media = "text/plain; charset=utf-8",
    .topic = topic_write,
    .explain = explain_write_text,
    .hit = hit_write,
    .summary = summary_write,
    .end = legend_write,
};
