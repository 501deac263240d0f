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

/* How many words with a capital follow at once; 0 where they are a day. */
static size_t count_capitals(const char *text, size_t at, size_t end, bool *upper)
{
    struct text_word word;
    size_t capitals = 0;
    for (*upper = true; text_word(&word, text, end, &at) && word.capital; capitals++) {
        if (language_is_weekday(word.term) || (!capitals && language_month(NULL, word.term)))
            return 0;
        *upper = *upper && word.upper;
    }
    return capitals;
}

/* A name alone is one before a mark, or the end: "Posted by Jane | 17 October".
 * Before a comma only an agency's: "By HNA, Sandholm". */
static bool ends_name(const char *text, size_t end, size_t length, bool upper)
{
    if (end == length)
        return true;
    return strchr("|@(", text[end]) || (upper && text[end] == ',');
}

/* "By Jane Doe", "11.12.2019 - von Jane Doe", "Posted by Jane": the first words,
 * digits aside, are those of a byline. */
static bool read_part(struct byline *out, const char *text, size_t length)
{
    struct text_word word;
    size_t at = 0, after = 0;
    while (text_word(&word, text, length, &at)) {
        if (byline_is_word(word.term))
            after = word.end;
        else if (!word.digit && (after || !language_month(NULL, word.term)))
            break;
    }
    if (!after)
        return false;
    bool upper;
    size_t end = name_end(text, after, length);
    size_t capitals = count_capitals(text, after, end, &upper);
    size_t comma = after + strcspn(text + after, ",");
    if (capitals == 1 && comma < end)
        end = comma;
    if (capitals < 2 && !(capitals == 1 && ends_name(text, end, length, upper)))
        return false;
    byline_split(out, arena_copy(out->arena, text + after, end - after));
    return out->count > 0;
}

/* "作者：王小明", "(责编：牛一、岳二)" */
static bool read_eastern(struct byline *out, const struct segment *s)
{
    enum { LONGEST = 40 };
    const char *text = s->text;
    if (*text == '(' || !strncmp(text, "（", 3))
        text += *text == '(' ? 1 : 3;
    const char *name = byline_cut_eastern(text);
    bool colon = name > text && (name[-1] == ':' || (name - text >= 3 &&
                                                     !strncmp(name - 3, "：", 3)));
    if (s->characters > LONGEST || !colon)
        return false;
    byline_split(out, name);
    return out->count > 0;
}

/* The line, and what stands behind a mark in it: "Shipping | By Jane Doe". */
static bool read_line(struct byline *out, const struct segment *s)
{
    static const char *const marks[] = {"| ", "• ", "· ", "– ", "— ", NULL};
    if (read_part(out, s->text, s->length) || read_eastern(out, s))
        return true;
    for (size_t i = 0; marks[i]; i++) {
        const char *at = strstr(s->text, marks[i]);
        for (; at; at = strstr(at, marks[i])) {
            at += strlen(marks[i]);
            if (read_part(out, at, s->length - (size_t)(at - s->text)))
                return true;
        }
    }
    return false;
}

/* "Author", "Text:", "Written by": a line that names who follows. */
static bool is_label(const struct segment *s)
{
    static const char labels[] = "author authors autor autoren autorin auteur auteurs autore "
                                 "autores by von par por written words text texte tekst "
                                 "geschrieben автор yazar";
    struct text_word word;
    size_t at = 0, words = 0;
    for (; text_word(&word, s->text, s->length, &at); words++)
        if (!text_list_has(labels, word.term) && strcmp(word.term, "s"))
            return false;
    return words > 0 && words < 4;
}

/* The name alone below its label. */
static bool read_below(struct byline *out, const struct segment *s)
{
    if (s->characters > 60 || !byline_is_person(s->text))
        return false;
    byline_split(out, s->text);
    return out->count > 0;
}

static bool is_line(const struct segment *s)
{
    return s->characters < 100 && !s->figure;
}

/* Is all its text in one element that sets it apart? */
static bool is_set_apart(const struct segment *s)
{
    const struct node *n = s->element->first;
    while (n && n->tag == TAG_TEXT && n->next)
        n = n->next;
    if (!n || (n->tag != TAG_STRONG && n->tag != TAG_B && n->tag != TAG_EM && n->tag != TAG_I))
        return false;
    size_t length = 0;
    for (const struct node *c = tree_next(n, n); c; c = tree_next(c, n))
        length += c->tag == TAG_TEXT ? c->length : 0;
    return length >= s->length;
}

/* A name below the last paragraph, as letters are signed. */
static void read_signature(struct byline *out, const struct segments *segments)
{
    enum { PARAGRAPH = 100 };
    size_t last = 0;
    for (size_t i = 0; i < segments->count; i++)
        if (segments->items[i].weight > 0 && segments->items[i].characters > PARAGRAPH)
            last = i;
    for (size_t i = last + 1; i < segments->count && i <= last + 2 && !out->count; i++)
        if (last && is_line(&segments->items[i]) && !segments->items[i].heading &&
            is_set_apart(&segments->items[i]))
            read_below(out, &segments->items[i]);
}

void byline_line_read(struct byline *out, const struct segments *segments)
{
    out->shown = true;
    for (size_t i = 0; i < segments->count && !out->count; i++) {
        const struct segment *s = &segments->items[i];
        if (is_line(s) && !s->heading && read_line(out, s))
            return;
        if (i + 1 < segments->count && is_line(s) && is_label(s))
            read_below(out, s + 1);
    }
    if (!out->count)
        read_signature(out, segments);
}
