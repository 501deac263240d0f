/* Blocks are joined while they are short, and cut when they are long. */
#include "indexer/passage.h"

#include "common/field.h"
#include "common/limit.h"
#include "common/text.h"

enum {
    ENOUGH_WORDS = 60,  /* a passage of so many is not joined with the next */
    JOINED_WORDS = 150, /* joining never makes more */
    FEW_WORDS = 25      /* a rest of fewer joins the passage before it */
};

struct splitting {
    struct arena *arena;
    dateline_passage *items;
    size_t count, room;
    const char *body;
    const char *language;
    size_t words;  /* of the last passage */
    bool open;     /* it may still grow */
    bool headed;   /* it consists of headings so far */
};

static void begin(struct splitting *s, size_t start, size_t end, dateline_role role,
                  size_t words)
{
    dateline_passage *p = arena_push(s->arena, &s->items, &s->count, &s->room);
    *p = (dateline_passage){start, end, role};
    s->words = words;
    s->open = true;
}

static void extend(struct splitting *s, size_t end, size_t words)
{
    s->items[s->count - 1].end = end;
    s->words += words;
}

/* Past the word in which LIMIT_PASSAGE_WORDS is reached, or the end. */
static size_t word_limit(const char *text, size_t start, size_t end)
{
    struct text_word word;
    size_t at = start;
    for (size_t n = 0; n < LIMIT_PASSAGE_WORDS; n++)
        if (!text_word(&word, text, end, &at))
            return end;
    size_t next = at;
    if (!text_word(&word, text, end, &next))
        return end; /* only marks follow */
    return word.start;
}

/* A long paragraph as pieces of about equal length, whole sentences each. */
static void cut_long(struct splitting *s, const dateline_block *block, size_t words)
{
    size_t pieces = (words + JOINED_WORDS - 1) / JOINED_WORDS;
    size_t wanted = words / pieces, start, end, at = block->start;
    s->open = false;
    while (text_sentence(&start, &end, s->body, block->end, &at, s->language)) {
        size_t n = text_count(s->body + start, end - start);
        bool full = !s->open || s->words + n > LIMIT_PASSAGE_WORDS ||
                    s->words + n / 2 > wanted;
        while (n > LIMIT_PASSAGE_WORDS) {
            size_t stop = word_limit(s->body, start, end);
            begin(s, start, stop, block->role, LIMIT_PASSAGE_WORDS);
            start = stop;
            n -= LIMIT_PASSAGE_WORDS;
            full = true;
        }
        if (start >= end)
            continue;
        if (full)
            begin(s, start, end, block->role, n);
        else
            extend(s, end, n);
    }
    s->open = false;
}

static dateline_role group_of(dateline_role role)
{
    return field_is_aside(role) ? DATELINE_ROLE_ABOUT : DATELINE_ROLE_BODY;
}

static void add_block(struct splitting *s, const dateline_block *block)
{
    size_t words = text_count(s->body + block->start, block->end - block->start);
    bool heading = block->role == DATELINE_ROLE_HEADING;
    dateline_passage *last = s->count ? &s->items[s->count - 1] : NULL;
    bool same = last && s->open && group_of(last->role) == group_of(block->role);
    bool after_heading = same && s->headed && s->words + words <= LIMIT_PASSAGE_WORDS;
    bool joins = same && !heading && s->words + words <= JOINED_WORDS &&
                 (s->words < ENOUGH_WORDS || words < FEW_WORDS);
    if (words > LIMIT_PASSAGE_WORDS) {
        cut_long(s, block, words);
        s->headed = false;
    } else if (after_heading || joins) {
        if (s->headed && !heading)
            last->role = block->role;
        extend(s, block->end, words);
        s->headed &= heading;
    } else {
        begin(s, block->start, block->end, block->role, words);
        s->headed = heading;
    }
}

/* Passages meet: each reaches to where the next begins, less the white space. */
size_t passage_split(dateline_passage **out, struct arena *arena, const char *body,
                     const dateline_block *blocks, size_t count, const char *language)
{
    struct splitting s = {.arena = arena, .body = body, .language = language};
    for (size_t i = 0; i < count; i++)
        add_block(&s, &blocks[i]);
    *out = s.items;
    return s.count;
}
