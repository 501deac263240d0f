/* Metadata goes in, candidates come out, in the order of their measured
 * precision within a kind. */
#include "indexer/published_hidden.h"

#include "common/text.h"

#include <stdio.h>
#include <string.h>

static void from_linked(struct candidates *out, const struct json *object)
{
    static const char *const keys[] = {"datePublished", "dateCreated"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *value = json_text(object, keys[i]);
        if (value && candidate_from_value(out, value, DATELINE_FROM_JSON_LD))
            return;
    }
}

static void from_linked_articles(struct candidates *out, const struct metadata *m)
{
    for (size_t i = 0; i < m->object_count && !out->count; i++)
        if (metadata_is_type(m->objects[i], "Article") ||
            metadata_is_type(m->objects[i], "Posting"))
            from_linked(out, m->objects[i]);
}

void published_from_objects(struct candidates *out, const struct metadata *m)
{
    for (size_t i = 0; i < m->object_count; i++)
        if (!metadata_is_type(m->objects[i], "WebSite") &&
            !metadata_is_type(m->objects[i], "Organization"))
            from_linked(out, m->objects[i]);
}

void published_from_metas(struct candidates *out, const struct metadata *m)
{
    static const char *const keys[] = {
        "article:published_time", "og:article:published_time", "og:published_time",
        "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
        "dcterms.created", "dcterms.date", "dc.date", "dc.date.created",
        "dcterms.issued", "pubdate", "publishdate", "publish-date", "publish_date",
        "publication_date", "article.published", "date", "citation_publication_date",
        "citation_date", "cxenseparse:recs:publishtime", "bt:pubdate", "ptime",
        "rnews:datepublished", "article:post_date", "displaydate",
        "originalpublicationdate", "date.created", "created", "timestamp",
        "prism.publicationdate", "gentime", "publicationdate", "datecreated",
        "article:create_time", "article_date_original", "release_date"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        for (size_t i = 0; i < m->meta_count; i++)
            if (!strcmp(m->metas[i].key, keys[k]))
                candidate_from_value(out, m->metas[i].value, DATELINE_FROM_META);
    for (size_t i = 0; i < m->meta_count; i++) {
        const char *publish = strstr(m->metas[i].key, "publish");
        if (publish && strncmp(publish, "publisher", 9))
            candidate_from_value(out, m->metas[i].value, DATELINE_FROM_META);
    }
}


static bool is_day_in_path(dateline_date *date, const char *at)
{
    int year, month, day, end = 0;
    bool found = sscanf(at, "%4d%*[/-]%2d%*[/-]%2d%n", &year, &month, &day, &end) == 3 &&
                 year > 31;
    if (!found && strspn(at, "0123456789") == 8)
        found = sscanf(at, "%4d%2d%2d%n", &year, &month, &day, &end) == 3;
    if (!found && sscanf(at, "%2d-%2d-%4d%n", &day, &month, &year, &end) != 3)
        return false;
    if (text_is_digit((unsigned char)at[end]) || year < 1990 || year >= 2100 ||
        !date_is_valid(year, month, day))
        return false;
    *date = (dateline_date){.year = year, .month = month, .day = day,
                            .precision = DATELINE_DAY, .from = DATELINE_FROM_URL};
    return true;
}

void published_from_url(struct candidates *out, const char *url)
{
    enum { LOOKED_AT = 2000 }; /* bytes; no address that anybody made is longer */
    struct candidate found = {0};
    char *start = arena_copy(out->arena, url ? url : "", url ? strnlen(url, LOOKED_AT) : 0);
    for (const char *at = start; (at = strchr(at, '/')); at++)
        if (is_day_in_path(&found.date, at + 1))
            candidate_add(out, found, DATELINE_FROM_URL);
}

/* The text behind "key": and a quote, up to the next one; NULL: not there. */
static const char *script_value(struct arena *arena, const struct script *s, const char *key)
{
    const char *end = s->text + s->length;
    const char *at = memmem(s->text, s->length, key, strlen(key));
    if (!at)
        return NULL;
    for (at += strlen(key); at < end && strchr(" :\t\r\n", *at); at++)
        ;
    if (at == end || *at++ != '"')
        return NULL;
    const char *close = memchr(at, '"', (size_t)(end - at));
    return close ? arena_copy(arena, at, (size_t)(close - at)) : NULL;
}

/* Data of a client-side page, and linked data that is no JSON. */
static void from_script_keys(struct candidates *out, const struct metadata *m, bool linked)
{
    static const char *const keys[] = {"\"datePublished\"", "\"publishedAt\"",
                                       "\"published_at\"", "\"publishDate\"",
                                       "\"createdAt\"", "\"created_at\""};
    dateline_origin from = linked ? DATELINE_FROM_JSON_LD : DATELINE_FROM_TEXT;
    for (size_t k = 0; k < sizeof keys / sizeof *keys && !out->count; k++)
        for (const struct script *s = m->tree->scripts; s && !out->count; s = s->next) {
            const char *value =
                linked && !s->linked_data ? NULL : script_value(m->arena, s, keys[k]);
            if (value)
                candidate_from_value(out, value, from);
        }
}

void published_from_scripts(struct candidates *out, const struct metadata *m)
{
    from_script_keys(out, m, false);
}

void published_from_article(struct candidates *out, const struct metadata *m)
{
    from_linked(out, m->article);
    from_linked_articles(out, m);
    if (!out->count)
        from_script_keys(out, m, true);
}
