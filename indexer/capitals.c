/* Tokens go in, labels come out. One walk: at each capitalised word the first
 * rule that fits takes some words and the walk goes on behind them. */
#include "indexer/capitals.h"

#include "common/text.h"
#include "indexer/name.h"

#include <string.h>

enum {
    NAME_ENTITY = NAME_PLACE | NAME_REGION | NAME_NORP | NAME_ORG | NAME_LANGUAGE,
    ORG_WORD = NAME_PREFIX | NAME_SUFFIX | NAME_ANY,
    PERSON_WORDS = 6,
    RUN_WORDS = 14
};

struct walk {
    struct labels *labels;
    const struct tokens *tokens;
    const char *text;
    bool nouns;
};

static const struct token *at(const struct walk *walk, size_t i)
{
    return i < walk->tokens->count ? &walk->tokens->items[i] : NULL;
}

static bool word_is(const struct walk *walk, size_t i, const char *const *words,
                    size_t count)
{
    const struct token *token = at(walk, i);
    size_t length = token ? token->end - token->start : 0;
    for (size_t k = 0; token && k < count; k++)
        if (strlen(words[k]) == length &&
            !memcmp(words[k], walk->text + token->start, length))
            return true;
    return false;
}

#define WORD_IS(walk, i, words) \
    word_is((walk), (i), (words), sizeof(words) / sizeof *(words))

/* Words that hold an organisation's or a place's name together. */
static const char *const of_words[] = {
    "of", "for", "de", "del", "des", "du", "da", "do", "dos", "di", "della",
    "der", "fur", "für", "van", "voor", "on", "the", "la", "las", "los",
    "le", "les", "zum", "zur", "pour", "para", "against", "to", "in", "und",
    "et", "y", "e", "with", "without",
};
static const char *const and_words[] = {"and", "und", "et", "y", "e", "en"};

/* Words that end a place's name, and such that begin one. */
static const char *const place_ends[] = {
    "River", "Lake", "Mountain", "Mountains", "Island", "Islands", "Province",
    "County", "District", "Region", "State", "Valley", "Desert", "Peninsula",
    "City", "Street", "Avenue", "Road", "Boulevard", "Square", "Park", "Bay",
    "Sea", "Strait", "Gulf", "Coast", "Canal", "Bridge", "Airport", "Highway",
    "Forest", "Beach", "Port", "Harbour", "Harbor", "Village", "Town",
    "Municipality", "Prefecture", "Governorate", "Territory", "Territories",
    "Basin", "Delta", "Plateau", "Falls", "Creek", "Hills", "Hill", "Ocean",
    "Dam", "Stadium", "Temple", "Palace", "Mosque", "Cathedral", "Church",
    "Prison", "Station", "Tower", "Towers", "Plaza", "Arena", "Reserve",
    "Oblast", "Township", "Gate", "Reservoir", "Tunnel",
};
static const char *const place_begins[] = {
    "Mount", "Lake", "Cape", "Port", "Fort", "Rio", "Río", "Gulf", "Strait",
    "Isla", "Puerto", "San", "Santa", "St", "Saint", "Camp", "Lac", "Mont",
};
/* Before an unknown single name, these tell a place. */
static const char *const place_before[] = {
    "in", "near", "at", "from", "outside", "around", "across", "en", "dans",
    "nach", "aus", "bei",
};
/* Events, works, laws. */
static const char *const misc_ends[] = {
    "Cup", "Olympics", "Games", "Festival", "Award", "Awards", "Prize", "War",
    "Act", "Treaty", "Agreement", "Convention", "Accord", "Accords", "Day",
    "Championship", "Championships", "Summit", "Conference", "Revolution",
    "Initiative", "Project", "Plan", "Programme", "Program", "Bill", "Law",
    "Constitution", "Protocol", "Declaration", "Charter", "Movement", "Week",
    "Marathon", "Tournament", "Trophy", "Fair", "Expo", "Campaign", "Medal",
    "Pact", "Deal", "Code", "Covenant", "Index", "Report", "Goals",
};

static bool joins(const struct token *token)
{
    return token->gap == GAP_SPACE || token->gap == GAP_HYPHEN ||
           token->gap == GAP_AND || token->gap == GAP_NONE;
}

static void emit(const struct walk *walk, size_t from, size_t to,
                 dateline_entity_type type, bool weak)
{
    const struct token *items = walk->tokens->items;
    struct label *label = label_add(walk->labels, items[from].start,
                                    items[to - 1].end, type, DATELINE_BY_LIST);
    label->weak = weak;
}

/* ---------------------------------------------------------------------- runs */

/* Where the run of capitals that begins at `from` ends: words joined by spaces
 * and hyphens; 's ends it. */
static size_t capitals_end(const struct walk *walk, size_t from)
{
    size_t i = from;
    while (i < walk->tokens->count && i - from < RUN_WORDS) {
        const struct token *token = at(walk, i);
        bool first = i == from;
        if (!first && (!joins(token) || token->first || token[-1].possessive))
            break;
        if (!token->capital && !(token->digit && !first && token->gap == GAP_HYPHEN))
            break;
        i++;
    }
    return i;
}

static bool run_has(const struct walk *walk, size_t from, size_t to,
                    uint32_t kinds)
{
    for (size_t i = from; i < to; i++)
        if (at(walk, i)->org && at(walk, i)->org_kinds & kinds &&
            (i + at(walk, i)->org <= to || at(walk, i)->org_kinds & NAME_PREFIX))
            return true;
    return false;
}

/* "Ministry of Trade and Industry": past "of", then past "and" within it. */
static size_t of_end(const struct walk *walk, size_t end)
{
    bool inside = false;
    for (size_t next = end; next < walk->tokens->count;) {
        const struct token *token = at(walk, next);
        if (!joins(token) || token->first || token[-1].possessive)
            break;
        bool of = WORD_IS(walk, next, of_words);
        bool and = inside && WORD_IS(walk, next, and_words);
        if (!of && !and)
            break;
        size_t after = next + 1;
        while (of && WORD_IS(walk, after, of_words) && joins(at(walk, after)))
            after++;
        const struct token *name = at(walk, after);
        if (!name || !joins(name) || !name->capital || name->first ||
            (and && name->kinds & (NAME_GIVEN | NAME_PLACE)))
            break;
        end = next = capitals_end(walk, after);
        inside |= of;
    }
    return end;
}

/* "University of Arden and ...": does the org word want what follows "of"? */
static bool wants_of(const struct walk *walk, size_t from, size_t to)
{
    return run_has(walk, from, to, NAME_PREFIX | NAME_ANY);
}

/* -------------------------------------------------------------------- rules */

/* Each rule looks at the words from i on and returns where it ends, or i. */

/* "President Ann van Arden": past the titles, then the name. */
static size_t person_end(const struct walk *walk, size_t from)
{
    size_t i = from, end = from;
    while (i < walk->tokens->count && i - from < PERSON_WORDS) {
        const struct token *token = at(walk, i);
        bool first = i == from;
        if (!first && (!joins(token) || token->gap == GAP_AND ||
                       token->first || token[-1].possessive))
            break;
        if (!first && !token->capital && token->particle) {
            i += token->particle;
            continue;
        }
        if (!token->capital || token->digit ||
            (token->kinds & NAME_NOT && !(token->kinds & NAME_GIVEN)) ||
            token->org_kinds & NAME_SUFFIX)
            break;
        end = ++i;
    }
    return end;
}

static size_t rule_title(const struct walk *walk, size_t i)
{
    size_t name = i;
    while (at(walk, name) && at(walk, name)->title && (name == i || joins(at(walk, name))) &&
           name - i < 8)
        name += at(walk, name)->title;
    const struct token *first = at(walk, name);
    if (name == i || !first || !joins(first) || first[-1].possessive ||
        !first->capital || first->gap == GAP_AND)
        return i;
    size_t end = person_end(walk, name), run = capitals_end(walk, name);
    if (end == name || run_has(walk, name, run, ORG_WORD) ||
        first->name_kinds & (NAME_NORP | NAME_PLACE) ||
        (first->kinds & NAME_NOT && end == name + 1))
        return i;
    emit(walk, name, end, DATELINE_PERSON, false);
    return end;
}

/* A name with an organisation's word in it. */
static size_t rule_listed(const struct walk *walk, size_t i);

static size_t rule_org(const struct walk *walk, size_t i)
{
    const struct token *token = at(walk, i);
    size_t start = i, end = capitals_end(walk, i);
    if (token->kinds & NAME_NOT && token->first)
        start++;
    if (start >= end || !run_has(walk, start, end, ORG_WORD))
        return i;
    if (wants_of(walk, start, end))
        end = of_end(walk, end);
    /* an org word alone is a common noun: "the Council" */
    bool bare = end == start + at(walk, start)->org && at(walk, start)->org;
    emit(walk, start, end, DATELINE_ORG, bare);
    return end;
}

/* A listed name of several words, or one that is the whole run: nothing else
 * may claim its words. */
static size_t rule_whole(const struct walk *walk, size_t i)
{
    const struct token *token = at(walk, i);
    size_t run = capitals_end(walk, i);
    bool whole = i + token->name >= run && !(token->kinds & NAME_GIVEN);
    if (token->name < 2 && !whole)
        return i;
    if (i + token->name < run && run_has(walk, i + token->name, run, ORG_WORD))
        return i;
    return rule_listed(walk, i);
}

static size_t rule_listed(const struct walk *walk, size_t i)
{
    const struct token *token = at(walk, i);
    size_t end = i + token->name, run = capitals_end(walk, i);
    uint32_t kinds = token->name_kinds;
    if (!token->name || (kinds & NAME_NOT && token->first && token->name == 1))
        return i;
    dateline_entity_type type = kinds & NAME_PLACE  ? DATELINE_PLACE
                                : kinds & NAME_NORP ? DATELINE_NORP
                                : kinds & NAME_ORG  ? DATELINE_ORG
                                : kinds & NAME_LANGUAGE ? DATELINE_NORP
                                                        : DATELINE_PLACE;
    bool region = !(kinds & (NAME_PLACE | NAME_NORP | NAME_ORG | NAME_LANGUAGE));
    /* "Jordan Arden", "Chad Arden": a first name before a family name */
    if (kinds & NAME_GIVEN && run > end && run - i < 4 && end == i + 1)
        return i;
    if (region && run != end)
        return i;
    if (run > end && type == DATELINE_PLACE &&
        word_is(walk, run - 1, place_ends, sizeof place_ends / sizeof *place_ends))
        end = run;
    emit(walk, i, end, type, false);
    return end;
}

/* "Arden River", "Mount Arden", "Arden Peace Prize". */
static size_t rule_kind(const struct walk *walk, size_t i)
{
    size_t end = capitals_end(walk, i), start = i;
    if (at(walk, i)->kinds & NAME_NOT && at(walk, i)->first)
        start++;
    if (end < start + 2)
        return i;
    if (WORD_IS(walk, end - 1, place_ends) || WORD_IS(walk, start, place_begins)) {
        emit(walk, start, end, DATELINE_PLACE, false);
        return end;
    }
    if (WORD_IS(walk, end - 1, misc_ends)) {
        emit(walk, start, end, DATELINE_MISC, false);
        return end;
    }
    return i;
}

/* "Ann Arden": a first name and more. */
static size_t rule_given(const struct walk *walk, size_t i)
{
    const struct token *token = at(walk, i);
    if (!(token->kinds & NAME_GIVEN) && !(token->initial && !token->first))
        return i;
    size_t end = person_end(walk, i);
    if (end < i + 2)
        return i;
    emit(walk, i, end, DATELINE_PERSON, false);
    return end;
}

/* "BJP": letters that are no word. */
static size_t rule_acronym(const struct walk *walk, size_t i)
{
    const struct token *token = at(walk, i);
    size_t length = token->end - token->start;
    if (!token->upper || token->digit || walk->tokens->shouting || length < 2 ||
        length > 7 || token->kinds & (NAME_NOT | NAME_TITLE) || token->initial ||
        capitals_end(walk, i) != i + 1)
        return i;
    emit(walk, i, i + 1, DATELINE_ORG, false);
    return i + 1;
}

/* Nothing but capitals: a guess, and weak. */
static size_t rule_capitals(const struct walk *walk, size_t i)
{
    size_t start = i, end = capitals_end(walk, i);
    while (start < end && at(walk, start)->kinds & NAME_NOT)
        start++;
    while (end > start && at(walk, end - 1)->kinds & (NAME_NOT | NAME_TITLE))
        end--;
    if (start >= end)
        return capitals_end(walk, i);
    bool after_in = i && WORD_IS(walk, i - 1, place_before) && joins(at(walk, i));
    bool person = end - start <= 4;
    for (size_t k = start; k < end; k++)
        person &= !at(walk, k)->upper && !at(walk, k)->digit &&
                  at(walk, k)->gap != GAP_AND;
    dateline_entity_type type = after_in ? DATELINE_PLACE
                                : person ? DATELINE_PERSON : DATELINE_MISC;
    emit(walk, start, end, type,
         walk->tokens->shouting || walk->nouns || end == start + 1);
    return end;
}

/* Scripts without capitals: only what the lists know. */
static size_t rule_uncased(const struct walk *walk, size_t i)
{
    const struct token *token = at(walk, i);
    uint32_t kinds = token->name_kinds;
    if (!token->name || !(kinds & (NAME_PLACE | NAME_NORP | NAME_ORG)))
        return i;
    emit(walk, i, i + token->name,
         kinds & NAME_PLACE ? DATELINE_PLACE
                            : kinds & NAME_ORG ? DATELINE_ORG : DATELINE_NORP,
         false);
    return i + token->name;
}

typedef size_t rule(const struct walk *walk, size_t i);

static rule *const rules[] = {
    rule_title, rule_whole, rule_org, rule_given, rule_listed, rule_kind,
    rule_acronym, rule_capitals,
};

/* A word that only begins the sentence begins no name. */
static bool only_opens(const struct token *token)
{
    return token->first && token->kinds & NAME_NOT && token->name < 2 &&
           token->org < 2 && !token->title && !(token->kinds & NAME_GIVEN);
}

/* Where the first rule that fits the words from i on ends, or i. */
static size_t rules_try(const struct walk *walk, size_t i)
{
    const struct token *token = at(walk, i);
    size_t end = i;
    if (token->uncased)
        return rule_uncased(walk, i);
    if (only_opens(token))
        return i;
    if (!token->capital)
        return token->title ? rule_title(walk, i) : i;
    for (size_t k = 0; k < sizeof rules / sizeof *rules && end == i; k++)
        end = rules[k](walk, i);
    return end;
}

void capitals_find(struct labels *labels, const struct tokens *tokens,
                   const char *text, bool nouns)
{
    struct walk walk = {labels, tokens, text, nouns};
    for (size_t i = 0; i < tokens->count;) {
        size_t end = rules_try(&walk, i);
        i = end > i ? end : i + 1;
    }
}
