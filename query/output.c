/* Rows of formats, and what they share: options checked, every byte written or
 * DATELINE_IO. */
#include "query/output.h"

#include "common/error.h"
#include "common/given.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct output *const outputs[] = {
    &output_text, &output_json, &output_csv,  &output_tsv,
    &output_html, &output_trec, &output_list, &output_parts};

enum { OUTPUT_COUNT = sizeof outputs / sizeof *outputs };

const struct output *output_find(const char *name)
{
    if (!name)
        return &output_text;
    for (size_t i = 0; i < OUTPUT_COUNT; i++)
        if (!strcmp(outputs[i]->name, name))
            return outputs[i];
    return NULL;
}

static dateline_status unknown_format(const char *name, dateline_error *error)
{
    struct buffer names = {0};
    for (size_t i = 0; i < OUTPUT_COUNT; i++)
        buffer_format(&names, " %s", outputs[i]->name);
    dateline_status status =
        error_set(error, DATELINE_BAD_ARGUMENT,
                  "no output format is called %s; take one of:%s", name,
                  names.bytes);
    buffer_free(&names);
    return status;
}

/* Empties the buffer into the file. */
static dateline_status drain(struct output_writer *writer, dateline_error *error)
{
    size_t length = writer->out.length;
    writer->out.length = 0;
    if (!length)
        return DATELINE_OK;
    if (fwrite(writer->out.bytes, 1, length, writer->to) == length &&
        !ferror(writer->to))
        return DATELINE_OK;
    return error_set(error, DATELINE_IO, "writing failed: %s", strerror(errno));
}

/* Of a caller that may be older or younger than we are. */
static dateline_write_options
options_whole(const dateline_write_options *options)
{
    dateline_write_options all = DATELINE_WRITE_OPTIONS_INIT;
    given_read(&all, sizeof all, options);
    return all;
}

dateline_status output_open(struct output_writer *writer, FILE *to,
                            const dateline_write_options *options,
                            dateline_error *error)
{
    enum { COLUMNS = 80, LEAST_COLUMNS = 20 };
    dateline_write_options all = options_whole(options);
    const struct output *output = output_find(all.format);
    if (!output)
        return unknown_format(all.format, error);
    unsigned columns = all.columns ? all.columns : COLUMNS;
    *writer = (struct output_writer){
        .to = to,
        .output = output,
        .topic = all.topic,
        .colour = all.colour,
        .columns = columns < LEAST_COLUMNS ? LEAST_COLUMNS : columns,
        .types = all.entity_types,
        .bars = all.bars,
        .marks = all.marks && !all.colour,
        .nul = all.nul,
    };
    if (output->begin)
        output->begin(writer);
    dateline_status status = drain(writer, error);
    if (status)
        buffer_free(&writer->out);
    return status;
}

dateline_status output_hits(struct output_writer *writer,
                            const dateline_hits *hits, const char *topic,
                            const char *question, dateline_error *error)
{
    const struct output *output = writer->output;
    dateline_status status = DATELINE_OK;
    if (topic)
        writer->topic = topic;
    writer->written = 0;
    if (output->topic)
        output->topic(writer, topic, question);
    if (output->explain && hits->explain)
        output->explain(&writer->out, hits->explain);
    if (output->head)
        output->head(writer, hits);
    for (size_t i = 0; i < hits->count && !status; i++) {
        if (output->hit)
            output->hit(writer, hits, &hits->hits[i]);
        writer->written++;
        status = drain(writer, error);
    }
    if (output->summary)
        output->summary(writer, hits);
    return status ? status : drain(writer, error);
}

dateline_status output_close(struct output_writer *writer, dateline_error *error)
{
    if (writer->output->end)
        writer->output->end(writer);
    dateline_status status = drain(writer, error);
    if (!status && fflush(writer->to))
        status = error_set(error, DATELINE_IO, "writing failed: %s",
                           strerror(errno));
    buffer_free(&writer->out);
    return status;
}

static dateline_status hits_write(struct output_writer *writer,
                                  const dateline_hits *hits,
                                  dateline_error *error)
{
    const char *saved = hits->count ? hits->hits->saved : NULL;
    return output_hits(writer, hits, saved, hits->question, error);
}

dateline_status dateline_hits_write(const dateline_hits *hits, FILE *to,
                                    const dateline_write_options *options,
                                    dateline_error *error)
{
    error_clear(error);
    struct output_writer writer;
    dateline_write_options all = options_whole(options);
    dateline_status status = output_open(&writer, to, options, error);
    if (status)
        return status;
    status = hits_write(&writer, hits, error);
    for (size_t i = 0; i < all.facet_count && writer.output->facet; i++)
        writer.output->facet(&writer, &all.facets[i]);
    dateline_status closed = output_close(&writer, error);
    return status ? status : closed;
}

struct dateline_writer {
    struct output_writer writer;
};

dateline_status dateline_writer_open(dateline_writer **out, FILE *to,
                                     const dateline_write_options *options,
                                     dateline_error *error)
{
    error_clear(error);
    dateline_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    dateline_status status = output_open(&writer->writer, to, options, error);
    if (status)
        free(writer);
    else
        *out = writer;
    return status;
}

dateline_status dateline_writer_hits(dateline_writer *writer,
                                     const dateline_hits *hits,
                                     dateline_error *error)
{
    error_clear(error);
    dateline_status status = hits_write(&writer->writer, hits, error);
    if (!status && fflush(writer->writer.to))
        status = error_set(error, DATELINE_IO, "writing failed: %s",
                           strerror(errno));
    return status;
}

dateline_status dateline_writer_close(dateline_writer *writer,
                                      dateline_error *error)
{
    error_clear(error);
    if (!writer)
        return DATELINE_OK;
    dateline_status status = output_close(&writer->writer, error);
    free(writer);
    return status;
}
