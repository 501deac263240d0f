/* Sources in order of trust: linked data, meta elements, marked-up bylines,
 * written bylines. The first source that names anybody decides. */
#include "indexer/author.h"

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

static void from_metas(struct byline *out, const struct metadata *m)
{
    const char *label = metadata_value(m, "twitter:label1");
    const char *written = metadata_value(m, "twitter:data1");
    static const char *const keys[] = {
        "parsely-author", "sailthru.author", "citation_author", "dc.creator",
        "dcterms.creator", "dc.creator.personalname", "article:author",
        "og:article:author", "author", "byl", "cxenseparse:author", "rbauthors",
        "lp.article:author", "twitter:creator:name", "shareaholic:article_author_name"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys && !out->count; k++)
        for (size_t i = 0; i < m->meta_count; i++)
            if (!strcmp(m->metas[i].key, keys[k]) && !strchr(m->metas[i].value, '@') &&
                strncmp(m->metas[i].value, "http", 4))
                byline_split(out, m->metas[i].value);
    if (!out->count && label && written && strstr(label, "ritten"))
        byline_split(out, written);
}

/* ------------------------------------------------------------------- result */

/* A word that no person is called by. */
static bool has_organisation_word(const char *name)
{
    static const char words[] =
        "team redaktion staff news magazine media verlag gmbh inc llc ltd ag e.v ev association "
        "foundation stiftung verband bund university center centre institute institut ministry "
        "ministerium agency agentur press presse group company society council office service "
        "online newsroom editors hotels collective clinic deutscher experience";
    struct text_word word;
    for (size_t at = 0, length = strlen(name); text_word(&word, name, length, &at);)
        if (byline_list_has(words, word.term))
            return true;
    return false;
}

/* Is the name that of the site or of an organisation of the linked data? */
static bool is_organisation(const struct metadata *m, const char *name)
{
    if (has_organisation_word(name))
        return true;
    const char *key = metadata_key(m->arena, name);
    if (m->site && !strcmp(key, metadata_key(m->arena, m->site)))
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

static bool names_nobody(const struct byline *found, const struct metadata *m)
{
    for (size_t i = 0; i < found->count; i++)
        if (!is_organisation(m, found->items[i]))
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
        bool again = m->site && !strcmp(key, metadata_key(m->arena, m->site));
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

size_t author_read(const char *const **out, const struct metadata *metadata,
                   const struct segments *segments)
{
    struct byline found = {.arena = metadata->arena};
    struct shown shown = {.metadata = metadata, .segments = segments};
    from_linked_data(&found, metadata);
    if (!found.count)
        from_metas(&found, metadata);
    if (!found.count)
        from_markup(&found, &shown, MARK_KINDS);
    if (!found.count)
        byline_line_read(&found, segments);
    if (found.count && names_nobody(&found, metadata)) {
        struct byline better = {.arena = metadata->arena};
        from_markup(&better, &shown, MARK_SURE);
        if (!better.count)
            byline_line_read(&better, segments);
        if (better.count && !names_nobody(&better, metadata))
            found = better;
    }
    if (found.count)
        complete_first_name(&found, &shown);
    return each_once(out, &found, metadata);
}
