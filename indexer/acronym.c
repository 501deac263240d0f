/* A text goes in; where it says that a short form stands for a long one comes
 * out. One walk over the brackets, and for each a look at the few words before
 * it, so the cost is linear in the text whatever it holds. */
#include "indexer/acronym.h"

#include "common/text.h"
#include "indexer/acronym_spelling.h"
#include "indexer/acronym_window.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHORT_BYTES = 24, /* of a short form */
    INNER_BYTES = 160 /* between brackets */
};

/* -------------------------------------------------------------- short form */

/* Trims white space, quotes and the like at both ends. */
static dateline_span trimmed(const char *text, size_t start, size_t end)
{
    size_t size;
    while (start < end && acronym_is_mark(text, start, end, &size))
        start += size;
    while (end > start && acronym_is_mark(text, acronym_before(text, end), end,
                                          &size))
        end = acronym_before(text, end);
    return (dateline_span){start, end};
}

/* Its letters, folded; a plural s and a possessive are left out ("NGOs"). */
static struct acronym_letters letters_read(const char *text, dateline_span span)
{
    struct acronym_letters letters = {.count = 0};
    size_t end = span.end;
    if (acronym_is_possessive(text, span.start, end))
        end = text_boundary(text, end, end - 2);
    if (end - span.start > 2 && text[end - 1] == 's' &&
        text[end - 2] >= 'A' && text[end - 2] <= 'Z')
        end--;
    struct acronym_part part = {.start = span.start, .end = end};
    acronym_part_fold(&part, text);
    for (size_t i = 0; i < part.length && letters.count < ACRONYM_LETTERS; i++)
        letters.of[letters.count++] = part.folded[i];
    for (size_t at = span.start, size; at < end; at += size)
        letters.capitals += text_is_upper(text_decode(text + at, end - at,
                                                      &size));
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
    struct acronym_letters read = letters_read(text, span);
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
static bool is_wire(const struct acronym_window *window, const char *text,
                    size_t start,
                    dateline_span name)
{
    const struct acronym_part *last = &window->parts[window->count - 1];
    char figure = last->folded[0];
    return (start == 0 || text[start - 1] == '\n') && figure >= '0' &&
           figure <= '9' && !memchr(text + name.start, figure,
                                    name.end - name.start);
}

/* "Communist Party (Marxist)": a word, and no short form. */
static bool is_adherent(const char *text, dateline_span name,
                        const struct acronym_letters *letters)
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
    if (acronym_is_possessive(finder->text, long_form.start, long_form.end))
        long_form.end = text_boundary(finder->text, finder->length,
                                      long_form.end - 2);
    acronym->short_form = short_form;
    acronym->long_form = long_form;
}

static dateline_span window_span(const struct acronym_window *window, size_t part)
{
    return (dateline_span){window->parts[part].start,
                           window->parts[window->count - 1].end};
}

/* The short form is a word of the long one: nothing is defined. */
static bool holds(const struct acronym_window *window, size_t from,
                  const char *text,
                  dateline_span name)
{
    size_t length = name.end - name.start;
    for (size_t p = from; p < window->count; p++) {
        const struct acronym_part *part = &window->parts[p];
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
    struct acronym_window window;
    size_t start = acronym_window_start(text, 0, at);
    acronym_window_read(&window, text, start, at);
    struct acronym_letters letters = letters_read(text, name);
    if (!window.count || is_wire(&window, text, start, name) ||
        is_adherent(text, name, &letters))
        return false;
    size_t part = acronym_long_start(&window, &letters);
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

/* "NC (National Council)": the short form stands before it. */
static bool define_before(struct finder *finder, size_t open, size_t close)
{
    const char *text = finder->text;
    struct acronym_window window, inner;
    acronym_window_read(&window, text, acronym_window_start(text, 0, open), open);
    if (!window.count)
        return false;
    size_t last = window.count - 1;
    while (last && !window.parts[last].first)
        last--;
    dateline_span name = window_span(&window, last);
    struct acronym_letters letters = letters_read(text, name);
    if (!is_short(text, name) || letters.capitals < 2)
        return false;
    acronym_window_read(&inner, text, open + 1, close);
    if (!inner.count || !acronym_fills(&inner, &letters))
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
         (at = memmem(at, length - (size_t)(at - text), words,
                      size)); at += size) {
        size_t start = (size_t)(at - text) + size, end = start;
        if (length - start > 4 && !memcmp(text + start, "the ", 4))
            end = start += 4;
        while (end < length && end - start <= SHORT_BYTES &&
               !strchr(" ,.;:)\n", text[end]))
            end++;
        dateline_span name = trimmed(text, start, end), long_form;
        struct acronym_letters letters;
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
