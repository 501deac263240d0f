/* For people at a terminal of 60 to 200 columns:
 *
 *    1  The title of the article
 *       2021-10-17 (dateline) - Paris, France - example.org
 *       The passage, wrapped to the width, its matches bold and
 *       underlined, its entities in the colour of their type.
 *       also on example.com 2021-10-18, first here
 *       https://example.org/page
 *
 * Without colour it is plain text, or "*matches*" and "[names]O" are marked.
 * Everything passes through text_escape. */
#include "query/output.h"

#include "common/date.h"
#include "common/text.h"
#include "query/bars.h"
#include "query/explain_write.h"
#include "query/layout.h"
#include "query/span.h"

#include <stdio.h>
#include <string.h>

enum {
    INDENT = 4,
    NEIGHBOUR = 4 /* passages before and after a hit stand further in */
};

#define CUT "\xe2\x80\xa6"

static const struct {
    const char *letter, *colour, *text;
} types[] = {
#define X(name, letter, colour, text) {(const char[]){letter, 0}, colour, text},
    DATELINE_ENTITY_TYPES(X)
#undef X
};

static void segment_style(char style[LAYOUT_STYLE_BYTES],
                          const struct span_segment *segment)
{
    snprintf(style, LAYOUT_STYLE_BYTES, "%s%s%s", segment->match ? "1;4" : "",
             segment->match && segment->entity ? ";" : "",
             segment->entity ? types[segment->entity->type].colour : "");
}

/* A segment in its colours, or between the marks that begin and end there. */
static void segment_write(struct output_writer *writer, struct layout *layout,
                          const char *text, const struct span_segment *segment)
{
    char style[LAYOUT_STYLE_BYTES] = "";
    const dateline_entity *entity = segment->entity;
    bool named = writer->marks && entity;
    bool starred = writer->marks && segment->match;
    if ((writer->colour || writer->marks) && entity)
        writer->seen |= 1u << entity->type;
    if (writer->colour)
        segment_style(style, segment);
    if (named && segment->start == entity->start)
        layout_text(layout, "[", 1, "");
    layout_text(layout, "*", starred, "");
    layout_text(layout, text + segment->start, segment->end - segment->start,
                style);
    layout_text(layout, "*", starred, "");
    if (named && segment->end == entity->end) {
        layout_text(layout, "]", 1, "");
        layout_text(layout, types[entity->type].letter, 1, "");
    }
}

static struct layout layout_begin(struct output_writer *writer)
{
    return (struct layout){.out = &writer->out, .columns = writer->columns,
                           .indent = INDENT};
}

/* The window of a passage, with a sign where it was cut. */
static void passage_write(struct output_writer *writer, const dateline_hit *hit,
                          unsigned indent)
{
    struct arena arena = ARENA_INIT;
    struct span_segment *segments;
    size_t count = span_flatten(&segments, &arena, hit, writer->types);
    struct layout layout = layout_begin(writer);
    layout.indent = indent;
    if (hit->window.start)
        layout_text(&layout, CUT " ", strlen(CUT " "), "");
    for (size_t i = 0; i < count; i++)
        segment_write(writer, &layout, hit->text, &segments[i]);
    if (hit->window.end < hit->length)
        layout_text(&layout, " " CUT, strlen(" " CUT), "");
    layout_end(&layout);
    arena_release(&arena);
}

/* Filled like a paragraph. */
static void line_fill(struct output_writer *writer, const char *text)
{
    struct layout layout = layout_begin(writer);
    layout_text(&layout, text, strlen(text), "");
    layout_end(&layout);
}

/* One line, cut where the terminal ends. */
static void line_write(struct output_writer *writer, const char *text,
                       const char *style, unsigned used)
{
    bool styled = writer->colour && style;
    if (styled)
        buffer_format(&writer->out, "\x1b[%sm", style);
    layout_cut(&writer->out, text, strlen(text),
               writer->columns > used ? writer->columns - used : 1);
    buffer_text(&writer->out, styled ? "\x1b[0m\n" : "\n");
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
    if (line.length)
        line_fill(writer, line.bytes);
    buffer_free(&line);
}

static void copies_write(struct output_writer *writer, const dateline_hit *hit)
{
    struct buffer line = {0};
    hit_copies(&line, hit);
    if (line.length)
        line_fill(writer, line.bytes);
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
    line_fill(writer, line.bytes);
    buffer_free(&line);
}

/* At most two lines, beside its number. */
static void title_write(struct output_writer *writer, const char *title,
                        size_t rank)
{
    enum { LINES = 2 };
    struct buffer text = {0};
    size_t before = writer->out.length;
    buffer_format(&writer->out, "%2zu  ", rank);
    struct layout layout = layout_begin(writer);
    layout.column = (unsigned)(writer->out.length - before);
    layout_cut(&text, title, strlen(title),
               LINES * (writer->columns - INDENT) - INDENT);
    layout_text(&layout, text.bytes, text.length, writer->colour ? "1" : "");
    layout_end(&layout);
    buffer_free(&text);
}

/* Whole, so that it can be copied, on a line of its own. */
static void where_write(struct output_writer *writer, const char *where)
{
    buffer_format(&writer->out, "%*s%s", INDENT, "",
                  writer->colour ? "\x1b[2m" : "");
    text_escape(&writer->out, where, strlen(where));
    buffer_text(&writer->out, writer->colour ? "\x1b[0m\n" : "\n");
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
    title_write(writer, facts->title ? facts->title : where ? where : "-",
                hit->rank);
    facts_write(writer, facts);
    for (size_t i = 0; i < hit->before_count; i++)
        passage_write(writer, &hit->before[i], INDENT + NEIGHBOUR);
    passage_write(writer, hit, INDENT);
    for (size_t i = 0; i < hit->after_count; i++)
        passage_write(writer, &hit->after[i], INDENT + NEIGHBOUR);
    copies_write(writer, hit);
    why_write(writer, hit);
    if (where && facts->title)
        where_write(writer, where);
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
                      hit_about(&hits->summary),
                      hits->summary.found - shown);
}

static void legend_write(struct output_writer *writer)
{
    struct layout layout = layout_begin(writer);
    unsigned listed = 0;
    if (!writer->seen)
        return;
    buffer_byte(&writer->out, '\n');
    for (unsigned i = 0; i < DATELINE_ENTITY_TYPE_COUNT; i++) {
        const char *colour = writer->colour ? types[i].colour : "";
        if (!(writer->seen >> i & 1))
            continue;
        if (listed++)
            layout_text(&layout, " \xc2\xb7 ", 4, "");
        if (writer->marks) {
            layout_text(&layout, types[i].letter, 1, "");
            layout_text(&layout, " ", 1, "");
        }
        layout_text(&layout, types[i].text, strlen(types[i].text), colour);
    }
    layout_end(&layout);
}

static void facet_write(struct output_writer *writer,
                        const dateline_facet *facet)
{
    if (writer->written && facet->count)
        buffer_byte(&writer->out, '\n');
    writer->written = 0;
    bars_write(writer, facet);
}

const struct output output_text = {
    .name = "text",
    .media = "text/plain; charset=utf-8",
    .topic = topic_write,
    .explain = explain_write_text,
    .hit = hit_write,
    .summary = summary_write,
    .facet = facet_write,
    .end = legend_write,
};
