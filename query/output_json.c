/* One JSON line a hit, as both programs write them (common/json.h). Among the
 * hits of several topics, a line {"type":"topic"} stands before those of each. */
#include "query/output.h"

#include "common/json.h"

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
    (void)hits;
    json_write_hit(&writer->out, hit);
}

const struct output output_json = {
    .name = "json",
    .media = "application/x-ndjson",
    .topic = topic_write,
    .hit = hit_write,
};
