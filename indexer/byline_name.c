/* A byline goes in, names come out: parted at "and", commas and bars, without "By",
 * offices, days, mail addresses and what is nobody's name. */
#include "indexer/byline_name.h"

#include "common/ascii.h"
#include "common/language.h"
#include "common/text.h"
#include "indexer/metadata.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST_NAME = 45, MOST_NAME_WORDS = 5, MOST_NAMES = 64 };

/* Words that stand before a name: "by", "von", "text:" and their like. */
bool byline_is_word(const char *word)
{
    static const char own[] =
        "by von par por di door av af od de autor autorin autoren autore auteur author authors "
        "written words story reported posted published reviewed medically edited text texte "
        "article artikel interview photo photos from advice blog beitrag erstellt eingestellt "
        "gespeichert geschrieben escrito publicado écrit publié scritto geschreven skrevet "
        "autorka tekst teksti kirjoittaja författare skribent forfatter yazar yazan szerző "
        "автор текст نويسنده بقلم الكاتب";
    return text_list_has(own, word);
}

/* Words of an office: what begins with one is no name any more. */
static bool is_office_word(const char *word)
{
    static const char offices[] =
        "senior staff political science technology business sports contributing deputy chief "
        "writer reporter editor editorial correspondent journalist contributor columnist "
        "redakteur redakteurin follow updated published posted producer fellow analyst "
        "publisher last head founder co-founder cofounder ceo cto marketing manager director "
        "developer reporting special share shares on in at minutes "
        "stand kategorien category categories former for für content freelance guest certified "
        "registered associate assistant vice president";
    return text_list_has(offices, word);
}

/* "Senior Shipping Correspondent", "Shipping Correspondent", "photos by ...": an
 * office, or another's work, that stands by itself behind a name. */
static bool is_office(const char *text, size_t length)
{
    static const char trades[] =
        "writer reporter editor correspondent journalist columnist contributor producer "
        "publisher analyst redakteur redakteurin korrespondent korrespondentin journaliste "
        "correspondant correspondante periodista corresponsal giornalista";
    static const char pictures[] =
        "photo photos photography illustration illustrations graphics video pictures foto "
        "fotos bild bilder grafik";
    struct text_word word;
    size_t at = 0, words = 0;
    for (; text_word(&word, text, length, &at); words++)
        if (!words && (is_office_word(word.term) || text_list_has(pictures, word.term)))
            return true;
    return words && text_list_has(trades, word.term);
}

/* What links near a byline say. */
static bool is_label(const char *folded)
{
    static const char *const starts[] = {
        "view ", "see ", "more ", "read ", "learn ", "about ", "follow", "connect ", "member ",
        "log in", "login", "sign ", "subscribe", "website", "e-mail", "email", "contact",
        "all posts", "all articles", "bluesky", "twitter", "facebook", "linkedin", "columnists",
        "agencies", "posts by", "profile", "bio", "home", "mehr von", "fotos:", "photos:", NULL};
    for (size_t i = 0; starts[i]; i++)
        if (!strncmp(folded, starts[i], strlen(starts[i])))
            return true;
    return false;
}

/* What is nobody's name, by itself: degrees, accounts of machines, labels. */
static bool is_nobody(const char *folded)
{
    static const char words[] =
        " md m.d m.d. phd ph.d ph.d. rd r.d r.d. rn mph m.p.h ms ma mba cpa cfp esq jr jr. "
        "mrcgp e-ryt rdn ldn dds dmd dvm vmd lpc lcsw msw pharmd facs faan edd jd llm bsc msc "
        "ba bs sr sr. co "
        "admin administrator wordpressadmin null none undefined user webmaster by from author "
        "authors contributor uncategorized drupal ";
    char padded[80];
    int length = snprintf(padded, sizeof padded, " %s ", folded);
    return (length < (int)sizeof padded && strstr(words, padded)) || strchr(folded, '@') ||
           !strncmp(folded, "www.", 4) || !strncmp(folded, "http", 4) ||
           is_label(folded) || strstr(folded, ".author");
}

const char *byline_cut_eastern(const char *text)
{
    static const char *const starts[] = {"作者", "记者", "記者", "撰文", "執筆", "文/", "文／",
                                         "责编", "责任编辑", "責任編輯"};
    static const char wide_colon[] = "：";
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (!strncmp(text, starts[i], strlen(starts[i])))
            text += strlen(starts[i]);
    while (*text == ' ' || *text == ':')
        text++;
    return !strncmp(text, wide_colon, sizeof wide_colon - 1)
               ? text + sizeof wide_colon - 1
               : text;
}

/* Cuts "By ", "Von ", "Text: " at the front. */
static const char *cut_byline(const char *text)
{
    text = byline_cut_eastern(text);
    for (int times = 0; times < 4; times++) {
        struct text_word word;
        size_t at = 0, length = strlen(text);
        if (!text_word(&word, text, length, &at) || !byline_is_word(word.term))
            break;
        const char *rest = text + at;
        while (*rest == ' ' || *rest == ':')
            rest++;
        if (rest == text + at || !*rest)
            break;
        text = rest;
    }
    return text;
}

/* "AOL Staff", "Herald Editorial Team": no office but who signs. */
static bool is_house(const char *rest, size_t length)
{
    static const char *const names[] = {"staff", "staff report", "staff reports",
                                        "editorial team", "editorial staff",
                                        "editorial board", "editors", NULL};
    for (size_t i = 0; names[i]; i++)
        if (strlen(names[i]) == length && ascii_find(rest, length, names[i]))
            return true;
    return false;
}

/* "on Monday", "in Paris": not the last word of a name, "Audiophile On". */
static bool is_link_word(const char *word)
{
    return text_list_has("on in at for für", word);
}

/* Does a day begin here: "Dec 19", "17 October", or after a whole name a month? */
static bool begins_day(const char *text, size_t length, const struct text_word *word,
                       size_t after, bool whole)
{
    struct text_word next;
    if (text_is_digit((unsigned char)text[word->start]))
        return whole;
    return language_month(NULL, word->term) &&
           (whole || (text_word(&next, text, length, &after) && next.digit));
}

/* Cuts the office or the date behind a name: "Jane Doe Senior Editor". */
static size_t cut_office(const char *text, size_t length)
{
    struct text_word word;
    bool named = true; /* "Staff Writer" is all there is */
    unsigned words = 0;
    for (size_t at = 0; text_word(&word, text, length, &at); words++) {
        bool office = is_office_word(word.term) &&
                      (!is_link_word(word.term) || word.end < length);
        if (!words) {
            named = !office;
            continue;
        }
        if (begins_day(text, length, &word, at, words > 1) ||
            (office && named && text[word.start - 1] != '.' &&
             !is_house(text + word.start, length - word.start)))
            return word.start;
    }
    return length;
}

/* A word that no person is called by. */
bool byline_is_house(const char *name)
{
    static const char words[] =
        "team redaktion staff news magazine media verlag gmbh inc llc ltd ag e.v ev association "
        "foundation stiftung verband bund university center centre institute institut ministry "
        "ministerium agency agentur press presse group company society council office service "
        "online newsroom editors hotels collective clinic deutscher experience";
    struct text_word word;
    for (size_t at = 0, length = strlen(name); text_word(&word, name, length, &at);)
        if (text_list_has(words, word.term))
            return true;
    return false;
}

/* Is it a word of a script without capitals, or small? */
static bool is_small(const char *text, const struct text_word *word)
{
    enum { FIRST_CASELESS = 0x590 }; /* Hebrew; Armenian and Greek are before */
    size_t size;
    return !word->capital && text_decode(text + word->start, word->end - word->start, &size) <
                                 FIRST_CASELESS;
}

bool byline_is_person(const char *name)
{
    static const char particles[] = "van von der den de del della di da dos la le el bin ibn "
                                    "al ten ter zu zur y e";
    struct text_word word;
    size_t at = 0, words = 0, length = strlen(name);
    for (; text_word(&word, name, length, &at); words++)
        if (word.digit || word.ideograph ||
            (is_small(name, &word) && !text_list_has(particles, word.term)))
            return false;
    return words > 1 && words < 5 && !strpbrk(name, "»!?#\":") && !byline_is_house(name);
}

/* Digits are for account names: one word that begins with a letter. */
static bool has_wrong_digits(const char *name)
{
    return strpbrk(name, "0123456789") &&
           (strchr(name, ' ') || text_is_digit((unsigned char)*name));
}

static bool is_edge(uint32_t c)
{
    return text_is_space(c) || c == '-' || c == ':' || c == '.' || c == ',' || c == 0x2013 ||
           c == 0x2014 || c == '"' || c == '*' || c == ')' || c == 0xff09;
}

/* Ideographs are counted one each. */
static bool has_too_many_words(const char *name, size_t length)
{
    size_t size, most = MOST_NAME_WORDS;
    if (text_is_ideograph(text_decode(name, length, &size)))
        most = 3 * MOST_NAME_WORDS;
    return text_count(name, length) > most;
}

/* "Veröffentlicht am", "Wer schreibt": begun as a name and ended as a sentence. */
static bool ends_small(const char *name, size_t length)
{
    struct text_word word;
    bool capital = false, small = false;
    size_t at = 0, words = 0;
    for (; text_word(&word, name, length, &at); words++) {
        capital = words ? capital : word.capital;
        small = is_small(name, &word) && !word.digit;
    }
    return words > 1 && capital && small;
}

/* One part between separators: kept when it can be a name. */
static void add_name(struct byline *out, const char *text, size_t length)
{
    if (out->count >= MOST_NAMES || (out->count && is_office(text, length)))
        return;
    length = cut_office(text, length);
    size_t size;
    while (length && is_edge(text_decode(text, length, &size)))
        text += size, length -= size;
    while (length) {
        size_t last = text_boundary(text, length, length - 1);
        uint32_t c = text_decode(text + last, length - last, &size);
        bool initial = c == '.' && length > 2 && text_is_upper((unsigned char)text[last - 1]);
        if (!is_edge(c) || initial)
            break;
        length = last;
    }
    char *name = text_squeeze(out->arena, text, length, &length);
    char *dash = strstr(name, " - ");
    if (!dash)
        dash = strstr(name, " – ");
    if (dash) {
        *dash = '\0';
        length = (size_t)(dash - name);
    }
    if (!length || length > 2 * LONGEST_NAME || has_wrong_digits(name) ||
        has_too_many_words(name, length) || (out->shown && ends_small(name, length)) ||
        is_nobody(text_fold(out->arena, name, length)))
        return;
    *(const char **)arena_push(out->arena, &out->items, &out->count, &out->room) = name;
}

/* "and agencies", "und Agenturen", "and staff". */
static bool is_agencies(const char *text)
{
    return !strncmp(text, "agenc", 5) || !strncmp(text, "Agentur", 7) ||
           !strncmp(text, "staff", 5);
}

/* Is there a conjunction at `at`, with a capital after it? */
static size_t conjunction_at(const char *at)
{
    static const char *const words[] = {" and ", " und ", " et ", " y ", " & ", " e ",
                                        " en ", " og ", " och ", " i ", " with ", NULL};
    for (size_t i = 0; words[i]; i++) {
        size_t n = strlen(words[i]), size;
        if (!strncmp(at, words[i], n) && at[n] &&
            (text_is_upper(text_decode(at + n, strlen(at + n), &size)) ||
             is_agencies(at + n)))
            return n;
    }
    return 0;
}

static size_t separator_at(const char *at)
{
    if (strchr(";|,&", *at))
        return 1;
    if (!strncmp(at, "、", 3))
        return 3;
    if (!strncmp(at, "•", 3))
        return 3;
    if (!strncmp(at, "·", 2))
        return 2;
    return *at == ' ' ? conjunction_at(at) : 0;
}

/* "Jane (Marie) Doe": a name in brackets with a name behind it. */
static bool is_within_name(const char *at)
{
    const char *end = at + 1 + strcspn(at + 1, "()");
    size_t size;
    return *end == ')' && end[1] == ' ' &&
           text_is_upper(text_decode(at + 1, strlen(at + 1), &size)) &&
           text_is_upper(text_decode(end + 2, strlen(end + 2) + 1, &size));
}

/* Drops what stands in brackets, mail addresses and handles. */
static const char *drop_asides(struct arena *arena, const char *text)
{
    size_t length = strlen(text), wrote = 0;
    char *out = arena_alloc(arena, length + 1);
    int depth = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '(' && (depth || !is_within_name(text + i)))
            depth++;
        if (!depth)
            out[wrote++] = text[i];
        if (text[i] == ')' && depth)
            depth--;
    }
    out[wrote] = '\0';
    for (char *at = out, *end; (at = strchr(at, '@')); at = end) { /* its word */
        char *start = at;
        end = at;
        while (start > out && start[-1] != ' ')
            start--;
        while (*end && *end != ' ')
            end++;
        memset(start, ' ', (size_t)(end - start));
    }
    return out;
}

void byline_split(struct byline *out, const char *text)
{
    const char *plain = metadata_plain(out->arena, text, strlen(text));
    if (!strncmp(plain, "http", 4))
        return;
    plain = cut_byline(drop_asides(out->arena, plain));
    while (*plain == ' ' || *plain == '-' || *plain == ':')
        plain++;
    plain = cut_byline(plain);
    const char *start = plain;
    for (const char *at = plain; *at;) {
        size_t n = separator_at(at);
        if (n) {
            add_name(out, start, (size_t)(at - start));
            start = at + n;
        }
        at += n ? n : 1;
    }
    add_name(out, start, strlen(start));
}
