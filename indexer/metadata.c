/* A tree goes in; meta elements, linked data, language, site and address come
 * out. Nothing is judged here, except which linked object is the article. */
#include "indexer/metadata.h"

#include "common/ascii.h"
#include "common/limit.h"
#include "common/text.h"
#include "indexer/html.h"

#include <string.h>

/* ------------------------------------------------------------ plain values */

const char *metadata_plain(struct arena *arena, const char *text, size_t length)
{
    bool marked = memchr(text, '<', length) || memchr(text, '&', length);
    if (!marked)
        return text_squeeze(arena, text, length, NULL);
    /* twice: values are often escaped once more than they need be */
    for (int i = 0; i < 2 && (memchr(text, '<', length) || memchr(text, '&', length)); i++) {
        struct tree tree;
        struct arena inner = ARENA_INIT;
        html_read(&tree, &inner, text, length, NULL);
        const char *plain = tree_text(&inner, tree.root, &length);
        text = arena_copy(arena, plain, length);
        arena_release(&inner);
    }
    return text;
}

/* Appends the letters and digits of text that is folded, but for ASCII. */
static void key_add(struct buffer *key, const char *text, size_t length)
{
    buffer_reserve(key, key->length + length);
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t c = text_decode(text + at, length - at, &size);
        if (!text_is_letter(c) && !text_is_digit(c))
            continue;
        if (size == 1)
            key->bytes[key->length++] = ascii_lower(text[at]);
        else
            buffer_add(key, text + at, size);
    }
}

/* Only words with a character beyond ASCII have to be folded first; nothing that
 * folding does reaches beyond a word. */
const char *metadata_key(struct arena *arena, const char *text)
{
    struct buffer key = {0};
    size_t length = text ? strlen(text) : 0;
    for (size_t at = 0, plain, end; at < length; at = end) {
        plain = at + text_ascii(text + at, length - at);
        while (plain < length && plain > at && !ascii_is_space(text[plain - 1]))
            plain--;
        key_add(&key, text + at, plain - at);
        for (end = plain; end < length && !ascii_is_space(text[end]);)
            end++;
        const char *word = text_fold(arena, text + plain, end - plain);
        key_add(&key, word, strlen(word));
    }
    const char *copy = arena_copy(arena, key.bytes, key.length);
    buffer_free(&key);
    return copy;
}

/* A class or id of such a box begins so; "has-sidebar" does not. */
static bool begins_box(const char *names)
{
    static const char *const starts[] = {"comment", "Comment", "related", "sidebar",
                                         "footer", "teaser", "recommend",
                                         "popular", "latest"};
    for (const char *at = names; at && *at;) {
        for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
            if (*at == *starts[i] &&
                !strncmp(at, starts[i], strlen(starts[i])))
                return true;
        at += strcspn(at, " \t\n");
        at += *at != '\0';
    }
    return false;
}

bool metadata_is_elsewhere(const struct node *node, bool by_tag)
{
    for (const struct node *n = node; n && n->tag != TAG_BODY; n = n->parent)
        if ((by_tag && (n->tag == TAG_ASIDE || n->tag == TAG_FOOTER || n->tag == TAG_NAV)) ||
            begins_box(tree_attribute(n, ATTRIBUTE_CLASS)) ||
            begins_box(tree_attribute(n, ATTRIBUTE_ID)))
            return true;
    return false;
}

static bool is_http(const char *url)
{
    return url && (!strncmp(url, "http://", 7) || !strncmp(url, "https://", 8));
}

const char *metadata_host(struct arena *arena, const char *url)
{
    if (!is_http(url))
        return NULL;
    const char *host = strstr(url, "://") + 3;
    size_t length = strcspn(host, "/?#:");
    return length ? text_fold(arena, host, length) : NULL;
}

/* ----------------------------------------------------------- meta elements */

const char *metadata_value(const struct metadata *metadata, const char *key)
{
    for (size_t i = 0; i < metadata->meta_count; i++)
        if (!strcmp(metadata->metas[i].key, key))
            return metadata->metas[i].value;
    return NULL;
}

const char *metadata_first(const struct metadata *metadata,
                           const char *const *keys, size_t count)
{
    const char *value = NULL;
    for (size_t i = 0; i < count && !value; i++)
        value = metadata_value(metadata, keys[i]);
    return value;
}

static const char *meta_key(struct arena *arena, const struct node *node)
{
    static const enum attribute_name keys[] = {ATTRIBUTE_PROPERTY, ATTRIBUTE_NAME,
                                               ATTRIBUTE_ITEMPROP, ATTRIBUTE_HTTP_EQUIV};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *key = tree_attribute(node, keys[i]);
        if (key && *key)
            return text_fold(arena, key, strlen(key));
    }
    return NULL;
}

static void collect_metas(struct metadata *m)
{
    struct meta *metas = NULL;
    size_t room = 0;
    for (struct node *n = m->tree->root; n; n = tree_next(n, m->tree->root)) {
        const char *content =
            n->tag == TAG_META ? tree_attribute(n, ATTRIBUTE_CONTENT) : NULL;
        if (!content && n->tag == TAG_META)
            content = tree_attribute(n, ATTRIBUTE_VALUE);
        const char *key = content ? meta_key(m->arena, n) : NULL;
        const char *value =
            key ? metadata_plain(m->arena, content, strlen(content)) : NULL;
        if (!value || !*value)
            continue;
        struct meta *meta = arena_push(m->arena, &metas, &m->meta_count, &room);
        *meta = (struct meta){key, value};
    }
    m->metas = metas;
}

/* ------------------------------------------------------------- linked data */

bool metadata_is_type(const struct json *object, const char *type)
{
    const struct json *value = json_member(object, "@type");
    if (!value)
        return false;
    if (value->kind == JSON_IS_ARRAY)
        value = value->child;
    for (; value; value = value->next)
        if (value->kind == JSON_IS_STRING &&
            (!strcmp(value->text, type) ||
             (value->length > strlen(type) &&
              !strcmp(value->text + value->length - strlen(type), type))))
            return true;
    return false;
}

const struct json *metadata_resolve(const struct metadata *metadata,
                                    const struct json *object)
{
    const char *id = json_text(object, "@id");
    if (!id || json_member(object, "name"))
        return object;
    for (size_t i = 0; i < metadata->object_count; i++) {
        const char *other = json_text(metadata->objects[i], "@id");
        if (other && !strcmp(other, id) && json_member(metadata->objects[i], "name"))
            return metadata->objects[i];
    }
    return object;
}

/* Types whose objects are what a page is about, as endings: "NewsArticle". */
static bool is_article(const struct json *object)
{
    static const char *const types[] = {"Article", "Posting", "Report", "Review",
                                        "PressRelease"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (metadata_is_type(object, types[i]))
            return true;
    return false;
}

enum { MOST_OBJECTS = 2000 };

struct object_list {
    struct arena *arena;
    const struct json **items;
    size_t count, room;
};

/* Objects in the order of their level: where an article is inside another
 * object, the outer one is seen first. Nesting was bounded when read. */
static void list_objects(struct object_list *list, const struct json *value)
{
    static const char *const inside[] = {"@graph", "mainEntity", "mainEntityOfPage",
                                         "itemListElement"};
    if (value->kind == JSON_IS_ARRAY)
        for (const struct json *item = value->child; item; item = item->next)
            list_objects(list, item);
    if (value->kind != JSON_IS_OBJECT || list->count >= MOST_OBJECTS)
        return;
    *(const struct json **)arena_push(list->arena, &list->items, &list->count,
                                      &list->room) = value;
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        const struct json *member = json_member(value, inside[i]);
        if (member)
            list_objects(list, member);
    }
}

static void collect_linked_data(struct metadata *m)
{
    struct object_list list = {.arena = m->arena};
    for (const struct script *s = m->tree->scripts; s; s = s->next) {
        const struct json *root;
        if (s->linked_data && !json_read(&root, m->arena, s->text, s->length,
                                         LIMIT_JSON_DEPTH, true, NULL))
            list_objects(&list, root);
    }
    m->objects = list.items;
    m->object_count = list.count;
}

/* Of several articles (a page lists its related ones too) the first with a
 * headline or text. */
static void choose_article(struct metadata *m)
{
    const struct json *first = NULL;
    for (size_t i = 0; i < m->object_count && !m->article; i++) {
        const struct json *object = m->objects[i];
        if (!is_article(object))
            continue;
        if (!first)
            first = object;
        if (json_text(object, "headline") || json_text(object, "articleBody"))
            m->article = object;
    }
    if (!m->article)
        m->article = first;
    const struct json *longest = NULL;
    for (size_t i = 0; i < m->object_count; i++) {
        const struct json *body =
            is_article(m->objects[i]) ? json_member(m->objects[i], "articleBody") : NULL;
        if (body && body->kind == JSON_IS_STRING &&
            (!longest || body->length > longest->length))
            longest = body;
    }
    m->article_body = longest ? longest->text : NULL;
}

/* --------------------------------------------------------- site and address */

static const char *publisher_name(const struct metadata *m)
{
    const struct json *publisher =
        metadata_resolve(m, json_member(m->article, "publisher"));
    return json_text(publisher, "name");
}

static const char *find_site(struct metadata *m)
{
    static const char *const keys[] = {"og:site_name", "application-name",
                                       "dc.publisher", "publisher"};
    const char *site = metadata_value(m, keys[0]);
    if (!site && publisher_name(m))
        site = metadata_plain(m->arena, publisher_name(m), strlen(publisher_name(m)));
    if (!site)
        site = metadata_first(m, keys + 1, sizeof keys / sizeof *keys - 1);
    if (site && *site && !is_http(site))
        return site;
    return metadata_host(m->arena, m->canonical ? m->canonical : m->url);
}

static const char *find_canonical(struct metadata *m)
{
    const char *og = metadata_value(m, "og:url"), *found = NULL;
    for (struct node *n = m->tree->root; n && !found; n = tree_next(n, m->tree->root)) {
        const char *rel = n->tag == TAG_LINK ? tree_attribute(n, ATTRIBUTE_REL) : NULL;
        const char *href = rel && ascii_equal(rel, "canonical")
                               ? tree_attribute(n, ATTRIBUTE_HREF)
                               : NULL;
        if (href)
            found = text_squeeze(m->arena, href, strlen(href), NULL);
    }
    if (!is_http(found))
        found = is_http(og) ? og : json_text(m->article, "url");
    return is_http(found) && !strpbrk(found, " \"<>\\^`{|}") ? found : NULL;
}

static const char *find_language(struct metadata *m)
{
    static const char *const keys[] = {"og:locale", "content-language", "language",
                                       "dc.language"};
    const char *language = tree_attribute(m->tree->root, ATTRIBUTE_LANG);
    return language && *language
               ? language
               : metadata_first(m, keys, sizeof keys / sizeof *keys);
}

void metadata_collect(struct metadata *out, struct arena *arena,
                      const struct tree *tree, const char *url)
{
    *out = (struct metadata){.arena = arena, .tree = tree, .url = url};
    collect_metas(out);
    collect_linked_data(out);
    choose_article(out);
    struct node *title = tree_find(tree, NULL, TAG_TITLE);
    if (title) {
        const char *raw = tree_text(arena, title, NULL);
        out->title_element = metadata_plain(arena, raw, strlen(raw));
    }
    out->canonical = find_canonical(out);
    out->site = find_site(out);
    out->site_key = metadata_key(arena, out->site);
    out->host_key = metadata_key(
        arena, metadata_host(arena, out->canonical ? out->canonical : url));
    out->language = find_language(out);
}
