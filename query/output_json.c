/* One JSON line a hit. Among the hits of several topics, a line
 * {"type":"topic"} stands before those of each. */
#include "query/output.h"

#include "common/json_facts.h"
#include "query/explain_write.h"

static void topic_write(struct output_writer *writer, const char *id,
                        const char *question)
{
    struct buffer *out = &writer->out;
    if (!id)
        return;
    json_line_open(out, "topic");
    json_add_string(out, "id", id);
    json_add_string(out, "question", question);
    json_line_close(out);
}

/* --------------------------------------------------------------------- hits */

/* Its text and what stands where in it: members of an open object. */
static void add_text(struct buffer *out, const dateline_hit *hit)
{
    json_add_text(out, "text", hit->text, hit->length);
    json_open(out, "matches", '[');
    for (size_t i = 0; i < hit->match_count; i++)
        json_add_span(out, NULL, hit->matches[i].start, hit->matches[i].end);
    json_close(out, ']');
    json_add_entities(out, "entities", hit->entities, hit->entity_count,
                      hit->text);
}

static void add_neighbours(struct buffer *out, const char *key,
                           const dateline_hit *hits, size_t count)
{
    json_open(out, key, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(out, NULL, '{');
        add_text(out, &hits[i]);
        json_add_integer(out, "number", hits[i].passage);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void add_passage(struct buffer *out, const dateline_hit *hit)
{
    json_open(out, "passage", '{');
    add_text(out, hit);
    json_add_span(out, "window", hit->window.start, hit->window.end);
    json_close(out, '}');
    if (!hit->before_count && !hit->after_count)
        return;
    json_open(out, "context", '{');
    add_neighbours(out, "before", hit->before, hit->before_count);
    add_neighbours(out, "after", hit->after, hit->after_count);
    json_close(out, '}');
}

static void add_copies(struct buffer *out, const dateline_hit *hit)
{
    json_open(out, "copies", '[');
    for (size_t i = 0; i < hit->copy_count; i++) {
        json_open(out, NULL, '{');
        json_add_string(out, "id", hit->copies[i]->id);
        json_add_string(out, "url", hit->copies[i]->url);
        json_add_string(out, "site", hit->copies[i]->site);
        json_add_date(out, "published", &hit->copies[i]->published, true);
        json_close(out, '}');
    }
    json_close(out, ']');
}

/* "article#passage" */
static void add_id(struct buffer *out, const dateline_hit *hit)
{
    struct buffer id = {0};
    buffer_format(&id, "%s#%zu", hit->article->id ? hit->article->id : "",
                  hit->passage);
    json_add_string(out, "id", id.bytes);
    buffer_free(&id);
}

static void hit_write(struct output_writer *writer, const dateline_hits *hits,
                      const dateline_hit *hit)
{
    struct buffer *out = &writer->out;
    const struct explain_hit *why = explain_of(hits, hit);
    json_line_open(out, "hit");
    json_add_integer(out, "rank", hit->rank);
    json_add_real(out, "score", hit->score);
    add_id(out, hit);
    add_passage(out, hit);
    json_open(out, "article", '{');
    json_add_facts(out, hit->article);
    json_close(out, '}');
    if (hit->copies)
        add_copies(out, hit);
    if (hit->saved) {
        json_add_string(out, "saved", hit->saved);
        json_add_list(out, "why", hit->why, hit->why_count);
    }
    if (why)
        explain_write_hit_json(out, why, hit);
    json_line_close(out);
}

static void facet_write(struct output_writer *writer,
                        const dateline_facet *facet)
{
    struct buffer *out = &writer->out;
    for (size_t i = 0; i < facet->count; i++) {
        json_line_open(out, "facet");
        json_add_string(out, "field", facet->field);
        json_add_string(out, "value", facet->values[i].text);
        json_add_integer(out, "articles", facet->values[i].articles);
        json_line_close(out);
    }
}

const struct output output_json = {
    .name = "json",
    .media = "application/x-ndjson",
    .topic = topic_write,
    .explain = explain_write_json,
    .hit = hit_write,
    .facet = facet_write,
};
