#include "indexer/train/measure.h"

#include <string.h>
#include <strings.h>

/* ---------------------------------------------------------------- trimming */

static bool cut_front(const char *text, dateline_span *s, const char *piece)
{
    size_t n = strlen(piece);
    if (s->end - s->start <= n || strncasecmp(text + s->start, piece, n))
        return false;
    s->start += n;
    return true;
}

static bool cut_back(const char *text, dateline_span *s, const char *piece)
{
    size_t n = strlen(piece);
    if (s->end - s->start <= n || memcmp(text + s->end - n, piece, n))
        return false;
    s->end -= n;
    return true;
}

static bool cut_any(bool (*cut)(const char *, dateline_span *, const char *),
                    const char *text, dateline_span *s,
                    const char *const *pieces)
{
    for (; *pieces; pieces++)
        if (cut(text, s, *pieces))
            return true;
    return false;
}

static dateline_span trim(const char *text, size_t start, size_t end)
{
    static const char *const front[] = {" ", "\t", "\n", "\u00a0", "\"", "'",
                                        "\u201c", "\u201d", "\u2018", "\u2019",
                                        NULL};
    static const char *const back[] = {" ", "\t", "\n", "\u00a0", "\"",
                                       "\u201c", "\u201d", ",", ";", ":", NULL};
    static const char *const articles[] = {"the ", "the\n", "a ", "an ", NULL};
    static const char *const endings[] = {"'s", "\u2019s", NULL};
    dateline_span span = {start, end};
    while (cut_any(cut_front, text, &span, front))
        ;
    while (cut_any(cut_back, text, &span, back))
        ;
    if (cut_any(cut_front, text, &span, articles))
        while (cut_front(text, &span, " "))
            ;
    cut_any(cut_back, text, &span, endings);
    return span;
}

/* ---------------------------------------------------------------- counting */

static unsigned type_of(dateline_entity_type type)
{
    unsigned i = 0;
    while (i < TAGGER_TYPES && tagger_types[i] != type)
        i++;
    return i;
}

static bool overlaps(dateline_span a, dateline_span b)
{
    return a.start < b.end && b.start < a.end;
}

/* Neither right nor wrong: it touches an ignored place and no entity. */
static bool is_ignored(const struct sample *s, dateline_span span)
{
    for (size_t i = 0; i < s->gold_count; i++)
        if (overlaps(span, trim(s->text, s->golds[i].start, s->golds[i].end)))
            return false;
    for (size_t i = 0; i < s->ignored_count; i++)
        if (overlaps(span, trim(s->text, s->ignored[i].start,
                                s->ignored[i].end)))
            return true;
    return false;
}

static const struct gold *gold_at(const struct sample *s, dateline_span span)
{
    const struct gold *found = NULL;
    for (size_t i = 0; i < s->gold_count; i++) {
        dateline_span g = trim(s->text, s->golds[i].start, s->golds[i].end);
        if (g.start == span.start && g.end == span.end)
            found = &s->golds[i];
    }
    return found;
}

void measure_add(struct measure *m, const struct sample *s,
                 const struct label *labels, size_t count)
{
    struct arena scratch = ARENA_INIT;
    bool *met = arena_array(&scratch, bool, s->gold_count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct label *label = &labels[i];
        unsigned type = type_of(label->type);
        if (type == TAGGER_TYPES || !(s->types >> type & 1))
            continue;
        dateline_span span = trim(s->text, label->start, label->end);
        const struct gold *gold = gold_at(s, span);
        if (!gold && is_ignored(s, span))
            continue;
        if (gold && gold->accepted >> type & 1 && !met[gold - s->golds]) {
            met[gold - s->golds] = true;
            m->right++;
            m->types[gold->type].right++;
        } else {
            m->extra++;
            m->types[gold ? gold->type : type].extra++;
        }
    }
    for (size_t i = 0; i < s->gold_count; i++)
        if (!met[i]) {
            m->missed++;
            m->types[s->golds[i].type].missed++;
        }
    arena_release(&scratch);
}

double measure_f1(size_t right, size_t extra, size_t missed)
{
    size_t all = 2 * right + extra + missed;
    return all ? 200.0 * (double)right / (double)all : 0;
}
