/* Blocks go in, their roles come out: labels stand at the head of what they name,
 * and hold until a heading or the next label. */
#include "indexer/role.h"

#include "common/text.h"

#include <string.h>

static bool starts_with(const char *text, size_t length, const char *const *words)
{
    for (; *words; words++) {
        size_t n = strlen(*words);
        if (n <= length && !strncasecmp(text, *words, n))
            return true;
    }
    return false;
}

/* "###", "-30-", "ENDS", "- Ende -": nothing of the release follows. */
static bool is_end_mark(const char *text, size_t length)
{
    static const char *const marks[] = {"30", "ends", "end", "ende", "fin", "fine",
                                        NULL};
    const char *end = text + length;
    size_t hashes = strspn(text, "# ");
    if (hashes == length && length >= 3)
        return true;
    while (text < end && strchr("-–— #*/", *text))
        text++;
    while (end > text && strchr("- #*/.", end[-1]))
        end--;
    size_t bare = (size_t)(end - text);
    return length < 16 && bare && bare <= 4 && starts_with(text, bare, marks) &&
           (bare < length || text[0] == 'E');
}

/* "About Sandholm Harbour", "Notes to editors": a line that is no sentence. */
static bool is_about_label(const char *text, size_t length)
{
    static const char *const starts[] = {
        "about ", "über ", "Über ", "à propos d", "À propos d", "acerca de ", "sobre ",
        "informazioni su ", "over ", "notes to editors", "note to editors", NULL};
    const char *space = length < 90 ? memchr(text, ' ', length) : NULL;
    return space && space + 1 < text + length && starts_with(text, length, starts) &&
           !strchr(".,;?!", text[length - 1]) && !text_is_digit((unsigned char)space[1]);
}

/* "Media contact", "Press contact: Nadia Rask, ...", "Contact: ...", but not
 * "Contact tracing begins". */
static bool is_contact_label(const char *text, size_t length)
{
    static const char *const phrases[] = {
        "media contact", "press contact", "contact us", "contact info", "contact detail",
        "contact for ", "contact person", "contacts for ", "contact presse",
        "contact media", "for more information", "for further information",
        "for media inquiries", "for press inquiries", "media enquiries", "media inquiries",
        "press enquiries", "press inquiries", "pressekontakt", "medienkontakt",
        "ansprechpartner", "kontakt für", "kontakt dla", "contacto de prensa",
        "contacto para", "contato para", "contatti stampa", "perscontact", "presskontakt",
        NULL};
    static const char *const bare[] = {"contact", "kontakt", "contacto", "contato",
                                       "contatti", "contacts", NULL};
    size_t word = 0;
    while (word < length && !strchr(" :(-", text[word]))
        word++;
    bool colon = memchr(text, ':', length < 60 ? length : 60);
    bool one_word = word == length || text[word] == ':' || text[word] == '(';
    if (length > 300 || (length >= 90 && !colon))
        return false;
    if (starts_with(text, length, phrases))
        return true;
    return one_word && word > 6 && starts_with(text, word, bare);
}

static bool has_number_or_mail(const char *text, size_t length)
{
    size_t digits = 0;
    for (size_t i = 0; i < length; i++)
        digits += text_is_digit((unsigned char)text[i]);
    return digits >= 7 || memchr(text, '@', length);
}

/* Releases of some houses name the contact first. How many of the blocks from
 * `at` on belong to such a label: short lines, up to the last that has a number or
 * an address. */
static size_t contact_lines(const char *body, const dateline_block *blocks, size_t at,
                            size_t count)
{
    enum { MOST_LINES = 6, LONGEST_LINE = 60 };
    size_t lines = 0;
    for (size_t i = at; i < count && i < at + MOST_LINES; i++) {
        size_t length = blocks[i].end - blocks[i].start;
        if (length > LONGEST_LINE || blocks[i].role == DATELINE_ROLE_HEADING)
            break;
        if (has_number_or_mail(body + blocks[i].start, length))
            lines = i + 1 - at;
    }
    return lines;
}

/* Returns where the blocks begin that were not looked at. */
static size_t mark_first_contact(const char *body, dateline_block *blocks, size_t count)
{
    for (size_t i = 0; i < count / 3; i++) {
        const char *text = body + blocks[i].start;
        size_t length = blocks[i].end - blocks[i].start;
        if (!is_contact_label(text, length))
            continue;
        size_t lines = contact_lines(body, blocks, i + 1, count);
        if (!lines && !has_number_or_mail(text, length))
            continue;
        for (size_t k = i; k <= i + lines; k++)
            blocks[k].role = DATELINE_ROLE_CONTACT;
        i += lines;
        if (i >= count / 3)
            return i + 1;
    }
    return count / 3;
}

void role_mark(const char *body, dateline_block *blocks, size_t count)
{
    dateline_role section = DATELINE_ROLE_BODY;
    size_t first = mark_first_contact(body, blocks, count);
    for (size_t i = first; i < count; i++) { /* labels of sections: not at the top */
        const char *text = body + blocks[i].start;
        size_t length = blocks[i].end - blocks[i].start;
        if (is_end_mark(text, length))
            blocks[i].role = DATELINE_ROLE_END;
        else if (is_contact_label(text, length))
            blocks[i].role = section = DATELINE_ROLE_CONTACT;
        else if (blocks[i].role != DATELINE_ROLE_LIST && is_about_label(text, length))
            blocks[i].role = section = DATELINE_ROLE_ABOUT;
        else if (blocks[i].role == DATELINE_ROLE_HEADING)
            section = DATELINE_ROLE_BODY;
        else if (section != DATELINE_ROLE_BODY)
            blocks[i].role = section;
    }
}
