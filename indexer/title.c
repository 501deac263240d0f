/* Headings are candidates; og:title, the linked headline and <title> are what
 * they are held against. Weights were fitted on 1,000 pages with a known title. */
#include "indexer/title.h"

#include "common/hash.h"
#include "common/text.h"
#include "indexer/title_heading.h"
#include "indexer/title_site.h"

#include <string.h>

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
        uint32_t hash = hash_32(HASH_32, word.term, word.length);
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

/* ------------------------------------------------------- what the page says */

enum { SAID = 3, SAID_HEADLINE = 0, SAID_SHARED = 1, SAID_WINDOW = 2 };

struct said {
    const char *text[SAID]; /* NULL where the page does not say it */
    const char *key[SAID];  /* "" then */
    struct words words[SAID];
    size_t count;           /* of words */
};

static void said_read(struct said *said, const struct metadata *m)
{
    static const char *const keys[] = {"og:title", "twitter:title"};
    const char *headline = json_text(m->article, "headline");
    *said = (struct said){
        .text = {headline ? metadata_plain(m->arena, headline, strlen(headline)) : NULL,
                 metadata_first(m, keys, 2), m->title_element}};
    for (size_t i = 0; i < SAID; i++) {
        said->key[i] = metadata_key(m->arena, said->text[i]);
        if (!*said->key[i])
            said->text[i] = NULL;
    }
    for (size_t i = 0; i < SAID; i++)
        if (said->text[i])
            words_read(&said->words[said->count++], said->text[i]);
}

/* Does the page name its article, not its window alone? */
static bool names_article(const struct said *said)
{
    return said->text[SAID_HEADLINE] || said->text[SAID_SHARED];
}

/* ---------------------------------------------------------------- headings */

struct choice {
    const struct heading *best;
    double score;
    const struct heading *called; /* the only element called a headline, or NULL */
    size_t called_count;
    const struct heading *only;   /* the only h1 that is not the site's name */
    size_t h1_count;              /* of these */
};

static double score_heading(const struct heading *h, const struct words *words, double near)
{
    static const double weights[HEADING_KINDS] = {1.0, 0.55, 0.55};
    return weights[h->kind] * (0.25 + near) - 0.02 * (double)h->place +
           heading_score_names(h) - (words->count == 1 ? 0.15 : 0) - (h->site ? 1 : 0);
}

static void count_heading(struct choice *choice, const struct heading *h, bool headline)
{
    if (h->kind == HEADING_H1 && !h->site) {
        bool again = choice->only && !strcmp(choice->only->key, h->key);
        choice->only = choice->h1_count++ && !again ? NULL : h;
    }
    if (h->kind == HEADING_CALLED && headline)
        choice->called = choice->called_count++ ? NULL : h;
}

/* Of equal ones an h1 wins over an h2, and that over what is only called so. */
static bool is_better(const struct choice *choice, const struct heading *h, double score)
{
    return score > choice->score ||
           (choice->best && score >= choice->score && h->kind < choice->best->kind);
}

static void choose_heading(struct choice *choice, const struct headings *headings,
                           const struct said *said)
{
    *choice = (struct choice){0};
    for (size_t i = 0; i < headings->count; i++) {
        const struct heading *h = &headings->items[i];
        struct words words;
        words_read(&words, h->text);
        double near = said->count ? 0 : 0.2;
        for (size_t k = 0; k < said->count; k++) {
            double nearer = likeness(&words, &said->words[k]);
            near = nearer > near ? nearer : near;
        }
        double score = score_heading(h, &words, near);
        count_heading(choice, h, words.count > 2 && (near > 0 || !names_article(said)));
        if (is_better(choice, h, score)) {
            choice->score = score;
            choice->best = h;
        }
    }
}

/* One h1 of five words or more is a headline, whatever the page says of itself. */
static bool is_sentence(const struct heading *h)
{
    return h && text_count(h->text, strlen(h->text)) >= 5;
}

static bool ends_with(const char *key, const char *end)
{
    size_t length = strlen(key), tail = strlen(end);
    return length >= tail && !strcmp(key + length - tail, end);
}

/* Is it in an h2, and in no h1? */
static bool is_shown_below(const struct headings *headings, const char *key)
{
    bool below = false;
    for (size_t i = 0; i < headings->count; i++) {
        const struct heading *h = &headings->items[i];
        if (h->kind == HEADING_H1 && strstr(h->key, key))
            return false;
        below = below || (h->kind == HEADING_H2 && ends_with(h->key, key));
    }
    return below;
}

/* Where the h1 is a line for search engines, the headline that is shown is an h2,
 * to the letter what the linked data or og:title has. */
static const char *shown_below(const struct headings *headings, const struct said *said)
{
    for (size_t i = 0; i < SAID_WINDOW; i++)
        if (said->text[i] && text_count(said->text[i], strlen(said->text[i])) > 2 &&
            is_shown_below(headings, said->key[i]))
            return said->text[i];
    return NULL;
}

static bool has_lower(const char *text)
{
    while (*text && (*text < 'a' || *text > 'z'))
        text++;
    return *text;
}

/* "storm:harbour": two spans that the style parts. */
static bool is_run_together(const char *text)
{
    for (const char *at = strchr(text, ':'); at; at = strchr(at + 1, ':')) {
        size_t size;
        if (at[1] && text_is_letter(text_decode(at + 1, strlen(at + 1), &size)))
            return true;
    }
    return false;
}

/* Of the same letters: as many words, not in capitals alone, nothing parted that
 * the heading runs together. Then its own quotes are what a reader sees. */
static bool is_written_better(const char *heading, const char *title)
{
    return text_count(heading, strlen(heading)) == text_count(title, strlen(title)) &&
           (has_lower(heading) || !has_lower(title)) && !title_has_separator(title) &&
           (!is_run_together(heading) || is_run_together(title));
}

/* Is it the heading's words but for a kicker or a date at one end? agreed: og:title
 * and the linked data have the same, so nothing was cut off by accident. */
static bool is_part(const struct heading *heading, const char *title, const char *key,
                    bool agreed)
{
    size_t length = strlen(heading->key), n = strlen(key);
    if (n >= length || n < 12 || text_count(title, strlen(title)) < 3)
        return false;
    if (!memcmp(key, heading->key, n))
        return agreed || heading_is_parted(heading, n);
    return !memcmp(key, heading->key + length - n, n) &&
           (agreed || heading_is_parted(heading, length - n));
}

/* The heading, or the title as it is said elsewhere; NULL when they differ. */
static const char *trim_to(const struct heading *heading, const char *title,
                           const char *key, bool agreed)
{
    if (!strcmp(key, heading->key))
        return is_written_better(heading->text, title) ? heading->text : title;
    return is_part(heading, title, key, agreed) ? title : NULL;
}

/* A heading often holds a kicker or a date beside the title. Where what the page
 * says elsewhere is the same words, or a good part of them at one end, that is
 * the title. A dash may belong to it, so it is first tried whole. */
static const char *trim_heading(const struct metadata *m, const struct heading *heading,
                                const struct said *said)
{
    bool agreed = said->text[SAID_SHARED] &&
                  !strcmp(said->key[SAID_HEADLINE], said->key[SAID_SHARED]);
    for (size_t i = 0; i < SAID; i++) {
        const char *whole = said->text[i], *found = NULL;
        if (!whole)
            continue;
        if (!strstr(whole, " | ") || strcmp(said->key[i], heading->key))
            found = trim_to(heading, whole, said->key[i], agreed);
        const char *cut = found ? NULL : title_cut_site(m, whole);
        if (cut)
            found = trim_to(heading, cut, metadata_key(m->arena, cut), agreed);
        if (found)
            return found;
    }
    return heading->text;
}

static const struct heading *find_heading(const struct choice *choice)
{
    if (choice->score >= 0.62 || (choice->h1_count == 1 && choice->score >= 0.45))
        return choice->best;
    if (is_sentence(choice->only))
        return choice->only;
    return choice->h1_count ? NULL : choice->called;
}

const char *title_read(const struct metadata *metadata)
{
    struct said said;
    struct headings headings;
    struct choice choice;
    said_read(&said, metadata);
    heading_read(&headings, metadata, said.text[SAID_SHARED], said.text[SAID_WINDOW]);
    choose_heading(&choice, &headings, &said);
    const char *below = shown_below(&headings, &said);
    if (below)
        return title_cut_site(metadata, below);
    const struct heading *heading = find_heading(&choice);
    if (heading)
        return trim_heading(metadata, heading, &said);
    for (size_t i = 0; i < SAID; i++) {
        const char *title = said.text[(i + 1) % SAID];
        if (title && !(choice.best && title_names_site(metadata, title, strlen(title))))
            return title_cut_site(metadata, title);
    }
    return choice.best ? choice.best->text : NULL;
}
