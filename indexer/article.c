/* The walk of one input: parts, and each part in order through encoding, tree,
 * metadata, content, lead, language, passages and entities. */
#include "indexer/article.h"

#include "common/ascii.h"
#include "common/date.h"
#include "common/error.h"
#include "common/text.h"
#include "indexer/author.h"
#include "indexer/contact.h"
#include "indexer/content.h"
#include "indexer/detect.h"
#include "indexer/encoding.h"
#include "indexer/entity.h"
#include "indexer/format.h"
#include "indexer/gzip.h"
#include "indexer/html.h"
#include "indexer/lead.h"
#include "indexer/metadata.h"
#include "indexer/passage.h"
#include "indexer/published.h"
#include "indexer/text_input.h"
#include "indexer/title.h"

#include <stdlib.h>
#include <string.h>

static dateline_article *article_new(void)
{
    struct arena arena = ARENA_INIT;
    dateline_article *article = arena_new(&arena, dateline_article);
    article->arena = arena;
    return article;
}

void dateline_article_free(dateline_article *article)
{
    if (!article)
        return;
    struct arena arena = article->arena; /* the article lives in it */
    arena_release(&arena);
}

/* ---------------------------------------------------------- kinds of a part */

static void take_content(dateline_article *article, const struct content *content)
{
    article->body = content->body;
    article->length = content->length;
    article->blocks = content->blocks;
    article->block_count = content->block_count;
}

/* "a, b, c" of a meta element, or several elements. */
static void take_keywords(dateline_facts *facts, const struct metadata *m)
{
    static const char *const keys[] = {"news_keywords", "keywords"};
    const char **items = NULL;
    size_t room = 0;
    const char *list = metadata_first(m, keys, sizeof keys / sizeof *keys);
    for (const char *at = list; at && *at && facts->keyword_count < 32;) {
        size_t n = strcspn(at, ",;"), length;
        const char *word = text_squeeze(m->arena, at, n, &length);
        if (length && length < 100)
            *(const char **)arena_push(m->arena, &items, &facts->keyword_count, &room) = word;
        at += n + (at[n] != '\0');
    }
    facts->keywords = items;
}

static dateline_status read_html(dateline_article *article, const char *bytes,
                                 size_t length, const char *url, const char **declared,
                                 dateline_error *error)
{
    struct arena work = ARENA_INIT; /* the tree goes when the article stands */
    struct arena *keep = &article->arena;
    dateline_facts *facts = &article->facts;
    struct tree tree;
    dateline_status status = html_read(&tree, &work, bytes, length, error);
    if (status) {
        arena_release(&work);
        return status;
    }
    struct metadata metadata;
    struct segments segments;
    struct content content;
    metadata_collect(&metadata, keep, &tree, url);
    segment_read(&segments, keep, &tree);
    facts->title = title_read(&metadata);
    facts->date_count = published_read(&facts->dates, &metadata, &segments, facts->title);
    content_find(&content, keep, &metadata, &segments, facts->title);
    facts->author_count = author_read(&facts->authors, &metadata, &segments);
    facts->site = metadata.site;
    facts->url = metadata.canonical;
    facts->section = metadata_value(&metadata, "article:section");
    take_keywords(facts, &metadata);
    take_content(article, &content);
    *declared = metadata.language ? arena_string(keep, metadata.language) : NULL;
    arena_release(&work);
    return DATELINE_OK;
}

static dateline_status read_part(dateline_article *article, const struct part *part,
                                 const char *url, const char **declared,
                                 dateline_error *error)
{
    struct content content;
    if (part->kind == PART_LINES) {
        text_input_lines(&content, &article->arena, part->bytes, part->length);
        take_content(article, &content);
        return DATELINE_OK;
    }
    struct arena work = ARENA_INIT;
    char *text;
    size_t length;
    const char *used;
    dateline_status status = encoding_convert(&text, &length, &used, &work, part->bytes,
                                              part->length, part->charset, error);
    if (!status && part->kind == PART_HTML) {
        status = read_html(article, text, length, url, declared, error);
    } else if (!status) {
        text_input_read(&content, &article->facts.title, &article->arena, text, length);
        take_content(article, &content);
    }
    arena_release(&work);
    return status;
}

/* ------------------------------------------------------------------- facts */

/* Was the first day put before what machines say? */
static bool is_preferred(const dateline_facts *facts)
{
    return facts->date_count > 1 && facts->dates[0].from > facts->dates[1].from &&
           facts->dates[1].from <= DATELINE_FROM_MICRODATA;
}

static void add_date(dateline_article *article, const dateline_date *date,
                     dateline_origin from)
{
    dateline_facts *facts = &article->facts;
    dateline_date *dates = arena_array(&article->arena, dateline_date, facts->date_count + 1);
    size_t at = is_preferred(facts) && from != DATELINE_FROM_GIVEN;
    while (at < facts->date_count && facts->dates[at].from <= from)
        at++;
    if (facts->date_count) {
        memcpy(dates, facts->dates, at * sizeof *dates);
        memcpy(dates + at + 1, facts->dates + at, (facts->date_count - at) * sizeof *dates);
    }
    dates[at] = *date;
    dates[at].from = from;
    facts->dates = dates;
    facts->date_count++;
}

static void find_lead(struct lead *lead, dateline_article *article)
{
    dateline_facts *facts = &article->facts;
    if (!lead_read(lead, &article->arena, article->body, article->length, facts->language))
        return;
    facts->dateline.place = lead->place;
    facts->dateline.wire = lead->wire;
    facts->dateline.date = lead->date;
    facts->dateline.date.from = DATELINE_FROM_DATELINE;
    facts->dateline.end = lead->end;
    if (lead->date.precision == DATELINE_DAY)
        add_date(article, &lead->date, DATELINE_FROM_DATELINE);
}

/* "Oct 17 (Reuters)" is of the year that brings it next to the day of publication,
 * before or after a New Year; a day that is not near it is left alone. */
static void complete_dateline(dateline_facts *facts, const struct lead *lead)
{
    enum { NEAR = 31 }; /* days: a release is not held back longer */
    if (!lead->month || facts->published.precision != DATELINE_DAY)
        return;
    for (int year = facts->published.year - 1; year <= facts->published.year + 1; year++) {
        dateline_date day = {.year = year, .month = lead->month, .day = lead->day,
                             .precision = DATELINE_DAY, .from = DATELINE_FROM_DATELINE};
        if (date_is_valid(year, lead->month, lead->day) &&
            labs(date_days(&day) - date_days(&facts->published)) <= NEAR)
            facts->dateline.date = day;
    }
}

/* What the container says goes before what the page says. */
static void take_given(dateline_article *article, const struct part *part,
                       const struct article_input *input)
{
    dateline_facts *facts = &article->facts;
    struct arena *arena = &article->arena;
    const char *url = part->url ? part->url : input->url;
    const char *id = part->id ? part->id : input->id;
    if (part->title)
        facts->title = text_squeeze(arena, part->title, strlen(part->title), NULL);
    if (part->site)
        facts->site = arena_string(arena, part->site);
    if (part->author_count) {
        const char **authors = arena_array(arena, const char *, part->author_count);
        for (size_t i = 0; i < part->author_count; i++)
            authors[i] = arena_string(arena, part->authors[i]);
        facts->authors = authors;
        facts->author_count = part->author_count;
    }
    dateline_date date;
    if (part->published &&
        date_parse(&date, arena, part->published, DATE_DAY_FIRST))
        add_date(article, &date, DATELINE_FROM_GIVEN);
    if (url && *url)
        facts->url = arena_string(arena, url);
    if (!facts->site)
        facts->site = metadata_host(arena, facts->url);
    facts->path = arena_string(arena, input->path);
    facts->id = id && *id ? arena_string(arena, id) : facts->url ? facts->url : facts->path;
}

/* As far as it is known what day it is. */
static bool is_future(const dateline_date *date, long today)
{
    enum { ZONES = 2 }; /* days may differ around the world */
    return today && date_days(date) > today + ZONES;
}

/* The best day that is not in the future; what somebody gave stands. */
static void choose_published(dateline_facts *facts, long today)
{
    size_t best = 0;
    while (best < facts->date_count && facts->dates[best].from != DATELINE_FROM_GIVEN &&
           is_future(&facts->dates[best], today))
        best++;
    if (!facts->date_count)
        return;
    facts->published = facts->dates[best < facts->date_count ? best : 0];
    facts->published.future = is_future(&facts->published, today);
}

/* Nothing that anybody could find. */
static bool is_empty(const dateline_article *article)
{
    return !article->length && !(article->facts.title && *article->facts.title);
}

static dateline_status finish(dateline_article *article, const struct part *part,
                              const struct article_input *input, const char *declared)
{
    dateline_facts *facts = &article->facts;
    take_given(article, part, input);
    facts->language = part->language && *part->language
                          ? detect_language("", 0, part->language)
                          : detect_language(article->body, article->length, declared);
    struct lead lead = {0};
    find_lead(&lead, article);
    choose_published(facts, input->today);
    complete_dateline(facts, &lead);
    contact_read(facts, &article->arena, article->body, article->blocks,
                 article->block_count);
    article->passage_count =
        passage_split(&article->passages, &article->arena, article->body,
                      article->blocks, article->block_count, facts->language);
    if (input->finder)
        entity_find(article, input->finder);
    return DATELINE_OK;
}

/* -------------------------------------------------------------------- walk */

struct walk {
    const struct article_input *input;
    article_visit *visit;
    void *context;
};

static dateline_status walk_part(void *context, const struct part *part,
                                 const dateline_error *why)
{
    struct walk *walk = context;
    if (!part)
        return walk->visit(walk->context, NULL, why);
    dateline_article *article = article_new();
    dateline_error error = {.position = -1};
    const char *declared = part->language;
    const char *url = part->url ? part->url : walk->input->url;
    dateline_status status = read_part(article, part, url, &declared, &error);
    if (status || is_empty(article)) {
        dateline_article_free(article);
        return status ? walk->visit(walk->context, NULL, &error) : DATELINE_OK;
    }
    finish(article, part, walk->input, declared);
    return walk->visit(walk->context, article, NULL);
}

dateline_status article_read(const struct article_input *input,
                             article_visit *visit, void *context,
                             dateline_error *error)
{
    struct walk walk = {input, visit, context};
    struct buffer plain = {0};
    const char *bytes = input->bytes;
    size_t length = input->length;
    dateline_error damage = {.position = -1};
    dateline_status status = DATELINE_OK;
    if (gzip_is(bytes, length)) {
        status = gzip_read(&plain, bytes, length, &damage);
        bytes = plain.bytes ? plain.bytes : "";
        length = plain.length;
    }
    const struct format *format;
    if (status == DATELINE_LIMIT)
        status = error_set(error, status, "%s", damage.message);
    else if (ascii_is_blank(bytes, length))
        status = DATELINE_OK;
    else if (!(status = format_find(&format, input->format, input->path, bytes, length,
                                    error)))
        status = format->split(bytes, length, input->line, walk_part, &walk, error);
    if (!status && damage.status)
        status = visit(context, NULL, &damage);
    buffer_free(&plain);
    return status;
}
