/* Definitions that the articles gave, "National Council (NC)" -> lines for an
 * alias file, those in the lead that most articles agree on.
 *
 *   # 12 definitions in 9 articles, confidence 0.90
 *   National Council of Arden = NCA
 *
 * Definitions are counted by sorting them, so memory is a few dozen bytes each. */
#include "common/alias.h"
#include "common/error.h"
#include "common/stored.h"
#include "common/text.h"
#include "indexer/inspect.h"
#include "indexer/seen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct definition {
    const char *short_key, *long_key; /* folded: what is counted together */
    const char *short_form, *long_form;
    uint32_t article;
};

struct candidate {
    const char *short_form, *long_form; /* as most wrote them */
    uint32_t definitions, articles;
    double confidence;
};

struct suggesting {
    struct arena arena;
    struct definition *definitions;
    size_t definition_count, definition_room;
    struct candidate *candidates;
    size_t candidate_count, candidate_room;
    struct alias_list *known;
    struct seen rejected;
    dateline_status status;
    dateline_error *error;
};

/* --------------------------------------------------------------- definitions */

/* "consumer price index (CPI)" names nobody; and what an alias file gives a
 * meaning of its own cannot stand in it. */
static bool is_name(const char *text)
{
    size_t size, length = strlen(text);
    return length && !strpbrk(text, "=|[]{}#\n") &&
           text_is_upper(text_decode(text, length, &size));
}

static bool article_visit(void *context, struct xapian_bytes name,
                          struct xapian_bytes value, uint32_t document)
{
    struct suggesting *work = context;
    struct arena arena = ARENA_INIT, *keep = &work->arena;
    struct stored_article article;
    (void)name;
    work->status = stored_read(&article, &arena, value.bytes, value.length,
                               work->error);
    for (size_t i = 0; !work->status && i < article.facts.alias_count; i++) {
        const char *s = article.facts.aliases[i].short_form;
        const char *l = article.facts.aliases[i].long_form;
        if (!is_name(s) || !is_name(l))
            continue;
        struct definition *one =
            arena_push(keep, &work->definitions, &work->definition_count,
                       &work->definition_room);
        one->short_form = arena_string(keep, s);
        one->long_form = arena_string(keep, l);
        one->short_key = text_fold_marks(keep, s, strlen(s));
        one->long_key = text_fold_marks(keep, l, strlen(l));
        one->article = document;
    }
    arena_release(&arena);
    return !work->status;
}

static int compare_definitions(const void *a, const void *b)
{
    const struct definition *x = a, *y = b;
    int order = strcmp(x->short_key, y->short_key);
    if (!order)
        order = strcmp(x->long_key, y->long_key);
    if (!order)
        order = strcmp(x->long_form, y->long_form);
    if (!order)
        order = strcmp(x->short_form, y->short_form);
    return order ? order
                 : (x->article > y->article) - (x->article < y->article);
}

/* ------------------------------------------------------------------ rejected */

static uint64_t pair_hash(const char *short_form, const char *long_form)
{
    struct arena arena = ARENA_INIT;
    const char *s = text_fold_marks(&arena, short_form, strlen(short_form));
    const char *l = text_fold_marks(&arena, long_form, strlen(long_form));
    uint64_t hash = seen_hash(l, strlen(l), seen_hash(s, strlen(s), 0));
    arena_release(&arena);
    return hash;
}

struct surfaces {
    struct suggesting *work;
    const char *canonical;
};

static bool surface_reject(void *context, const char *surface)
{
    struct surfaces *surfaces = context;
    seen_add(&surfaces->work->rejected,
             pair_hash(surface, surfaces->canonical));
    return true;
}

/* Each line is a list of its own: one short form may be rejected for many long
 * ones. */
static void line_reject(struct suggesting *work, const char *line,
                        size_t length)
{
    struct alias_list *list = NULL;
    const struct alias_name *name = NULL;
    struct text_word word;
    size_t at = 0;
    if (!alias_read(&list, line, length, NULL, NULL, NULL) && list &&
        text_word(&word, line, length, &at) &&
        alias_find(&name, list, line, length, word.start))
        alias_surfaces(list, name->name, surface_reject,
                       &(struct surfaces){work, name->name});
    alias_free(list);
}

static dateline_status rejected_read(struct suggesting *work, const char *path)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    FILE *file = path ? fopen(path, "rbe") : NULL;
    if (path && !file)
        return error_set(work->error, DATELINE_NOT_FOUND, "%s: %s", path,
                         strerror(errno));
    while (file && (length = getline(&line, &room, file)) >= 0)
        line_reject(work, line, (size_t)length);
    bool bad = file && ferror(file);
    if (file)
        fclose(file);
    free(line);
    return bad ? error_set(work->error, DATELINE_IO, "%s: it cannot be read",
                           path) : DATELINE_OK;
}

/* --------------------------------------------------------------- candidates */

/* The canonical name that the list has for all of the text, or NULL. */
static const char *canonical_of(const struct suggesting *work, const char *text)
{
    const struct alias_name *name;
    size_t length = strlen(text);
    return alias_find(&name, work->known, text, length, 0) == length
               ? name->name : NULL;
}

/* Of a run of definitions of the same two names. */
static void candidate_make(struct suggesting *work,
                           const struct definition *first, size_t count,
                           uint32_t *articles)
{
    struct candidate made = {.definitions = (uint32_t)count};
    struct seen met = {0};
    size_t best = 0;
    for (size_t i = 0, run = 0; i < count; i++) {
        made.articles +=
            seen_add(&met, seen_hash(&first[i].article, sizeof(uint32_t), 0));
        bool same = i && !strcmp(first[i].long_form, first[i - 1].long_form) &&
                    !strcmp(first[i].short_form, first[i - 1].short_form);
        run = same ? run + 1 : 1;
        if (run <= best)
            continue;
        best = run;
        made.short_form = first[i].short_form;
        made.long_form = first[i].long_form;
    }
    seen_free(&met);
    *articles += made.articles;
    const char *canonical = canonical_of(work, made.long_form);
    if (canonical_of(work, made.short_form) ||
        seen_has(&work->rejected, pair_hash(made.short_form, made.long_form)))
        return;
    if (canonical)
        made.long_form = arena_string(&work->arena, canonical);
    *(struct candidate *)arena_push(&work->arena, &work->candidates,
                                    &work->candidate_count,
                                    &work->candidate_room) = made;
}

/* How many definitions from `first` on agree by `same`. */
static size_t run_length(const struct suggesting *work, size_t first,
                         bool both)
{
    const struct definition *d = work->definitions;
    size_t at = first + 1;
    while (at < work->definition_count &&
           !strcmp(d[at].short_key, d[first].short_key) &&
           (!both || !strcmp(d[at].long_key, d[first].long_key)))
        at++;
    return at - first;
}

/* Of the articles that define a short form, those that define it so; one more
 * that nobody wrote keeps a single article at a half. */
static void short_form_take(struct suggesting *work, size_t first,
                            size_t count)
{
    uint32_t articles = 0;
    size_t from = work->candidate_count;
    for (size_t at = first; at < first + count;) {
        size_t length = run_length(work, at, true);
        candidate_make(work, &work->definitions[at], length, &articles);
        at += length;
    }
    for (size_t i = from; i < work->candidate_count; i++)
        work->candidates[i].confidence =
            (double)work->candidates[i].articles / (articles + 1.0);
}

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->confidence != y->confidence)
        return x->confidence < y->confidence ? 1 : -1;
    int order = strcmp(x->long_form, y->long_form);
    return order ? order : strcmp(x->short_form, y->short_form);
}

static void candidates_make(struct suggesting *work)
{
    if (work->definition_count)
        qsort(work->definitions, work->definition_count,
              sizeof *work->definitions, compare_definitions);
    for (size_t at = 0; at < work->definition_count;) {
        size_t length = run_length(work, at, false);
        short_form_take(work, at, length);
        at += length;
    }
    if (work->candidate_count)
        qsort(work->candidates, work->candidate_count,
              sizeof *work->candidates, compare_candidates);
}

/* ------------------------------------------------------------------- public */

static dateline_status known_read_aliases(struct suggesting *work,
                                          struct xapian_reader *reader,
                                          const char *path)
{
    struct buffer text = {0};
    if (path)
        return alias_load(&work->known, path, NULL, NULL, work->error);
    dateline_status status = inspect_text(&text, reader, "aliases", work->error);
    if (!status)
        status = alias_read(&work->known, text.bytes, text.length, NULL, NULL,
                            work->error);
    buffer_free(&text);
    return status;
}

static dateline_status candidates_write(const struct suggesting *work,
                                        FILE *to)
{
    for (size_t i = 0; i < work->candidate_count; i++) {
        const struct candidate *one = &work->candidates[i];
        struct buffer line = {0};
        text_escape(&line, one->long_form, strlen(one->long_form));
        buffer_text(&line, " = ");
        text_escape(&line, one->short_form, strlen(one->short_form));
        fprintf(to, "# %u %s in %u %s, confidence %.2f\n%s\n",
                one->definitions,
                one->definitions == 1 ? "definition" : "definitions",
                one->articles, one->articles == 1 ? "article" : "articles",
                one->confidence, line.bytes);
        buffer_free(&line);
    }
    return ferror(to) ? error_set(work->error, DATELINE_IO,
                                  "it cannot be written") : DATELINE_OK;
}

dateline_status dateline_index_suggest(const char *index, const char *aliases,
                                       const char *reject, FILE *to,
                                       dateline_error *error)
{
    struct suggesting work = {.error = error};
    struct xapian_reader *reader;
    error_clear(error);
    dateline_status status = inspect_open(&reader, index, error);
    if (status)
        return status;
    status = known_read_aliases(&work, reader, aliases);
    if (!status)
        status = rejected_read(&work, reject);
    if (!status)
        status = xapian_reader_documents(reader, (struct xapian_bytes){"", 0},
                                         article_visit, &work, error);
    if (!status)
        status = work.status;
    if (!status) {
        candidates_make(&work);
        status = candidates_write(&work, to);
    }
    xapian_reader_close(reader);
    alias_free(work.known);
    seen_free(&work.rejected);
    arena_release(&work.arena);
    return status;
}
