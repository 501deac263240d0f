/* Bytes of a page go in, our tree comes out.
 *
 * First the bytes are thinned: scripts, styles, drawings and comments go (they
 * are most of a page, and libxml2 would read them letter by letter), and tags
 * are cut to what libxml2 reads in bounded time. Then its SAX parser builds our
 * tree; it never builds its own. */
#include "indexer/html.h"

#include "common/error.h"
#include "common/limit.h"
#include "common/text.h"

#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

/* ---------------------------------------------------------------- thinning */

/* Elements that hold no text of the page. What a search for the end of one has
 * missed once is not searched again, so a page of openings stays linear. */
enum { DROP_SCRIPT, DROP_STYLE, DROP_SVG, DROP_MATH, DROP_IFRAME, DROP_COUNT };

static const char *const dropped[DROP_COUNT] = {"script", "style", "svg", "math",
                                                "iframe"};

struct thinning {
    struct tree *tree;
    struct script **last;
    struct buffer out;
    const char *at, *end;
    size_t linked_data; /* bytes of it so far */
    bool no_end[DROP_COUNT], no_comment_end, no_bogus_end;
    unsigned unclosed; /* tags that found no end */
};

static bool is_name_end(char c)
{
    return c == '>' || c == '/' || text_is_space_ascii(c);
}

/* Past so many tags without an end, no other is sought for long: a page of
 * openings stays linear. */
enum { MOST_UNCLOSED = 16, SHORT_TAG = 4096 };

/* The '>' of the tag that opens at `at`, quotes minded, or NULL within a limit.
 * *attributes: how many there may be. */
static const char *tag_end(struct thinning *t, const char *at, unsigned *attributes)
{
    char quote = 0;
    const char *end = t->end;
    size_t limit = t->unclosed < MOST_UNCLOSED ? LIMIT_TAG_BYTES : SHORT_TAG;
    *attributes = 0;
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
            ++*attributes;
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
    for (int i = 0; i < DROP_COUNT; i++) {
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

/* Values longer than this hold pictures and state, never names; only meta
 * elements say more. */
enum { LONG_VALUE = 4096 };

/* Copies a tag without its longest values and past LIMIT_ATTRIBUTES. */
static void copy_tag_cut(struct thinning *t, const char *close)
{
    bool meta = !strncasecmp(t->at, "<meta", 5);
    unsigned attributes = 0;
    for (const char *at = t->at; at < close;) {
        if (text_is_space_ascii(*at) && ++attributes > LIMIT_ATTRIBUTES)
            break;
        bool opens = (*at == '"' || *at == '\'') && at[-1] == '=';
        buffer_byte(&t->out, *at++);
        if (!opens)
            continue;
        const char *quote = memchr(at, at[-1], (size_t)(close - at));
        size_t length = quote ? (size_t)(quote - at) : 0;
        if (quote && (meta || length <= LONG_VALUE))
            buffer_add(&t->out, at, length);
        if (quote) {
            buffer_byte(&t->out, *quote);
            at = quote + 1;
        }
    }
    buffer_byte(&t->out, '>');
}

static void copy_tag(struct thinning *t, const char *close, unsigned attributes)
{
    if (attributes > LIMIT_ATTRIBUTES || close - t->at > LONG_VALUE)
        copy_tag_cut(t, close);
    else
        buffer_add(&t->out, t->at, (size_t)(close + 1 - t->at));
    t->at = close + 1;
}

/* "&copy 2021", "&eacute,": browsers know the first 256 characters by name
 * without a semicolon, libxml2 does not. How long the name at `at` is, or 0. */
static size_t bare_entity(const char *at, const char *end)
{
    char name[9];
    size_t length = 0;
    while (at + length < end && length < sizeof name - 1 &&
           (text_is_letter((unsigned char)at[length]) ||
            text_is_digit((unsigned char)at[length]))) {
        name[length] = at[length];
        length++;
    }
    name[length] = '\0';
    if (!length || (at + length < end && strchr(";=", at[length])))
        return 0;
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    return entity && entity->value < 256 ? length : 0;
}

static void copy_text(struct thinning *t, const char *end)
{
    while (t->at < end) {
        const char *amp = memchr(t->at, '&', (size_t)(end - t->at));
        size_t name = amp ? bare_entity(amp + 1, end) : 0;
        const char *past = amp ? amp + 1 + name : end;
        buffer_add(&t->out, t->at, (size_t)(past - t->at));
        if (name)
            buffer_byte(&t->out, ';');
        t->at = past;
    }
}

enum { BOM_BYTES = 3 };

/* A byte order mark first: it makes libxml2 take UTF-8 without converting. */
static void thin(struct thinning *t)
{
    buffer_reserve(&t->out, (size_t)(t->end - t->at) + BOM_BYTES);
    buffer_text(&t->out, "\xef\xbb\xbf");
    while (t->at < t->end) {
        const char *open = memchr(t->at, '<', (size_t)(t->end - t->at));
        copy_text(t, open ? open : t->end);
        if (!open)
            break;
        if (drop_comment(t))
            continue;
        unsigned attributes;
        bool tag = open + 1 < t->end && (text_is_letter((unsigned char)open[1]) ||
                                         strchr("/!?", open[1]));
        const char *close = tag ? tag_end(t, open, &attributes) : NULL;
        if (!close) {
            buffer_text(&t->out, "&lt;");
            t->at++;
        } else if (!drop_element(t, close)) {
            copy_tag(t, close, attributes);
        }
    }
}

/* ----------------------------------------------------------------- building */

struct building {
    struct tree *tree;
    struct node *here;
    struct node *body; /* or NULL before it began */
    htmlParserCtxtPtr parser;
    unsigned depth;    /* of here */
    unsigned too_deep; /* open elements that got no node */
    struct buffer text;
};

/* What comes after "</body>" still is the body's. */
static struct node *parent_of(const struct building *b)
{
    return b->here == b->tree->root && b->body ? b->body : b->here;
}

static void text_flush(struct building *b)
{
    if (b->text.length)
        tree_add_text(b->tree, parent_of(b), b->text.bytes, b->text.length);
    b->text.length = 0;
}

static void keep_attributes(struct building *b, struct node *node,
                            const xmlChar **attributes)
{
    for (; attributes && attributes[0]; attributes += 2) {
        enum attribute_name name = tree_attribute_name((const char *)attributes[0]);
        const char *value = attributes[1] ? (const char *)attributes[1] : "";
        if (name != ATTRIBUTE_COUNT && !tree_attribute(node, name))
            tree_set(b->tree, node, name, value, strlen(value));
    }
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    struct building *b = context;
    text_flush(b);
    if (b->tree->count >= LIMIT_NODES) {
        b->tree->cut = true;
        xmlStopParser(b->parser);
        return;
    }
    if (b->depth + 1 >= LIMIT_ELEMENT_DEPTH) {
        b->too_deep++;
        return;
    }
    enum tag tag = tree_tag((const char *)name);
    bool outer = b->here == b->tree->root;
    bool root = tag == TAG_HTML && outer;
    struct node *node = root                                   ? b->here
                        : tag == TAG_BODY && outer && b->body ? b->body
                                               : tree_add(b->tree, parent_of(b), tag);
    keep_attributes(b, node, attributes);
    if (root)
        return;
    if (tag == TAG_BODY && outer)
        b->body = node;
    b->here = node;
    b->depth++;
}

/* Starts and ends come in pairs, whatever the page says; only the root, which
 * was there before, has an end alone. */
static void on_end(void *context, const xmlChar *name)
{
    (void)name;
    struct building *b = context;
    text_flush(b);
    if (b->too_deep) {
        b->too_deep--;
    } else if (b->depth) {
        b->depth--;
        b->here = b->depth ? b->here->parent : b->tree->root;
    }
}

static void on_text(void *context, const xmlChar *text, int length)
{
    struct building *b = context;
    buffer_add(&b->text, (const char *)text, (size_t)length);
}

static void sax_init(htmlSAXHandler *sax)
{
    *sax = (htmlSAXHandler){
        .startElement = on_start,
        .endElement = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
    };
}

dateline_status html_read(struct tree *tree, struct arena *arena,
                          const char *bytes, size_t length,
                          dateline_error *error)
{
    tree_init(tree, arena);
    struct thinning thinning = {
        .tree = tree, .last = &tree->scripts, .at = bytes, .end = bytes + length};
    thin(&thinning);
    if (thinning.out.length <= BOM_BYTES) { /* which libxml2 would show */
        buffer_free(&thinning.out);
        return DATELINE_OK;
    }
    htmlParserCtxtPtr parser =
        htmlCreateMemoryParserCtxt(thinning.out.bytes, (int)thinning.out.length);
    if (!parser) {
        buffer_free(&thinning.out);
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    }
    struct building building = {.tree = tree, .here = tree->root, .parser = parser};
    sax_init(parser->sax);
    parser->userData = &building;
    htmlCtxtUseOptions(parser, HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                   HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC |
                                   HTML_PARSE_RECOVER | XML_PARSE_HUGE);
    htmlParseDocument(parser);
    text_flush(&building);
    if (parser->myDoc)
        xmlFreeDoc(parser->myDoc);
    htmlFreeParserCtxt(parser);
    buffer_free(&building.text);
    buffer_free(&thinning.out);
    return DATELINE_OK;
}
