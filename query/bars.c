/* Numbers in, bars out, in eighths of a column. */
#include "query/bars.h"

#include "query/layout.h"

#include <string.h>

enum { NUMBER_COLUMNS = 8, GAP = 2, EIGHTHS = 8, BAR_LEAST = 8 };

/* Whole blocks, then what is left in eighths: U+2588 is full, U+258F an eighth. */
static void bar_write(struct buffer *out, size_t eighths)
{
    for (; eighths >= EIGHTHS; eighths -= EIGHTHS)
        buffer_text(out, "\xe2\x96\x88");
    if (eighths) {
        const char block[] = {'\xe2', '\x96', (char)(0x88 + EIGHTHS - eighths)};
        buffer_add(out, block, sizeof block);
    }
}

static unsigned names_width(const dateline_facet *facet, unsigned most)
{
    unsigned widest = 0;
    for (size_t i = 0; i < facet->count; i++) {
        const char *text = facet->values[i].text;
        unsigned columns = layout_columns(text, strlen(text));
        if (columns > widest)
            widest = columns;
    }
    return widest < most ? widest : most;
}

static size_t largest(const dateline_facet *facet)
{
    size_t most = 1;
    for (size_t i = 0; i < facet->count; i++)
        if (facet->values[i].articles > most)
            most = facet->values[i].articles;
    return most;
}

/* In eighths of a column, at least one where there is anything. */
static size_t bar_length(size_t articles, size_t most, unsigned columns)
{
    double part = (double)articles / (double)most;
    size_t eighths = (size_t)(part * columns * EIGHTHS + .5);
    return eighths ? eighths : articles > 0;
}

static void value_write(struct output_writer *writer,
                        const dateline_facet_value *value, unsigned names,
                        unsigned columns, size_t most)
{
    struct buffer *out = &writer->out;
    buffer_format(out, "%*zu  ", NUMBER_COLUMNS, value->articles);
    unsigned used = layout_cut(out, value->text, strlen(value->text), names);
    if (columns) {
        buffer_format(out, "%*s", (int)(names - used + GAP), "");
        buffer_text(out, writer->colour ? "\x1b[36m" : "");
        bar_write(out, bar_length(value->articles, most, columns));
        buffer_text(out, writer->colour ? "\x1b[0m" : "");
    }
    buffer_byte(out, '\n');
}

void bars_write(struct output_writer *writer, const dateline_facet *facet)
{
    unsigned room = writer->columns > NUMBER_COLUMNS + 2 * GAP
                        ? writer->columns - NUMBER_COLUMNS - 2 * GAP : 0;
    unsigned names = names_width(facet, room - room / 3);
    bool bars = writer->bars && room >= names + BAR_LEAST;
    if (!facet->count)
        return;
    if (!bars) /* for the next program: whole */
        names = ~0u;
    buffer_text(&writer->out, writer->colour ? "\x1b[1m" : "");
    buffer_text(&writer->out, facet->field);
    buffer_text(&writer->out, writer->colour ? ":\x1b[0m\n" : ":\n");
    size_t most = largest(facet);
    for (size_t i = 0; i < facet->count; i++)
        value_write(writer, &facet->values[i], names, bars ? room - names : 0,
                    most);
}
