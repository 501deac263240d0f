/* A hash goes in, what is known of its word comes out: open addressing, and at
 * most so many steps that no table, however damaged, costs more. */
#include "indexer/tagger_lexicon.h"

enum { STEPS = 64 };

static uint32_t home(uint32_t hash, uint32_t slot_count)
{
    return (uint32_t)((uint64_t)hash * slot_count >> 32);
}

static int is_empty(const struct tagger_entry *e)
{
    return !e->class && !e->lists;
}

const struct tagger_entry *tagger_lexicon_find(
    const struct tagger_lexicon *lexicon, uint32_t hash)
{
    if (!lexicon->slot_count)
        return NULL;
    uint32_t i = home(hash, lexicon->slot_count);
    for (unsigned steps = 0; steps < STEPS; steps++) {
        const struct tagger_entry *e = &lexicon->slots[i];
        if (is_empty(e))
            return NULL;
        if (e->check == (uint16_t)hash)
            return e;
        i = i + 1 < lexicon->slot_count ? i + 1 : 0;
    }
    return NULL;
}

struct tagger_entry *tagger_lexicon_add(struct tagger_entry *slots,
                                        uint32_t slot_count, uint32_t hash)
{
    uint32_t i = home(hash, slot_count);
    for (unsigned steps = 0; steps < STEPS; steps++) {
        struct tagger_entry *e = &slots[i];
        if (is_empty(e))
            e->check = (uint16_t)hash;
        if (e->check == (uint16_t)hash)
            return e;
        i = i + 1 < slot_count ? i + 1 : 0;
    }
    return NULL;
}
