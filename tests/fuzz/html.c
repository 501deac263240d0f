/* Bytes as a page: a tree whose nodes are linked both ways and in order, texts of
 * valid UTF-8, within the limits; then all that is read from it. The first byte
 * chooses whether the page has an address. */
#include "common/date.h"
#include "common/limit.h"
#include "common/text.h"
#include "indexer/author.h"
#include "indexer/content.h"
#include "indexer/html.h"
#include "indexer/published.h"
#include "indexer/title.h"

#include <stdlib.h>
#include <string.h>

static void check(bool good)
{
    if (!good)
        abort();
}

static void check_tree(const struct tree *tree)
{
    uint32_t count = 0, number = 0;
    for (const struct node *n = tree->root; n; n = tree_next(n, tree->root), count++) {
        check(n == tree->root || n->number > number);
        check(!n->next || n->next->previous == n);
        check(!n->first || (n->first->parent == n && n->last->parent == n));
        check(n->tag != TAG_TEXT || text_is_valid(n->text, n->length));
        number = n->number;
    }
    check(count == tree->count);
}

static void check_text(const char *text)
{
    check(!text || text_is_valid(text, strlen(text)));
}

static void check_content(const struct content *content)
{
    size_t end = 0;
    check(text_is_valid(content->body, content->length));
    for (size_t i = 0; i < content->block_count; i++) {
        const dateline_block *b = &content->blocks[i];
        check(b->start == (i ? end + 1 : 0) && b->end > b->start);
        end = b->end;
    }
    check(end == content->length);
}

static void check_facts(struct metadata *metadata, struct segments *segments)
{
    const dateline_date *dates;
    const char *const *authors;
    struct content content;
    const char *title = title_read(metadata);
    size_t count = published_read(&dates, metadata, segments, title);
    for (size_t i = 0; i < count; i++)
        check(date_is_valid(dates[i].year, dates[i].month, dates[i].day));
    content_find(&content, metadata->arena, metadata, segments, title);
    check_content(&content);
    count = author_read(&authors, metadata, segments);
    for (size_t i = 0; i < count; i++)
        check_text(authors[i]);
    check_text(title);
    check_text(metadata->site);
    check_text(metadata->language);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (!length)
        return 0;
    struct arena arena = ARENA_INIT;
    struct tree tree;
    struct metadata metadata;
    struct segments segments;
    size_t repaired;
    const char *url = bytes[0] & 1 ? "https://www.herald.example/2021/10/17/a" : NULL;
    char *text = text_repair(&arena, (const char *)bytes + 1, length - 1, &repaired);
    html_read(&tree, &arena, text, repaired, NULL);
    check_tree(&tree);
    metadata_collect(&metadata, &arena, &tree, url);
    segment_read(&segments, &arena, &tree);
    check_facts(&metadata, &segments);
    arena_release(&arena);
    return 0;
}
