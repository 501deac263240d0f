/* Lines of a contact block go in; a name, an organisation, a number, mail come out.
 *
 *   Media contact: | Nadia Rask, | Head of Press, | Harbour Authority | 555 ...
 *   label            name          office           organisation        number */
#include "indexer/contact.h"

#include "common/ascii.h"
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

/* ------------------------------------------------------------------- parts */

static bool is_label_word(const char *word)
{
    return text_list_has("media press public contact contacts for more further information info "
                    "inquiries enquiries relations please person name company organisation "
                    "organization firm phone telephone tel mobile cell fax e mail email web "
                    "website source office kontakt pressekontakt ansprechpartner telefon presse "
                    "presseteam unternehmen firma contacto contato contatti stampa prensa "
                    "imprensa and or us the of to", word);
}

/* What somebody is, not who. */
static bool is_office_word(const char *word)
{
    return text_list_has("head director manager officer president vp vice chair chairman "
                    "chairwoman ceo cfo cto coo founder secretary spokesperson spokesman "
                    "spokeswoman coordinator editor leiter leiterin "
                    "sprecher sprecherin pressesprecher pressesprecherin geschäftsführer "
                    "geschäftsführerin referent referentin secretaria secretario responsable directeur directrice "
                    "director directora jefe jefa responsabile", word);
}

static bool is_organisation_word(const char *word)
{
    static const char *const endings[] = {"behörde", "verband", "verein", "gesellschaft",
                                          "ministerium", "stiftung", NULL};
    size_t length = strlen(word);
    for (size_t i = 0; endings[i]; i++) {
        size_t n = strlen(endings[i]);
        if (length >= n && !strcmp(word + length - n, endings[i]))
            return true;
    }
    return text_list_has("inc ltd limited llc plc corp corporation co company gmbh ag kg se sa srl "
                    "spa bv nv ab oy as authority association foundation fund group council "
                    "agency university college institute ministry department committee "
                    "commission union society federation network center centre bank "
                    "communications consulting partners solutions technologies systems "
                    "services holdings international museum hospital school herald", word);
}

static bool is_particle(const char *word)
{
    return text_list_has("van der den de del della di da dos du la le von zu zur bin ibn al el y e",
                    word);
}

struct part {
    const char *text;
    size_t length;
};

static bool part_any(struct part part, bool (*test)(const char *word))
{
    struct text_word word;
    for (size_t at = 0; text_word(&word, part.text, part.length, &at);)
        if (test(word.term))
            return true;
    return false;
}

static bool part_all(struct part part, bool (*test)(const char *word))
{
    struct text_word word;
    for (size_t at = 0; text_word(&word, part.text, part.length, &at);)
        if (!test(word.term))
            return false;
    return true;
}

/* No digit, no address, and a capital first. */
static bool is_written(struct part part)
{
    struct text_word word;
    size_t at = 0;
    if (!part.length || part.length > 100 || memchr(part.text, '@', part.length) ||
        ascii_find(part.text, part.length, "www.") ||
        ascii_find(part.text, part.length, "http") ||
        !text_word(&word, part.text, part.length, &at) || !word.capital)
        return false;
    do
        if (word.digit)
            return false;
    while (text_word(&word, part.text, part.length, &at));
    return true;
}

/* Two to five words with capitals, "van der" between them. */
static bool is_name(struct part part)
{
    struct text_word word;
    size_t words = 0, capitals = 0;
    for (size_t at = 0; text_word(&word, part.text, part.length, &at); words++) {
        capitals += word.capital;
        if (!word.capital && !is_particle(word.term))
            return false;
    }
    return words <= 5 && capitals >= 2 && is_written(part) &&
           !part_any(part, is_organisation_word);
}

static struct part trimmed(const char *text, size_t length)
{
    while (length && strchr(" ,;|<>-:", *text))
        text++, length--;
    while (length && strchr(" ,;|<>-:(", text[length - 1]))
        length--;
    return (struct part){text, length};
}

/* ------------------------------------------------------------------ reading */

static void read_part(dateline_facts *facts, struct arena *arena, struct part part,
                      bool organisation)
{
    bool office = part_any(part, is_office_word) && !organisation;
    if (office || part_all(part, is_label_word) || !is_written(part))
        return;
    bool named = part_any(part, is_organisation_word) || organisation;
    if (!named && !facts->contact.name && is_name(part))
        facts->contact.name = arena_copy(arena, part.text, part.length);
    else if (!facts->contact.organisation && (named || facts->contact.name))
        facts->contact.organisation = arena_copy(arena, part.text, part.length);
}

/* "... please contact Nadia Rask at ...": the capitals behind the verb. */
static bool read_sentence(dateline_facts *facts, struct arena *arena, const char *line,
                          size_t length)
{
    struct text_word word;
    bool behind = false;
    size_t start = 0, end = 0;
    for (size_t at = 0; text_word(&word, line, length, &at);) {
        if (behind && word.capital && !is_label_word(word.term)) {
            start = end ? start : word.start;
            end = word.end;
        } else if (end) {
            break;
        }
        behind |= !strcmp(word.term, "contact") || !strcmp(word.term, "reach");
    }
    struct part part = {line + start, end - start};
    if (!end || !is_name(part))
        return false;
    if (!facts->contact.name)
        facts->contact.name = arena_copy(arena, part.text, part.length);
    return true;
}

/* "Company name: ..." */
static bool is_organisation_label(const char *line, size_t length)
{
    static const char *const labels[] = {"company", "organi", "firma", "unternehmen"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (ascii_find(line, length, labels[i]) == line)
            return true;
    return false;
}

static void read_line(dateline_facts *facts, struct arena *arena, const char *line,
                      size_t length)
{
    if (!facts->contact.mail)
        facts->contact.mail = find_mail(arena, line, length);
    if (!facts->contact.phone)
        facts->contact.phone = find_phone(arena, line, length);
    const char *colon = memchr(line, ':', length < 40 ? length : 40);
    size_t label = colon ? (size_t)(colon + 1 - line) : 0;
    bool organisation = label && is_organisation_label(line, label);
    if (!colon && read_sentence(facts, arena, line, length))
        return;
    for (size_t at = label; at < length;) {
        size_t end = at;
        while (end < length && !strchr(",;|<>", line[end]))
            end++;
        if (length - label < 200)
            read_part(facts, arena, trimmed(line + at, end - at), organisation);
        at = end + 1;
    }
}

void contact_read(dateline_facts *facts, struct arena *arena, const char *body,
                  const dateline_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (blocks[i].role == DATELINE_ROLE_CONTACT)
            read_line(facts, arena, body + blocks[i].start, blocks[i].end - blocks[i].start);
}
