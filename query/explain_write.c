/* Two forms of one telling. For people:
 *
 *    read as    (list +"state of emergency" flood)
 *    languages  english
 *      flood    flood (english) in 12 articles
 *      of       left out: a common word
 *
 * and under each hit
 *
 *    score 21.30 = article 14.10 + 0.50 x passage 12.20 + 1.10 close together
 *      passage  article
 *         4.21     6.02  flood
 */
#include "query/explain_write.h"

#include "common/date.h"
#include "common/json_write.h"
#include "common/text.h"

#include <string.h>

const struct explain_hit *explain_of(const dateline_hits *hits,
                                     const dateline_hit *hit)
{
    size_t i = (size_t)(hit - hits->hits);
    return hits->explain && i < hits->explain->hit_count
               ? &hits->explain->hits[i]
               : NULL;
}

/* ------------------------------------------------------------ for people */

enum { LABEL_COLUMNS = 12, DECIMALS = 2, NUMBER_COLUMNS = 9 };

static void safe(struct buffer *out, const char *text)
{
    text_escape(out, text, strlen(text));
}

/* The label of a line, and space up to where its text begins. */
static void label(struct buffer *out, unsigned indent, const char *text)
{
    buffer_format(out, "%*s", (int)indent, "");
    size_t from = out->length;
    safe(out, text);
    unsigned columns = indent;
    for (size_t size; from < out->length; from += size)
        columns += (unsigned)text_columns(text_decode(
            out->bytes + from, out->length - from, &size));
    int gap = columns + 2 <= LABEL_COLUMNS ? LABEL_COLUMNS - (int)columns : 2;
    buffer_format(out, "%*s", gap, "");
}

static void line(struct buffer *out, const char *name, const char *text)
{
    label(out, 0, name);
    safe(out, text);
    buffer_byte(out, '\n');
}

static void word_text(struct buffer *out, const struct explain_word *word)
{
    label(out, 2, word->text);
    if (word->stop)
        buffer_text(out, "left out: a common word");
    else if (word->mark != REQUEST_MAY)
        buffer_format(out, "%s: ", word->mark == REQUEST_MUST ? "required"
                                                              : "excluded");
    for (size_t i = 0; i < word->stem_count; i++) {
        const struct explain_stem *stem = &word->stems[i];
        buffer_text(out, i ? "; " : "");
        safe(out, stem->stem);
        buffer_format(out, " (%s) in %llu article%s", stem->languages,
                      (unsigned long long)stem->articles,
                      stem->articles == 1 ? "" : "s");
    }
    buffer_byte(out, '\n');
}

static void conditions_text(struct buffer *out, const struct explain *explain)
{
    if (explain->condition_count)
        label(out, 0, "conditions");
    for (size_t i = 0; i < explain->condition_count; i++) {
        buffer_text(out, i ? ", " : "");
        buffer_text(out, explain->conditions[i].excluded ? "not " : "");
        safe(out, explain->conditions[i].text);
    }
    if (explain->condition_count)
        buffer_byte(out, '\n');
}

static const char *order_text(const struct explain *explain)
{
    return !explain->ranked      ? "by date"
           : explain->by_passage ? "articles, then their passages that hold"
                                 : "articles, then their best passages";
}

void explain_write_text(struct buffer *out, const struct explain *explain)
{
    line(out, "question", explain->question);
    line(out, "read as", explain->read);
    if (explain->prose)
        line(out, "", "as prose: AND, OR, NOT and NEAR are words, quotes rank");
    line(out, "languages", explain->languages);
    for (size_t i = 0; i < explain->word_count; i++)
        word_text(out, &explain->words[i]);
    for (size_t i = 0; i < explain->star_count; i++) {
        label(out, 2, explain->stars[i].text);
        buffer_format(out, "%zu stem%s\n", explain->stars[i].stems,
                      explain->stars[i].stems == 1 ? "" : "s");
    }
    for (size_t i = 0; i < explain->name_count; i++) {
        label(out, 2, explain->names[i].text);
        buffer_text(out, "also by any name of ");
        safe(out, explain->names[i].name);
        buffer_byte(out, '\n');
    }
    conditions_text(out, explain);
    line(out, "ranked", order_text(explain));
    if (explain->verified)
        line(out, "verified", "to the letter, in the passages found");
    buffer_byte(out, '\n');
}

static void column(struct buffer *out, double number)
{
    struct buffer text = {0};
    hit_number(&text, number, DECIMALS);
    buffer_format(out, "%*s", NUMBER_COLUMNS, number != 0 ? text.bytes : "-");
    buffer_free(&text);
}

static void sum_part(struct buffer *out, double share, const char *name,
                     double number)
{
    if (share != 1) {
        hit_number(out, share, DECIMALS);
        buffer_text(out, " x ");
    }
    buffer_format(out, "%s ", name);
    hit_number(out, number, DECIMALS);
}

static void score_text(struct buffer *out, const struct explain_hit *why,
                       double score)
{
    static const double least = 0.005;
    buffer_text(out, "    score ");
    hit_number(out, score, DECIMALS);
    buffer_text(out, " = ");
    sum_part(out, why->article_share, "article", why->article);
    buffer_text(out, " + ");
    sum_part(out, why->passage_share, "passage", why->passage);
    if (why->rest >= least || why->rest <= -least) {
        buffer_text(out, why->rest < 0 ? " - " : " + ");
        sum_part(out, 1, "close together",
                 why->rest < 0 ? -why->rest : why->rest);
    }
    buffer_byte(out, '\n');
    if (why->shown < why->passage - least) {
        buffer_text(out, "    shown is another passage, ");
        hit_number(out, why->shown, DECIMALS);
        buffer_text(out, ": its words stand closer together\n");
    }
}

void explain_write_hit_text(struct buffer *out, const struct explain_hit *why,
                            const dateline_hit *hit)
{
    score_text(out, why, hit->score);
    buffer_format(out, "    %*s%*s\n", NUMBER_COLUMNS, "passage",
                  NUMBER_COLUMNS, "article");
    for (size_t i = 0; i < why->weight_count; i++) {
        const struct explain_weight *weight = &why->weights[i];
        buffer_text(out, "    ");
        column(out, weight->passage);
        column(out, weight->article);
        buffer_text(out, "  ");
        safe(out, weight->text);
        if (strcmp(weight->kind, "word") && strcmp(weight->kind, "star"))
            buffer_format(out, " (%s)", weight->kind);
        buffer_byte(out, '\n');
    }
    char day[16];
    hit_date(day, &hit->article->published);
    buffer_format(out, "    date %s%s%s\n", *day ? day : "unknown",
                  *day ? ", from " : "",
                  *day ? date_origin_text(hit->article->published.from) : "");
}

/* ------------------------------------------------------------------ JSON */

/* "english, german" as an array. */
static void add_languages(struct buffer *out, const char *names)
{
    json_open(out, "languages", '[');
    for (size_t length; *names; names += length + strspn(names + length, ", ")) {
        length = strcspn(names, ",");
        json_add_text(out, NULL, names, length);
    }
    json_close(out, ']');
}

static void add_stems(struct buffer *out, const struct explain_word *word)
{
    json_open(out, "stems", '[');
    for (size_t i = 0; i < word->stem_count; i++) {
        json_open(out, NULL, '{');
        json_add_string(out, "stem", word->stems[i].stem);
        add_languages(out, word->stems[i].languages);
        json_add_integer(out, "articles", word->stems[i].articles);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void add_words(struct buffer *out, const struct explain *explain)
{
    json_open(out, "words", '[');
    for (size_t i = 0; i < explain->word_count; i++) {
        const struct explain_word *word = &explain->words[i];
        json_open(out, NULL, '{');
        json_add_string(out, "text", word->text);
        json_add_truth(out, "stop", word->stop);
        json_add_truth(out, "required", word->mark == REQUEST_MUST);
        json_add_truth(out, "excluded", word->mark == REQUEST_MUST_NOT);
        add_stems(out, word);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void add_rest(struct buffer *out, const struct explain *explain)
{
    json_open(out, "stars", '[');
    for (size_t i = 0; i < explain->star_count; i++) {
        json_open(out, NULL, '{');
        json_add_string(out, "text", explain->stars[i].text);
        json_add_integer(out, "stems", explain->stars[i].stems);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_open(out, "aliases", '[');
    for (size_t i = 0; i < explain->name_count; i++) {
        json_open(out, NULL, '{');
        json_add_string(out, "text", explain->names[i].text);
        json_add_string(out, "name", explain->names[i].name);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_open(out, "conditions", '[');
    for (size_t i = 0; i < explain->condition_count; i++) {
        json_open(out, NULL, '{');
        json_add_string(out, "text", explain->conditions[i].text);
        json_add_truth(out, "excluded", explain->conditions[i].excluded);
        json_close(out, '}');
    }
    json_close(out, ']');
}

void explain_write_json(struct buffer *out, const struct explain *explain)
{
    json_line_open(out, "explain");
    json_add_string(out, "question", explain->question);
    json_add_string(out, "read", explain->read);
    json_add_truth(out, "prose", explain->prose);
    add_languages(out, explain->languages);
    add_words(out, explain);
    add_rest(out, explain);
    json_add_string(out, "ranked", order_text(explain));
    json_add_truth(out, "verified", explain->verified);
    json_line_close(out);
}

void explain_write_hit_json(struct buffer *out, const struct explain_hit *why,
                            const dateline_hit *hit)
{
    json_open(out, "explain", '{');
    json_add_real(out, "article", why->article);
    json_add_real(out, "article_share", why->article_share);
    json_add_real(out, "passage", why->passage);
    json_add_real(out, "passage_share", why->passage_share);
    json_add_real(out, "close", why->rest);
    json_add_real(out, "shown", why->shown);
    json_open(out, "weights", '[');
    for (size_t i = 0; i < why->weight_count; i++) {
        json_open(out, NULL, '{');
        json_add_string(out, "text", why->weights[i].text);
        json_add_string(out, "kind", why->weights[i].kind);
        json_add_real(out, "passage", why->weights[i].passage);
        json_add_real(out, "article", why->weights[i].article);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_add_string(out, "date_from",
                    date_origin_text(hit->article->published.from));
    json_close(out, '}');
}
