/* Bytes of a page go in, our tree comes out: libxml2's SAX parser reads what
 * thin.c leaves of them and never builds a tree of its own. */
#include "indexer/html.h"

#include "common/error.h"
#include "common/limit.h"
#include "indexer/attribute.h"
#include "indexer/thin.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

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
        const char *key = (const char *)attributes[0];
        const char *value = attributes[1] ? (const char *)attributes[1] : "";
        enum attribute_name name = tree_attribute_name(key);
        if (name != ATTRIBUTE_COUNT && !tree_attribute(node, name))
            tree_set(b->tree, node, name, value, strlen(value));
        else if (!strcmp(key, ATTRIBUTE_ROW))
            tree_row_take(b->tree, node, strtoul(value, NULL, 10));
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

static bool is_bare_entity(const char *name)
{
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    return entity && entity->value < 256;
}

/* It makes libxml2 take UTF-8 without converting. */
static const char byte_order_mark[] = "\xef\xbb\xbf";

dateline_status html_read(struct tree *tree, struct arena *arena,
                          const char *bytes, size_t length,
                          dateline_error *error)
{
    tree_init(tree, arena);
    struct buffer thinned = {0};
    buffer_text(&thinned, byte_order_mark);
    thin_read(&thinned, tree, bytes, length, is_bare_entity);
    if (thinned.length < sizeof byte_order_mark) { /* libxml2 would show the mark */
        buffer_free(&thinned);
        return DATELINE_OK;
    }
    htmlParserCtxtPtr parser =
        htmlCreateMemoryParserCtxt(thinned.bytes, (int)thinned.length);
    if (!parser) {
        buffer_free(&thinned);
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
    buffer_free(&thinned);
    return DATELINE_OK;
}
