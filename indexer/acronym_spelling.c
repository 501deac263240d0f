/* Words and letters go in, the cheapest spelling comes out; where there is none,
 * the run of capitals that looks like the name. */
#include "indexer/acronym_spelling.h"

#include <string.h>

/* Where a long form begins, and how well it spells the short one. */
struct spelling {
    size_t part;
    unsigned cost;
    bool found;
};

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

static unsigned skip_cost(const struct acronym_part *part)
{
    return part->stop ? COST_SKIP_STOP : part->first ? COST_SKIP : COST_SKIP_PART;
}

/* For each count of letters from `want` on, the cost of taking them from the
 * part; taking none is not asked here. Letters are taken as early as possible. */
static size_t part_costs(unsigned costs[ACRONYM_LETTERS + 1],
                         const struct acronym_part *part, const char *want,
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
static struct spelling spelling_find(const struct acronym_window *window,
                                     const struct acronym_letters *letters)
{
    unsigned rest[ACRONYM_LETTERS + 1], costs[ACRONYM_LETTERS + 1];
    size_t m = letters->count;
    struct spelling best = {.cost = COST_NONE};
    for (size_t k = 0; k <= m; k++)
        rest[k] = k == m ? 0 : COST_NONE;
    for (size_t p = window->count; p-- > 0;) {
        const struct acronym_part *part = &window->parts[p];
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
static bool run_goes_on(const struct acronym_window *window, size_t p)
{
    const struct acronym_part *part = &window->parts[p];
    const struct acronym_part *before = p ? part - 1 : NULL;
    if (p + 1 < window->count &&
        (part->comma || (part->possessive && !acronym_is_owner(part))))
        return false;
    if (part->capital && !part->stop)
        return true;
    if (!part->joins || p + 1 == window->count || !before)
        return false;
    if (!strcmp(part->folded, "the") && !strcmp(before->folded, "and"))
        return false;
    return !acronym_is_title(before);
}

/* Where the run of capitalised words before the bracket begins. */
static size_t run_start(const struct acronym_window *window)
{
    size_t first = window->count;
    for (size_t p = window->count; p-- > 0 && run_goes_on(window, p);)
        if (window->parts[p].capital && !window->parts[p].stop)
            first = p;
    return first;
}

static size_t run_words(const struct acronym_window *window, size_t from)
{
    size_t words = 0;
    for (size_t p = from; p < window->count; p++)
        words += window->parts[p].first && !window->parts[p].stop;
    return words;
}

static bool run_tells_name(const struct acronym_window *window, size_t from)
{
    for (size_t p = from; p < window->count; p++)
        if (acronym_tells_name(&window->parts[p]))
            return true;
    return false;
}

/* "Minister Ann Arden" is a person, and what follows in brackets a party. */
static bool run_is_person(const struct acronym_window *window, size_t from)
{
    for (size_t p = from; p + 1 < window->count; p++)
        if (acronym_is_title(&window->parts[p]) && window->parts[p + 1].capital &&
            !acronym_tells_name(&window->parts[p + 1]))
            return true;
    return false;
}

/* How many of the letters are initials of the run, in any order: acronyms of
 * another language are often an anagram of the English one. */
static size_t run_shares(const struct acronym_window *window, size_t from,
                         const struct acronym_letters *letters)
{
    size_t shared = 0;
    bool used[ACRONYM_PARTS] = {false};
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
static bool run_fits(const struct acronym_window *window, size_t run,
                     const struct acronym_letters *letters)
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
static struct acronym_letters digits_spread(const struct acronym_letters *letters, bool repeat)
{
    struct acronym_letters spread = {.capitals = letters->capitals};
    for (size_t i = 0; i < letters->count; i++) {
        char c = letters->of[i];
        size_t times = 1;
        if (c >= '0' && c <= '9') {
            times = repeat && i && c >= '2' && c <= '4' ? (size_t)(c - '1') : 0;
            c = i ? letters->of[i - 1] : c;
        }
        for (; times && spread.count < ACRONYM_LETTERS; times--)
            spread.of[spread.count++] = c;
    }
    return spread;
}

static bool is_spelt(const struct spelling *spelling,
                     const struct acronym_letters *letters)
{
    return spelling->found && spelling->cost <= 10 * letters->count;
}

/* The spelling of a short form, its digits read in each way. */
static struct spelling spelling_read(const struct acronym_window *window,
                                     struct acronym_letters *letters)
{
    struct spelling spelling = spelling_find(window, letters);
    for (int repeat = 1; repeat >= 0 && !is_spelt(&spelling, letters); repeat--) {
        struct acronym_letters spread = digits_spread(letters, repeat);
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
size_t acronym_long_start(const struct acronym_window *window,
                          struct acronym_letters *letters)
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

/* Does the long form fill the window but for a leading "the"? */
bool acronym_fills(const struct acronym_window *window,
                   struct acronym_letters *letters)
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
