/* A page's bytes go in; what a parser has to read of them comes out.
 *
 * Scripts, styles, drawings and comments are most of a page, attributes are most
 * of the rest, and two texts in three are indentation between tags. libxml2
 * reads all that letter by letter, so it goes beforehand; and tags are cut to
 * what libxml2 reads in bounded time. */
#include "indexer/thin.h"

#include "common/ascii.h"
#include "common/limit.h"
#include "common/text.h"
#include "indexer/attribute.h"

#include <string.h>
#include <strings.h>

/* ------------------------------------------------------- elements and comments */

/* Elements that hold no text of the page. What a search for the end of one has
 * missed once is not searched again, so a page of openings stays linear. */
enum { DROP_COUNT = 5 };

static const struct {
    enum tag tag;
    const char *name;
} dropped[DROP_COUNT] = {{TAG_SCRIPT, "script"}, {TAG_STYLE, "style"}, {TAG_SVG, "svg"},
                         {TAG_MATH, "math"}, {TAG_IFRAME, "iframe"}};

struct thinning {
    struct tree *tree;
    struct script **last;
    struct buffer out;
    thin_is_entity *is_entity;
    const char *at, *end;
    size_t linked_data; /* bytes of it so far */
    bool no_end[DROP_COUNT], no_comment_end, no_bogus_end;
    bool typed;        /* within <pre>, where white space is text */
    bool fresh;        /* a block has begun, and nothing stood in it yet */
    bool space;        /* white space was met and not written yet */
    unsigned unclosed; /* tags that found no end */
};

static bool is_ascii_letter(char c)
{
    return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

static bool is_name_end(char c)
{
    return c == '>' || c == '/' || ascii_is_space(c);
}

/* Past so many tags without an end, no other is sought for long: a page of
 * openings stays linear. */
enum { MOST_UNCLOSED = 16, SHORT_TAG = 1024 };

/* Does a value begin with the quote at `at`? A tag's '<' stands before it. */
static bool opens_value(const char *at)
{
    while (ascii_is_space(at[-1]))
        at--;
    return at[-1] == '=';
}

/* The '>' of the tag that opens at `open`, quotes minded, or NULL within a limit. */
static const char *tag_end(struct thinning *t, const char *open)
{
    static const bool stops[256] = {['>'] = true, ['"'] = true, ['\''] = true};
    const char *end = t->end;
    size_t limit = t->unclosed < MOST_UNCLOSED ? LIMIT_TAG_BYTES : SHORT_TAG;
    if ((size_t)(end - open) > limit)
        end = open + limit;
    for (const char *at = open + 1; at < end; at++) {
        if (!stops[(unsigned char)*at])
            continue;
        if (*at == '>')
            return at;
        if (opens_value(at) && !(at = memchr(at + 1, *at, (size_t)(end - at - 1))))
            break;
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
    bool linked = ascii_find(tag, tag_length, "ld+json");
    if (!linked && !ascii_find(tag, tag_length, "json"))
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
static bool drop_element(struct thinning *t, enum tag tag, const char *close)
{
    int i = 0;
    while (i < DROP_COUNT && dropped[i].tag != tag)
        i++;
    if (i == DROP_COUNT || t->at[1] == '/')
        return false;
    const char *past = NULL;
    if (close[-1] != '/' || tag == TAG_SCRIPT) {
        past = t->no_end[i] ? NULL : element_end(close + 1, t->end, dropped[i].name);
        t->no_end[i] = !past;
    }
    if (past && tag == TAG_SCRIPT)
        script_keep(t, t->at, (size_t)(close - t->at), close + 1, past);
    t->space |= past && !t->fresh;
    t->at = past ? past : close + 1;
    return true;
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

/* --------------------------------------------------------------------- tags */

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && ascii_is_space(*at))
        at++;
    return at;
}

/* What the tag at `at` begins or ends. */
static enum tag tag_named(const struct thinning *t)
{
    char name[sizeof "blockquote"]; /* the longest that is known */
    size_t length = 0;
    for (const char *at = t->at + 1 + (t->at[1] == '/'); at < t->end && !is_name_end(*at); at++) {
        if (length == sizeof name - 1)
            return TAG_OTHER;
        name[length++] = ascii_lower(*at);
    }
    name[length] = '\0';
    return tree_tag(name);
}

static void write_space(struct thinning *t)
{
    if (t->space)
        buffer_byte(&t->out, ' ');
    t->space = t->fresh = false;
}

/* "<!DOCTYPE html>", "<?xml ...?>" */
static bool is_declaration(const char *open)
{
    return open[1] == '!' || open[1] == '?';
}

/* White space before and behind the beginning of a block is nothing. A block's
 * end may be one that nothing began, so white space waits behind it; as it does
 * behind what shows nothing, and what libxml2 may not take for a beginning. */
static void mind_space(struct thinning *t, enum tag tag)
{
    bool waits = tag == TAG_META || tag == TAG_LINK || tag == TAG_HTML ||
                 tag == TAG_HEAD || tag == TAG_BODY || is_declaration(t->at);
    if (waits)
        return;
    if (!(tree_flags(tag) & TREE_B))
        write_space(t);
    else if (t->at[1] != '/')
        t->space = false, t->fresh = true;
}

/* Copies a tag; attributes go by the parser where they can. */
static void copy_tag(struct thinning *t, enum tag tag, const char *close)
{
    const char *at = t->at + 1;
    bool end = *at == '/';
    for (at += end; at < close && !ascii_is_space(*at) && *at != '/';)
        at++;
    buffer_add(&t->out, t->at, (size_t)(at - t->at));
    bool kept = !end && attribute_keep(&t->out, t->tree, tag, at, close);
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
        while (at < end && !(ascii_is_space(*at) && at + 1 < end &&
                             ascii_is_space(at[1])))
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

/* What stands between tags, if not white space alone. */
static void copy_between(struct thinning *t, const char *end)
{
    if (t->typed || skip_space(t->at, end) < end) {
        write_space(t);
        copy_text(t, end);
    }
    t->space |= t->at < end && !t->fresh;
    t->at = end;
}

/* Copies what stands at `at`, up to and with the next tag. */
static void copy_next(struct thinning *t)
{
    const char *open = memchr(t->at, '<', (size_t)(t->end - t->at));
    copy_between(t, open ? open : t->end);
    if (!open || drop_comment(t))
        return;
    bool is_tag = open + 1 < t->end && (is_ascii_letter(open[1]) || strchr("/!?", open[1]));
    const char *close = is_tag ? tag_end(t, open) : NULL;
    if (!close) {
        write_space(t);
        buffer_text(&t->out, "&lt;");
        t->at++;
        return;
    }
    enum tag tag = tag_named(t);
    if (drop_element(t, tag, close))
        return;
    if (tag == TAG_PRE)
        t->typed = open[1] != '/';
    mind_space(t, tag);
    if (!is_declaration(open)) {
        copy_tag(t, tag, close);
    } else {
        buffer_add(&t->out, open, (size_t)(close + 1 - open));
        t->at = close + 1;
    }
}

void thin_read(struct buffer *out, struct tree *tree, const char *bytes,
               size_t length, thin_is_entity *is_entity)
{
    struct thinning t = {.tree = tree, .last = &tree->scripts, .out = *out,
                         .is_entity = is_entity, .at = bytes, .end = bytes + length,
                         .fresh = true};
    buffer_reserve(&t.out, t.out.length + length);
    while (t.at < t.end)
        copy_next(&t);
    *out = t.out;
}
