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

enum rank { RANK_FORM, RANK_ALIAS, RANK_FIGURE, RANK_DEFINED, RANK_LISTED,
            RANK_TAGGED, RANK_WEAK, RANKS };

static bool is_figure(dateline_entity_type type)
{
    return type == DATELINE_DATE || type == DATELINE_MONEY ||
           type == DATELINE_PERCENT || type == DATELINE_QUANTITY;
}

/* In the tagger's own language, what lists and definitions add to it is wrong
 * twice out of three times (news, each half of the texts held in turn: exact F1
 * 81.6 with them, 82.4 without); they were asked as its features. */
static enum rank rank_of(const struct label *label, bool taught)
{
    if (label->by == DATELINE_BY_ALIAS)
        return RANK_ALIAS;
    if (label->by == DATELINE_BY_PATTERN)
        return is_figure(label->type) ? RANK_FIGURE : RANK_FORM;
    if (label->by == DATELINE_BY_TAGGER)
        return RANK_TAGGED;
    if (label->weak || taught)
        return RANK_WEAK;
    return label->by == DATELINE_BY_ACRONYM ? RANK_DEFINED : RANK_LISTED;
}

/* Days and sums are told by their form: what the tagger sees beyond the
 * patterns is wrong more often than right (news, both halves of the text held
 * in turn: F1 of days 92.7 without it, 91.3 with it). */
static bool is_form_only(const struct label *label)
{
    return label->by == DATELINE_BY_TAGGER &&
           (label->type == DATELINE_DATE || label->type == DATELINE_MONEY);
}

/* Where it was not taught the language, the tagger runs on over small words: a
 * name has none there but "de", "van der" and the like. */
static bool is_plausible(const struct label *label, const char *text)
{
    size_t words = 0, length = label->end - label->start;
    char first = text[label->start], last = text[label->end - 1];
    /* a small word, or one that is small but where it opens a sentence: "La" */
    if ((first >= 'a' && first <= 'z') ||
        (length <= 3 && last >= 'a' && last <= 'z'))
        return false;
    for (size_t at = label->start; at < label->end; at += length + 1) {
        const char *space = memchr(text + at, ' ', label->end - at);
        length = (space ? (size_t)(space - text) : label->end) - at;
        bool small = text[at] >= 'a' && text[at] <= 'z';
        if (++words > 6 || (small && length > 3))
            return false;
    }
    return true;
}

/* Merges the labels of one rank (sorted) into kept (sorted, apart). Of labels
 * of one rank that overlap, the first and longest stays. */
static size_t merge(struct label *out, const struct label *kept, size_t count,
                    const struct labels *all, enum rank rank, bool taught,
                    const char *text)
{
    size_t wrote = 0, k = 0;
    for (size_t i = 0; i < all->count; i++) {
        const struct label *label = &all->items[i];
        if (rank_of(label, taught) != rank || label->start >= label->end ||
            is_form_only(label) ||
            (rank == RANK_TAGGED && !taught && !is_plausible(label, text)))
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

/* Where capitals that stand alone end, or at: "NCRI" of "NCRI/PMOI". */
static size_t acronym_end(const char *text, size_t length, size_t at)
{
    size_t end = at;
    while (end < length && text[end] >= 'A' && text[end] <= 'Z')
        end++;
    bool word = end < length && (text_is_letter((unsigned char)text[end]) ||
                                 (text[end] >= '0' && text[end] <= '9') ||
                                 text[end] & 0x80);
    return end - at < 2 || end - at > 8 || word ? at : end;
}

/* An organisation's acronym, sure or made so by the one before. */
static bool is_sure_acronym(const struct label *label, const char *text,
                            size_t length)
{
    return label->type == DATELINE_ORG && !label->weak &&
           acronym_end(text, length, label->start) == label->end;
}

/* "MEK/NCRI/PMOI": where one is an organisation, those behind it are. Labels
 * stay sorted and apart; out has room for twice as many. */
static size_t chain(struct label *out, const struct label *kept, size_t count,
                    const char *text, size_t length)
{
    size_t wrote = 0;
    for (size_t i = 0; i < count; i++) {
        struct label label = kept[i];
        const struct label *before = wrote ? &out[wrote - 1] : NULL;
        if (label.weak && before && before->end + 1 == label.start &&
            text[before->end] == '/' && is_sure_acronym(before, text, length) &&
            acronym_end(text, length, label.start) == label.end) {
            label.type = before->type;
            label.weak = false;
        }
        out[wrote++] = label;
        size_t next = i + 1 < count ? kept[i + 1].start : length;
        while (wrote + count - i - 1 < 2 * count && label.end + 1 < next &&
               text[label.end] == '/' && is_sure_acronym(&label, text, length)) {
            size_t end = acronym_end(text, next, label.end + 1);
            if (end == label.end + 1)
                break;
            label = (struct label){.start = label.end + 1, .end = end,
                                   .type = label.type, .by = label.by};
            out[wrote++] = label;
        }
    }
    return wrote;
}

/* "Agenda 2030", "the July 26 Movement": a date inside a name that the tagger
 * sees is part of it, in the language it knows. */
static void drop_inner_dates(struct labels *labels)
{
    size_t end = 0, wrote = 0;
    for (size_t i = 0; i < labels->count; i++) {
        struct label *label = &labels->items[i];
        if (label->by == DATELINE_BY_TAGGER && !is_figure(label->type) &&
            label->end > end)
            end = label->end;
        if (label->by != DATELINE_BY_PATTERN || label->type != DATELINE_DATE ||
            label->end > end)
            labels->items[wrote++] = *label;
    }
    labels->count = wrote;
}

void choose_labels(struct labels *labels, const char *text, size_t length,
                   bool taught)
{
    for (size_t i = 0; i < labels->count; i++)
        label_trim(&labels->items[i], text);
    label_sort(labels);
    if (taught)
        drop_inner_dates(labels);
    size_t most = 2 * labels->count;
    struct label *kept = arena_array(labels->arena, struct label, most);
    struct label *next = arena_array(labels->arena, struct label, most);
    size_t count = 0;
    for (enum rank rank = RANK_FORM; rank < RANKS; rank++) {
        count = merge(next, kept, count, labels, rank, taught, text);
        struct label *swap = kept;
        kept = next;
        next = swap;
    }
    /* what nothing but a list says stays a guess there */
    for (size_t i = 0; i < count; i++)
        kept[i].weak |= rank_of(&kept[i], taught) == RANK_WEAK;
    labels->count = chain(next, kept, count, text, length);
    labels->items = next;
    labels->room = most;
}
