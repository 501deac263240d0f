/* Text and values go in, candidates come out, each day once an origin. */
#include "indexer/candidate.h"

#include "common/ascii.h"
#include "common/text.h"

#include <string.h>

void candidate_add(struct candidates *out, struct candidate candidate,
                   dateline_origin from)
{
    dateline_date *date = &candidate.date;
    if (date->year < 1900)
        return;
    date->from = from;
    for (size_t i = 0; i < out->count; i++) {
        struct candidate *other = &out->items[i];
        if (date_compare(&other->date, date) || other->date.from != from)
            continue;
        other->shown |= candidate.shown;
        return;
    }
    if (out->count < MOST_CANDIDATES)
        *(struct candidate *)arena_push(out->arena, &out->items, &out->count, &out->room) =
            candidate;
}

bool candidate_is_other(const char *text, size_t length)
{
    static const char *const words[] = {
        "updat", "modif", "aktualisiert", "zuletzt", "nderung", "mis \xc3\xa0 jour",
        "actualiz", "aggiornat", "bijgewerkt", "uppdaterad", "oppdatert",
        "reviewed", "next review", NULL};
    return ascii_find_any(text, length, words);
}

/* "3/4/2021" and "3-4-21", both figures possible months. */
static bool reads_either_way(const char *text, size_t length, const dateline_date *date)
{
    size_t digits = 0;
    while (digits < length && text_is_digit((unsigned char)text[digits]))
        digits++;
    return (digits == 1 || digits == 2) && digits < length &&
           (text[digits] == '/' || text[digits] == '-') && date->day <= 12 &&
           date->day != date->month;
}

bool candidate_from_text(struct candidates *out, const char *text, size_t length,
                         dateline_origin from, bool shown)
{
    enum { LABEL = 28 };
    dateline_date date;
    size_t at = 0, start, end, before = 0;
    while (date_find(&date, out->arena, text, length, &at, &start, &end, out->order, NULL)) {
        size_t label = start - before > LABEL ? start - LABEL : before;
        if (date.precision == DATELINE_DAY && !candidate_is_other(text + label, start - label)) {
            bool either = reads_either_way(text + start, end - start, &date);
            struct candidate found = {date, shown, either};
            candidate_add(out, found, from);
            return true;
        }
        before = at;
    }
    return false;
}

bool candidate_from_value(struct candidates *out, const char *value, dateline_origin from)
{
    dateline_date date;
    if (!date_parse(&date, out->arena, value, out->order) ||
        date.precision != DATELINE_DAY)
        return candidate_from_text(out, value, strlen(value), from, false);
    size_t start = strspn(value, " \t\r\n");
    bool either = reads_either_way(value + start, strlen(value + start), &date);
    struct candidate found = {date, false, either};
    candidate_add(out, found, from);
    return true;
}
