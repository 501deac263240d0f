/* Text before a bracket goes in, its words come out, each with what tells a name
 * from what is around it. */
#include "indexer/acronym_window.h"

#include "common/arena.h"
#include "common/text.h"

#include <string.h>

enum { WINDOW_BYTES = 400 /* before the bracket */ };

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

bool acronym_is_title(const struct acronym_part *part)
{
    return is_one_of(titles, sizeof titles / sizeof *titles, part->folded);
}

bool acronym_is_owner(const struct acronym_part *part)
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

bool acronym_tells_name(const struct acronym_part *part)
{
    for (size_t i = 0; i < sizeof name_stems / sizeof *name_stems; i++)
        if (is_stem(part->folded, name_stems[i]))
            return true;
    return false;
}

static void part_look_up(struct acronym_part *part)
{
    for (size_t i = 0; i < sizeof stop_words / sizeof *stop_words; i++)
        if (!strcmp(part->folded, stop_words[i].word)) {
            part->stop = true;
            part->joins = stop_words[i].joins;
            return;
        }
}

/* Letters and digits of text[start, end), folded, without marks. */
void acronym_part_fold(struct acronym_part *part, const char *text)
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

bool acronym_is_mark(const char *text, size_t at, size_t end, size_t *size)
{
    uint32_t c = text_decode(text + at, end - at, size);
    return !text_is_letter(c) && !text_is_digit(c) && c != '&';
}

size_t acronym_before(const char *text, size_t at)
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
size_t acronym_window_start(const char *text, size_t from, size_t bracket)
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

bool acronym_is_possessive(const char *text, size_t start, size_t end)
{
    return (end - start > 2 && text[end - 1] == 's' && text[end - 2] == '\'') ||
           (end - start > 4 && text[end - 1] == 's' &&
            !memcmp(text + end - 4, "\u2019", 3));
}

/* One part of text[start, end); false when it holds no letter. */
static bool part_read(struct acronym_part *part, const char *text, size_t start,
                      size_t end)
{
    size_t size, right = end, left = start;
    while (left < right && acronym_is_mark(text, left, end, &size))
        left += size;
    while (right > left && acronym_is_mark(text, acronym_before(text, right),
                                           right, &size))
        right = acronym_before(text, right);
    *part = (struct acronym_part){.start = left, .end = right};
    if (left == right)
        return false;
    part->capital = text_is_upper(text_decode(text + left, right - left,
                                              &size)) ||
                    text_is_digit(text_decode(text + left, right - left, &size));
    part->possessive = acronym_is_possessive(text, left, right);
    part->comma = right < end && text[right] == ',';
    acronym_part_fold(part, text);
    part_look_up(part);
    return part->length > 0;
}

/* Reads words backwards from the bracket, so that a full window keeps the last
 * of them. */
void acronym_window_read(struct acronym_window *window, const char *text,
                         size_t start,
                        size_t end)
{
    struct acronym_part back[ACRONYM_PARTS];
    size_t count = 0, at = end;
    while (at > start && count < ACRONYM_PARTS) {
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
