/* Any input as the reader takes it, the first byte choosing its name: each
 * article's blocks, passages and opening lie inside its body at the bounds of
 * characters, passages are in order, and it can be written. */
#include "common/date.h"
#include "common/text.h"
#include "indexer/article.h"

#include <stdlib.h>
#include <string.h>

static void check(bool good)
{
    if (!good)
        abort();
}

static void check_span(const dateline_article *article, size_t start, size_t end)
{
    const char *body = article->body;
    check(start <= end && end <= article->length);
    check(text_boundary(body, article->length, start) == start);
    check(text_boundary(body, article->length, end) == end);
}

static void check_article(const dateline_article *article)
{
    const dateline_facts *facts = &article->facts;
    size_t at = 0;
    check(text_is_valid(article->body, article->length));
    for (size_t i = 0; i < article->block_count; i++)
        check_span(article, article->blocks[i].start, article->blocks[i].end);
    for (size_t i = 0; i < article->passage_count; i++) {
        check_span(article, article->passages[i].start, article->passages[i].end);
        check(article->passages[i].start >= at);
        at = article->passages[i].end;
    }
    check_span(article, 0, facts->dateline.end);
    if (facts->published.precision)
        check(date_is_valid(facts->published.year, facts->published.month,
                            facts->published.day));
}

static dateline_status visit(void *context, dateline_article *article,
                             const dateline_error *error)
{
    FILE *null = context;
    check((article != NULL) != (error && error->status));
    if (article) {
        check_article(article);
        check(!dateline_article_write(article, null, NULL));
    }
    dateline_article_free(article);
    return DATELINE_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const paths[] = {NULL, "a.html", "a.txt", "a.jsonl", "a.gz"};
    static FILE *null;
    if (!null)
        null = fopen("/dev/null", "w");
    if (!length || !null)
        return 0;
    struct article_input input = {.bytes = (const char *)bytes + 1, .length = length - 1,
                                  .path = paths[bytes[0] % 5], .line = 1};
    dateline_error error = {.position = -1};
    article_read(&input, visit, null, &error);
    return 0;
}
