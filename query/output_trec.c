/* A TREC run: "topic Q0 docid rank score tag". The docid is the article's id,
 * or id#passage where every passage is a hit; white space and controls in it
 * are percent-encoded, for its readers split at spaces. Scores fall strictly,
 * since trec_eval sorts by them and not by rank. */
#include "query/output.h"

#include "common/text.h"

static void id_write(struct buffer *out, const char *id)
{
    for (const unsigned char *c = (const unsigned char *)id; *c; c++)
        if (*c <= ' ' || *c == 0x7f)
            buffer_format(out, "%%%02X", *c);
        else
            buffer_byte(out, (char)*c);
}

static void hit_write(struct output_writer *writer, const dateline_hits *hits,
                      const dateline_hit *hit)
{
    static const double step = 1e-6;
    struct buffer *out = &writer->out;
    double score = hit->score;
    if (writer->written && !(score <= writer->last_score - step))
        score = writer->last_score - step;
    writer->last_score = score;
    id_write(out, writer->topic && *writer->topic ? writer->topic : "0");
    buffer_text(out, " Q0 ");
    id_write(out, hit->article->id ? hit->article->id : "-");
    if (hits->passages)
        buffer_format(out, "#%zu", hit->passage);
    buffer_format(out, " %zu ", hit->rank);
    hit_number(out, score, 6);
    buffer_text(out, " dateline\n");
}

const struct output output_trec = {
    .name = "trec",
    .media = "text/plain; charset=utf-8",
    .hit = hit_write,
};
