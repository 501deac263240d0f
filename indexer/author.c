/* Sources in order of trust: linked data, meta elements, marked-up bylines,
 * written bylines. The first source that names anybody decides. */
#include "indexer/author.h"

#include "common/ascii.h"
#include "common/text.h"
#include "indexer/byline_line.h"
#include "indexer/byline_mark.h"

#include <string.h>

enum { MOST_AUTHORS = 6 };

/* ------------------------------------------------------------------ sources */

/* author: "Name", {"name": ...}, {"givenName", "familyName"}, or a list. */
static void add_linked(struct byline *out, const struct metadata *m,
                       const struct json *value, int depth)
{
    if (!value || depth > 4)
        return;
    value = metadata_resolve(m, value);
    if (metadata_is_type(value, "Organization"))
        out->house = !out->count;
    if (metadata_is_type(value, "Person"))
        out->house = false;
    if (value->kind == JSON_IS_STRING) {
        byline_split(out, value->text);
    } else if (value->kind == JSON_IS_ARRAY) {
        for (const struct json *item = value->child; item; item = item->next)
            add_linked(out, m, item, depth + 1);
    } else if (json_member(value, "name")) {
        add_linked(out, m, json_member(value, "name"), depth + 1);
    } else if (json_text(value, "givenName")) {
        const char *family = json_text(value, "familyName");
        byline_split(out, arena_format(out->arena, "%s %s", json_text(value, "givenName"),
                                      family ? family : ""));
    }
}

static void from_linked_data(struct byline *out, const struct metadata *m)
{
    add_linked(out, m, json_member(m->article, "author"), 0);
    if (!out->count)
        add_linked(out, m, json_member(m->article, "creator"), 0);
    for (size_t i = 0; i < m->object_count && !out->count; i++)
        if (metadata_is_type(m->objects[i], "Article") ||
            metadata_is_type(m->objects[i], "Posting"))
            add_linked(out, m, json_member(m->objects[i], "author"), 0);
    for (size_t i = 0; i < m->object_count && !out->count; i++)
        if (metadata_is_type(m->objects[i], "Person") && json_text(m->objects[i], "name"))
            byline_split(out, json_text(m->objects[i], "name"));
}

/* "Written by", "Verfasst von", "Écrit par", "Escrito por", "Geschreven door". */
static bool says_written(const char *label)
{
    static const char *const words[] = {"written", "verfasst von", "crit", "geschreven",
                                        "scritto", "napisane", "skrevet", "skriven", "author",
                                        "autor", "auteur", NULL};
    for (size_t i = 0; words[i]; i++)
        if (ascii_find(label, strlen(label), words[i]))
            return true;
    return false;
}

/* twitter:label1 "Written by" names what twitter:data1 holds, in the page's own
 * language; most often it is the time to read. */
static void from_labels(struct byline *out, const struct metadata *m)
{
    static const char *const keys[][2] = {{"twitter:label1", "twitter:data1"},
                                          {"twitter:label2", "twitter:data2"}};
    for (size_t i = 0; i < 2 && !out->count; i++) {
        const char *label = metadata_value(m, keys[i][0]);
        const char *written = metadata_value(m, keys[i][1]);
        if (label && written && says_written(label))
            byline_split(out, written);
    }
}

static void from_metas(struct byline *out, const struct metadata *m)
{
    static const char *const keys[] = {
        "parsely-author", "sailthru.author", "citation_author", "dc.creator",
        "dcterms.creator", "dc.creator.personalname", "article:author",
        "og:article:author", "author", "byl", "cxenseparse:author", "rbauthors",
        "lp.article:author", "twitter:creator:name", "shareaholic:article_author_name",
        "articleauthor", "article_author", "article:author_name"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys && !out->count; k++)
        for (size_t i = 0; i < m->meta_count; i++)
            if (!strcmp(m->metas[i].key, keys[k]) && !strchr(m->metas[i].value, '@') &&
                strncmp(m->metas[i].value, "http", 4))
                byline_split(out, m->metas[i].value);
    if (!out->count)
        from_labels(out, m);
}

/* ------------------------------------------------------------------- result */

/* Is the name that of the site or of an organisation of the linked data? */
static bool is_organisation(const struct metadata *m, const char *name)
{
    if (byline_is_house(name))
        return true;
    const char *key = metadata_key(m->arena, name);
    if (m->site && !strcmp(key, m->site_key))
        return true;
    if (strlen(key) > 2 && !strchr(name, ' ') && strstr(m->host_key, key))
        return true;
    for (size_t i = 0; i < m->object_count; i++) {
        const char *other = json_text(m->objects[i], "name");
        if (other &&
            (metadata_is_type(m->objects[i], "Organization") ||
             metadata_is_type(m->objects[i], "WebSite")) &&
            !strcmp(key, metadata_key(m->arena, other)))
            return true;
    }
    return false;
}

/* "jane.doe", "Site Admin": an account, whose owner the page may name. */
static bool is_account(const char *name)
{
    size_t length = strlen(name);
    return ascii_find(name, length, "admin") ||
           (!strchr(name, ' ') && strcspn(name, "._") + 1 < length);
}

static bool names_nobody(const struct byline *found, const struct metadata *m)
{
    for (size_t i = 0; i < found->count && !found->house; i++)
        if (!is_organisation(m, found->items[i]) && !is_account(found->items[i]))
            return false;
    return true;
}

/* What the page shows, asked for at most once. */
struct shown {
    const struct metadata *metadata;
    const struct segments *segments;
    struct byline_marks marks;
    bool found;
};

static void from_markup(struct byline *out, struct shown *shown, enum byline_mark end)
{
    if (!shown->found)
        byline_mark_find(&shown->marks, shown->metadata);
    shown->found = true;
    byline_mark_read(out, &shown->marks, end);
}

/* A first name alone: the page may say the whole one elsewhere. */
static void complete_first_name(struct byline *found, struct shown *shown)
{
    const char *first = found->items[0];
    size_t length = strlen(first);
    if (found->count != 1 || strchr(first, ' '))
        return;
    struct byline whole = {.arena = found->arena};
    from_markup(&whole, shown, MARK_SURE);
    byline_line_read(&whole, shown->segments);
    for (size_t i = 0; i < whole.count; i++)
        if (!strncmp(whole.items[i], first, length) && whole.items[i][length] == ' ') {
            found->items[0] = whole.items[i];
            return;
        }
}

static size_t each_once(const char *const **out, const struct byline *found,
                        const struct metadata *m)
{
    const char **names = arena_array(m->arena, const char *, MOST_AUTHORS);
    size_t count = 0;
    for (size_t i = 0; i < found->count && count < MOST_AUTHORS; i++) {
        const char *key = metadata_key(m->arena, found->items[i]);
        bool again = m->site && !strcmp(key, m->site_key);
        for (size_t k = 0; k < count && !again; k++)
            again = !strcmp(key, metadata_key(m->arena, names[k]));
        if (*key && !again)
            names[count++] = found->items[i];
    }
    if (!count && found->count)
        names[count++] = found->items[0];
    *out = names;
    return count;
}

static bool has_name(const struct byline *byline, const char *name)
{
    const char *key = metadata_key(byline->arena, name);
    for (size_t i = 0; i < byline->count; i++)
        if (!strcmp(metadata_key(byline->arena, byline->items[i]), key))
            return true;
    return false;
}

/* Does it hold all of the other's names, and further ones? */
static bool is_more(const struct byline *a, const struct byline *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (!has_name(a, b->items[i]))
            return false;
    return a->count > b->count;
}

/* A name without spaces says less by its form: it is taken from meta elements. */
static bool is_ideographic(const char *name)
{
    size_t size;
    return text_is_ideograph(text_decode(name, strlen(name), &size));
}

/* A person, where the page names its own house or an account: in meta elements,
 * in sure mark-up, or written. */
static void prefer_person(struct byline *found, const struct byline *listed,
                          struct shown *shown)
{
    const struct metadata *m = shown->metadata;
    struct byline marked = {.arena = m->arena}, written = {.arena = m->arena};
    from_markup(&marked, shown, MARK_SURE);
    byline_line_read(&written, shown->segments);
    const struct byline *sources[] = {listed, &marked, &written};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (sources[i]->count && !names_nobody(sources[i], m) &&
            (byline_is_person(sources[i]->items[0]) ||
             (sources[i] == listed && is_ideographic(listed->items[0])))) {
            *found = *sources[i];
            return;
        }
}

size_t author_read(const char *const **out, const struct metadata *metadata,
                   const struct segments *segments)
{
    struct byline found = {.arena = metadata->arena}, listed = {.arena = metadata->arena};
    struct shown shown = {.metadata = metadata, .segments = segments};
    from_linked_data(&found, metadata);
    from_metas(&listed, metadata);
    if (is_more(&listed, &found))
        found = listed;
    if (!found.count)
        from_markup(&found, &shown, MARK_KINDS);
    if (!found.count)
        byline_line_read(&found, segments);
    if (found.count && names_nobody(&found, metadata))
        prefer_person(&found, &listed, &shown);
    if (found.count)
        complete_first_name(&found, &shown);
    return each_once(out, &found, metadata);
}
