/* A page's bytes go in; what a parser has to read of them comes out.
 *
 * Scripts, styles, drawings and comments are most of a page, half of the rest
 * are values of attributes that nobody asks for, and much of its text is
 * indentation. libxml2 reads all that letter by letter, so it goes beforehand;
 * and tags are cut to what libxml2 reads in bounded time. */
#include "indexer/thin.h"

#include "common/limit.h"
#include "common/text.h"

#include <string.h>
#include <strings.h>

/* ------------------------------------------------------- elements and comments */

/* Elements that hold no text of the page. What a search for the end of one has
 * missed once is not searched again, so a page of openings stays linear. */
enum { DROP_SCRIPT, DROP_STYLE, DROP_SVG, DROP_MATH, DROP_IFRAME, DROP_COUNT };

static const char *const dropped[DROP_COUNT] = {"script", "style", "svg", "math",
                                                "iframe"};

struct thinning {
    struct tree *tree;
    struct script **last;
    struct buffer out;
    thin_is_entity *is_entity;
    const char *at, *end;
    size_t linked_data; /* bytes of it so far */
    bool no_end[DROP_COUNT], no_comment_end, no_bogus_end;
    bool typed;        /* within <pre>, where white space is text */
    unsigned unclosed; /* tags that found no end */
};

static bool is_ascii_letter(char c)
{
    return text_lower_ascii(c) >= 'a' && text_lower_ascii(c) <= 'z';
}

static bool is_name_end(char c)
{
    return c == '>' || c == '/' || text_is_space_ascii(c);
}

/* Past so many tags without an end, no other is sought for long: a page of
 * openings stays linear. */
enum { MOST_UNCLOSED = 16, SHORT_TAG = 4096 };

/* The '>' of the tag that opens at `at`, quotes minded, or NULL within a limit. */
static const char *tag_end(struct thinning *t, const char *at)
{
    char quote = 0;
    const char *end = t->end;
    size_t limit = t->unclosed < MOST_UNCLOSED ? LIMIT_TAG_BYTES : SHORT_TAG;
    if ((size_t)(end - at) > limit)
        end = at + limit;
    for (char before = 0; at < end; at++) {
        if (quote) {
            if (*at == quote)
                quote = 0;
        } else if (*at == '>') {
            return at;
        } else if ((*at == '"' || *at == '\'') && before == '=') {
            quote = *at;
        } else if (text_is_space_ascii(*at)) {
            continue; /* `before` stays what stands before the space */
        }
        before = *at;
    }
    t->unclosed++;
    return NULL;
}

/* Past "</name ...>" at or after `at`; NULL when there is none. */
static const char *element_end(const char *at, const char *end, const char *name)
{
    size_t length = strlen(name);
    while ((at = memchr(at, '<', (size_t)(end - at)))) {
        if ((size_t)(end - at) < length + 3)
            return NULL;
        if (at[1] == '/' && !strncasecmp(at + 2, name, length) &&
            is_name_end(at[2 + length])) {
            const char *close = memchr(at, '>', (size_t)(end - at));
            return close ? close + 1 : end;
        }
        at++;
    }
    return NULL;
}

/* Keeps a script that holds data. */
static void script_keep(struct thinning *t, const char *tag, size_t tag_length,
                        const char *text, const char *end)
{
    bool linked = text_find_ascii(tag, tag_length, "ld+json");
    if (!linked && !text_find_ascii(tag, tag_length, "json"))
        return;
    while (end > text && end[-1] != '<')
        end--;
    size_t length = end > text ? (size_t)(end - text - 1) : 0;
    if (!length || length > LIMIT_JSON_LD_BYTES ||
        t->linked_data + length > LIMIT_JSON_LD_PAGE_BYTES)
        return;
    t->linked_data += length;
    struct script *script = arena_new(t->tree->arena, struct script);
    script->text = arena_copy(t->tree->arena, text, length);
    script->length = length;
    script->linked_data = linked;
    *t->last = script;
    t->last = &script->next;
}

/* At "<script ..." and its like: past the element, or false to go on as usual. */
static bool drop_element(struct thinning *t, const char *close)
{
    char first = text_lower_ascii(t->at[1]);
    for (int i = 0; i < DROP_COUNT; i++) {
        if (*dropped[i] != first)
            continue;
        size_t length = strlen(dropped[i]);
        if ((size_t)(t->end - t->at) < length + 2 ||
            strncasecmp(t->at + 1, dropped[i], length) ||
            !is_name_end(t->at[1 + length]))
            continue;
        if (close[-1] == '/' && i != DROP_SCRIPT)
            return t->at = close + 1, true;
        const char *past =
            t->no_end[i] ? NULL : element_end(close + 1, t->end, dropped[i]);
        if (!past) {
            t->no_end[i] = true;
            return t->at = close + 1, true;
        }
        if (i == DROP_SCRIPT)
            script_keep(t, t->at, (size_t)(close - t->at), close + 1, past);
        buffer_byte(&t->out, ' ');
        return t->at = past, true;
    }
    return false;
}

/* "<![endif]>", "<![CDATA[ ... ]]>": what is no document type is a comment up to
 * its ">" (HTML standard, bogus comments); libxml2 would show it as text. */
static bool drop_bogus_comment(struct thinning *t)
{
    if (t->no_bogus_end || t->end - t->at < 3 || t->at[1] != '!' || t->at[2] != '[')
        return false;
    const char *close = memchr(t->at, '>', (size_t)(t->end - t->at));
    t->no_bogus_end = !close;
    return close ? t->at = close + 1, true : false;
}

static bool drop_comment(struct thinning *t)
{
    if (t->end - t->at < 4 || memcmp(t->at, "<!--", 4))
        return drop_bogus_comment(t);
    const char *close =
        t->no_comment_end ? NULL : memmem(t->at + 2, (size_t)(t->end - t->at - 2), "-->", 3);
    if (close) {
        t->at = close + 3;
    } else {
        t->no_comment_end = true;
        t->at += 4;
    }
    return true;
}

/* --------------------------------------------------------------- attributes */

/* Values longer than this hold pictures and state, never names; only meta
 * elements say more. */
enum { LONG_VALUE = 4096 };

/* Where an attribute tells something. */
enum { ON_ALL = 1, ON_META = 2, ON_LINKS = 4, ON_TEXT = 8, ON_HIDING = 16 };

static const unsigned char where[ATTRIBUTE_COUNT] = {
    [ATTRIBUTE_CLASS] = ON_ALL,     [ATTRIBUTE_CONTENT] = ON_ALL,
    [ATTRIBUTE_DATA_COMPONENT] = ON_ALL, [ATTRIBUTE_DATA_TESTID] = ON_ALL,
    [ATTRIBUTE_DATETIME] = ON_ALL,  [ATTRIBUTE_HIDDEN] = ON_ALL,
    [ATTRIBUTE_HREF] = ON_LINKS,    [ATTRIBUTE_HTTP_EQUIV] = ON_META,
    [ATTRIBUTE_ID] = ON_ALL,        [ATTRIBUTE_ITEMPROP] = ON_ALL,
    [ATTRIBUTE_ITEMTYPE] = ON_ALL,  [ATTRIBUTE_LANG] = ON_ALL,
    [ATTRIBUTE_NAME] = ON_META,     [ATTRIBUTE_PROPERTY] = ON_META,
    [ATTRIBUTE_PUBDATE] = ON_ALL,   [ATTRIBUTE_REL] = ON_LINKS,
    [ATTRIBUTE_ROLE] = ON_ALL,      [ATTRIBUTE_STYLE] = ON_HIDING,
    [ATTRIBUTE_TITLE] = ON_TEXT,    [ATTRIBUTE_VALUE] = ON_META,
};

/* One attribute of a tag, as it was written. */
struct written {
    const char *name, *value, *end; /* value: quotes and all, or the end */
    size_t name_length;
};

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && text_is_space_ascii(*at))
        at++;
    return at;
}

/* The attribute at or after *at, before the tag's end (HTML standard, attribute
 * name and value states); false when there is none. */
static bool attribute_read(struct written *out, const char **at, const char *close)
{
    const char *p = *at;
    while (p < close && (text_is_space_ascii(*p) || *p == '/'))
        p++;
    out->name = p;
    while (p < close && *p != '=' && !is_name_end(*p))
        p++;
    out->name_length = (size_t)(p - out->name);
    out->value = out->end = p;
    const char *equals = skip_space(p, close);
    if (equals < close && *equals == '=') {
        p = out->value = skip_space(equals + 1, close);
        const char *quote = p < close && (*p == '"' || *p == '\'')
                                ? memchr(p + 1, *p, (size_t)(close - p - 1))
                                : NULL;
        while (!quote && p < close && !text_is_space_ascii(*p))
            p++;
        out->end = quote ? quote + 1 : p;
    }
    *at = out->end + (out->end == out->name && out->end < close);
    return out->name < close;
}

/* Does the tag whose name is at `at` have this one? It ends at a '>'. */
static bool is_tag(const char *at, const char *name)
{
    size_t length = text_lower_ascii(*at) == *name ? strlen(name) : 0;
    return length && !strncasecmp(at, name, length) && is_name_end(at[length]);
}

static unsigned tag_kind(const char *tag)
{
    static const struct {
        const char *name;
        unsigned kind;
    } kinds[] = {{"a", ON_LINKS}, {"link", ON_LINKS}, {"meta", ON_META | ON_TEXT},
                 {"img", 0}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is_tag(tag, kinds[i].name))
            return kinds[i].kind | ON_ALL;
    return ON_ALL | ON_TEXT;
}

/* Does anything ask for it? */
static bool is_asked(const struct written *attribute, unsigned kind)
{
    char name[16];
    size_t length = (size_t)(attribute->end - attribute->value);
    if (attribute->name_length >= sizeof name)
        return false;
    for (size_t i = 0; i < attribute->name_length; i++)
        name[i] = text_lower_ascii(attribute->name[i]);
    name[attribute->name_length] = '\0';
    enum attribute_name known = tree_attribute_name(name);
    if (known == ATTRIBUTE_COUNT || (length > LONG_VALUE && !(kind & ON_META)))
        return false;
    if (where[known] == ON_HIDING)
        return text_find_ascii(attribute->value, length, "display");
    return where[known] & kind;
}

/* Copies a tag with the attributes that something asks for: libxml2 reads each
 * letter of a value, and half of a page is values that nobody needs. */
static void copy_tag(struct thinning *t, const char *close)
{
    const char *at = t->at + 1;
    if (*at == '!' || *at == '?') {
        buffer_add(&t->out, t->at, (size_t)(close + 1 - t->at));
        t->at = close + 1;
        return;
    }
    while (at < close && !text_is_space_ascii(*at) && (*at != '/' || at == t->at + 1))
        at++;
    buffer_add(&t->out, t->at, (size_t)(at - t->at));
    unsigned kind = tag_kind(t->at + 1), kept = 0;
    struct written attribute;
    while (t->at[1] != '/' && kept < LIMIT_ATTRIBUTES &&
           attribute_read(&attribute, &at, close)) {
        if (!is_asked(&attribute, kind))
            continue;
        buffer_byte(&t->out, ' ');
        buffer_add(&t->out, attribute.name, (size_t)(attribute.end - attribute.name));
        kept++;
    }
    if (close[-1] == '/')
        buffer_text(&t->out, kept ? " /" : "/");
    buffer_byte(&t->out, '>');
    t->at = close + 1;
}

/* --------------------------------------------------------------------- text */

/* "&copy 2021", "&eacute,": browsers know the first 256 characters by name
 * without a semicolon, libxml2 does not. How long the name at `at` is, or 0. */
static size_t bare_entity(const struct thinning *t, const char *at, const char *end)
{
    char name[9];
    size_t length = 0;
    while (at + length < end && length < sizeof name - 1 &&
           (is_ascii_letter(at[length]) || text_is_digit((unsigned char)at[length]))) {
        name[length] = at[length];
        length++;
    }
    name[length] = '\0';
    if (!length || (at + length < end && strchr(";=", at[length])))
        return 0;
    return t->is_entity(name) ? length : 0;
}

/* Of the white space in a row the first is kept: most of what stands between
 * tags is indentation. */
static void copy_words(struct thinning *t, const char *at, const char *end)
{
    while (at < end) {
        const char *begin = at;
        while (at < end && !(text_is_space_ascii(*at) && at + 1 < end &&
                             text_is_space_ascii(at[1])))
            at++;
        at += at < end;
        buffer_add(&t->out, begin, (size_t)(at - begin));
        at = skip_space(at, end);
    }
}

static void copy_text(struct thinning *t, const char *end)
{
    while (t->at < end) {
        const char *amp = memchr(t->at, '&', (size_t)(end - t->at));
        size_t name = amp ? bare_entity(t, amp + 1, end) : 0;
        const char *past = amp ? amp + 1 + name : end;
        if (t->typed)
            buffer_add(&t->out, t->at, (size_t)(past - t->at));
        else
            copy_words(t, t->at, past);
        if (name)
            buffer_byte(&t->out, ';');
        t->at = past;
    }
}

/* Copies what stands at `at`, up to and with the next tag. */
static void copy_next(struct thinning *t)
{
    const char *open = memchr(t->at, '<', (size_t)(t->end - t->at));
    copy_text(t, open ? open : t->end);
    if (!open || drop_comment(t))
        return;
    bool tag = open + 1 < t->end && (is_ascii_letter(open[1]) || strchr("/!?", open[1]));
    const char *close = tag ? tag_end(t, open) : NULL;
    if (!close) {
        buffer_text(&t->out, "&lt;");
        t->at++;
    } else if (!drop_element(t, close)) {
        if (is_tag(open + 1, "pre") || is_tag(open + 2, "pre"))
            t->typed = open[1] != '/';
        copy_tag(t, close);
    }
}

void thin_read(struct buffer *out, struct tree *tree, const char *bytes,
               size_t length, thin_is_entity *is_entity)
{
    struct thinning t = {.tree = tree, .last = &tree->scripts, .out = *out,
                         .is_entity = is_entity, .at = bytes, .end = bytes + length};
    buffer_reserve(&t.out, t.out.length + length);
    while (t.at < t.end)
        copy_next(&t);
    *out = t.out;
}
