/* Sources in the order of their measured precision; within one, the page's own
 * order. Dates of comments, related boxes and footers are not asked. */
#include "indexer/published.h"

#include "common/date.h"
#include "common/language.h"
#include "common/text.h"

#include <string.h>

enum { MOST_DATES = 32 };

struct dates {
    struct arena *arena;
    dateline_date *items;
    size_t count, room;
    enum date_order order;
};

static void add(struct dates *out, dateline_date date, dateline_origin from)
{
    if (out->count >= MOST_DATES || date.year < 1900)
        return;
    date.from = from;
    for (size_t i = 0; i < out->count; i++)
        if (!date_compare(&out->items[i], &date) && out->items[i].from == from)
            return;
    *(dateline_date *)arena_push(out->arena, &out->items, &out->count, &out->room) = date;
}

/* Words before a date, or in a name, that make it one of modification. */
static bool says_modified(const char *text, size_t length)
{
    static const char *const words[] = {"updat", "modif", "aktualisiert", "zuletzt",
                                        "nderung", "mis \xc3\xa0 jour", "actualiz",
                                        "aggiornat", "bijgewerkt", "uppdaterad",
                                        "oppdatert", "reviewed", NULL};
    return text_find_any(text, length, words);
}

/* The first whole day in the text that is none of modification. */
static bool add_from_text(struct dates *out, const char *text, size_t length,
                          dateline_origin from)
{
    enum { LABEL = 28 };
    dateline_date date;
    size_t at = 0, start, before = 0;
    while (date_find(&date, out->arena, text, length, &at, &start, NULL, out->order, NULL)) {
        size_t label = start - before > LABEL ? start - LABEL : before;
        if (date.precision == DATELINE_DAY && !says_modified(text + label, start - label))
            return add(out, date, from), true;
        before = at;
    }
    return false;
}

static bool add_from_value(struct dates *out, const char *value, dateline_origin from)
{
    dateline_date date;
    if (date_parse(&date, out->arena, value, out->order) && date.precision == DATELINE_DAY)
        return add(out, date, from), true;
    return add_from_text(out, value, strlen(value), from);
}

/* ------------------------------------------------------------------ sources */

static void from_linked(struct dates *out, const struct json *object)
{
    static const char *const keys[] = {"datePublished", "dateCreated"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *value = json_text(object, keys[i]);
        if (value && add_from_value(out, value, DATELINE_FROM_JSON_LD))
            return;
    }
}

static void from_linked_articles(struct dates *out, const struct metadata *m)
{
    for (size_t i = 0; i < m->object_count && !out->count; i++)
        if (metadata_is_type(m->objects[i], "Article") ||
            metadata_is_type(m->objects[i], "Posting"))
            from_linked(out, m->objects[i]);
}

static void from_linked_data(struct dates *out, const struct metadata *m)
{
    for (size_t i = 0; i < m->object_count; i++)
        if (!metadata_is_type(m->objects[i], "WebSite") &&
            !metadata_is_type(m->objects[i], "Organization"))
            from_linked(out, m->objects[i]);
}

static void from_metas(struct dates *out, const struct metadata *m)
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
                add_from_value(out, m->metas[i].value, DATELINE_FROM_META);
    for (size_t i = 0; i < m->meta_count; i++) {
        const char *publish = strstr(m->metas[i].key, "publish");
        if (publish && strncmp(publish, "publisher", 9))
            add_from_value(out, m->metas[i].value, DATELINE_FROM_META);
    }
}

static void from_element(struct dates *out, const struct node *n, dateline_origin from,
                         size_t longest)
{
    static const enum attribute_name attributes[] = {ATTRIBUTE_CONTENT, ATTRIBUTE_DATETIME,
                                                     ATTRIBUTE_TITLE};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        const char *value = tree_attribute(n, attributes[i]);
        if (value && add_from_value(out, value, from))
            return;
    }
    size_t length;
    const char *text = tree_text(out->arena, n, &length);
    if (length <= longest)
        add_from_text(out, text, length, from);
}

/* What a class says of the date of its element. */
enum date_class { CLASS_SILENT, CLASS_DATED, CLASS_MODIFIED };

static uint8_t read_class(const char *class)
{
    static const char *const parts[] = {"date", "time", "publish", "posted", "byline",
                                        "meta", "datum", "fecha", NULL};
    size_t length = strlen(class);
    return says_modified(class, length)      ? CLASS_MODIFIED
           : text_find_any(class, length, parts) ? CLASS_DATED
                                            : CLASS_SILENT;
}

static bool is_property(const struct node *n, const char *name)
{
    const char *property = tree_attribute(n, ATTRIBUTE_ITEMPROP);
    return property && !strcmp(property, name);
}

static bool is_microdata(const struct node *n, const uint8_t *classes)
{
    (void)classes;
    return is_property(n, "datePublished") || is_property(n, "dateCreated") ||
           tree_attribute(n, ATTRIBUTE_PUBDATE);
}

static bool is_time(const struct node *n, const uint8_t *classes)
{
    if (n->tag != TAG_TIME || is_property(n, "dateModified"))
        return false;
    const struct node *before = n->previous;
    bool modified = classes[n->class_number] == CLASS_MODIFIED ||
                    (before && before->tag == TAG_TEXT &&
                     says_modified(before->text, before->length));
    return !modified && !metadata_is_elsewhere(n, true);
}

static bool is_date_class(const struct node *n, const uint8_t *classes)
{
    uint8_t class = classes[n->class_number];
    const char *id = class == CLASS_SILENT ? tree_attribute(n, ATTRIBUTE_ID) : NULL;
    return (class == CLASS_DATED || (id && text_find_ascii(id, strlen(id), "date"))) &&
           n->tag != TAG_BODY && n->tag != TAG_HTML && n->tag != TAG_META &&
           n->tag != TAG_TIME && !metadata_is_elsewhere(n, true);
}

static void from_elements(struct dates *out, const struct metadata *m,
                          const uint8_t *classes,
                          bool (*test)(const struct node *, const uint8_t *classes),
                          dateline_origin from, size_t longest)
{
    for (const struct node *n = m->tree->root; n; n = tree_next(n, m->tree->root))
        if (n->tag != TAG_TEXT && (n->attributes || n->tag == TAG_TIME) && test(n, classes))
            from_element(out, n, from, longest);
}

static const uint8_t *read_classes(const struct metadata *m)
{
    const struct class_values *values = &m->tree->classes;
    uint8_t *classes = arena_array(m->arena, uint8_t, values->count);
    for (uint32_t i = 1; i < values->count; i++)
        classes[i] = read_class(values->items[i]);
    return classes;
}

/* "/2021/10/17/", "/2021-10-17-", "/20211017". */
static void from_url(struct dates *out, const char *url)
{
    for (const char *at = url; at && (at = strchr(at, '/')); at++) {
        int year, month, day, end = 0;
        if (sscanf(at, "/%4d%*[/-]%2d%*[/-]%2d%n", &year, &month, &day, &end) != 3 &&
            sscanf(at, "/%4d%2d%2d%n", &year, &month, &day, &end) != 3)
            continue;
        bool ends = end && (!at[end] || !text_is_digit((unsigned char)at[end]));
        if (ends && year >= 1990 && year < 2100 && date_is_valid(year, month, day))
            add(out, (dateline_date){year, month, day, DATELINE_DAY, DATELINE_FROM_URL, NULL},
                DATELINE_FROM_URL);
    }
}

/* A few short lines around the headline, then any short line. */
static void from_text(struct dates *out, const struct metadata *m,
                      const struct segments *segments, const char *title)
{
    size_t at = segments->count;
    const char *key = title ? metadata_key(m->arena, title) : "";
    for (size_t i = 0; i < segments->count && at == segments->count && *key; i++)
        if (segments->items[i].heading &&
            strstr(metadata_key(m->arena, segments->items[i].text), key))
            at = i;
    for (size_t i = at + 1; i < segments->count && i < at + 12; i++)
        if (add_from_text(out, segments->items[i].text,
                          segments->items[i].length < 200 ? segments->items[i].length : 200,
                          DATELINE_FROM_TEXT))
            break;
    for (size_t back = 1; at < segments->count && back <= 4 && back <= at; back++)
        add_from_text(out, segments->items[at - back].text,
                      segments->items[at - back].length < 200
                          ? segments->items[at - back].length : 200,
                      DATELINE_FROM_TEXT);
    for (int doubt = 0; doubt < 3 && (doubt < 2 || !out->count); doubt++)
        for (size_t i = 0; i < segments->count; i++)
            if (segments->items[i].characters < 90 && segments->items[i].doubt == doubt)
                add_from_text(out, segments->items[i].text, segments->items[i].length,
                              DATELINE_FROM_TEXT);
}

/* Data of a client-side page, where nothing else tells. */
static void from_scripts(struct dates *out, const struct metadata *m)
{
    static const char *const keys[] = {"\"datePublished\":\"", "\"publishedAt\":\"",
                                       "\"published_at\":\"", "\"publishDate\":\"",
                                       "\"createdAt\":\"", "\"created_at\":\""};
    for (size_t k = 0; k < sizeof keys / sizeof *keys && !out->count; k++)
        for (const struct script *s = m->tree->scripts; s && !out->count; s = s->next) {
            const char *at = memmem(s->text, s->length, keys[k], strlen(keys[k]));
            const char *value = at ? at + strlen(keys[k]) : NULL;
            if (value)
                add_from_value(out, arena_copy(m->arena, value, strcspn(value, "\"")),
                               DATELINE_FROM_TEXT);
        }
}

/* Does the address say the day? */
static bool is_in_address(const struct dates *found, long day)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].from == DATELINE_FROM_URL && date_days(&found->items[i]) == day)
            return true;
    return false;
}

/* Machines write the day in UTC, the address has the newsroom's own: where it is
 * the day before or after, that one goes first. */
static void prefer_address(struct dates *found)
{
    if (!found->count)
        return;
    long day = date_days(&found->items[0]);
    if (is_in_address(found, day) || is_in_address(found, day - 1) == is_in_address(found, day + 1))
        return;
    long shown = is_in_address(found, day - 1) ? day - 1 : day + 1;
    for (size_t i = 1; i < found->count; i++)
        if (date_days(&found->items[i]) == shown) {
            dateline_date first = found->items[i];
            memmove(found->items + 1, found->items, i * sizeof first);
            found->items[0] = first;
            return;
        }
}

/* American pages write the month first: en-us, or English without a country on
 * a host under .com, .gov, .us, .org or .edu. */
static enum date_order order_of(const struct metadata *m)
{
    const char *language = m->language ? text_fold(m->arena, m->language,
                                                   strlen(m->language)) : "";
    const char *url = m->canonical ? m->canonical : m->url;
    const char *host = metadata_host(m->arena, url);
    const char *point = host ? strrchr(host, '.') : NULL;
    if (!strcmp(language, "en-us") || !strcmp(language, "en_us"))
        return DATE_MONTH_FIRST;
    bool american = point && (!strcmp(point, ".com") || !strcmp(point, ".gov") ||
                              !strcmp(point, ".us") || !strcmp(point, ".org") ||
                              !strcmp(point, ".edu"));
    bool plain = !*language || !strcmp(language, "en");
    return american && plain ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
}

size_t published_read(const dateline_date **out, const struct metadata *metadata,
                      const struct segments *segments, const char *title)
{
    struct dates found = {.arena = metadata->arena, .order = order_of(metadata)};
    const uint8_t *classes = read_classes(metadata);
    from_linked(&found, metadata->article);
    from_linked_articles(&found, metadata);
    from_metas(&found, metadata);
    from_linked_data(&found, metadata);
    from_elements(&found, metadata, classes, is_microdata, DATELINE_FROM_MICRODATA, 200);
    from_elements(&found, metadata, classes, is_time, DATELINE_FROM_TIME, 200);
    from_url(&found, metadata->url);
    from_url(&found, metadata->canonical);
    from_elements(&found, metadata, classes, is_date_class, DATELINE_FROM_CLASS, 200);
    from_text(&found, metadata, segments, title);
    from_scripts(&found, metadata);
    prefer_address(&found);
    *out = found.items;
    return found.count;
}
