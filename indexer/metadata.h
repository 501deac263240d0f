/* What a page says of itself: meta elements and linked data, collected once
 * for title.c, author.c, published.c and content.c. */
#ifndef INDEXER_METADATA_H
#define INDEXER_METADATA_H

#include "common/json.h"
#include "indexer/tree.h"

/* A meta element: its property, name or itemprop in lower case, and its
 * content, squeezed, entities undone. */
struct meta {
    const char *key, *value;
};

struct metadata {
    struct arena *arena;
    const struct tree *tree;
    const char *url;            /* given from outside, or NULL */
    const struct meta *metas;   /* in document order */
    size_t meta_count;
    const struct json **objects; /* of linked data, outer ones first */
    size_t object_count;
    const struct json *article; /* the one that is the article, or NULL */
    const char *article_body;   /* its articleBody as plain text, or NULL */
    const char *title_element;  /* squeezed text of <title>, or NULL */
    const char *language;       /* as the page declares it: "en-us", or NULL */
    const char *site;           /* og:site_name, publisher, else the host */
    const char *canonical;      /* an absolute http(s) address, or NULL */
    const char *site_key, *host_key; /* metadata_key of both; "" for none */
};

void metadata_collect(struct metadata *out, struct arena *arena,
                      const struct tree *tree, const char *url);

/* The first value that is not empty of a meta key, or NULL. */
const char *metadata_value(const struct metadata *metadata, const char *key);
/* The same over several keys, the first key that has one. */
const char *metadata_first(const struct metadata *metadata,
                           const char *const *keys, size_t count);

/* Is the object of one of these schema.org types ("Person", "Organization")? */
bool metadata_is_type(const struct json *object, const char *type);

/* The object, or where it only points by @id, the one it points to. */
const struct json *metadata_resolve(const struct metadata *metadata,
                                    const struct json *object);

/* Plain text of a value that may hold markup or entities. In the arena. */
const char *metadata_plain(struct arena *arena, const char *text, size_t length);

/* Letters and digits of text in lower case, for comparing. In the arena. */
const char *metadata_key(struct arena *arena, const char *text);

/* Does the node stand in a box of other texts: comments, related, sidebars?
 * by_tag: aside, footer and nav elements are such boxes too. */
bool metadata_is_elsewhere(const struct node *node, bool by_tag);

/* "www.example.org" of an address, or NULL. */
const char *metadata_host(struct arena *arena, const char *url);

#endif
