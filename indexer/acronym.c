/* A text goes in; where it says that a short form stands for a long one comes
 * out. One walk over the brackets, and for each a look at the few words before
 * it, so the cost is linear in the text whatever it holds. */
#include "indexer/acronym.h"

#include "common/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHORT_BYTES = 24,   /* of a short form */
    SHORT_LETTERS = 12, /* of it that count */
    INNER_BYTES = 160,  /* between brackets */
    WINDOW_BYTES = 400, /* before the bracket */
    MOST_PARTS = 32     /* words before the bracket, hyphens split */
};

/* A word before the bracket, or a piece of one between hyphens. */
struct part {
    size_t start, end;     /* bytes of the text, without quotes */
    char folded[32];       /* letters and digits only */
    size_t length;         /* of folded */
    bool first;            /* of its word, not after a hyphen */
    bool capital;
    bool stop;             /* "of", "the", "and": may be skipped */
    bool joins;            /* may stand inside a name: "of", not "by" */
    bool possessive;       /* ends with 's */
    bool comma;            /* a comma or quote follows or stands before it */
};

struct window {
    struct part parts[MOST_PARTS];
    size_t count;
};

/* What letters a short form wants spelt. */
struct letters {
    char of[SHORT_LETTERS + 1];
    size_t count, capitals;
};

/* Where a long form begins, and how well it spells the short one. */
struct spelling {
    size_t part;
    unsigned cost;
    bool found;
};

/* ------------------------------------------------------------------- words */

/* Words that may be skipped in spelling; true: they also hold a name together.
 * English, Spanish, Portuguese, French, Italian, German, Dutch. */
static const struct {
    const char *word;
    bool joins;
} stop_words[] = {
    {"of", true},   {"the", true},  {"for", true},  {"and", true},
    {"de", true},   {"la", true},   {"le", true},   {"les", true},
    {"del", true},  {"des", true},  {"du", true},   {"da", true},
    {"do", true},   {"dos", true},  {"das", true},  {"di", true},
    {"della", true},{"el", true},   {"los", true},  {"las", true},
    {"y", true},    {"e", true},    {"et", true},   {"und", true},
    {"der", true},  {"die", true},  {"fur", true},  {"van", true},
    {"voor", true}, {"en", true},   {"pour", true}, {"para", true},
    {"in", true},   {"on", true},   {"to", true},   {"against", true},
    {"with", true}, {"a", false},   {"an", false},  {"at", false},
    {"by", false},  {"from", false},{"or", false},  {"d", true},
    {"l", true},    {"per", true},  {"under", false},
    {"plc", true},  {"ltd", true},  {"inc", true},  {"limited", true},
    {"co", true},   {"corp", true}, {"llc", true},  {"gmbh", true},
};

/* Who stands before "of the Council" and is no part of its name. */
static const char *const titles[] = {
    "president", "director",  "general",  "minister", "secretary",    "head",
    "chief",     "chairman",  "chairwoman", "chair",  "governor",     "leader",
    "ambassador", "commissioner", "member", "members", "spokesperson",
    "spokesman", "spokeswoman", "coordinator", "representative", "chancellor",
    "prochancellor", "officer", "manager",
};

/* Whose 's stands inside a name. */
static const char *const owners[] = {
    "peoples", "womens", "childrens", "mens", "workers", "citizens", "worlds",
    "teachers", "farmers", "students", "lawyers",
};

/* Beginnings of words that tell an organisation (or a programme, a law) whose
 * acronym is another language's. "=": the whole word. */
static const char *const name_stems[] = {
    "ministr=",   "ministry",  "ministeri", "council", "consej",  "conseil",
    "bank=",      "banco",     "banque",    "party",   "partido", "parti=",
    "agency",     "agencia",   "agence",    "institut","commission", "comision",
    "authorit",   "court",     "tribunal",  "police",  "board=",  "movement",
    "movimient",  "federation","federaci",  "office",  "oficina", "directorate",
    "direccion",  "union",     "system",    "association", "asociaci",
    "organi",     "zone",      "centre",    "center",  "centro",  "observator",
    "corporation","company",   "society",   "chamber", "camara",  "service",
    "servicio",   "department","front=",    "frente",  "universit","army",
    "force",      "republic",  "entity",    "coordinat","unit=",  "agreement",
    "alliance",   "congress",  "assembly",  "secretariat", "fund=", "fondo",
    "foundation", "fundaci",   "committee", "confederation", "network", "forum",
    "programme=", "program=",  "league",    "club=",   "group=",  "school",
    "hospital",   "registry",  "superintend", "prosecutor", "tax=", "code=",
    "trust=",     "academy",   "mechanism", "administration", "enterprise",
    "airline",    "airways",   "railway",   "television", "radio=", "guard=",
    "brigade",    "intelligence", "communists", "workers", "treaty", "test=",
    "statistic",  "insurance", "initiative",
};

static bool is_one_of(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(words[i], word))
            return true;
    return false;
}

static bool is_title(const struct part *part)
{
    return is_one_of(titles, sizeof titles / sizeof *titles, part->folded);
}

static bool is_owner(const struct part *part)
{
    return is_one_of(owners, sizeof owners / sizeof *owners, part->folded);
}

static bool is_stem(const char *word, const char *stem)
{
    size_t length = strlen(stem);
    if (stem[length - 1] == '=')
        return strlen(word) == length - 1 && !memcmp(word, stem, length - 1);
    return !strncmp(word, stem, length);
}

static bool tells_name(const struct part *part)
{
    for (size_t i = 0; i < sizeof name_stems / sizeof *name_stems; i++)
        if (is_stem(part->folded, name_stems[i]))
            return true;
    return false;
}

static void part_look_up(struct part *part)
{
    for (size_t i = 0; i < sizeof stop_words / sizeof *stop_words; i++)
        if (!strcmp(part->folded, stop_words[i].word)) {
            part->stop = true;
            part->joins = stop_words[i].joins;
            return;
        }
}

/* Letters and digits of text[start, end), folded, without marks. */
static void part_fold(struct part *part, const char *text)
{
    struct arena scratch = ARENA_INIT;
    const char *from = text + part->start;
    size_t length = part->end - part->start;
    bool plain = true;
    for (size_t i = 0; i < length; i++)
        plain &= !(from[i] & 0x80);
    if (!plain) {
        from = text_fold_marks(&scratch, from, length);
        length = strlen(from);
    }
    for (size_t i = 0; i < length && part->length + 1 < sizeof part->folded; i++) {
        unsigned char c = (unsigned char)from[i];
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
            part->folded[part->length++] = (char)(c | 0x20);
        else if ((c >= '0' && c <= '9') || c >= 0x80)
            part->folded[part->length++] = (char)c;
    }
    part->folded[part->length] = '\0';
    arena_release(&scratch);
}

/* ------------------------------------------------------------------ window */

static bool is_mark(const char *text, size_t at, size_t end, size_t *size)
{
    uint32_t c = text_decode(text + at, end - at, size);
    return !text_is_letter(c) && !text_is_digit(c) && c != '&';
}

static size_t character_before(const char *text, size_t at)
{
    return text_boundary(text, at, at - 1);
}

/* True when a sentence ends with the byte before `at`: "word. ". An initial or
 * a short title with a point ends none. */
static bool ends_sentence(const char *text, size_t from, size_t at)
{
    char last = text[at - 1];
    if (last == ';' || last == ':' || last == '!' || last == '?')
        return true;
    if (last != '.')
        return false;
    size_t letters = 0;
    for (size_t i = at - 1; i > from && text[i - 1] != ' ' && text[i - 1] != '.'; i--)
        letters++;
    return letters > 3;
}

/* Where the words that may be a long form begin: after the last newline,
 * bracket or sentence end before the bracket at `bracket`. */
static size_t window_start(const char *text, size_t from, size_t bracket)
{
    size_t least = bracket > WINDOW_BYTES ? bracket - WINDOW_BYTES : 0;
    if (least < from)
        least = from;
    size_t at = bracket;
    for (; at > least; at--) {
        char c = text[at - 1];
        if (c == '\n' || c == '(' || c == ')' || c == '[' || c == ']')
            break;
        if (c == ' ' && at - 1 > least && at < bracket &&
            ends_sentence(text, least, at - 1))
            break;
    }
    while (at < bracket && (text[at] & 0xc0) == 0x80)
        at++;
    /* a cut word is no word */
    if (at == least && at > from && at < bracket)
        while (at < bracket && text[at] != ' ')
            at++;
    return at;
}

static bool part_is_possessive(const char *text, size_t start, size_t end)
{
    return (end - start > 2 && text[end - 1] == 's' && text[end - 2] == '\'') ||
           (end - start > 4 && text[end - 1] == 's' &&
            !memcmp(text + end - 4, "\u2019", 3));
}

/* One part of text[start, end); false when it holds no letter. */
static bool part_read(struct part *part, const char *text, size_t start,
                      size_t end)
{
    size_t size, right = end, left = start;
    while (left < right && is_mark(text, left, end, &size))
        left += size;
    while (right > left && is_mark(text, character_before(text, right), right, &size))
        right = character_before(text, right);
    *part = (struct part){.start = left, .end = right};
    if (left == right)
        return false;
    part->capital = text_is_upper(text_decode(text + left, right - left, &size)) ||
                    text_is_digit(text_decode(text + left, right - left, &size));
    part->possessive = part_is_possessive(text, left, right);
    part->comma = right < end && text[right] == ',';
    part_fold(part, text);
    part_look_up(part);
    return part->length > 0;
}

/* Reads words backwards from the bracket, so that a full window keeps the last
 * of them. */
static void window_read(struct window *window, const char *text, size_t start,
                        size_t end)
{
    struct part back[MOST_PARTS];
    size_t count = 0, at = end;
    while (at > start && count < MOST_PARTS) {
        size_t word_end = at;
        while (at > start && text[at - 1] != ' ' && text[at - 1] != '-' &&
               text[at - 1] != '/')
            at--;
        bool first = at == start || text[at - 1] == ' ';
        if (part_read(&back[count], text, at, word_end)) {
            back[count].first = first;
            count++;
        }
        at -= at > start;
    }
    window->count = count;
    for (size_t i = 0; i < count; i++)
        window->parts[i] = back[count - 1 - i];
}

/* ---------------------------------------------------------------- spelling */

/* Costs of a spelling: an initial is free, the letters that follow it nearly
 * so, a letter from within a word is dear, and so is a word left out. */
enum {
    COST_NEXT = 2,      /* the letter after one that was used */
    COST_WITHIN = 8,    /* a letter further on in a word that was used */
    COST_INSIDE = 14,   /* a word used, but not from its initial */
    COST_SKIP = 16,     /* a word that gives no letter */
    COST_SKIP_PART = 3, /* a part after a hyphen that gives none */
    COST_SKIP_STOP = 1, /* such a stop word */
    COST_STOP = 3,      /* a stop word that gives a letter */
    COST_NONE = 1 << 20
};

static unsigned skip_cost(const struct part *part)
{
    return part->stop ? COST_SKIP_STOP : part->first ? COST_SKIP : COST_SKIP_PART;
}

/* For each count of letters from `want` on, the cost of taking them from the
 * part; taking none is not asked here. Letters are taken as early as possible. */
static size_t part_costs(unsigned costs[SHORT_LETTERS + 1],
                         const struct part *part, const char *want,
                         bool from_initial)
{
    size_t taken = 0, last = 0;
    unsigned cost = part->stop ? COST_STOP : 0;
    for (size_t i = 0; i < part->length && want[taken]; i++) {
        if (part->folded[i] != want[taken]) {
            if (!i && from_initial)
                return 0;
            continue;
        }
        if (!taken)
            cost += i ? COST_INSIDE : 0;
        else
            cost += i == last + 1 ? COST_NEXT : COST_WITHIN;
        last = i;
        costs[++taken] = cost;
    }
    return taken;
}

/* The cheapest way to spell the letters with the parts from one on to the last:
 * rest[k], read from the last part backwards, is the cost of spelling letter k
 * and all that follow. Earlier starts win only by being cheaper. */
static struct spelling spelling_find(const struct window *window,
                                     const struct letters *letters)
{
    unsigned rest[SHORT_LETTERS + 1], costs[SHORT_LETTERS + 1];
    size_t m = letters->count;
    struct spelling best = {.cost = COST_NONE};
    for (size_t k = 0; k <= m; k++)
        rest[k] = k == m ? 0 : COST_NONE;
    for (size_t p = window->count; p-- > 0;) {
        const struct part *part = &window->parts[p];
        size_t most = part_costs(costs, part, letters->of, true);
        for (size_t j = 1; j <= most && !part->stop; j++)
            if (costs[j] + rest[j] < best.cost) {
                best.cost = costs[j] + rest[j];
                best.part = p;
                best.found = true;
            }
        for (size_t k = 0; k <= m; k++) {
            unsigned least = rest[k] + skip_cost(part);
            size_t taken = part_costs(costs, part, letters->of + k, false);
            for (size_t j = 1; j <= taken; j++)
                if (costs[j] + rest[k + j] < least)
                    least = costs[j] + rest[k + j];
            rest[k] = least < COST_NONE ? least : COST_NONE;
        }
    }
    return best;
}

/* --------------------------------------------------------------- long form */

/* May the run go on to the left of part p + 1, over part p? A comma, somebody's
 * 's, "and the" and "Director of the" part names. */
static bool run_goes_on(const struct window *window, size_t p)
{
    const struct part *part = &window->parts[p];
    const struct part *before = p ? part - 1 : NULL;
    if (p + 1 < window->count &&
        (part->comma || (part->possessive && !is_owner(part))))
        return false;
    if (part->capital && !part->stop)
        return true;
    if (!part->joins || p + 1 == window->count || !before)
        return false;
    if (!strcmp(part->folded, "the") && !strcmp(before->folded, "and"))
        return false;
    return !is_title(before);
}

/* Where the run of capitalised words before the bracket begins. */
static size_t run_start(const struct window *window)
{
    size_t first = window->count;
    for (size_t p = window->count; p-- > 0 && run_goes_on(window, p);)
        if (window->parts[p].capital && !window->parts[p].stop)
            first = p;
    return first;
}

static size_t run_words(const struct window *window, size_t from)
{
    size_t words = 0;
    for (size_t p = from; p < window->count; p++)
        words += window->parts[p].first && !window->parts[p].stop;
    return words;
}

static bool run_tells_name(const struct window *window, size_t from)
{
    for (size_t p = from; p < window->count; p++)
        if (tells_name(&window->parts[p]))
            return true;
    return false;
}

/* "Minister Ann Arden" is a person, and what follows in brackets a party. */
static bool run_is_person(const struct window *window, size_t from)
{
    for (size_t p = from; p + 1 < window->count; p++)
        if (is_title(&window->parts[p]) && window->parts[p + 1].capital &&
            !tells_name(&window->parts[p + 1]))
            return true;
    return false;
}

/* How many of the letters are initials of the run, in any order: acronyms of
 * another language are often an anagram of the English one. */
static size_t run_shares(const struct window *window, size_t from,
                         const struct letters *letters)
{
    size_t shared = 0;
    bool used[MOST_PARTS] = {false};
    for (size_t k = 0; k < letters->count; k++)
        for (size_t p = from; p < window->count; p++)
            if (!used[p] && window->parts[p].folded[0] == letters->of[k]) {
                used[p] = true;
                shared++;
                break;
            }
    return shared;
}

/* An acronym of another language: does the run before it look like its name? */
static bool run_fits(const struct window *window, size_t run,
                     const struct letters *letters)
{
    size_t words = run_words(window, run);
    size_t shared = run_shares(window, run, letters);
    if (words < 2 || words > 12 || run_is_person(window, run))
        return false;
    if (shared == letters->count && letters->capitals >= 2)
        return true;
    if (letters->capitals < 3 && letters->count < 5)
        return false;
    return run_tells_name(window, run) || 3 * shared >= 2 * letters->count;
}

/* "B3W" is "BBBW" (Build Back Better World), "P4P" or "CO2" its letters alone. */
static struct letters digits_spread(const struct letters *letters, bool repeat)
{
    struct letters spread = {.capitals = letters->capitals};
    for (size_t i = 0; i < letters->count; i++) {
        char c = letters->of[i];
        size_t times = 1;
        if (c >= '0' && c <= '9') {
            times = repeat && i && c >= '2' && c <= '4' ? (size_t)(c - '1') : 0;
            c = i ? letters->of[i - 1] : c;
        }
        for (; times && spread.count < SHORT_LETTERS; times--)
            spread.of[spread.count++] = c;
    }
    return spread;
}

static bool is_spelt(const struct spelling *spelling,
                     const struct letters *letters)
{
    return spelling->found && spelling->cost <= 10 * letters->count;
}

/* The spelling of a short form, its digits read in each way. */
static struct spelling spelling_read(const struct window *window,
                                     struct letters *letters)
{
    struct spelling spelling = spelling_find(window, letters);
    for (int repeat = 1; repeat >= 0 && !is_spelt(&spelling, letters); repeat--) {
        struct letters spread = digits_spread(letters, repeat);
        if (spread.count < 2 || !strcmp(spread.of, letters->of))
            break;
        struct spelling other = spelling_find(window, &spread);
        if (is_spelt(&other, &spread) &&
            (!repeat || other.cost < 2 * spread.count)) {
            *letters = spread;
            return other;
        }
    }
    return spelling;
}

/* The first part of the long form, or window->count when there is none. A clean
 * spelling says where it begins; a poor one only that there is one, which then
 * is the whole run of capitals. */
static size_t long_start(const struct window *window, struct letters *letters)
{
    size_t run = run_start(window), words = run_words(window, run);
    struct spelling spelt = spelling_read(window, letters);
    if (spelt.found && spelt.cost < 2 * letters->count)
        return spelt.part;
    if (is_spelt(&spelt, letters)) {
        bool capitals = words >= 2 && words <= 12;
        bool lower = !window->parts[spelt.part].capital;
        return capitals && (spelt.part >= run || lower) ? run : spelt.part;
    }
    return run_fits(window, run, letters) ? run : window->count;
}

/* -------------------------------------------------------------- short form */

/* Trims white space, quotes and the like at both ends. */
static dateline_span trimmed(const char *text, size_t start, size_t end)
{
    size_t size;
    while (start < end && is_mark(text, start, end, &size))
        start += size;
    while (end > start && is_mark(text, character_before(text, end), end, &size))
        end = character_before(text, end);
    return (dateline_span){start, end};
}

/* Its letters, folded; a plural s and a possessive are left out ("NGOs"). */
static struct letters letters_read(const char *text, dateline_span span)
{
    struct letters letters = {.count = 0};
    size_t end = span.end;
    if (part_is_possessive(text, span.start, end))
        end = text_boundary(text, end, end - 2);
    if (end - span.start > 2 && text[end - 1] == 's' &&
        text[end - 2] >= 'A' && text[end - 2] <= 'Z')
        end--;
    struct part part = {.start = span.start, .end = end};
    part_fold(&part, text);
    for (size_t i = 0; i < part.length && letters.count < SHORT_LETTERS; i++)
        letters.of[letters.count++] = part.folded[i];
    for (size_t at = span.start, size; at < end; at += size)
        letters.capitals += text_is_upper(text_decode(text + at, end - at, &size));
    return letters;
}

/* "NCRI", "MoCD", "DDC Cusco", "G20", but no sentence, number or date. */
static bool is_short(const char *text, dateline_span span)
{
    size_t size, spaces = 0, letters = 0;
    if (span.end - span.start < 2 || span.end - span.start > SHORT_BYTES)
        return false;
    for (size_t at = span.start; at < span.end; at += size) {
        uint32_t c = text_decode(text + at, span.end - at, &size);
        spaces += c == ' ';
        letters += text_is_letter(c);
        if (c == '\n' || c == '=' || c == '@' || c == '%')
            return false;
    }
    struct letters read = letters_read(text, span);
    uint32_t first = text_decode(text + span.start, span.end - span.start, &size);
    return spaces < 2 && letters > 1 && read.capitals && text_is_letter(first);
}

/* The first name in the brackets: up to a comma, slash, "or", "in Spanish". */
static dateline_span first_name(const char *text, size_t start, size_t end)
{
    static const char *const ends[] = {" or ", " by ", " in ", " for ", " from ",
                                       " - ", " \u2013 "};
    size_t stop = start;
    while (stop < end && !strchr(";,/", text[stop]))
        stop++;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *found = memmem(text + start, stop - start, ends[i],
                                   strlen(ends[i]));
        if (found)
            stop = (size_t)(found - text);
    }
    return trimmed(text, start, stop);
}

/* "BULAWAYO, Jun 21 2022 (IPS) - ": a wire, not a short name. */
static bool is_wire(const struct window *window, const char *text, size_t start,
                    dateline_span name)
{
    const struct part *last = &window->parts[window->count - 1];
    char figure = last->folded[0];
    return (start == 0 || text[start - 1] == '\n') && figure >= '0' &&
           figure <= '9' && !memchr(text + name.start, figure, name.end - name.start);
}

/* "Communist Party (Marxist)": a word, and no short form. */
static bool is_adherent(const char *text, dateline_span name,
                        const struct letters *letters)
{
    return letters->capitals == 1 && name.end - name.start > 4 &&
           !memcmp(text + name.end - 3, "ist", 3);
}

/* ------------------------------------------------------------- definitions */

struct finder {
    struct acronym *items;
    size_t count, room;
    struct arena *arena;
    const char *text;
    size_t length;
};

static void finder_add(struct finder *finder, dateline_span short_form,
                       dateline_span long_form)
{
    struct acronym *acronym = arena_push(finder->arena, &finder->items,
                                         &finder->count, &finder->room);
    if (part_is_possessive(finder->text, long_form.start, long_form.end))
        long_form.end = text_boundary(finder->text, finder->length,
                                      long_form.end - 2);
    acronym->short_form = short_form;
    acronym->long_form = long_form;
}

static dateline_span window_span(const struct window *window, size_t part)
{
    return (dateline_span){window->parts[part].start,
                           window->parts[window->count - 1].end};
}

/* The short form is a word of the long one: nothing is defined. */
static bool holds(const struct window *window, size_t from, const char *text,
                  dateline_span name)
{
    size_t length = name.end - name.start;
    for (size_t p = from; p < window->count; p++) {
        const struct part *part = &window->parts[p];
        if (part->end - part->start == length &&
            !memcmp(text + part->start, text + name.start, length))
            return true;
    }
    return false;
}

/* The long form of a short one, before byte `at`. */
static bool long_before(dateline_span *long_form, const struct finder *finder,
                        dateline_span name, size_t at)
{
    const char *text = finder->text;
    struct window window;
    size_t start = window_start(text, 0, at);
    window_read(&window, text, start, at);
    struct letters letters = letters_read(text, name);
    if (!window.count || is_wire(&window, text, start, name) ||
        is_adherent(text, name, &letters))
        return false;
    size_t part = long_start(&window, &letters);
    if (part == window.count || holds(&window, part, text, name))
        return false;
    *long_form = window_span(&window, part);
    return long_form->end - long_form->start > name.end - name.start;
}

/* "(PMOI/MEK)", "(PMOI or MEK)", "(PMOI, also known as MEK)": what follows the
 * first name is another name of the same. */
static void define_others(struct finder *finder, size_t at, size_t close,
                          dateline_span long_form)
{
    static const char *const links[] = {"/", " / ", " or ", ", or ",
                                        " also known as ", ", also known as ",
                                        ", a.k.a. ", ", aka "};
    const char *text = finder->text;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        size_t length = strlen(links[i]);
        if (close - at <= length || memcmp(text + at, links[i], length))
            continue;
        dateline_span name = first_name(text, at + length, close);
        if (is_short(text, name) && letters_read(text, name).capitals > 1) {
            finder_add(finder, name, long_form);
            at = name.end;
            i = (size_t)-1;
        }
    }
}

/* "National Council (NC)": the long form stands before the bracket. */
static bool define_after(struct finder *finder, size_t open, size_t close)
{
    dateline_span name = first_name(finder->text, open + 1, close), long_form;
    if (!is_short(finder->text, name) ||
        !long_before(&long_form, finder, name, open))
        return false;
    finder_add(finder, name, long_form);
    define_others(finder, name.end, close, long_form);
    return true;
}

/* Does the long form fill the window but for a leading "the"? */
static bool fills(const struct window *window, struct letters *letters)
{
    size_t first = window->parts[0].stop ? 1 : 0;
    if (window->count < first + 2)
        return false;
    struct spelling spelt = spelling_read(window, letters);
    if (spelt.found && spelt.part == first && spelt.cost <= 6 * letters->count)
        return true;
    return letters->capitals > 2 && run_start(window) == first &&
           run_fits(window, first, letters);
}

/* "NC (National Council)": the short form stands before it. */
static bool define_before(struct finder *finder, size_t open, size_t close)
{
    const char *text = finder->text;
    struct window window, inner;
    window_read(&window, text, window_start(text, 0, open), open);
    if (!window.count)
        return false;
    size_t last = window.count - 1;
    while (last && !window.parts[last].first)
        last--;
    dateline_span name = window_span(&window, last);
    struct letters letters = letters_read(text, name);
    if (!is_short(text, name) || letters.capitals < 2)
        return false;
    window_read(&inner, text, open + 1, close);
    if (!inner.count || !fills(&inner, &letters))
        return false;
    finder_add(finder, name, window_span(&inner, inner.parts[0].stop ? 1 : 0));
    return true;
}

static void find_brackets(struct finder *finder)
{
    const char *text = finder->text;
    size_t length = finder->length;
    for (size_t at = 0; at < length; at++) {
        const char *bracket = memchr(text + at, '(', length - at);
        if (!bracket)
            return;
        size_t open = (size_t)(bracket - text), close = open + 1;
        while (close < length && close - open < INNER_BYTES &&
               text[close] != '(' && text[close] != ')' && text[close] != '\n')
            close++;
        at = open;
        if (close < length && text[close] == ')' &&
            (define_after(finder, open, close) ||
             define_before(finder, open, close)))
            at = close;
    }
}

/* "the National Council, also known as the NC, ...": what follows the words up
 * to the next mark is the short form; `clean`: only if its initials say so. */
static void find_words(struct finder *finder, const char *words, bool clean)
{
    const char *text = finder->text;
    size_t length = finder->length, size = strlen(words);
    for (const char *at = text;
         (at = memmem(at, length - (size_t)(at - text), words, size)); at += size) {
        size_t start = (size_t)(at - text) + size, end = start;
        if (length - start > 4 && !memcmp(text + start, "the ", 4))
            end = start += 4;
        while (end < length && end - start <= SHORT_BYTES &&
               !strchr(" ,.;:)\n", text[end]))
            end++;
        dateline_span name = trimmed(text, start, end), long_form;
        struct letters letters;
        if (!is_short(text, name) ||
            (letters = letters_read(text, name)).capitals < 2 ||
            (clean && letters.capitals < letters.count) ||
            !long_before(&long_form, finder, name, (size_t)(at - text)))
            continue;
        size_t spaces = 0;
        for (size_t i = long_form.start; i < long_form.end; i++)
            spaces += text[i] == ' ';
        if (!clean || (spaces && spaces + 1 >= letters.count))
            finder_add(finder, name, long_form);
    }
}

/* By place, for the walks above come one after another. */
static int acronym_compare(const void *left, const void *right)
{
    const struct acronym *a = left, *b = right;
    return (a->short_form.start > b->short_form.start) -
           (a->short_form.start < b->short_form.start);
}

size_t acronym_find(struct acronym **out, struct arena *arena, const char *text,
                    size_t length)
{
    struct finder finder = {.arena = arena, .text = text, .length = length};
    find_brackets(&finder);
    find_words(&finder, ", also known as ", false);
    find_words(&finder, ", better known as ", false);
    find_words(&finder, ", or ", true);
    if (finder.count > 1)
        qsort(finder.items, finder.count, sizeof *finder.items, acronym_compare);
    *out = finder.items;
    return finder.count;
}
