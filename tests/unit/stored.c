/* What is written is read again; what is damaged is refused. */
#include "common/stored.h"

#include "common/field.h"
#include "tests/tap.h"

#include <stdlib.h>

static const char *const authors[] = {"Mira Olsen", "Jon Åkerlund"};
static const char *const keywords[] = {"harbour", "ferries"};
static const dateline_date dates[] = {
    {2021, 10, 17, DATELINE_DAY, DATELINE_FROM_META, "09:30:00+02:00"},
    {2021, 10, 1, DATELINE_MONTH, DATELINE_FROM_TEXT, NULL},
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

static const dateline_entity entities[] = {
    {4, 9, DATELINE_ORG, DATELINE_BY_ALIAS, "North Harbour Authority", NULL},
    {10, 15, DATELINE_MONEY, DATELINE_BY_PATTERN, NULL, "EUR 5"},
};

static void passage_write(struct buffer *out)
{
    struct stored_passage passage = {.language = "en",
                                     .title = "Ferries return",
                                     .number = 3,
                                     .start = 200,
                                     .role = DATELINE_ROLE_ABOUT,
                                     .text = "The NHA's 5 €.",
                                     .length = strlen("The NHA's 5 €."),
                                     .entities = entities,
                                     .entity_count = 2};
    stored_write_passage(out, &passage);
}

static void a_passage_comes_back(void)
{
    struct buffer bytes = {0};
    struct arena arena = ARENA_INIT;
    struct stored_passage got;
    passage_write(&bytes);
    ok(!stored_read_passage(&got, &arena, bytes.bytes, bytes.length, NULL),
       "a passage that was written can be read");
    is_text(got.text, "The NHA's 5 €.", "its text comes back");
    is_text(got.title, "Ferries return", "its article's title comes back");
    is_text(got.language, "en", "and its language");
    ok(got.entity_count == 2 && got.entities[1].start == 10 &&
           got.entities[1].end == 15 && !got.entities[1].name,
       "entities keep their spans");
    ok(got.role == DATELINE_ROLE_ABOUT && got.number == 3 && got.start == 200,
       "role, number and place in the body come back");
    arena_release(&arena);
    buffer_free(&bytes);
}

static void an_article_comes_back(void)
{
    static const dateline_block blocks[] = {{0, 40, DATELINE_ROLE_HEADING},
                                            {41, 300, DATELINE_ROLE_BODY}};
    static const uint32_t fingerprints[] = {7, UINT32_MAX};
    struct stored_article article = {.facts = facts_make(),
                                     .blocks = blocks,
                                     .block_count = 2,
                                     .passage_count = 7,
                                     .hash = {UINT64_MAX, 1},
                                     .passage_length = 700,
                                     .article_length = 640,
                                     .names = entities,
                                     .name_count = 2,
                                     .fingerprints = fingerprints,
                                     .fingerprint_count = 2};
    struct buffer bytes = {0};
    struct arena arena = ARENA_INIT;
    struct stored_article got;
    stored_write_article(&bytes, &article);
    ok(stored_is_article(bytes.bytes, bytes.length), "an article is told apart");
    ok(!stored_read_article(&got, &arena, bytes.bytes, bytes.length, NULL),
       "an article that was written can be read");
    ok(got.hash[0] == UINT64_MAX && got.hash[1] == 1, "its hash comes back");
    ok(got.block_count == 2 && got.blocks[1].end == 300,
       "its blocks come back");
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
    struct stored_passage passage;
    dateline_error error = {0};
    ok(stored_read_passage(&passage, &arena, bytes.bytes, bytes.length,
                           &error) == DATELINE_CORRUPT,
       "an article is no passage");
    ok(*error.message, "and the message says so");
    arena_release(&arena);
    buffer_free(&bytes);
}

static void damage_is_found(void)
{
    struct buffer bytes = {0};
    passage_write(&bytes);
    size_t accepted = 0;
    for (size_t i = 0; i < bytes.length * 8; i++) {
        struct arena arena = ARENA_INIT;
        struct stored_passage got;
        char *at = &bytes.bytes[i / 8], keep = *at;
        *at = (char)(keep ^ 1 << i % 8);
        accepted += !stored_read_passage(&got, &arena, bytes.bytes,
                                         bytes.length, NULL);
        *at = keep;
        arena_release(&arena);
    }
    ok(accepted == 0, "no flipped bit goes unnoticed");
    for (size_t i = 0; i < bytes.length; i++) {
        struct arena arena = ARENA_INIT;
        struct stored_passage got;
        char *cut = malloc(i ? i : 1);
        memcpy(cut, bytes.bytes, i);
        accepted += !stored_read_passage(&got, &arena, cut, i, NULL);
        free(cut);
        arena_release(&arena);
    }
    ok(accepted == 0, "no cut goes unnoticed");
    buffer_free(&bytes);
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
    a_passage_comes_back();
    an_article_comes_back();
    damage_is_found();
    terms_follow_the_rules();
    return done();
}
