/* Stored passages in, dateline_hits out; the getters of the public header. */
#include "query/hit.h"

#include "common/date.h"
#include "common/text.h"

#include <stdlib.h>
#include <string.h>

enum { WHY_MOST = 50 /* words that a hit says it was found by */ };

dateline_hit hit_of(const struct stored_article *article, size_t number,
                    struct arena *arena)
{
    struct stored_passage stored = stored_passage(article, number, arena);
    return (dateline_hit){
        .passage = number,
        .text = arena_copy(arena, stored.text, stored.length),
        .length = stored.length,
        .entities = stored.entities,
        .entity_count = stored.entity_count,
        .article = &article->facts,
        .role = stored.role,
        .window = {0, stored.length},
    };
}

dateline_hit *hit_add(struct dateline_hits *hits,
                      const struct stored_article *article, size_t number,
                      double score)
{
    dateline_hit *hit = arena_push(&hits->arena, &hits->hits, &hits->count,
                                   &hits->room);
    *hit = hit_of(article, number, &hits->arena);
    hit->rank = hits->first + hits->count;
    hit->score = score;
    return hit;
}

void hit_note(struct dateline_hits *hits, const char *note)
{
    for (size_t i = 0; i < hits->summary.note_count; i++)
        if (!strcmp(hits->notes[i], note))
            return;
    const char **line = arena_push(&hits->arena, &hits->notes,
                                   &hits->summary.note_count, &hits->note_room);
    *line = arena_string(&hits->arena, note);
    hits->summary.notes = hits->notes;
}

void hit_number(struct buffer *out, double number, unsigned decimals)
{
    long long unit = 1;
    for (unsigned i = 0; i < decimals; i++)
        unit *= 10;
    double scaled = number * (double)unit;
    if (!(scaled > -9e17 && scaled < 9e17))
        scaled = 0;
    long long whole = (long long)(scaled + (scaled < 0 ? -.5 : .5));
    long long size = whole < 0 ? -whole : whole;
    buffer_format(out, "%s%lld.%0*lld", whole < 0 ? "-" : "", size / unit,
                  (int)decimals, size % unit);
}

void hit_reason(struct dateline_hits *hits, dateline_hit *hit,
                const char *text, const dateline_span *spans, size_t count,
                const char *where)
{
    struct arena scratch = ARENA_INIT;
    const char **why = arena_array(&hits->arena, const char *,
                                   hit->why_count + count);
    char **folded = arena_array(&scratch, char *, hit->why_count + count);
    size_t kept = hit->why_count;
    for (size_t i = 0; i < kept; i++) {
        why[i] = hit->why[i];
        folded[i] = text_fold(&scratch, why[i], strlen(why[i]));
    }
    for (size_t i = 0, same; i < count && kept < WHY_MOST; i++) {
        const char *word = text + spans[i].start;
        size_t length = spans[i].end - spans[i].start;
        folded[kept] = text_fold(&scratch, word, length);
        for (same = 0; same < kept && strcmp(folded[same], folded[kept]);)
            same++;
        if (same < kept)
            continue;
        word = text_squeeze(&hits->arena, word, length, NULL);
        why[kept++] = arena_format(&hits->arena, "%s%s", word, where);
    }
    hit->why = why;
    hit->why_count = kept;
    arena_release(&scratch);
}

void hit_answer(struct dateline_hits *hits, const char *saved,
                const char *question)
{
    const char *name = arena_string(&hits->arena, saved);
    hits->question = arena_string(&hits->arena, question);
    for (size_t i = 0; i < hits->count; i++)
        hits->hits[i].saved = name;
}

void hit_date(char out[16], const dateline_date *date)
{
    static const size_t lengths[] = {[DATELINE_YEAR] = 4, [DATELINE_MONTH] = 7,
                                     [DATELINE_DAY] = 10};
    date_format(out, date);
    if (date->precision > DATELINE_NO_DATE && date->precision < DATELINE_DAY)
        out[lengths[date->precision]] = '\0';
}

static const char *site_of(const dateline_facts *facts)
{
    return facts->site ? facts->site : facts->url ? facts->url : facts->id;
}

static int site_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* How many different sites have a copy. */
static size_t site_count(const dateline_hit *hit)
{
    struct arena arena = ARENA_INIT;
    const char **sites = arena_array(&arena, const char *, hit->copy_count);
    size_t count = 0;
    for (size_t i = 0; i < hit->copy_count; i++)
        sites[i] = site_of(hit->copies[i]);
    qsort(sites, hit->copy_count, sizeof *sites, site_order);
    for (size_t i = 0; i < hit->copy_count; i++)
        count += !i || strcmp(sites[i - 1], sites[i]);
    arena_release(&arena);
    return count;
}

void hit_copies(struct buffer *out, const dateline_hit *hit)
{
    if (!hit->copy_count)
        return;
    const dateline_facts *oldest = hit->copies[0];
    size_t sites = site_count(hit);
    int order = date_compare(&oldest->published, &hit->article->published);
    char day[16];
    hit_date(day, &oldest->published);
    if (hit->copy_count == 1)
        buffer_format(out, "also on %s%s%s", site_of(oldest), *day ? " " : "",
                      day);
    else if (sites == 1)
        buffer_format(out, "also on %zu pages of %s", hit->copy_count,
                      site_of(oldest));
    else
        buffer_format(out, "also at %zu sites", sites);
    if (hit->copy_count > 1 && *day && order < 0)
        buffer_format(out, ", first on %s %s", site_of(oldest), day);
    else if (*day && order > 0)
        buffer_text(out, ", first here");
}

const char *hit_about(const dateline_summary *summary)
{
    return summary->exact      ? ""
           : summary->at_least ? "at least "
                               : "about ";
}

const char *hit_type(dateline_entity_type type)
{
    static const char *const names[] = {
#define X(name, letter, colour, text) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    return (unsigned)type < DATELINE_ENTITY_TYPE_COUNT ? names[type] : "MISC";
}

size_t dateline_hits_count(const dateline_hits *hits)
{
    return hits->count;
}

const dateline_hit *dateline_hits_get(const dateline_hits *hits, size_t i)
{
    return i < hits->count ? &hits->hits[i] : NULL;
}

const dateline_summary *dateline_hits_summary(const dateline_hits *hits)
{
    return &hits->summary;
}

void dateline_hits_free(dateline_hits *hits)
{
    if (!hits)
        return;
    arena_release(&hits->arena);
    free(hits);
}
