/* Headings are candidates; og:title, the linked headline and <title> are what
 * they are held against. Weights were fitted on 1,000 pages with a known title. */
#include "indexer/title.h"

#include "common/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---------------------------------------------------------------- word sets */

enum { MOST_WORDS = 64 };

struct words {
    uint32_t hashes[MOST_WORDS];
    size_t count;
};

static void words_read(struct words *set, const char *text)
{
    struct text_word word;
    set->count = 0;
    for (size_t at = 0, length = strlen(text);
         set->count < MOST_WORDS && text_word(&word, text, length, &at);) {
        uint32_t hash = 2166136261u; /* FNV-1a */
        for (size_t i = 0; i < word.length; i++)
            hash = (hash ^ (unsigned char)word.term[i]) * 16777619u;
        size_t i = 0;
        while (i < set->count && set->hashes[i] != hash)
            i++;
        if (i == set->count)
            set->hashes[set->count++] = hash;
    }
}

static size_t words_common(const struct words *a, const struct words *b)
{
    size_t common = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            common += a->hashes[i] == b->hashes[k];
    return common;
}

/* Jaccard's coefficient, and half the share of the candidate's words. */
static double likeness(const struct words *candidate, const struct words *reference)
{
    size_t common = words_common(candidate, reference);
    size_t both = candidate->count + reference->count - common;
    return both && candidate->count ? (double)common / (double)both +
                                          0.5 * (double)common / (double)candidate->count
                                    : 0;
}

/* ----------------------------------------------------------------- headings */

static bool has_any(const char *names, const char *const *words)
{
    for (; *words; words++)
        if (text_find_ascii(names, strlen(names), *words))
            return true;
    return false;
}

/* Class names of the heading and of three elements around it speak for or
 * against it. */
static double score_names(const struct node *heading)
{
    static const char *const against[] = {"logo", "brand", "site-title", "sitetitle",
                                          "site-name", "sitename", "masthead", "breadcrumb", "sr-only",
                                          "hidden", NULL};
    static const char *const speaks_for[] = {"headline", "entry-title", "post-title",
                                             "article-title", "articletitle", "title",
                                             NULL};
    char names[1024];
    size_t length = 0;
    const struct node *n = heading;
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

/* The site's own name: it is the site's, or stands last in <title> after what
 * og:title says, or the heading leads home. */
static bool is_site_name(const struct metadata *m, const struct node *heading,
                         const char *text)
{
    const char *key = metadata_key(m->arena, text);
    const char *og = metadata_value(m, "og:title");
    if (og && !strcmp(metadata_key(m->arena, og), key))
        return false;
    if (m->site && !strcmp(metadata_key(m->arena, m->site), key))
        return true;
    const char *whole = m->title_element ? metadata_key(m->arena, m->title_element) : "";
    size_t length = strlen(key), all = strlen(whole);
    if (og && all > length && !strcmp(whole + all - length, key) &&
        !strstr(metadata_key(m->arena, og), key))
        return true;
    for (const struct node *n = heading; n; n = tree_next(n, heading)) {
        const char *href = n->tag == TAG_A ? tree_attribute(n, ATTRIBUTE_HREF) : NULL;
        if (href && leads_home(href))
            return true;
    }
    const struct node *up = heading->parent;
    const char *href = up && up->tag == TAG_A ? tree_attribute(up, ATTRIBUTE_HREF) : NULL;
    return href && leads_home(href);
}

struct candidate {
    const char *text;
    double score;
    size_t h1_count; /* of those with text that is not the site's name */
    const char *called; /* the only element called a headline, or NULL */
    size_t called_count;
};

static bool is_h1(const struct node *n)
{
    return n->tag == TAG_H1;
}

static bool is_h2(const struct node *n)
{
    return n->tag == TAG_H2;
}

/* No heading by its tag, but called one. */
static bool is_called_headline(const struct node *n)
{
    static const char *const names[] = {"headline", "entry-title", "post-title",
                                        "article-title", NULL};
    const char *class = tree_attribute(n, ATTRIBUTE_CLASS);
    const char *property = tree_attribute(n, ATTRIBUTE_ITEMPROP);
    return n->tag != TAG_META && !(tree_flags(n->tag) & TREE_H) &&
           ((class && has_any(class, names)) || (property && !strcmp(property, "headline")));
}

static void try_headings(struct candidate *best, const struct metadata *m,
                         bool (*test)(const struct node *), double weight,
                         const struct words *references, size_t count)
{
    size_t number = 0;
    for (struct node *n = m->tree->root; n && number < 12;
         n = tree_next(n, m->tree->root)) {
        if (n->tag == TAG_TEXT || !test(n))
            continue;
        size_t length, place = number++;
        const char *text = tree_text(m->arena, n, &length);
        struct words words;
        words_read(&words, text);
        if (!words.count || length > 600)
            continue;
        bool site = is_site_name(m, n, text);
        best->h1_count += n->tag == TAG_H1 && !site;
        if (test == is_called_headline && words.count > 2)
            best->called = best->called_count++ ? NULL : text;
        double nearest = count ? 0 : 0.2;
        for (size_t i = 0; i < count; i++) {
            double near = likeness(&words, &references[i]);
            nearest = near > nearest ? near : nearest;
        }
        double score = weight * (0.25 + nearest) - 0.02 * (double)place + score_names(n) -
                       (words.count == 1 ? 0.15 : 0) - (site ? 0.5 : 0);
        if (score > best->score) {
            best->score = score;
            best->text = text;
        }
    }
}

/* ------------------------------------------------------------ site suffixes */

static bool is_separator_at(const char *at, size_t *length)
{
    static const char *const marks[] = {" | ", " - ", " – ", " — ", " · ", " • ",
                                        " » ", " : ", "|", NULL};
    for (size_t i = 0; marks[i]; i++) {
        *length = strlen(marks[i]);
        if (!strncmp(at, marks[i], *length))
            return true;
    }
    return false;
}

/* Is the part the site's name, or written in its host? */
static bool names_site(const struct metadata *m, const char *part, size_t length)
{
    const char *key = metadata_key(m->arena, arena_copy(m->arena, part, length));
    const char *url = m->canonical ? m->canonical : m->url;
    const char *host = metadata_host(m->arena, url);
    if (m->site && !strcmp(metadata_key(m->arena, m->site), key))
        return true;
    return strlen(key) > 3 && host && strstr(metadata_key(m->arena, host), key);
}

/* "Headline | Shipping": a section of one or two words, when what is left is a
 * headline still. Returns the length that stays. */
static size_t cut_section(const char *title, size_t length)
{
    size_t last = 0, mark, section = 0;
    for (size_t at = 0; at < length; at++)
        if (is_separator_at(title + at, &mark) && at + mark < length) {
            last = at;
            section = at + mark;
        }
    return last > 12 && text_count(title, last) > 2 &&
                   text_count(title + section, length - section) <= 2
               ? last
               : length;
}

/* Cuts "Site | " or " | Section | Site"; else a last part of few words, when what
 * is left is long enough to be the title. */
static const char *cut_site(const struct metadata *m, const char *title)
{
    const char *last = NULL, *rest = NULL, *first = NULL, *after = NULL;
    size_t mark;
    for (const char *at = title; *at; at++)
        if (is_separator_at(at, &mark)) {
            if (!first) {
                first = at;
                after = at + mark;
            }
            last = at;
            rest = at + mark;
        }
    if (!last)
        return title;
    bool site = names_site(m, rest, strlen(rest));
    if (!site && names_site(m, title, (size_t)(first - title)))
        return text_squeeze(m->arena, after, strlen(after), NULL);
    size_t length = (size_t)(last - title);
    bool longer = !site && strlen(rest) > length; /* a site's name is short */
    if (length <= 12 || longer || text_count(rest, strlen(rest)) > 5)
        return title;
    return text_squeeze(m->arena, title, site ? cut_section(title, length) : length, NULL);
}

static bool has_lower(const char *text)
{
    while (*text && (*text < 'a' || *text > 'z'))
        text++;
    return *text;
}

static bool has_separator(const char *text)
{
    size_t mark;
    while (*text && !is_separator_at(text, &mark))
        text++;
    return *text;
}

/* Of the same letters: as many words, not in capitals alone, nothing parted that
 * the heading runs together. Then its own quotes are what a reader sees. */
static bool is_written_better(const char *heading, const char *title)
{
    return text_count(heading, strlen(heading)) == text_count(title, strlen(title)) &&
           (has_lower(heading) || !has_lower(title)) && !has_separator(title);
}

/* A heading often holds a kicker or a date beside the title. Where what the page
 * says elsewhere is the same words, or a good part of them at one end, that is
 * the title. */
static const char *trim_heading(const struct metadata *m, const char *heading,
                                const char *const *said, size_t count)
{
    const char *key = metadata_key(m->arena, heading);
    size_t length = strlen(key);
    for (size_t i = 0; i < count; i++) {
        if (!said[i] || !*said[i])
            continue;
        const char *title = cut_site(m, said[i]);
        const char *other = metadata_key(m->arena, title);
        size_t n = strlen(other);
        bool same = n == length && !memcmp(other, key, n);
        bool part = n < length && n >= 12 && text_count(title, strlen(title)) >= 3 &&
                    (!memcmp(other, key, n) || !memcmp(other, key + length - n, n));
        if (same && is_written_better(heading, title))
            return heading;
        if (same || part)
            return title;
    }
    return heading;
}

const char *title_read(const struct metadata *metadata)
{
    static const char *const keys[] = {"og:title", "twitter:title"};
    const char *headline = json_text(metadata->article, "headline");
    const char *said[3] = {
        headline ? metadata_plain(metadata->arena, headline, strlen(headline)) : NULL,
        metadata_first(metadata, keys, 2), metadata->title_element};
    struct words references[3];
    size_t count = 0;
    for (size_t i = 0; i < 3; i++)
        if (said[i] && *said[i])
            words_read(&references[count++], said[i]);
    struct candidate best = {0};
    try_headings(&best, metadata, is_h1, 1.0, references, count);
    try_headings(&best, metadata, is_h2, 0.55, references, count);
    try_headings(&best, metadata, is_called_headline, 0.55, references, count);
    if (best.score >= 0.62 || (best.h1_count == 1 && best.score >= 0.45))
        return trim_heading(metadata, best.text, said, 3);
    if (!best.h1_count && best.called)
        return trim_heading(metadata, best.called, said, 3);
    for (size_t i = 0; i < 3; i++) {
        const char *title = said[(i + 1) % 3];
        if (title && *title && !(best.text && names_site(metadata, title, strlen(title))))
            return cut_site(metadata, title);
    }
    return best.text;
}
