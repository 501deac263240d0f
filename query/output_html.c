/* One page that holds everything it needs: no script, no address that it
 * fetches, light and dark, for the screen and for paper. Text of pages is
 * escaped, links lead to http and https only; boxes in the legend switch the
 * colours of a type by style alone. */
#include "query/output.h"

#include "common/date.h"
#include "query/html_write.h"
#include "query/span.h"

#include <string.h>

static const struct {
    const char *name, *text;
} types[] = {
#define X(name, letter, colour, text) {#name, text},
    DATELINE_ENTITY_TYPES(X)
#undef X
};

/* -------------------------------------------------------------------- page */

static void page_begin(struct output_writer *writer, const char *title)
{
    struct buffer *out = &writer->out;
    writer->headed = true;
    buffer_text(out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; style-src 'unsafe-inline'; form-action 'none'; "
        "base-uri 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<title>");
    if (title) {
        html_string(out, title);
        buffer_text(out, " \xc2\xb7 ");
    }
    buffer_text(out, "Dateline</title>\n");
    html_style(out);
    buffer_text(out, "</head>\n<body>\n<main>\n");
}

/* A heading a question; the first one opens the page. */
static void topic_write(struct output_writer *writer, const char *id,
                        const char *question)
{
    struct buffer *out = &writer->out;
    if (!writer->headed)
        page_begin(writer, id ? NULL : question);
    if (!id && !question)
        return;
    buffer_text(out, "<h1 dir=\"auto\">");
    html_string(out, id ? id : "");
    buffer_text(out, id && question ? ": " : "");
    html_string(out, question ? question : "");
    buffer_text(out, "</h1>\n");
}

/* The types to choose from: of these hits, or of several questions all. */
static unsigned types_of(const struct output_writer *writer,
                         const dateline_hits *hits)
{
    unsigned all = writer->types ? writer->types : ~0u, seen = 0;
    if (writer->topic)
        return all;
    for (size_t i = 0; i < hits->count; i++)
        for (size_t j = 0; j < hits->hits[i].entity_count; j++)
            seen |= 1u << hits->hits[i].entities[j].type;
    return all & seen;
}

static void legend_write(struct output_writer *writer, unsigned shown)
{
    struct buffer *out = &writer->out;
    if (writer->legend || !shown)
        return;
    writer->legend = true;
    buffer_text(out, "<fieldset>\n<legend>Marked</legend>\n");
    for (unsigned i = 0; i < DATELINE_ENTITY_TYPE_COUNT; i++)
        if (shown >> i & 1)
            buffer_format(out,
                          "<label><input type=\"checkbox\" id=\"show-%s\" checked>"
                          " <span class=\"e %s\">%s</span></label>\n",
                          types[i].name, types[i].name, types[i].text);
    buffer_text(out, "<label class=\"switch\"><input type=\"checkbox\" "
                     "id=\"letters\"> letters</label>\n</fieldset>\n");
}

static void count_write(struct buffer *out, const dateline_hits *hits)
{
    const dateline_summary *summary = &hits->summary;
    buffer_text(out, "<p class=\"facts\">");
    if (hits->count < summary->found)
        buffer_format(out, "%zu of ", hits->count);
    buffer_format(out, "%s%zu %s%s", hit_about(summary),
                  summary->found, hits->passages ? "passage" : "article",
                  summary->found == 1 ? "" : "s");
    if (summary->folded)
        buffer_format(out, ", %zu cop%s folded", summary->folded,
                      summary->folded == 1 ? "y" : "ies");
    buffer_text(out, "</p>\n");
}

/* What is known of all hits, before them. */
static void head_write(struct output_writer *writer, const dateline_hits *hits)
{
    struct buffer *out = &writer->out;
    if (hits->count)
        count_write(out, hits);
    for (size_t i = 0; i < hits->summary.note_count; i++) {
        buffer_text(out, "<p class=\"facts\">");
        html_string(out, hits->summary.notes[i]);
        buffer_text(out, "</p>\n");
    }
    legend_write(writer, types_of(writer, hits));
}

static void summary_write(struct output_writer *writer,
                          const dateline_hits *hits)
{
    struct buffer *out = &writer->out;
    if (!hits->summary.found)
        buffer_text(out, "<p>Nothing found.</p>\n");
    if (!hits->count && hits->summary.suggestion) {
        buffer_text(out, "<p>Did you mean: <b>");
        html_string(out, hits->summary.suggestion);
        buffer_text(out, "</b></p>\n");
    }
}

static void page_end(struct output_writer *writer)
{
    if (!writer->headed)
        page_begin(writer, NULL);
    buffer_text(&writer->out, "</main>\n</body>\n</html>\n");
}

/* --------------------------------------------------------------------- hit */

static void title_write(struct buffer *out, const dateline_facts *facts,
                        size_t rank)
{
    const char *title = facts->title  ? facts->title
                        : facts->path ? facts->path
                        : facts->id   ? facts->id
                                      : "-";
    bool link = facts->url && html_is_link(facts->url);
    buffer_format(out, "<h2>%zu. ", rank);
    if (link) {
        buffer_text(out, "<a rel=\"noreferrer noopener\" href=\"");
        html_string(out, facts->url);
        buffer_text(out, "\">");
    }
    buffer_text(out, "<bdi>");
    html_string(out, title);
    buffer_text(out, link ? "</bdi></a></h2>\n" : "</bdi></h2>\n");
}

static void fact_write(struct buffer *out, const char *fact, size_t *facts)
{
    if (!fact || !*fact)
        return;
    buffer_text(out, (*facts)++ ? " \xc2\xb7 <bdi>" : "<bdi>");
    html_string(out, fact);
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
    if (facts->title && !facts->url)
        fact_write(out, facts->path, &count);
    buffer_text(out, "</p>\n");
}

static void entity_begin(struct buffer *out, const dateline_entity *entity)
{
    buffer_format(out, "<span class=\"e %s\" title=\"%s",
                  types[entity->type].name, types[entity->type].text);
    if (entity->name) {
        buffer_text(out, ": ");
        html_string(out, entity->name);
    }
    buffer_text(out, "\">");
}

/* A match within a name is drawn inside it, so that a name stays one. */
static void segments_write(struct buffer *out, const dateline_hit *hit,
                           const struct span_segment *segments, size_t count)
{
    const dateline_entity *open = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct span_segment *segment = &segments[i];
        if (segment->entity != open && open)
            buffer_text(out, "</span>");
        if (segment->entity != open && segment->entity)
            entity_begin(out, segment->entity);
        open = segment->entity;
        buffer_text(out, segment->match ? "<mark>" : "");
        html_lines(out, hit->text + segment->start,
                   segment->end - segment->start);
        buffer_text(out, segment->match ? "</mark>" : "");
    }
    buffer_text(out, open ? "</span>" : "");
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
        html_string(out, hit->article->language);
        buffer_byte(out, '"');
    }
    buffer_text(out, hit->window.start ? ">\xe2\x80\xa6 " : ">");
    segments_write(out, hit, segments, count);
    buffer_text(out, hit->window.end < hit->length ? " \xe2\x80\xa6</p>\n"
                                                   : "</p>\n");
    arena_release(&arena);
}

static void copy_write(struct buffer *out, const dateline_facts *copy)
{
    const char *name = copy->site  ? copy->site
                       : copy->url ? copy->url
                       : copy->id  ? copy->id
                                   : "-";
    char day[16];
    hit_date(day, &copy->published);
    bool link = copy->url && html_is_link(copy->url);
    buffer_text(out, "<li>");
    if (link) {
        buffer_text(out, "<a rel=\"noreferrer noopener\" href=\"");
        html_string(out, copy->url);
        buffer_text(out, "\">");
    }
    buffer_text(out, "<bdi>");
    html_string(out, name);
    buffer_format(out, "</bdi>%s %s</li>\n", link ? "</a>" : "", day);
}

/* Where else it was printed. */
static void copies_write(struct buffer *out, const dateline_hit *hit)
{
    struct buffer line = {0};
    hit_copies(&line, hit);
    if (line.length) {
        buffer_text(out, "<details><summary>");
        html_text(out, line.bytes, line.length);
        buffer_text(out, "</summary>\n<ul>\n");
        for (size_t i = 0; i < hit->copy_count; i++)
            copy_write(out, hit->copies[i]);
        buffer_text(out, "</ul></details>\n");
    }
    buffer_free(&line);
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

/* ------------------------------------------------------------------- facet */

static void value_write(struct buffer *out, const dateline_facet_value *value,
                        size_t most)
{
    size_t width = most ? (value->articles * 1000 + most / 2) / most : 0;
    buffer_text(out, "<tr><th scope=\"row\"><bdi>");
    html_string(out, value->text);
    buffer_format(out,
                  "</bdi></th><td>%zu</td><td class=\"bar\"><span "
                  "style=\"width:%zu.%zu%%\"></span></td></tr>\n",
                  value->articles, width / 10, width % 10);
}

static void facet_write(struct output_writer *writer,
                        const dateline_facet *facet)
{
    struct buffer *out = &writer->out;
    if (!facet->count)
        return;
    buffer_text(out, "<section>\n<h2>");
    html_string(out, facet->field);
    buffer_text(out, "</h2>\n<table>\n");
    for (size_t i = 0; i < facet->count; i++)
        value_write(out, &facet->values[i], facet->values[0].articles);
    buffer_text(out, "</table>\n</section>\n");
}

const struct output output_html = {
    .name = "html",
    .media = "text/html; charset=utf-8",
    .topic = topic_write,
    .head = head_write,
    .hit = hit_write,
    .summary = summary_write,
    .facet = facet_write,
    .end = page_end,
};
