/* One JSON line a hit, as both programs write them (common/json.h). Among the
 * hits of several topics, a line {"type":"topic"} stands before those of each. */
#include "query/output.h"

#include "common/json.h"
#include "query/explain_write.h"

static void topic_write(struct output_writer *writer, const char *id,
                        const char *question)
{
    if (!id)
        return;
    const char *const pairs[][2] = {{"id", id}, {"question", question}};
    json_write_pairs(&writer->out, "topic", pairs, 2);
}

static void hit_write(struct output_writer *writer, const dateline_hits *hits,
                      const dateline_hit *hit)
{
    json_write_hit(&writer->out, hit);
    const struct explain_hit *why = explain_of(hits, hit);
    if (!why)
        return;
    writer->out.length -= 2; /* the end of the line: another member */
    buffer_text(&writer->out, ",\"explain\":");
    explain_write_hit_json(&writer->out, why, hit);
    buffer_text(&writer->out, "}\n");
}

static void facet_write(struct output_writer *writer,
                        const dateline_facet *facet)
{
    for (size_t i = 0; i < facet->count; i++)
        json_write_facet(&writer->out, facet->field, facet->values[i].text,
                         facet->values[i].articles);
}

const struct output output_json = {
    .name = "json",
    .media = "application/x-ndjson",
    .topic = topic_write,
    .explain = explain_write_json,
    .hit = hit_write,
    .facet = facet_write,
};
