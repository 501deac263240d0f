/* Sources in order of trust: linked data, meta elements, marked-up bylines,
 * written bylines. The first source that names anybody decides. */
#include "indexer/author.h"

#include "common/language.h"
#include "common/text.h"

#include <stdio.h>
#include <string.h>

enum { MOST_AUTHORS = 6, LONGEST_NAME = 45, MOST_NAME_WORDS = 5 };

struct authors {
    struct arena *arena;
    const char **items;
    size_t count, room;
};

/* ------------------------------------------------------------ cutting names */

static bool list_has(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; at && *at;) {
        size_t n = strcspn(at, " ");
        if (n == length && !memcmp(at, word, n))
            return true;
        at += n + (at[n] == ' ');
    }
    return false;
}

/* Words that stand before a name: "by", "von", "text:" and their like. */
static bool is_byline_word(const char *word)
{
    static const char own[] =
        "by von par por di door av af od de autor autorin autoren autore auteur author authors "
        "written words story reported posted published reviewed medically edited text texte "
        "article artikel interview photo photos from advice blog beitrag erstellt eingestellt "
        "gespeichert geschrieben escrito publicado écrit publié scritto geschreven skrevet "
        "autorka tekst teksti kirjoittaja författare skribent forfatter yazar yazan szerző "
        "автор текст نويسنده بقلم الكاتب";
    return list_has(own, word);
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
        "stand kategorien category categories former for für";
    return list_has(offices, word);
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
        if (!words && (is_office_word(word.term) || list_has(pictures, word.term)))
            return true;
    return words && list_has(trades, word.term);
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
        "admin administrator wordpressadmin null none undefined user webmaster by from author "
        "authors contributor uncategorized drupal ";
    char padded[80];
    int length = snprintf(padded, sizeof padded, " %s ", folded);
    return (length < (int)sizeof padded && strstr(words, padded)) || strchr(folded, '@') ||
           !strncmp(folded, "www.", 4) || !strncmp(folded, "http", 4) ||
           is_label(folded) || strstr(folded, ".author");
}

/* What East Asian bylines begin with: their words have no spaces between. */
static const char *cut_eastern_byline(const char *text)
{
    static const char *const starts[] = {"作者", "记者", "記者", "撰文", "執筆", "文/", "文／"};
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
    text = cut_eastern_byline(text);
    for (int times = 0; times < 4; times++) {
        struct text_word word;
        size_t at = 0, length = strlen(text);
        if (!text_word(&word, text, length, &at) || !is_byline_word(word.term))
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

/* Cuts the office or the date behind a name: "Jane Doe Senior Editor". */
static size_t cut_office(const char *text, size_t length)
{
    struct text_word word;
    unsigned words = 0;
    bool named = true; /* "Staff Writer" is all there is */
    for (size_t at = 0; text_word(&word, text, length, &at); words++)
        if (!words && is_office_word(word.term))
            named = false;
        else if ((words && named && is_office_word(word.term)) ||
            (words > 1 && (language_month(NULL, word.term) ||
                           text_is_digit((unsigned char)text[word.start]))))
            return word.start;
    return length;
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
           c == 0x2014 || c == '"' || c == '*';
}

/* One part between separators: kept when it can be a name. */
static void add_name(struct authors *out, const char *text, size_t length)
{
    if (out->count && is_office(text, length))
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
        text_count(name, length) > MOST_NAME_WORDS ||
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
    if (!strncmp(at, "•", 3))
        return 3;
    if (!strncmp(at, "·", 2))
        return 2;
    return *at == ' ' ? conjunction_at(at) : 0;
}

/* Drops what stands in brackets, mail addresses and handles. */
static const char *drop_asides(struct arena *arena, const char *text)
{
    size_t length = strlen(text), wrote = 0;
    char *out = arena_alloc(arena, length + 1);
    int depth = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '(')
            depth++;
        if (!depth)
            out[wrote++] = text[i];
        if (text[i] == ')' && depth)
            depth--;
    }
    out[wrote] = '\0';
    for (char *at; (at = strchr(out, '@'));) { /* the word around it */
        char *start = at, *end = at;
        while (start > out && start[-1] != ' ')
            start--;
        while (*end && *end != ' ')
            end++;
        memset(start, ' ', (size_t)(end - start));
    }
    return out;
}

static void split_names(struct authors *out, const char *text)
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

/* ------------------------------------------------------------------ sources */

/* author: "Name", {"name": ...}, {"givenName", "familyName"}, or a list. */
static void add_linked(struct authors *out, const struct metadata *m,
                       const struct json *value, int depth)
{
    if (!value || depth > 4)
        return;
    value = metadata_resolve(m, value);
    if (value->kind == JSON_IS_STRING) {
        split_names(out, value->text);
    } else if (value->kind == JSON_IS_ARRAY) {
        for (const struct json *item = value->child; item; item = item->next)
            add_linked(out, m, item, depth + 1);
    } else if (json_member(value, "name")) {
        add_linked(out, m, json_member(value, "name"), depth + 1);
    } else if (json_text(value, "givenName")) {
        const char *family = json_text(value, "familyName");
        split_names(out, arena_format(out->arena, "%s %s", json_text(value, "givenName"),
                                      family ? family : ""));
    }
}

static void from_linked_data(struct authors *out, const struct metadata *m)
{
    add_linked(out, m, json_member(m->article, "author"), 0);
    if (!out->count)
        add_linked(out, m, json_member(m->article, "creator"), 0);
    for (size_t i = 0; i < m->object_count && !out->count; i++)
        if (metadata_is_type(m->objects[i], "Article") ||
            metadata_is_type(m->objects[i], "Posting"))
            add_linked(out, m, json_member(m->objects[i], "author"), 0);
    for (size_t i = 0; i < m->object_count && !out->count; i++)
        if (metadata_is_type(m->objects[i], "Person") && json_text(m->objects[i], "name"))
            split_names(out, json_text(m->objects[i], "name"));
}

static void from_metas(struct authors *out, const struct metadata *m)
{
    const char *label = metadata_value(m, "twitter:label1");
    const char *written = metadata_value(m, "twitter:data1");
    static const char *const keys[] = {
        "parsely-author", "sailthru.author", "citation_author", "dc.creator",
        "dcterms.creator", "dc.creator.personalname", "article:author",
        "og:article:author", "author", "byl", "cxenseparse:author", "rbauthors",
        "lp.article:author", "twitter:creator:name", "shareaholic:article_author_name"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys && !out->count; k++)
        for (size_t i = 0; i < m->meta_count; i++)
            if (!strcmp(m->metas[i].key, keys[k]) && !strchr(m->metas[i].value, '@') &&
                strncmp(m->metas[i].value, "http", 4))
                split_names(out, m->metas[i].value);
    if (!out->count && label && written && strstr(label, "ritten"))
        split_names(out, written);
}

/* ----------------------------------------------------------- marked bylines */

static bool has_class(const struct node *n, const char *name)
{
    const char *class = tree_attribute(n, ATTRIBUTE_CLASS);
    size_t length = strlen(name);
    for (const char *at = class; at && *at;) {
        size_t word = strcspn(at, " \t\n");
        if (word == length && !strncmp(at, name, length))
            return true;
        at += word + (at[word] != '\0');
    }
    return false;
}

static bool class_contains(const struct node *n, const char *const *parts)
{
    const char *class = tree_attribute(n, ATTRIBUTE_CLASS);
    for (; class && *parts; parts++)
        if (strstr(class, *parts))
            return true;
    return false;
}

static bool is_property(const struct node *n, const char *name)
{
    const char *property = tree_attribute(n, ATTRIBUTE_ITEMPROP);
    return property && !strcmp(property, name);
}

static bool within(const struct node *n, bool (*test)(const struct node *))
{
    for (n = n->parent; n; n = n->parent)
        if (test(n))
            return true;
    return false;
}

static bool is_author_property(const struct node *n)
{
    return is_property(n, "author");
}

static bool is_author_box(const struct node *n)
{
    return has_class(n, "author") || has_class(n, "byline");
}

static bool is_vcard(const struct node *n)
{
    return has_class(n, "vcard");
}

static bool is_property_name(const struct node *n)
{
    return is_property(n, "name") && within(n, is_author_property);
}

static bool is_author_link(const struct node *n)
{
    const char *rel = n->tag == TAG_A ? tree_attribute(n, ATTRIBUTE_REL) : NULL;
    return rel && !strcmp(rel, "author");
}

static bool is_link_in_box(const struct node *n)
{
    return n->tag == TAG_A && within(n, is_author_box);
}

static bool is_name_class(const struct node *n)
{
    static const char *const parts[] = {"author-name", "author_name", "authorName",
                                        "byline-name", "author__name", NULL};
    return class_contains(n, parts);
}

static bool is_vcard_name(const struct node *n)
{
    return has_class(n, "fn") && within(n, is_vcard);
}

static bool is_byline_class(const struct node *n)
{
    static const char *const parts[] = {"byline", "by-line", NULL};
    return class_contains(n, parts);
}

static bool is_author_class(const struct node *n)
{
    return has_class(n, "author") || has_class(n, "post-author") ||
           has_class(n, "entry-author");
}

static bool is_any_author(const struct node *n)
{
    static const char *const parts[] = {"author", NULL};
    return class_contains(n, parts);
}

static bool is_author_id(const struct node *n)
{
    const char *id = tree_attribute(n, ATTRIBUTE_ID);
    return id && (!strcmp(id, "author") || !strcmp(id, "byline"));
}

/* "/author/jane-doe", "/autor/...", "/profile/..." */
static bool is_author_address(const struct node *n)
{
    static const char *const parts[] = {"/author/", "/authors/", "/autor/", "/autoren/",
                                        "/auteur/", "/autore/", "/editors/", "/reporter/", "/journalist/",
                                        "/contributor", "/byline/", "/staff/", NULL};
    const char *href = n->tag == TAG_A ? tree_attribute(n, ATTRIBUTE_HREF) : NULL;
    for (size_t i = 0; href && parts[i]; i++)
        if (strstr(href, parts[i]))
            return true;
    return false;
}

static bool is_person(const struct node *n)
{
    const char *type = tree_attribute(n, ATTRIBUTE_ITEMTYPE);
    return type && strstr(type, "schema.org/Person");
}

static bool is_username(const struct node *n)
{
    return has_class(n, "username");
}

enum { LONGEST_BYLINE = 150 };

/* strong: the mark-up says that this is the author, wherever it stands. */
static void from_element(struct authors *out, const struct node *n, bool strong)
{
    size_t length;
    const char *text = metadata_is_elsewhere(n, !strong) ? "" : tree_text(out->arena, n, &length);
    if (*text && length < LONGEST_BYLINE)
        split_names(out, text);
}

/* The first four elements that a test finds, until one names somebody; then also
 * those that stand in the same box. */
static void from_elements(struct authors *out, const struct metadata *m,
                          bool (*test)(const struct node *))
{
    const struct node *box = NULL, *found = NULL;
    int tried = 0;
    for (struct node *n = m->tree->root; n && tried < 4; n = tree_next(n, m->tree->root)) {
        if (n->tag == TAG_TEXT || n->tag == TAG_META || n->tag == TAG_IMG ||
            n->tag == TAG_LINK || n->tag == TAG_BODY || n->tag == TAG_HTML || !test(n))
            continue;
        if (found && (!tree_is_within(n, box) || tree_is_within(n, found)))
            continue;
        if (!found)
            tried++;
        from_element(out, n, test == is_property_name || test == is_author_property ||
                                 test == is_author_link || test == is_vcard_name);
        if (out->count && !found) {
            found = n;
            box = n->parent && n->parent->parent ? n->parent->parent : n;
        }
    }
}

static bool (*const byline_tests[])(const struct node *) = {
    is_property_name, is_author_property, is_author_link,  is_author_address,
    is_link_in_box,   is_name_class,      is_vcard_name,   is_byline_class,
    is_author_class,  is_person,          is_username,     is_any_author,
    is_author_id,
};

static void from_markup(struct authors *out, const struct metadata *m, size_t tests)
{
    for (size_t i = 0; i < tests && !out->count; i++)
        from_elements(out, m, byline_tests[i]);
}

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
        if (list_has(rows[i].weekdays, word))
            return true;
    return false;
}

/* "By Jane Doe", "11.12.2019 - von Jane Doe", "Posted by Jane": a short line of
 * its own whose first words, digits aside, are those of a byline. */
static bool read_byline(struct authors *out, const struct segment *s)
{
    struct text_word word;
    size_t at = 0, after = 0, capitals = 0;
    while (text_word(&word, s->text, s->length, &at)) {
        if (is_byline_word(word.term))
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
    split_names(out, arena_copy(out->arena, s->text + after, end - after));
    return out->count > 0;
}

static void from_written_byline(struct authors *out, const struct segments *segments)
{
    for (size_t i = 0; i < segments->count; i++)
        if (segments->items[i].characters < 100 && !segments->items[i].heading &&
            !segments->items[i].figure && read_byline(out, &segments->items[i]))
            return;
}

/* ------------------------------------------------------------------- result */

/* A word that no person is called by. */
static bool has_organisation_word(const char *name)
{
    static const char words[] =
        "team redaktion staff news magazine media verlag gmbh inc llc ltd ag e.v ev association "
        "foundation stiftung verband bund university center centre institute institut ministry "
        "ministerium agency agentur press presse group company society council office service "
        "online newsroom editors hotels collective clinic deutscher experience";
    struct text_word word;
    for (size_t at = 0, length = strlen(name); text_word(&word, name, length, &at);)
        if (list_has(words, word.term))
            return true;
    return false;
}

/* Is the name that of the site or of an organisation of the linked data? */
static bool is_organisation(const struct metadata *m, const char *name)
{
    if (has_organisation_word(name))
        return true;
    const char *key = metadata_key(m->arena, name);
    if (m->site && !strcmp(key, metadata_key(m->arena, m->site)))
        return true;
    for (size_t i = 0; i < m->object_count; i++) {
        const char *other = json_text(m->objects[i], "name");
        if (other &&
            (metadata_is_type(m->objects[i], "Organization") ||
             metadata_is_type(m->objects[i], "WebSite")) &&
            !strcmp(key, metadata_key(m->arena, other)))
            return true;
    }
    return false;
}

static bool names_nobody(const struct authors *found, const struct metadata *m)
{
    for (size_t i = 0; i < found->count; i++)
        if (!is_organisation(m, found->items[i]))
            return false;
    return true;
}

/* A first name alone: the page may say the whole one elsewhere. */
static void complete_first_name(struct authors *found, const struct metadata *m,
                                const struct segments *segments)
{
    const char *first = found->items[0];
    size_t length = strlen(first);
    if (found->count != 1 || strchr(first, ' '))
        return;
    struct authors whole = {.arena = m->arena};
    from_markup(&whole, m, 9);
    from_written_byline(&whole, segments);
    for (size_t i = 0; i < whole.count; i++)
        if (!strncmp(whole.items[i], first, length) && whole.items[i][length] == ' ') {
            found->items[0] = whole.items[i];
            return;
        }
}

static size_t each_once(const char *const **out, const struct authors *found,
                        const struct metadata *m)
{
    const char **names = arena_array(m->arena, const char *, MOST_AUTHORS);
    size_t count = 0;
    for (size_t i = 0; i < found->count && count < MOST_AUTHORS; i++) {
        const char *key = metadata_key(m->arena, found->items[i]);
        bool again = m->site && !strcmp(key, metadata_key(m->arena, m->site));
        for (size_t k = 0; k < count && !again; k++)
            again = !strcmp(key, metadata_key(m->arena, names[k]));
        if (*key && !again)
            names[count++] = found->items[i];
    }
    if (!count && found->count)
        names[count++] = found->items[0];
    *out = names;
    return count;
}

size_t author_read(const char *const **out, const struct metadata *metadata,
                   const struct segments *segments)
{
    struct authors found = {.arena = metadata->arena};
    from_linked_data(&found, metadata);
    if (!found.count)
        from_metas(&found, metadata);
    size_t tests = sizeof byline_tests / sizeof *byline_tests;
    if (!found.count)
        from_markup(&found, metadata, tests);
    if (!found.count)
        from_written_byline(&found, segments);
    if (found.count && names_nobody(&found, metadata)) {
        struct authors better = {.arena = metadata->arena};
        from_markup(&better, metadata, 9);
        if (!better.count)
            from_written_byline(&better, segments);
        if (better.count && !names_nobody(&better, metadata))
            found = better;
    }
    if (found.count)
        complete_first_name(&found, metadata, segments);
    return each_once(out, &found, metadata);
}
