/* What is written is read again; what is damaged is refused. */
#include "common/stored.h"

#include "common/compress.h"
#include "common/field.h"
#include "common/limit.h"
#include "tests/tap.h"

#include <stdlib.h>
#include <xxhash.h>

static const char *const authors[] = {"Mira Olsen", "Jon Åkerlund"};
static const char *const keywords[] = {"harbour", "ferries"};
static const dateline_date dates[] = {
    {2021, 10, 17, DATELINE_DAY, DATELINE_FROM_META, "09:30:00+02:00", false},
    {2021, 10, 1, DATELINE_MONTH, DATELINE_FROM_TEXT, NULL, false},
};
static const dateline_alias aliases[] = {{"NHA", "North Harbour Authority"}};

static dateline_facts facts_make(void)
{
    dateline_facts facts = {.id = "n-1",
                            .path = "/news/\xff.html",
                            .title = "Ferries return",
                            .site = "harbour.example",
                            .language = "en",
                            .section = "Local",
                            .authors = authors,
                            .author_count = 2,
                            .keywords = keywords,
                            .keyword_count = 2,
                            .published = dates[0],
                            .dates = dates,
                            .date_count = 2,
                            .aliases = aliases,
                            .alias_count = 1};
    facts.dateline.place = "NORTH HARBOUR";
    facts.dateline.date = dates[0];
    facts.dateline.end = 31;
    facts.contact.mail = "press@harbour.example";
    return facts;
}

#define FIRST "The NHA's 5 €."
#define SECOND "The Ferries return."
#define BODY FIRST "\n\n" SECOND

enum { AT = sizeof FIRST + 1, LENGTH = sizeof BODY - 1 };

/* The last one lies across both passages. */
static const dateline_entity entities[] = {
    {4, 9, DATELINE_ORG, DATELINE_BY_ALIAS, "North Harbour Authority", NULL},
    {10, 15, DATELINE_MONEY, DATELINE_BY_PATTERN, NULL, "EUR 5"},
    {15, AT + 3, DATELINE_MISC, DATELINE_BY_TAGGER, NULL, NULL},
    {AT + 4, AT + 11, DATELINE_ORG, DATELINE_BY_ALIAS, "Ferries", NULL},
};
static const dateline_block blocks[] = {
    {0, sizeof FIRST - 1, DATELINE_ROLE_HEADING}, {AT, LENGTH, DATELINE_ROLE_BODY}};
static const dateline_passage passages[] = {
    {0, sizeof FIRST - 1, DATELINE_ROLE_BODY}, {AT, LENGTH, DATELINE_ROLE_ABOUT}};
static const uint32_t words[] = {3, 300}, fingerprints[] = {7, UINT32_MAX};

static struct stored_article article_make(void)
{
    return (struct stored_article){.facts = facts_make(),
                                   .body = BODY,
                                   .length = LENGTH,
                                   .blocks = blocks,
                                   .block_count = 2,
                                   .passages = passages,
                                   .words = words,
                                   .passage_count = 2,
                                   .entities = entities,
                                   .entity_count = 4,
                                   .fingerprints = fingerprints,
                                   .fingerprint_count = 2,
                                   .hash = {UINT64_MAX, 1},
                                   .terms = 640};
}

static dateline_status again(struct stored_article *got, struct arena *arena,
                             const struct stored_article *article)
{
    struct buffer bytes = {0};
    stored_write(&bytes, article);
    dateline_status status =
        stored_read(got, arena, bytes.bytes, bytes.length, NULL);
    buffer_free(&bytes);
    return status;
}

static void an_article_comes_back(void)
{
    struct stored_article article = article_make(), got = {.length = 0};
    struct arena arena = ARENA_INIT;
    ok(!again(&got, &arena, &article),
       "an article that was written can be read");
    ok(got.hash[0] == UINT64_MAX && got.hash[1] == 1 && got.terms == 640,
       "its hash and the sum of its terms come back");
    is_text(got.body, BODY, "its text comes back");
    ok(got.block_count == 2 && got.blocks[1].end == LENGTH &&
           got.blocks[0].role == DATELINE_ROLE_HEADING,
       "its blocks come back");
    ok(got.passage_count == 2 && got.passages[1].start == AT &&
           got.words[0] == 3 && got.words[1] == 300,
       "and its passages, with the number of their words");
    ok(got.fingerprint_count == 2 && got.fingerprints[1] == UINT32_MAX,
       "its fingerprints come back");
    is_text(got.facts.path, "/news/\xff.html",
            "a path that is not UTF-8 comes back byte for byte");
    ok(!got.facts.url, "a fact that is not known stays unknown");
    ok(got.facts.author_count == 2 &&
           !strcmp(got.facts.authors[1], "Jon Åkerlund"),
       "both authors come back");
    is_text(got.facts.published.time, "09:30:00+02:00", "the time comes back");
    ok(got.facts.keyword_count == 2 && got.facts.date_count == 2 &&
           got.facts.alias_count == 1,
       "an article keeps keywords, dates and aliases");
    is_text(got.facts.contact.mail, "press@harbour.example",
            "the contact comes back");
    arena_release(&arena);
}

static void a_passage_is_a_look(void)
{
    struct stored_article article = article_make(), got = {.length = 0};
    struct arena arena = ARENA_INIT;
    again(&got, &arena, &article);
    struct stored_passage first = stored_passage(&got, 0, &arena),
                          second = stored_passage(&got, 1, &arena);
    ok(first.length == strlen(FIRST) && !memcmp(first.text, FIRST, first.length),
       "a passage has its part of the text");
    ok(second.start == AT && second.number == 1 &&
           second.role == DATELINE_ROLE_ABOUT && second.article == &got,
       "number, place and role are its own");
    ok(first.entity_count == 2 && first.entities[1].start == 10 &&
           first.entities[1].end == 15,
       "it has the entities that lie in it whole");
    ok(second.entity_count == 1 && second.entities[0].start == 4 &&
           second.entities[0].end == 11, "which are moved to its own bytes");
    is_text(stored_name(&arena, got.body, &got.entities[0]),
            "North Harbour Authority", "an entity has a name");
    is_text(stored_name(&arena, got.body, &got.entities[2]), ". The",
            "or its own words, in one line");
    arena_release(&arena);
}

/* Whether it is refused when it is written with a right checksum. */
static bool is_refused(const struct stored_article *article)
{
    struct stored_article got;
    struct arena arena = ARENA_INIT;
    bool refused = again(&got, &arena, article) == DATELINE_CORRUPT;
    arena_release(&arena);
    return refused;
}

static void parts_lie_in_the_text(void)
{
    struct stored_article none = article_make(), longer = article_make(),
                          crossed = article_make(), cut = article_make();
    const dateline_passage behind[] = {{0, LENGTH + 1, DATELINE_ROLE_BODY}};
    const dateline_passage back[] = {{AT, LENGTH, DATELINE_ROLE_BODY},
                                     {0, 3, DATELINE_ROLE_BODY}};
    const dateline_entity half[] = {
        {12, 13, DATELINE_MISC, DATELINE_BY_TAGGER, NULL, NULL}};
    none.passage_count = 0;
    ok(is_refused(&none), "an article without a passage is refused");
    longer.passages = behind;
    longer.passage_count = 1;
    ok(is_refused(&longer), "a passage that ends behind the text is");
    crossed.passages = back;
    ok(is_refused(&crossed), "passages out of order are");
    cut.entities = half;
    cut.entity_count = 1;
    ok(is_refused(&cut), "an entity that parts a character is");
}

static void runs_come_back(void)
{
    static const char identity[] = "0123456789abcdef";
    static const uint64_t same[] = {7, 7, 7}, mixed[] = {300, 2, 301};
    struct buffer bytes = {0};
    uint64_t got[3], last = 0;
    stored_write_runs(&bytes, identity, same, 3);
    ok(bytes.length == FIELD_RUN_BYTES &&
           stored_read_runs(got, 3, identity, bytes.bytes, bytes.length) &&
           !memcmp(got, same, sizeof got),
       "passages of one run are no more than that run");
    bytes.length = 0;
    stored_write_runs(&bytes, identity, mixed, 3);
    ok(stored_read_runs(got, 3, identity, bytes.bytes, bytes.length) &&
           !memcmp(got, mixed, sizeof got), "those of several come back");
    ok(field_run_read(&last, identity, bytes.bytes, FIELD_RUN_BYTES) &&
           last == 301, "behind the last of them");
    ok(!stored_read_runs(got, 3, identity, bytes.bytes, bytes.length - 1) &&
           !stored_read_runs(got, 2, identity, bytes.bytes, bytes.length),
       "too few and too many are refused");
    ok(!stored_read_runs(got, 3, "0123456789abcdee", bytes.bytes,
                         bytes.length) && !got[0] && !got[1] && !got[2],
       "and so are those of another index");
    buffer_free(&bytes);
}

static void damage_is_found(void)
{
    struct stored_article article = article_make();
    struct buffer bytes = {0};
    stored_write(&bytes, &article);
    size_t accepted = 0;
    for (size_t i = 0; i < bytes.length * 8; i++) {
        struct arena arena = ARENA_INIT;
        struct stored_article got;
        char *at = &bytes.bytes[i / 8], keep = *at;
        *at = (char)(keep ^ 1 << i % 8);
        accepted +=
            !stored_read(&got, &arena, bytes.bytes, bytes.length, NULL);
        *at = keep;
        arena_release(&arena);
    }
    ok(accepted == 0, "no flipped bit goes unnoticed");
    for (size_t i = 0; i < bytes.length; i++) {
        struct arena arena = ARENA_INIT;
        struct stored_article got;
        char *cut = malloc(i ? i : 1);
        memcpy(cut, bytes.bytes, i);
        accepted += !stored_read(&got, &arena, cut, i, NULL);
        free(cut);
        arena_release(&arena);
    }
    ok(accepted == 0, "no cut goes unnoticed");
    buffer_free(&bytes);
}

/* What stored_write makes, with the plain bytes and their size as we say it. */
static void keep(struct buffer *out, uint64_t size, const struct buffer *rest)
{
    out->length = 1; /* the version is there */
    stored_write_number(out, 0);
    stored_write_number(out, 0);
    stored_write_number(out, size);
    buffer_add(out, rest->bytes, rest->length);
    uint64_t hash = XXH3_64bits(out->bytes, out->length);
    for (int i = 0; i < 4; i++)
        buffer_byte(out, (char)(hash >> 8 * i));
}

/* Counts the flipped bits of a frame with a right checksum that are taken, and
 * gives each to a reader that must live. */
static size_t flips_taken(struct buffer *out, uint64_t size,
                          struct buffer *frame)
{
    size_t taken = 0;
    for (size_t i = 0; i < frame->length * 8; i++) {
        struct arena arena = ARENA_INIT;
        struct stored_article got;
        frame->bytes[i / 8] = (char)(frame->bytes[i / 8] ^ 1 << i % 8);
        keep(out, size, frame);
        taken += !stored_read(&got, &arena, out->bytes, out->length, NULL);
        frame->bytes[i / 8] = (char)(frame->bytes[i / 8] ^ 1 << i % 8);
        arena_release(&arena);
    }
    return taken;
}

static dateline_status kept_read(struct buffer *out, uint64_t size,
                                 const struct buffer *rest)
{
    struct arena arena = ARENA_INIT;
    struct stored_article got;
    keep(out, size, rest);
    dateline_status status =
        stored_read(&got, &arena, out->bytes, out->length, NULL);
    arena_release(&arena);
    return status;
}

static void frames_are_not_trusted(void)
{
    struct stored_article article = article_make();
    struct buffer plain = {0}, frame = {0}, out = {0};
    stored_write(&out, &article);
    stored_write_plain(&plain, &article);
    ok(compress_write(&frame, plain.bytes, plain.length) &&
           frame.length < plain.length, "an article gets smaller");
    ok(!kept_read(&out, plain.length, &frame), "it is read by its size");
    ok(!kept_read(&out, 0, &plain), "and plain where that is 0");
    ok(kept_read(&out, plain.length - 1, &frame) == DATELINE_CORRUPT &&
           kept_read(&out, plain.length + 1, &frame) == DATELINE_CORRUPT &&
           kept_read(&out, LIMIT_FILE_BYTES, &frame) == DATELINE_CORRUPT &&
           kept_read(&out, 0, &frame) == DATELINE_CORRUPT,
       "a size that lies is refused");
    struct arena arena = ARENA_INIT;
    struct stored_article got;
    keep(&out, UINT64_MAX, &frame);
    ok(stored_read(&got, &arena, out.bytes, out.length, NULL) ==
           DATELINE_CORRUPT && arena.total < LIMIT_MIB,
       "one over the limit before there is room for it");
    arena_release(&arena);
    ok(flips_taken(&out, plain.length, &frame) < frame.length * 8,
       "flipped bits of a frame are refused or give an article");
    size_t whole = frame.length, taken = 0;
    for (frame.length = 0; frame.length < whole; frame.length++)
        taken += kept_read(&out, plain.length, &frame) != DATELINE_CORRUPT;
    ok(taken == 0, "a frame that was cut is refused");
    buffer_free(&plain);
    buffer_free(&frame);
    buffer_free(&out);
}

/* Longer than a reader makes room for, so it is kept plain. */
static void the_longest_comes_back(void)
{
    struct stored_article article = article_make(), got = {.length = 0};
    struct arena arena = ARENA_INIT;
    char *body = malloc(LIMIT_FILE_BYTES + 1);
    memset(body, 'x', LIMIT_FILE_BYTES);
    body[LIMIT_FILE_BYTES] = '\0';
    article.body = body;
    article.length = LIMIT_FILE_BYTES;
    ok(!again(&got, &arena, &article) && got.length == LIMIT_FILE_BYTES &&
           !memcmp(got.body, body, LIMIT_FILE_BYTES + 1),
       "an article of the longest file comes back");
    free(body);
    arena_release(&arena);
}

/* The hash is of what is kept, not of how. */
static void the_hash_is_not_hashed(void)
{
    struct stored_article one = article_make(), other = article_make();
    struct buffer first = {0}, second = {0};
    other.hash[0] = 0;
    stored_write_plain(&first, &one);
    stored_write_plain(&second, &other);
    ok(first.length == second.length &&
           !memcmp(first.bytes, second.bytes, first.length),
       "the plain bytes do not hold the hash");
    buffer_free(&first);
    buffer_free(&second);
}

static void terms_follow_the_rules(void)
{
    char term[LIMIT_TERM_BYTES + 1], other[LIMIT_TERM_BYTES + 1];
    char longer[1000];
    memset(longer, 'x', sizeof longer);
    field_term(term, FIELD_ENTITY, "Société Générale", strlen("Société Générale"));
    is_text(term, "XEsociete generale", "a term is folded, marks dropped");
    field_key(term, FIELD_KEY, "N-1", 3);
    is_text(term, "QN-1", "a key is not folded");
    field_key(term, "XP", "N-1", 3);
    is_text(term, "XP:N-1", "a capital after a long prefix wants a colon");
    size_t size = field_key(term, FIELD_KEY, longer, sizeof longer);
    ok(size == FIELD_TERM_PLAIN, "a long key is cut to 200 bytes");
    longer[999] = 'y';
    field_key(other, FIELD_KEY, longer, sizeof longer);
    ok(strcmp(term, other), "and its hash tells it from the next");
    ok(field_term(term, "A", "\xe2\x80\x8b", 3) == 0,
       "a value of nothing visible gives no term");
    ok(field_find("place", 5)->use & FIELD_PARTS && !field_find("plac", 4),
       "a field is found by its whole name");
}

int main(void)
{
    an_article_comes_back();
    a_passage_is_a_look();
    parts_lie_in_the_text();
    runs_come_back();
    damage_is_found();
    frames_are_not_trusted();
    the_longest_comes_back();
    the_hash_is_not_hashed();
    terms_follow_the_rules();
    return done();
}
