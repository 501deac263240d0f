/* Segments go in, the names of the first that is a byline come out. */
#include "indexer/byline_line.h"

#include "common/language.h"
#include "common/text.h"

#include <string.h>

/* Where a written name ends: a mark, a digit, or the text. */
static size_t name_end(const char *text, size_t from, size_t length)
{
    static const char *const marks[] = {"|", "•", "–", "—", " - ", "@", "(", "·", ". ", NULL};
    size_t end = from;
    for (; end < length && !text_is_digit((unsigned char)text[end]); end++)
        for (size_t i = 0; marks[i]; i++)
            if (!strncmp(text + end, marks[i], strlen(marks[i])) && end > from + 2)
                return end;
    return end;
}

static bool is_day_name(const char *word)
{
    size_t count;
    const struct language *rows = language_all(&count);
    for (size_t i = 0; i < count; i++)
        if (byline_list_has(rows[i].weekdays, word))
            return true;
    return false;
}

/* "By Jane Doe", "11.12.2019 - von Jane Doe", "Posted by Jane": a short line of
 * its own whose first words, digits aside, are those of a byline. */
static bool read_byline(struct byline *out, const struct segment *s)
{
    struct text_word word;
    size_t at = 0, after = 0, capitals = 0;
    while (text_word(&word, s->text, s->length, &at)) {
        if (byline_is_word(word.term))
            after = word.end;
        else if (!word.digit && (after || !language_month(NULL, word.term)))
            break;
    }
    if (!after)
        return false;
    size_t end = name_end(s->text, after, s->length);
    for (at = after; text_word(&word, s->text, end, &at) && word.capital;)
        if (is_day_name(word.term) || (!capitals && language_month(NULL, word.term)))
            return false;
        else
            capitals++;
    if (capitals < 2 && !(capitals == 1 && end == s->length))
        return false;
    byline_split(out, arena_copy(out->arena, s->text + after, end - after));
    return out->count > 0;
}

void byline_line_read(struct byline *out, const struct segments *segments)
{
    for (size_t i = 0; i < segments->count; i++)
        if (segments->items[i].characters < 100 && !segments->items[i].heading &&
            !segments->items[i].figure && read_byline(out, &segments->items[i]))
            return;
}
