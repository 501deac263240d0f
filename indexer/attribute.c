/* Half of a page is values of attributes, and libxml2 reads them letter by
 * letter. So they go by it: the values that something asks for are kept in the
 * tree at once, and libxml2 is given the number of their row, <div n=17>. Only
 * character references are left to it. */
#include "indexer/attribute.h"

#include "common/ascii.h"
#include "common/limit.h"

#include <string.h>

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

/* One attribute of a tag. */
struct written {
    const char *name, *value, *end; /* value: quotes and all, or the end */
    size_t name_length;
};

static bool is_name_end(char c)
{
    return c == '>' || c == '/' || ascii_is_space(c);
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && ascii_is_space(*at))
        at++;
    return at;
}

/* The attribute at or after *at, before the tag's end (HTML standard, attribute
 * name and value states); false when there is none. */
static bool attribute_read(struct written *out, const char **at, const char *close)
{
    const char *p = *at;
    while (p < close && (ascii_is_space(*p) || *p == '/'))
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
        while (!quote && p < close && !ascii_is_space(*p))
            p++;
        out->end = quote ? quote + 1 : p;
    }
    *at = out->end + (out->end == out->name && out->end < close);
    return out->name < close;
}

static unsigned tag_kind(enum tag tag)
{
    switch (tag) {
    case TAG_A:
    case TAG_LINK: return ON_ALL | ON_LINKS;
    case TAG_META: return ON_ALL | ON_META | ON_TEXT;
    case TAG_IMG: return ON_ALL;
    default: return ON_ALL | ON_TEXT;
    }
}

static enum attribute_name written_name(const struct written *attribute)
{
    char name[16]; /* the longest that is known has 14 letters */
    if (attribute->name_length >= sizeof name)
        return ATTRIBUTE_COUNT;
    for (size_t i = 0; i < attribute->name_length; i++)
        name[i] = ascii_lower(attribute->name[i]);
    name[attribute->name_length] = '\0';
    return tree_attribute_name(name);
}

/* Does anything ask for it? */
static bool is_asked(const struct written *attribute, enum attribute_name name,
                     unsigned kind)
{
    size_t length = (size_t)(attribute->end - attribute->value);
    if (length > LONG_VALUE && !(kind & ON_META))
        return false;
    if (where[name] == ON_HIDING)
        return ascii_find(attribute->value, length, "display");
    return where[name] & kind;
}

/* Needs no decoding, and its quotes are a pair. */
static bool is_plain(const struct written *attribute)
{
    const char *value = attribute->value, *end = attribute->end;
    if (value == end)
        return true;
    bool open = (*value == '"' || *value == '\'') && (end - value < 2 || end[-1] != *value);
    return !open && !memchr(value, '&', (size_t)(end - value));
}

static void row_add(struct tree *tree, const struct written *attribute,
                    enum attribute_name name)
{
    const char *value = attribute->value, *end = attribute->end;
    bool quoted = value < end && (*value == '"' || *value == '\'');
    tree_row_set(tree, name, value + quoted, (size_t)(end - value) - 2 * quoted);
}

bool attribute_keep(struct buffer *out, struct tree *tree, enum tag tag,
                    const char *at, const char *close)
{
    size_t before = out->length;
    unsigned kind = tag_kind(tag), seen = 0; /* a bit a name */
    bool row = false;
    struct written attribute;
    if (tree->row_count >= LIMIT_NODES)
        return false; /* there will be no node for them */
    while (attribute_read(&attribute, &at, close)) {
        enum attribute_name name = written_name(&attribute);
        if (name == ATTRIBUTE_COUNT || seen >> name & 1 || !is_asked(&attribute, name, kind))
            continue;
        seen |= 1u << name;
        if (is_plain(&attribute)) {
            if (!row)
                tree_row_begin(tree);
            row = true;
            row_add(tree, &attribute, name);
        } else {
            buffer_byte(out, ' ');
            buffer_add(out, attribute.name, (size_t)(attribute.end - attribute.name));
        }
    }
    if (row) {
        buffer_text(out, " " ATTRIBUTE_ROW "=");
        buffer_decimal(out, tree->row_count - 1);
    }
    return out->length > before;
}
