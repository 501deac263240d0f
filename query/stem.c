/* "code:count" pairs in, one stemmer a distinct name out. */
#include "query/stem.h"

#include <stdlib.h>
#include <string.h>

static struct stem_row *row_of(struct stems *stems, const char *name)
{
    for (size_t i = 0; i < stems->count; i++)
        if (!strcmp(stems->rows[i].name, name))
            return &stems->rows[i];
    if (stems->count == STEM_ROWS)
        return NULL;
    struct stem_row *row = &stems->rows[stems->count++];
    *row = (struct stem_row){.name = name};
    return row;
}

static const char *stemmer_name(const struct language *language)
{
    return language && language->stemmer ? language->stemmer : "none";
}

static void language_add(struct stems *stems, const char *code, uint64_t count)
{
    const struct language *language = language_find(code);
    if (language && stems->language_count < STEM_LANGUAGES)
        stems->languages[stems->language_count++] = language;
    struct stem_row *row = row_of(stems, stemmer_name(language));
    if (row)
        row->articles += count;
}

/* The next "code:count" at or after *at; quotes and commas between are passed
 * over. */
static bool pair_read(char code[16], uint64_t *count, const char **at,
                      const char *end)
{
    const char *c = *at;
    while (c < end && strchr(" \n\t,{\"", *c) && *c)
        c++;
    size_t length = 0;
    while (c < end && !strchr(":\" ", *c) && length < 15)
        code[length++] = *c++;
    code[length] = '\0';
    while (c < end && strchr(":\" ", *c) && *c)
        c++;
    *count = 0;
    for (; c < end && *c >= '0' && *c <= '9'; c++)
        *count = *count * 10 + (uint64_t)(*c - '0');
    bool moved = c > *at;
    *at = c;
    return length && moved;
}

static int more_articles(const void *a, const void *b)
{
    const struct stem_row *x = a, *y = b;
    if (x->articles != y->articles)
        return x->articles > y->articles ? -1 : 1;
    return strcmp(x->name, y->name);
}

dateline_status stems_open(struct stems *out, const char *languages,
                           size_t length, uint64_t articles,
                           dateline_error *error)
{
    enum { COMMON_SHARE = 20 };
    struct stems stems = {.count = 0};
    const char *at = languages, *end = languages + length;
    char code[16];
    uint64_t count, total = 0;
    while (at < end && pair_read(code, &count, &at, end)) {
        total += count;
        language_add(&stems, code, count);
    }
    if (articles > total || !stems.count)
        language_add(&stems, "", articles > total ? articles - total : 0);
    total = articles > total ? articles : total;
    qsort(stems.rows, stems.count, sizeof *stems.rows, more_articles);
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < stems.count && !status; i++) {
        struct stem_row *row = &stems.rows[i];
        row->common = !i || row->articles * COMMON_SHARE >= total;
        status = xapian_stemmer_open(&row->stemmer, row->name, error);
    }
    if (status)
        stems_close(&stems);
    else
        *out = stems;
    return status;
}

struct xapian_bytes stems_stem(struct stems *stems, size_t row,
                               const char *term, size_t length)
{
    return xapian_stemmer_stem(stems->rows[row].stemmer, term, length);
}

size_t stems_row(const struct stems *stems, const char *language)
{
    const char *name = stemmer_name(language ? language_find(language) : NULL);
    for (size_t i = 0; i < stems->count; i++)
        if (!strcmp(stems->rows[i].name, name))
            return i;
    return stems->count;
}

void stems_close(struct stems *stems)
{
    for (size_t i = 0; i < stems->count; i++)
        xapian_stemmer_close(stems->rows[i].stemmer);
    *stems = (struct stems){.count = 0};
}
