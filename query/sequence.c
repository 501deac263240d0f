/* Sequences are compared word by word; NEAR tries each place as the leftmost. */
#include "query/sequence.h"

#include <string.h>

static void stem_add(struct sequence_stems *to, struct arena *arena,
                     struct xapian_bytes stem)
{
    for (size_t i = 0; i < to->count; i++)
        if (to->items[i].length == stem.length &&
            !memcmp(to->items[i].bytes, stem.bytes, stem.length))
            return;
    struct xapian_bytes *place =
        arena_push(arena, &to->items, &to->count, &to->room);
    place->bytes = arena_copy(arena, stem.bytes, stem.length);
    place->length = stem.length;
}

static void word_stems(struct sequence_stems *to, struct arena *arena,
                       const struct request_word *word, struct stems *stems)
{
    for (size_t row = 0; row < stems->count; row++) {
        stem_add(to, arena, stems_stem(stems, row, word->term, word->length));
        for (size_t f = 0; f < word->form_count; f++)
            stem_add(to, arena,
                     stems_stem(stems, row, word->forms[f].term,
                                word->forms[f].length));
    }
}

struct sequence *sequence_new(struct arena *arena,
                              const struct request_node *node,
                              struct stems *stems)
{
    struct sequence *sequence = arena_new(arena, struct sequence);
    sequence->node = node;
    if (node->kind == REQUEST_QUOTE || node->quoted)
        return sequence;
    struct sequence_stems *words =
        arena_array(arena, struct sequence_stems, node->word_count);
    for (size_t i = 0; i < node->word_count; i++)
        word_stems(&words[i], arena, &node->words[i], stems);
    sequence->stems = words;
    return sequence;
}

static bool letters_hold(const struct request_word *asked,
                         const struct sequence_word *word)
{
    return asked->length == word->length &&
           !memcmp(asked->term, word->term, word->length);
}

static bool stems_hold(const struct sequence_stems *stems,
                       const struct sequence_word *word)
{
    for (size_t i = 0; i < stems->count; i++)
        if (stems->items[i].length == word->stem_length &&
            !memcmp(stems->items[i].bytes, word->stem, word->stem_length))
            return true;
    return false;
}

bool sequence_stands(const struct sequence *sequence,
                     const struct sequence_word *words, size_t count, size_t i)
{
    const struct request_node *node = sequence->node;
    if (node->word_count > count - i)
        return false;
    for (size_t w = 0; w < node->word_count; w++)
        if (sequence->stems ? !stems_hold(&sequence->stems[w], &words[i + w])
                            : !letters_hold(&node->words[w], &words[i + w]))
            return false;
    return true;
}

/* -------------------------------------------------------------------- near */

static bool overlap(const struct sequence_place *a,
                    const struct sequence_place *b)
{
    return a->first <= b->last && b->first <= a->last;
}

/* The last word at which a place near the leftmost one may begin. */
static size_t reach_of(const struct request_node *near,
                       const struct sequence_place *leftmost)
{
    enum { LONGEST = 64 }; /* words of a name */
    size_t reach = leftmost->first;
    for (const struct request_node *n = near->child; n; n = n->next)
        reach += near->window +
                 (n->word_count > LONGEST ? n->word_count : LONGEST);
    return reach;
}

/* Of one operand, the first place that none of the chosen ones takes. */
static const struct sequence_place *
place_choose(const struct request_node *operand,
             const struct sequence_place *places, size_t count, size_t reach,
             const struct sequence_place *const *chosen, size_t chosen_count)
{
    for (size_t i = 0; i < count && places[i].first <= reach; i++) {
        bool is_free = places[i].node == operand;
        for (size_t c = 0; c < chosen_count && is_free; c++)
            is_free = !overlap(&places[i], chosen[c]);
        if (is_free)
            return &places[i];
    }
    return NULL;
}

/* All operands, the leftmost at places[0]. The words between neighbours may sum
 * up to the window for each gap. */
static bool near_begins(const struct request_node *near,
                        const struct sequence_place *places, size_t count)
{
    const struct sequence_place *chosen[REQUEST_NEAR_COUNT] = {places};
    size_t last = places->last, words = last - places->first + 1;
    size_t operands = 1, reach = reach_of(near, places);
    for (const struct request_node *n = near->child; n; n = n->next) {
        if (n == places->node)
            continue;
        const struct sequence_place *place =
            place_choose(n, places, count, reach, chosen, operands);
        if (!place)
            return false;
        chosen[operands++] = place;
        last = place->last > last ? place->last : last;
        words += place->last - place->first + 1;
    }
    return last - places->first + 1 <=
           words + (near->window - 1) * (operands - 1);
}

bool sequence_near(const struct request_node *near,
                   const struct sequence_place *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (const struct request_node *n = near->child; n; n = n->next)
            if (n == places[i].node && near_begins(near, &places[i], count - i))
                return true;
    return false;
}
