/* Bytes as a text: words and sentences lie in it in order, at the bounds of
 * characters; what is folded has one space between words; what is squeezed,
 * repaired and escaped is valid UTF-8. Also as the plain text of a release. */
#include "common/text.h"
#include "indexer/furniture.h"
#include "indexer/text_input.h"

#include <stdlib.h>
#include <string.h>

static void check(bool good)
{
    if (!good)
        abort();
}

static bool is_bound(const char *text, size_t length, size_t at)
{
    return at <= length && text_boundary(text, length, at) == at;
}

static void check_words(const char *text, size_t length)
{
    struct text_word word;
    size_t count = 0, before = 0;
    for (size_t at = 0; text_word(&word, text, length, &at); count++) {
        check(word.start >= before && word.end > word.start && at >= word.end);
        check(is_bound(text, length, word.start) && is_bound(text, length, word.end));
        check(word.length && strlen(word.term) == word.length);
        check(text_is_valid(word.term, word.length));
        before = word.end;
    }
    check(text_count(text, length) == count);
}

static void check_sentences(const char *text, size_t length)
{
    size_t start, end, before = 0;
    for (size_t at = 0; text_sentence(&start, &end, text, length, &at, "en");) {
        check(start >= before && end > start);
        check(is_bound(text, length, start) && is_bound(text, length, end));
        before = end;
    }
}

static void check_folding(struct arena *arena, const char *text, size_t length)
{
    size_t squeezed;
    const char *narrow = text_squeeze(arena, text, length, &squeezed);
    const char *folded = text_fold(arena, text, length);
    check(text_is_valid(narrow, squeezed) && squeezed <= length);
    check(text_is_valid(folded, strlen(folded)));
    check(*folded != ' ' && !strstr(folded, "  "));
    check(!*folded || folded[strlen(folded) - 1] != ' ');
    furniture_text(narrow, squeezed);
    furniture_name(narrow);
    furniture_is_body_name(narrow);
}

static void check_release(struct arena *arena, const char *text, size_t length)
{
    struct content content;
    const char *title;
    size_t end = 0;
    text_input_read(&content, &title, arena, text, length);
    for (size_t i = 0; i < content.block_count; i++) {
        check(content.blocks[i].start == (i ? end + 1 : 0));
        end = content.blocks[i].end;
    }
    check(end == content.length && text_is_valid(content.body, content.length));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct buffer shown = {0};
    size_t repaired;
    const char *text = text_repair(&arena, (const char *)bytes, length, &repaired);
    check(text_is_valid(text, repaired));
    text_escape(&shown, (const char *)bytes, length);
    check(!shown.length || text_is_valid(shown.bytes, shown.length));
    check_words(text, repaired);
    check_sentences(text, repaired);
    check_folding(&arena, text, repaired);
    check_release(&arena, text, repaired);
    buffer_free(&shown);
    arena_release(&arena);
    return 0;
}
