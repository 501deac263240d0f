/* A hash table of names as they are written, filled from the labels that are
 * sure, then asked for the others. */
#include "indexer/mention.h"

#include "common/hash.h"
#include "common/text.h"

#include <string.h>

struct name {
    const char *text; /* NULL: free */
    size_t length;
    const char *canonical; /* or NULL: itself */
    dateline_entity_type type;
    bool part;    /* a word of a person's name */
    bool unclear; /* ... of several persons' */
};

struct names {
    struct name *slots;
    size_t room; /* a power of two */
};

/* The slot of a name, or the free one where it would go. */
static struct name *name_at(const struct names *names, const char *text,
                            size_t length)
{
    size_t at = hash_32(HASH_32, text, length) & (names->room - 1);
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

/* The first and the last word of a full name, without "Jr." and the like; false
 * when there is only one word. */
static bool name_parts(dateline_span parts[2], const char *text,
                       const struct label *label)
{
    size_t first = label->start, last = label->end;
    while (first < label->end && text[first] != ' ')
        first++;
    if (first == label->end)
        return false;
    while (text[last - 1] != ' ')
        last--;
    bool junior = label->end - last <= 3 && (text[last] == 'J' || text[last] == 'S') &&
                  text[last + 1] == 'r';
    parts[0] = (dateline_span){label->start, first};
    parts[1] = junior ? parts[0] : (dateline_span){last, label->end};
    return true;
}

/* "Ann Arden" and "Ann B. Arden" are one person. */
static bool same_person(const char *a, const char *b)
{
    size_t length = strcspn(a, " ");
    return strcspn(b, " ") == length && !memcmp(a, b, length);
}

/* A part of a person's name that stands alone is that person, as long as it is a
 * part of no other's; names of the text that it has already are told apart by
 * their type. */
static void learn_part(struct names *names, const char *text, dateline_span part,
                       const char *full)
{
    size_t length = part.end - part.start;
    if (length < 2 || memchr(text + part.start, '.', length))
        return;
    struct name *name = name_at(names, text + part.start, length);
    if (name->text && name->type != DATELINE_PERSON)
        return;
    if (!name->text || !name->canonical)
        *name = (struct name){.text = text + part.start, .length = length,
                              .canonical = full, .type = DATELINE_PERSON,
                              .part = true};
    else if (name->part && !same_person(name->canonical, full))
        name->unclear = true;
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
    if (name->canonical && !name->part)
        return;
    const char *canonical = whole->text && whole->canonical
                                ? whole->canonical
                                : arena_copy(arena, text + l.start, l.end - l.start);
    if (fresh || name->part)
        *name = (struct name){.text = text + s.start, .length = s.end - s.start,
                              .type = whole->text ? whole->type : DATELINE_ORG};
    name->canonical = canonical;
}

static void learn_person(struct arena *arena, struct names *names,
                         const char *text, const struct label *label)
{
    dateline_span parts[2];
    if (label->weak || label->type != DATELINE_PERSON ||
        !name_parts(parts, text, label))
        return;
    const char *full = label->name ? label->name
                                   : arena_copy(arena, text + label->start,
                                                label->end - label->start);
    learn_part(names, text, parts[1], full);
    if (parts[0].start != parts[1].start)
        learn_part(names, text, parts[0], full);
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
    while (names.room < 4 * (labels->count + count) + 1)
        names.room *= 2;
    names.slots = arena_array(labels->arena, struct name, names.room);
    for (size_t i = 0; i < labels->count; i++)
        if (is_name(&labels->items[i]) && !labels->items[i].weak)
            learn_label(&names, text, &labels->items[i]);
    for (size_t i = 0; i < count; i++)
        learn_acronym(labels->arena, &names, text, &acronyms[i]);
    for (size_t i = 0; i < labels->count; i++)
        learn_person(labels->arena, &names, text, &labels->items[i]);
    size_t wrote = 0;
    for (size_t i = 0; i < labels->count; i++)
        if (settle(&labels->items[i], &names, text))
            labels->items[wrote++] = labels->items[i];
    labels->count = wrote;
}
