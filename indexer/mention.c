/* A hash table of names as they are written, filled from the labels that are
 * sure, then asked for the others. */
#include "indexer/mention.h"

#include "common/text.h"

#include <string.h>

struct name {
    const char *text; /* NULL: free */
    size_t length;
    const char *canonical; /* or NULL: itself */
    dateline_entity_type type;
    bool family; /* the last word of a person's name */
    bool unclear; /* ... of several persons */
};

struct names {
    struct name *slots;
    size_t room; /* a power of two */
};

static uint32_t hash_of(const char *text, size_t length)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash;
}

/* The slot of a name, or the free one where it would go. */
static struct name *name_at(const struct names *names, const char *text,
                            size_t length)
{
    size_t at = hash_of(text, length) & (names->room - 1);
    for (;; at = (at + 1) & (names->room - 1)) {
        struct name *name = &names->slots[at];
        if (!name->text ||
            (name->length == length && !memcmp(name->text, text, length)))
            return name;
    }
}

static bool is_name(const struct label *label)
{
    return label->type == DATELINE_PERSON || label->type == DATELINE_ORG ||
           label->type == DATELINE_PLACE || label->type == DATELINE_NORP ||
           label->type == DATELINE_MISC;
}

/* The last word of a full name, without "Jr." and the like; 0 when there is
 * only one word. */
static size_t family_start(const char *text, const struct label *label)
{
    size_t at = label->end;
    while (at > label->start && text[at - 1] != ' ')
        at--;
    bool junior = label->end - at <= 3 && (text[at] == 'J' || text[at] == 'S') &&
                  text[at + 1] == 'r';
    return at == label->start || junior ? 0 : at;
}

static void learn_family(struct names *names, const char *text,
                         const struct label *label, const char *full)
{
    size_t start = family_start(text, label);
    if (label->type != DATELINE_PERSON || !start || label->end - start < 2)
        return;
    struct name *name = name_at(names, text + start, label->end - start);
    if (!name->text) {
        *name = (struct name){.text = text + start, .length = label->end - start,
                              .canonical = full, .type = DATELINE_PERSON,
                              .family = true};
    } else if (name->family && strcmp(name->canonical, full)) {
        name->unclear = true;
    }
}

static void learn_label(struct names *names, const char *text,
                        const struct label *label)
{
    size_t length = label->end - label->start;
    struct name *name = name_at(names, text + label->start, length);
    if (!name->text)
        *name = (struct name){.text = text + label->start, .length = length,
                              .canonical = label->name, .type = label->type};
}

/* The long form's own type, where it is known, is the short one's. */
static void learn_acronym(struct arena *arena, struct names *names,
                          const char *text, const struct acronym *acronym)
{
    dateline_span s = acronym->short_form, l = acronym->long_form;
    const struct name *whole = name_at(names, text + l.start, l.end - l.start);
    struct name *name = name_at(names, text + s.start, s.end - s.start);
    bool fresh = !name->text;
    if (name->canonical && !name->family)
        return;
    const char *canonical = whole->text && whole->canonical
                                ? whole->canonical
                                : arena_copy(arena, text + l.start, l.end - l.start);
    if (fresh || name->family)
        *name = (struct name){.text = text + s.start, .length = s.end - s.start,
                              .type = whole->text ? whole->type : DATELINE_ORG};
    name->canonical = canonical;
}

/* Applies what is known of its name to a label; false: it is no entity. */
static bool settle(struct label *label, const struct names *names,
                   const char *text)
{
    const struct name *name = name_at(names, text + label->start,
                                      label->end - label->start);
    if (!is_name(label) || label->name)
        return true;
    if (!name->text)
        return !label->weak;
    if (label->weak) {
        label->type = name->type;
        label->weak = false;
    }
    if (name->canonical && !name->unclear && name->type == label->type)
        label->name = name->canonical;
    return true;
}

void mention_settle(struct labels *labels, const char *text,
                    const struct acronym *acronyms, size_t count)
{
    struct names names = {.room = 16};
    while (names.room < 3 * (labels->count + count) + 1)
        names.room *= 2;
    names.slots = arena_array(labels->arena, struct name, names.room);
    for (size_t i = 0; i < labels->count; i++)
        if (is_name(&labels->items[i]) && !labels->items[i].weak)
            learn_label(&names, text, &labels->items[i]);
    for (size_t i = 0; i < count; i++)
        learn_acronym(labels->arena, &names, text, &acronyms[i]);
    for (size_t i = 0; i < labels->count; i++) {
        const struct label *label = &labels->items[i];
        if (label->weak || label->type != DATELINE_PERSON ||
            !family_start(text, label))
            continue;
        const char *full = label->name ? label->name
                                       : arena_copy(labels->arena, text + label->start,
                                                    label->end - label->start);
        /* alone, the family name is the person, whatever it was taken for */
        learn_family(&names, text, label, full);
    }
    size_t wrote = 0;
    for (size_t i = 0; i < labels->count; i++)
        if (settle(&labels->items[i], &names, text))
            labels->items[wrote++] = labels->items[i];
    labels->count = wrote;
}
