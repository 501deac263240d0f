/* One page that holds everything it needs: no script, no address that it
 * fetches, light and dark. Text of pages is escaped, links lead to http and
 * https only; boxes in the legend switch the colours of a type by style alone. */
#include "query/output.h"

#include "common/date.h"
#include "common/text.h"
#include "query/span.h"

#include <string.h>

static const char *const type_names[] = {
#define X(name, letter, colour, text) #name,
    DATELINE_ENTITY_TYPES(X)
#undef X
};

static const char *const type_texts[] = {
#define X(name, letter, colour, text) text,
    DATELINE_ENTITY_TYPES(X)
#undef X
};

/* Hues of the types, one a row, around the circle. */
static unsigned type_hue(unsigned type)
{
    return type * 360 / DATELINE_ENTITY_TYPE_COUNT;
}

/* Escaped twice: what is invisible becomes visible, what is markup is not. */
static void text_write(struct buffer *out, const char *text, size_t length)
{
    struct buffer visible = {0};
    text_escape(&visible, text, length);
    for (size_t i = 0; i < visible.length; i++)
        switch (visible.bytes[i]) {
        case '&': buffer_text(out, "&amp;"); break;
        case '<': buffer_text(out, "&lt;"); break;
        case '>': buffer_text(out, "&gt;"); break;
        case '"': buffer_text(out, "&quot;"); break;
        case '\'': buffer_text(out, "&#39;"); break;
        default: buffer_byte(out, visible.bytes[i]);
        }
    buffer_free(&visible);
}

static void string_write(struct buffer *out, const char *text)
{
    text_write(out, text, strlen(text));
}

/* A newline in a passage parts paragraphs. */
static void lines_write(struct buffer *out, const char *text, size_t length)
{
    while (length) {
        const char *newline = memchr(text, '\n', length);
        size_t line = newline ? (size_t)(newline - text) : length;
        text_write(out, text, line);
        if (newline)
            buffer_text(out, "<br>");
        line += newline != NULL;
        text += line;
        length -= line;
    }
}

/* An address that a browser may follow: http or https, nothing hidden in it. */
static bool is_link(const char *url)
{
    if (text_find_ascii(url, strlen(url) < 7 ? strlen(url) : 7, "http://") != url &&
        text_find_ascii(url, strlen(url) < 8 ? strlen(url) : 8, "https://") != url)
        return false;
    for (size_t at = 0, size, length = strlen(url); at < length; at += size) {
        uint32_t c = text_decode(url + at, length - at, &size);
        if (c <= ' ' || text_is_space(c) || text_is_invisible(c))
            return false;
    }
    return true;
}

static void style_write(struct buffer *out)
{
    buffer_text(out,
        "<style>\n"
        ":root{color-scheme:light dark}\n"
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;"
        "padding:0 1rem}\n"
        "h1,h2{font-size:1.1rem;margin:0}\n"
        "h1{margin-top:2rem}\n"
        "article{margin:1.5rem 0}\n"
        "p{margin:.2rem 0}\n"
        ".facts{opacity:.75;font-size:.875rem}\n"
        ".near{opacity:.75;margin-left:2rem}\n"
        "mark{background:none;color:inherit;font-weight:bold;"
        "text-decoration:underline;text-decoration-thickness:2px}\n"
        ".e{border-radius:.2em;padding:0 .1em}\n"
        "label{margin-right:.75rem;white-space:nowrap;font-size:.875rem}\n");
    for (unsigned i = 0; i < DATELINE_ENTITY_TYPE_COUNT; i++)
        buffer_format(out,
                      ".%s{background:hsl(%u 80%% 50%% / .25)}\n"
                      "body:has(#show-%s:not(:checked)) article .%s"
                      "{background:none}\n",
                      type_names[i], type_hue(i), type_names[i], type_names[i]);
    buffer_text(out, "</style>\n");
}

static bool is_shown(const struct output_writer *writer, unsigned type)
{
    return !writer->types || writer->types >> type & 1;
}

static void legend_write(struct output_writer *writer)
{
    buffer_text(&writer->out, "<form class=\"legend\" autocomplete=\"off\">\n");
    for (unsigned i = 0; i < DATELINE_ENTITY_TYPE_COUNT; i++)
        if (is_shown(writer, i))
            buffer_format(&writer->out,
                          "<label><input type=\"checkbox\" id=\"show-%s\" checked>"
                          " <span class=\"e %s\">%s</span></label>\n",
                          type_names[i], type_names[i], type_texts[i]);
    buffer_text(&writer->out, "</form>\n");
}

static void page_begin(struct output_writer *writer)
{
    buffer_text(&writer->out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; style-src 'unsafe-inline'; form-action 'none'; "
        "base-uri 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<title>Dateline</title>\n");
    style_write(&writer->out);
    buffer_text(&writer->out, "</head>\n<body>\n");
    legend_write(writer);
}

static void topic_write(struct output_writer *writer, const char *id,
                        const char *question)
{
    if (!id)
        return;
    buffer_text(&writer->out, "<h1>");
    string_write(&writer->out, id);
    buffer_text(&writer->out, ": ");
    string_write(&writer->out, question ? question : "");
    buffer_text(&writer->out, "</h1>\n");
}

static void title_write(struct buffer *out, const dateline_facts *facts,
                        size_t rank)
{
    const char *title = facts->title  ? facts->title
                        : facts->path ? facts->path
                        : facts->id   ? facts->id
                                      : "-";
    bool link = facts->url && is_link(facts->url);
    buffer_format(out, "<h2>%zu. ", rank);
    if (link) {
        buffer_text(out, "<a rel=\"noreferrer noopener\" href=\"");
        string_write(out, facts->url);
        buffer_text(out, "\">");
    }
    buffer_text(out, "<bdi>");
    string_write(out, title);
    buffer_text(out, link ? "</bdi></a></h2>\n" : "</bdi></h2>\n");
}

static void fact_write(struct buffer *out, const char *fact, size_t *facts)
{
    if (!fact || !*fact)
        return;
    buffer_text(out, (*facts)++ ? " \xc2\xb7 <bdi>" : "<bdi>");
    string_write(out, fact);
    buffer_text(out, "</bdi>");
}

static void facts_write(struct buffer *out, const dateline_facts *facts)
{
    size_t count = 0;
    char day[16];
    hit_date(day, &facts->published);
    buffer_text(out, "<p class=\"facts\">");
    if (*day) {
        buffer_format(out, "<time datetime=\"%s\">%s</time> (%s)", day, day,
                      date_origin_text(facts->published.from));
        count++;
    }
    fact_write(out, facts->dateline.place, &count);
    fact_write(out, facts->site, &count);
    for (size_t i = 0; i < facts->author_count; i++)
        fact_write(out, facts->authors[i], &count);
    if (facts->title)
        fact_write(out, facts->path, &count);
    buffer_text(out, "</p>\n");
}

static void segment_write(struct buffer *out, const dateline_hit *hit,
                          const struct span_segment *segment)
{
    const dateline_entity *entity = segment->entity;
    if (entity) {
        buffer_format(out, "<span class=\"e %s\" title=\"",
                      hit_type(entity->type));
        buffer_text(out, (unsigned)entity->type < DATELINE_ENTITY_TYPE_COUNT
                             ? type_texts[entity->type] : "");
        if (entity->name) {
            buffer_text(out, ": ");
            string_write(out, entity->name);
        }
        buffer_text(out, "\">");
    }
    if (segment->match)
        buffer_text(out, "<mark>");
    lines_write(out, hit->text + segment->start, segment->end - segment->start);
    if (segment->match)
        buffer_text(out, "</mark>");
    if (entity)
        buffer_text(out, "</span>");
}

/* Where else it was printed. */
static void copies_write(struct buffer *out, const dateline_hit *hit)
{
    struct buffer line = {0};
    hit_copies(&line, hit);
    if (line.length) {
        buffer_text(out, "<p class=\"facts\">");
        text_write(out, line.bytes, line.length);
        buffer_text(out, "</p>\n");
    }
    buffer_free(&line);
}

/* The window of a passage, with a sign where it was cut. */
static void passage_write(struct output_writer *writer, const dateline_hit *hit,
                          const char *class)
{
    struct buffer *out = &writer->out;
    struct arena arena = ARENA_INIT;
    struct span_segment *segments;
    size_t count = span_flatten(&segments, &arena, hit, writer->types);
    buffer_format(out, "<p%s dir=\"auto\"", class);
    if (hit->article->language) {
        buffer_text(out, " lang=\"");
        string_write(out, hit->article->language);
        buffer_byte(out, '"');
    }
    buffer_text(out, hit->window.start ? ">\xe2\x80\xa6 " : ">");
    for (size_t i = 0; i < count; i++)
        segment_write(out, hit, &segments[i]);
    buffer_text(out, hit->window.end < hit->length ? " \xe2\x80\xa6</p>\n"
                                                   : "</p>\n");
    arena_release(&arena);
}

static void hit_write(struct output_writer *writer, const dateline_hits *hits,
                      const dateline_hit *hit)
{
    (void)hits;
    buffer_text(&writer->out, "<article>\n");
    title_write(&writer->out, hit->article, hit->rank);
    facts_write(&writer->out, hit->article);
    for (size_t i = 0; i < hit->before_count; i++)
        passage_write(writer, &hit->before[i], " class=\"near\"");
    passage_write(writer, hit, "");
    for (size_t i = 0; i < hit->after_count; i++)
        passage_write(writer, &hit->after[i], " class=\"near\"");
    copies_write(&writer->out, hit);
    buffer_text(&writer->out, "</article>\n");
}

static void summary_write(struct output_writer *writer,
                          const dateline_hits *hits)
{
    struct buffer *out = &writer->out;
    size_t shown = hits->first + hits->count + hits->summary.folded;
    for (size_t i = 0; i < hits->summary.note_count; i++) {
        buffer_text(out, "<p class=\"facts\">");
        string_write(out, hits->summary.notes[i]);
        buffer_text(out, "</p>\n");
    }
    if (!hits->count)
        buffer_text(out, "<p>Nothing found.</p>\n");
    if (!hits->count && hits->summary.suggestion) {
        buffer_text(out, "<p>Did you mean: <b>");
        string_write(out, hits->summary.suggestion);
        buffer_text(out, "</b></p>\n");
    }
    if (hits->count && hits->summary.found > shown)
        buffer_format(out, "<p class=\"facts\">%s%zu more</p>\n",
                      hits->summary.exact ? "" : "about ",
                      hits->summary.found - shown);
}

static void page_end(struct output_writer *writer)
{
    buffer_text(&writer->out, "</body>\n</html>\n");
}

const struct output output_html = {
    .name = "html",
    .media = "text/html; charset=utf-8",
    .begin = page_begin,
    .topic = topic_write,
    .hit = hit_write,
    .summary = summary_write,
    .end = page_end,
};
