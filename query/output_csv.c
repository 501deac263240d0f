/* One row a hit for spreadsheets and scripts, under a row of names: CSV as
 * RFC 4180 has it, and TSV. Controls, line ends and tabs are written as visible
 * escapes, so a row is a line. In CSV a text that a spreadsheet would take for a
 * formula begins with an apostrophe. Rows of several topics begin with theirs. */
#include "query/output.h"

#include "common/date.h"
#include "common/text.h"

#include <string.h>

struct column {
    const char *name;
    void (*write)(struct buffer *cell, const dateline_hit *hit);
    bool text; /* said by a page, else by us */
};

static void string_add(struct buffer *cell, const char *text)
{
    if (text)
        text_escape(cell, text, strlen(text));
}

/* The next of several in one cell. */
static void item_begin(struct buffer *cell)
{
    if (cell->length)
        buffer_text(cell, "; ");
}

static void rank_add(struct buffer *cell, const dateline_hit *hit)
{
    buffer_format(cell, "%zu", hit->rank);
}

static void score_add(struct buffer *cell, const dateline_hit *hit)
{
    hit_number(cell, hit->score, 6);
}

static void id_add(struct buffer *cell, const dateline_hit *hit)
{
    string_add(cell, hit->article->id);
}

static void passage_add(struct buffer *cell, const dateline_hit *hit)
{
    buffer_format(cell, "%zu", hit->passage);
}

static void day_add(struct buffer *cell, const dateline_hit *hit)
{
    char day[16];
    hit_date(day, &hit->article->published);
    buffer_text(cell, day);
}

static void origin_add(struct buffer *cell, const dateline_hit *hit)
{
    if (hit->article->published.precision != DATELINE_NO_DATE)
        buffer_text(cell, date_origin_text(hit->article->published.from));
}

static void title_add(struct buffer *cell, const dateline_hit *hit)
{
    string_add(cell, hit->article->title);
}

static void site_add(struct buffer *cell, const dateline_hit *hit)
{
    string_add(cell, hit->article->site);
}

static void authors_add(struct buffer *cell, const dateline_hit *hit)
{
    for (size_t i = 0; i < hit->article->author_count; i++) {
        item_begin(cell);
        string_add(cell, hit->article->authors[i]);
    }
}

static void place_add(struct buffer *cell, const dateline_hit *hit)
{
    string_add(cell, hit->article->dateline.place);
}

static void language_add(struct buffer *cell, const dateline_hit *hit)
{
    string_add(cell, hit->article->language);
}

static void url_add(struct buffer *cell, const dateline_hit *hit)
{
    string_add(cell, hit->article->url);
}

static void path_add(struct buffer *cell, const dateline_hit *hit)
{
    string_add(cell, hit->article->path);
}

static void text_add(struct buffer *cell, const dateline_hit *hit)
{
    text_escape(cell, hit->text, hit->length);
}

static void matches_add(struct buffer *cell, const dateline_hit *hit)
{
    for (size_t i = 0; i < hit->match_count; i++) {
        const dateline_span *match = &hit->matches[i];
        item_begin(cell);
        text_escape(cell, hit->text + match->start, match->end - match->start);
    }
}

static void names_add(struct buffer *cell, const dateline_hit *hit)
{
    for (size_t i = 0; i < hit->entity_count; i++) {
        const dateline_entity *entity = &hit->entities[i];
        item_begin(cell);
        buffer_format(cell, "%s ", hit_type(entity->type));
        if (entity->name)
            string_add(cell, entity->name);
        else
            text_escape(cell, hit->text + entity->start,
                        entity->end - entity->start);
    }
}

static void copies_add(struct buffer *cell, const dateline_hit *hit)
{
    if (hit->copies)
        buffer_format(cell, "%zu", hit->copy_count);
}

static const struct column columns[] = {
    {"rank", rank_add, false},       {"score", score_add, false},
    {"id", id_add, true},            {"passage", passage_add, false},
    {"date", day_add, false},        {"date_from", origin_add, false},
    {"title", title_add, true},      {"site", site_add, true},
    {"author", authors_add, true},   {"place", place_add, true},
    {"language", language_add, true}, {"url", url_add, true},
    {"path", path_add, true},        {"text", text_add, true},
    {"matches", matches_add, true},  {"names", names_add, true},
    {"copies", copies_add, false},
};

enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

static bool is_csv(const struct output_writer *writer)
{
    return writer->output == &output_csv;
}

static void quoted_write(struct buffer *out, const char *bytes, size_t length)
{
    buffer_byte(out, '"');
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '"')
            buffer_byte(out, '"');
        buffer_byte(out, bytes[i]);
    }
    buffer_byte(out, '"');
}

/* Writes the cell and empties it. */
static void cell_write(struct output_writer *writer, struct buffer *cell,
                       bool text, bool first)
{
    struct buffer *out = &writer->out;
    buffer_byte(cell, '\0'); /* so that it can be searched */
    cell->length--;
    if (!first)
        buffer_byte(out, is_csv(writer) ? ',' : '\t');
    bool formula = text && is_csv(writer) && *cell->bytes &&
                   strchr("=+-@", *cell->bytes);
    bool quoted = is_csv(writer) && strpbrk(cell->bytes, "\",") != NULL;
    if (formula && !quoted)
        buffer_byte(out, '\'');
    if (quoted) {
        struct buffer whole = {0};
        buffer_text(&whole, formula ? "'" : "");
        buffer_add(&whole, cell->bytes, cell->length);
        quoted_write(out, whole.bytes, whole.length);
        buffer_free(&whole);
    } else {
        buffer_add(out, cell->bytes, cell->length);
    }
    cell->length = 0;
}

static void row_end(struct output_writer *writer)
{
    buffer_text(&writer->out, is_csv(writer) ? "\r\n" : "\n");
}

static void topic_write(struct output_writer *writer, const char *id,
                        const char *question)
{
    struct buffer cell = {0};
    (void)id;
    (void)question;
    if (writer->headed)
        return;
    writer->headed = true;
    if (writer->topic) {
        buffer_text(&cell, "topic");
        cell_write(writer, &cell, false, true);
    }
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        buffer_text(&cell, columns[i].name);
        cell_write(writer, &cell, false, !i && !writer->topic);
    }
    row_end(writer);
    buffer_free(&cell);
}

static void hit_write(struct output_writer *writer, const dateline_hits *hits,
                      const dateline_hit *hit)
{
    struct buffer cell = {0};
    (void)hits;
    if (writer->topic) {
        string_add(&cell, writer->topic);
        cell_write(writer, &cell, true, true);
    }
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        columns[i].write(&cell, hit);
        cell_write(writer, &cell, columns[i].text, !i && !writer->topic);
    }
    row_end(writer);
    buffer_free(&cell);
}

const struct output output_csv = {
    .name = "csv",
    .media = "text/csv; charset=utf-8; header=present",
    .topic = topic_write,
    .hit = hit_write,
};

const struct output output_tsv = {
    .name = "tsv",
    .media = "text/tab-separated-values; charset=utf-8",
    .topic = topic_write,
    .hit = hit_write,
};
