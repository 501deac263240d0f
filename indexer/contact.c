/* Lines of a contact block: a label, a name, an organisation, a number, mail. */
#include "indexer/contact.h"

#include "common/text.h"

#include <string.h>

static bool is_mail_byte(char c)
{
    return text_is_letter((unsigned char)c) || text_is_digit((unsigned char)c) ||
           (c && strchr("._%+-", c));
}

/* name@host.tld */
static const char *find_mail(struct arena *arena, const char *line, size_t length)
{
    for (size_t at = 1; at + 3 < length; at++) {
        if (line[at] != '@')
            continue;
        size_t start = at, end = at + 1;
        while (start && is_mail_byte(line[start - 1]))
            start--;
        while (end < length && is_mail_byte(line[end]))
            end++;
        while (end > at && line[end - 1] == '.')
            end--;
        if (start < at && memchr(line + at, '.', end - at))
            return arena_copy(arena, line + start, end - start);
    }
    return NULL;
}

/* A run of digits, spaces and their marks with at least seven digits. */
static const char *find_phone(struct arena *arena, const char *line, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        if (line[at] != '+' && line[at] != '(' && !text_is_digit((unsigned char)line[at]))
            continue;
        size_t end = at, digits = 0, last = at;
        for (; end < length && (text_is_digit((unsigned char)line[end]) ||
                                strchr("+()-./ ", line[end])); end++)
            if (text_is_digit((unsigned char)line[end]))
                digits++, last = end + 1;
        if (digits >= 7 && digits <= 15)
            return arena_copy(arena, line + at, last - at);
        at = end;
    }
    return NULL;
}

/* Two to four words, each with a capital, and no digit: a name. */
static bool is_name(const char *line, size_t length)
{
    struct text_word word;
    size_t words = 0;
    for (size_t at = 0; text_word(&word, line, length, &at); words++)
        if (!word.capital || word.digit)
            return false;
    return words >= 2 && words <= 4 && !memchr(line, '@', length);
}

/* What follows "Media contact:" on its line, else the whole line. */
static void skip_label(const char **line, size_t *length)
{
    const char *colon = memchr(*line, ':', *length < 40 ? *length : 40);
    if (!colon)
        return;
    *length -= (size_t)(colon + 1 - *line);
    *line = colon + 1;
    while (*length && **line == ' ')
        ++*line, --*length;
}

static void read_line(dateline_facts *facts, struct arena *arena, const char *line,
                      size_t length)
{
    if (!facts->contact.mail)
        facts->contact.mail = find_mail(arena, line, length);
    if (!facts->contact.phone)
        facts->contact.phone = find_phone(arena, line, length);
    skip_label(&line, &length);
    size_t part = 0;
    while (part < length && !strchr(",;|", line[part]))
        part++;
    if (!facts->contact.name && is_name(line, part)) {
        facts->contact.name = arena_copy(arena, line, part);
        while (part < length && strchr(",;| ", line[part]))
            part++;
        line += part;
        length -= part;
        part = 0;
        while (part < length && !strchr(",;|", line[part]))
            part++;
    }
    if (facts->contact.name && !facts->contact.organisation && part && part < 100 &&
        strcspn(line, "0123456789@") >= part)
        facts->contact.organisation = arena_copy(arena, line, part);
}

void contact_read(dateline_facts *facts, struct arena *arena, const char *body,
                  const dateline_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (blocks[i].role == DATELINE_ROLE_CONTACT)
            read_line(facts, arena, body + blocks[i].start, blocks[i].end - blocks[i].start);
}
