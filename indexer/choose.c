/* Labels go in by rank, the strongest first; each rank is merged into what has
 * been kept so far, so a label is compared with its neighbours only. */
#include "indexer/choose.h"

#include "common/text.h"

#include <string.h>

/* ---------------------------------------------------------------- trimming */

static bool is_fringe(uint32_t c)
{
    return text_is_space(c) || text_is_invisible(c) || c == '"' || c == '\'' ||
           c == ',' || c == ';' || c == ':' || c == 0xab || c == 0xbb ||
           (c >= 0x2018 && c <= 0x201f);
}

static void trim_marks(struct label *label, const char *text)
{
    size_t size;
    while (label->start < label->end &&
           is_fringe(text_decode(text + label->start, label->end - label->start,
                                 &size)))
        label->start += size;
    while (label->end > label->start) {
        size_t before = text_boundary(text, label->end, label->end - 1);
        if (!is_fringe(text_decode(text + before, label->end - before, &size)))
            break;
        label->end = before;
    }
}

/* "the Council's" is "Council". */
static void trim_words(struct label *label, const char *text)
{
    size_t length = label->end - label->start;
    const char *at = text + label->start;
    if (length > 4 && (at[0] == 'T' || at[0] == 't') && !memcmp(at + 1, "he ", 3))
        label->start += 4;
    at = text + label->end;
    length = label->end - label->start;
    if (length > 2 && at[-1] == 's' && at[-2] == '\'')
        label->end -= 2;
    else if (length > 4 && at[-1] == 's' && !memcmp(at - 4, "\u2019", 3))
        label->end -= 4;
}

static void label_trim(struct label *label, const char *text)
{
    if (label->by != DATELINE_BY_LIST && label->by != DATELINE_BY_TAGGER)
        return;
    trim_marks(label, text);
    trim_words(label, text);
    trim_marks(label, text);
}

/* ----------------------------------------------------------------- choosing */

enum { RANK_FORM, RANK_ALIAS, RANK_FIGURE, RANK_TAGGER, RANK_ACRONYM, RANK_LIST,
       RANK_WEAK, RANKS };

static unsigned rank_of(const struct label *label)
{
    if (label->weak)
        return RANK_WEAK;
    switch (label->by) {
    case DATELINE_BY_ALIAS:
        return RANK_ALIAS;
    case DATELINE_BY_TAGGER:
        return RANK_TAGGER;
    case DATELINE_BY_ACRONYM:
        return RANK_ACRONYM;
    case DATELINE_BY_LIST:
        return RANK_LIST;
    default:
        return label->type == DATELINE_DATE || label->type == DATELINE_MONEY ||
                       label->type == DATELINE_PERCENT ||
                       label->type == DATELINE_QUANTITY
                   ? RANK_FIGURE : RANK_FORM;
    }
}

/* Days and sums are told by their form: what the tagger sees beyond the
 * patterns is wrong more often than right (news, both halves of the text held
 * in turn: F1 of days 92.7 without it, 91.3 with it). */
static bool is_form_only(const struct label *label)
{
    return label->by == DATELINE_BY_TAGGER &&
           (label->type == DATELINE_DATE || label->type == DATELINE_MONEY);
}

/* Merges the labels of one rank (sorted) into kept (sorted, apart). Of labels
 * of one rank that overlap, the first and longest stays. */
static size_t merge(struct label *out, const struct label *kept, size_t count,
                    const struct label *more, size_t more_count, unsigned rank)
{
    size_t wrote = 0, k = 0;
    for (size_t i = 0; i < more_count; i++) {
        const struct label *label = &more[i];
        if (rank_of(label) != rank || label->start >= label->end ||
            is_form_only(label))
            continue;
        while (k < count && kept[k].end <= label->start)
            out[wrote++] = kept[k++];
        bool free_before = !wrote || out[wrote - 1].end <= label->start;
        bool free_behind = k == count || kept[k].start >= label->end;
        if (free_before && free_behind)
            out[wrote++] = *label;
    }
    while (k < count)
        out[wrote++] = kept[k++];
    return wrote;
}

/* "Agenda 2030", "the July 26 Movement": a date or figure inside a name that the
 * tagger sees is part of it. */
static void drop_inner_figures(struct labels *labels)
{
    size_t end = 0, wrote = 0;
    for (size_t i = 0; i < labels->count; i++) {
        struct label *label = &labels->items[i];
        bool name = label->by == DATELINE_BY_TAGGER && label->type != DATELINE_DATE &&
                    label->type != DATELINE_MONEY;
        if (name && label->end > end)
            end = label->end;
        bool inner = rank_of(label) == RANK_FIGURE && label->end <= end;
        if (!inner)
            labels->items[wrote++] = *label;
    }
    labels->count = wrote;
}

void choose_labels(struct labels *labels, const char *text, size_t length)
{
    (void)length;
    for (size_t i = 0; i < labels->count; i++)
        label_trim(&labels->items[i], text);
    label_sort(labels);
    drop_inner_figures(labels);
    struct label *kept = arena_array(labels->arena, struct label, labels->count);
    struct label *next = arena_array(labels->arena, struct label, labels->count);
    size_t count = 0;
    for (unsigned rank = 0; rank < RANKS; rank++) {
        count = merge(next, kept, count, labels->items, labels->count, rank);
        struct label *swap = kept;
        kept = next;
        next = swap;
    }
    labels->items = kept;
    labels->count = labels->room = count;
}
