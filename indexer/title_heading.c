/* The tree goes in; h1, h2 and what a class calls a headline come out. A logo is
 * often a heading too: it leads home, or is the site's name. */
#include "indexer/title_heading.h"

#include "common/ascii.h"

#include <stdio.h>
#include <string.h>

enum { MOST_HEADINGS = 12, LONGEST_HEADING = 600 };

static bool has_any(const char *names, const char *const *words)
{
    return ascii_find_any(names, strlen(names), words);
}

double heading_score_names(const struct heading *heading)
{
    static const char *const against[] = {"logo", "brand", "site-title", "sitetitle",
                                          "site-name", "sitename", "masthead", "breadcrumb",
                                          "sr-only", "hidden", NULL};
    static const char *const speaks_for[] = {"headline", "entry-title", "post-title",
                                             "article-title", "articletitle", "title",
                                             NULL};
    char names[1024];
    size_t length = 0;
    const struct node *n = heading->node;
    for (int up = 0; up < 4 && n; up++, n = n->parent) {
        const char *class = tree_attribute(n, ATTRIBUTE_CLASS);
        const char *property = up ? NULL : tree_attribute(n, ATTRIBUTE_ITEMPROP);
        int wrote = snprintf(names + length, sizeof names - length, "%.200s %.40s ",
                             class ? class : "", property ? property : "");
        if (wrote > 0 && length + (size_t)wrote < sizeof names)
            length += (size_t)wrote;
    }
    names[length] = '\0';
    return (has_any(names, against) ? -0.4 : 0) + (has_any(names, speaks_for) ? 0.15 : 0);
}

/* The way home: "/", "./", "https://host/", "https://host". */
static bool leads_home(const char *href)
{
    const char *path = strstr(href, "://");
    const char *archived = path ? strstr(path + 3, "://") : NULL;
    if (archived)
        path = archived; /* "https://archive.example/web/2014/http://host/" */
    path = path ? strchr(path + 3, '/') : href;
    return !path || !*path || !strcmp(path, "/") || !strcmp(path, "./") ||
           !strncmp(path, "/index.", 7) || !strncmp(path, "index.", 6);
}

static bool is_link_home(const struct node *n)
{
    const char *href = n->tag == TAG_A ? tree_attribute(n, ATTRIBUTE_HREF) : NULL;
    return href && leads_home(href);
}

static bool is_logo(const struct node *heading)
{
    for (const struct node *n = heading; n; n = tree_next(n, heading))
        if (is_link_home(n))
            return true;
    return heading->parent && is_link_home(heading->parent);
}

/* "Site: Headline", "Headline | Site": the rest of the window's title is what is
 * shared. */
static bool is_rest(const char *key, const char *window, const char *shared)
{
    size_t length = strlen(key), all = strlen(window), rest = all - length;
    if (!*shared || all <= length)
        return false;
    return (!strcmp(window + rest, key) && !strstr(shared, key)) ||
           (!strncmp(window, key, length) && !strcmp(window + length, shared));
}

static bool is_site(const struct metadata *m, const struct heading *h, const char *shared,
                    const char *window)
{
    if (!strcmp(shared, h->key))
        return false;
    return (m->site && !strcmp(m->site_key, h->key)) || is_rest(h->key, window, shared) ||
           is_logo(h->node);
}

/* Is it a class of headlines, by the number of the class? */
static const bool *read_classes(const struct metadata *m)
{
    static const char *const names[] = {"headline", "entry-title", "post-title",
                                        "article-title", NULL};
    const struct class_values *values = &m->tree->classes;
    bool *headline = arena_array(m->arena, bool, values->count);
    for (uint32_t i = 1; i < values->count; i++)
        headline[i] = has_any(values->items[i], names);
    return headline;
}

/* No heading by its tag, but called one. */
static bool is_called_headline(const struct node *n, bool by_class)
{
    const char *property = by_class ? NULL : tree_attribute(n, ATTRIBUTE_ITEMPROP);
    return n->tag != TAG_META && !(tree_flags(n->tag) & TREE_H) &&
           (by_class || (property && !strcmp(property, "headline")));
}

static bool heading_kind(enum heading_kind *kind, const struct node *n,
                         const bool *headline)
{
    if (n->tag == TAG_H1)
        *kind = HEADING_H1;
    else if (n->tag == TAG_H2)
        *kind = HEADING_H2;
    else if (n->attributes && is_called_headline(n, headline[n->class_number]))
        *kind = HEADING_CALLED;
    else
        return false;
    return true;
}

void heading_read(struct headings *out, const struct metadata *m, const char *shared,
                  const char *window)
{
    *out = (struct headings){0};
    const bool *headline = read_classes(m);
    const char *shared_key = metadata_key(m->arena, shared);
    const char *window_key = metadata_key(m->arena, window);
    for (const struct node *n = m->tree->root; n; n = tree_next(n, m->tree->root)) {
        enum heading_kind kind;
        if (!heading_kind(&kind, n, headline) || out->places[kind] >= MOST_HEADINGS)
            continue;
        unsigned place = out->places[kind]++;
        size_t length;
        const char *text = tree_text(m->arena, n, &length);
        const char *key = length <= LONGEST_HEADING ? metadata_key(m->arena, text) : "";
        if (!*key)
            continue;
        struct heading *h = arena_push(m->arena, &out->items, &out->count, &out->room);
        *h = (struct heading){.node = n, .text = text, .key = key, .kind = kind,
                              .place = place};
        h->site = is_site(m, h, shared_key, window_key);
    }
}

/* Does only a mark stand between the two parts: "Shipping: Harbour reopens"? */
static bool is_marked(const char *text, struct arena *arena, size_t bytes)
{
    static const char *const marks[] = {":", "|", " - ", "–", "—", "·", "•", "»", "/", "+++"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        for (const char *at = strstr(text, marks[i]); at; at = strstr(at + 1, marks[i]))
            if (strlen(metadata_key(arena, arena_copy(arena, text, (size_t)(at - text)))) ==
                bytes)
                return true;
    return false;
}

bool heading_is_parted(const struct heading *h, size_t bytes)
{
    struct arena arena = ARENA_INIT;
    size_t sum = 0;
    for (const struct node *n = h->node; n && sum < bytes; n = tree_next(n, h->node))
        if (n->tag == TAG_TEXT)
            sum += strlen(metadata_key(&arena, n->text));
    bool parted = sum == bytes || is_marked(h->text, &arena, bytes);
    arena_release(&arena);
    return parted;
}
