/* Which run brought a passage: what an article had before keeps its number, in
 * whatever passage it stands now. */
#include "common/field.h"
#include "common/stored.h"
#include "common/xapian_c.h"
#include "tests/tap.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

static char room[] = "/tmp/news-XXXXXX";

#define PAGE(parts) "<html><head><title>Ferries</title></head><body><article>" \
                    "<h1>Ferries</h1>" parts "</article></body></html>"
#define PART(heading, text) "<h2>" heading "</h2><p>" text "</p>"
#define MONDAY "The Holm Harbour Board said on Monday that ferries sail again."
#define DETOUR "Until then lorries take the long road by Sedge and Merj."
#define FARES "Fares stay as they are. Children travel free."

enum { MOST = 8 };

/* Each passage by its first letters, and its run: "The 1, Far 2". */
struct list {
    const char *identity;
    char text[256];
};

static bool list_make(void *context, struct xapian_bytes value,
                      struct xapian_bytes data, uint32_t document)
{
    struct list *list = context;
    struct arena arena = ARENA_INIT;
    struct stored_article article;
    uint64_t runs[MOST];
    size_t at = 0;
    (void)document;
    if (stored_read(&article, &arena, data.bytes, data.length, NULL) ||
        article.passage_count > MOST ||
        !stored_read_runs(runs, article.passage_count, list->identity,
                          value.bytes, value.length))
        snprintf(list->text, sizeof list->text, "it cannot be read");
    else
        for (size_t i = 0; i < article.passage_count; i++)
            at += (size_t)snprintf(list->text + at, sizeof list->text - at,
                                   "%s%.3s %" PRIu64, i ? ", " : "",
                                   article.body + article.passages[i].start,
                                   runs[i]);
    arena_release(&arena);
    return true;
}

static const char *runs(void)
{
    static struct list list;
    struct xapian_reader *reader = NULL;
    char *identity = NULL;
    size_t length = 0;
    xapian_reader_open(&reader, (const char *[]){"news"}, 1, NULL);
    xapian_reader_metadata(
        &identity, &length, reader,
        (struct xapian_bytes){FIELD_META_IDENTITY, strlen(FIELD_META_IDENTITY)},
        NULL);
    list = (struct list){.identity = identity ? identity : ""};
    char key[LIMIT_TERM_BYTES + 1];
    size_t key_length = field_article(key, "a", 1);
    xapian_reader_values(reader, (struct xapian_bytes){key, key_length},
                         FIELD_SLOT_RUN, list_make, &list, NULL);
    xapian_reader_close(reader);
    free(identity);
    return list.text;
}

/* One run that brings the page; what the passages then say. */
static const char *after(const char *page)
{
    dateline_indexer *indexer = NULL;
    if (dateline_indexer_open(&indexer, "news", NULL, NULL))
        return "the index was not opened";
    dateline_indexer_add_bytes(indexer, page, strlen(page), "a", NULL, NULL);
    dateline_indexer_commit(indexer, NULL);
    dateline_indexer_close(indexer);
    return runs();
}

static void text_keeps_its_number(void)
{
    is_text(after(PAGE(PART("One", MONDAY) PART("Two", DETOUR))),
            "One 1, Two 1", "what is new has the number of its run");
    is_text(after(PAGE(PART("One", MONDAY) PART("Two", DETOUR)
                       PART("Six", FARES))),
            "One 1, Two 1, Six 2", "a passage that is added alone is new");
    is_text(after(PAGE(PART("Six", FARES) PART("Two", DETOUR)
                       PART("One", MONDAY))),
            "Six 2, Two 1, One 1", "passages that are moved keep theirs");
    is_text(after(PAGE("<p>" MONDAY "</p><p>" DETOUR "</p>" PART("Six", FARES))),
            "The 1, Six 2", "and so when they are joined");
    is_text(after(PAGE("<p>THE HOLM HARBOUR BOARD said, on Monday, that ferries "
                       "sail again!</p><p>" DETOUR "</p>" PART("Six", FARES))),
            "THE 1, Six 2", "case and stops are no news");
    is_text(after(PAGE("<p>" MONDAY " No ferry sailed.</p><p>" DETOUR "</p>"
                       PART("Six", "Children travel free."))),
            "The 6, Six 2", "a sentence more is, a sentence less is not");
    is_text(after(PAGE("<p>" MONDAY "</p>")), "The 6",
            "a sentence is as new as the passage that it was in");
}

static bool frequency_get(void *context, struct xapian_bytes name,
                          struct xapian_bytes value, uint32_t frequency)
{
    (void)name, (void)value;
    *(uint32_t *)context = frequency;
    return false;
}

static uint32_t frequency_of(const char *word)
{
    struct xapian_reader *reader = NULL;
    uint32_t frequency = 0;
    xapian_reader_open(&reader, (const char *[]){"news"}, 1, NULL);
    xapian_reader_words(reader, (struct xapian_bytes){word, strlen(word)},
                        frequency_get, &frequency, NULL);
    xapian_reader_close(reader);
    return frequency;
}

/* The title counts, and is the first heading too. */
static void words_are_counted_once(void)
{
    ok(!system("rm -rf news"), "an index is made anew");
    after(PAGE(PART("One", MONDAY)));
    uint32_t first = frequency_of("ferries");
    after(PAGE(PART("One", MONDAY) PART("Two", DETOUR)));
    ok(first && frequency_of("ferries") == first && frequency_of("sedge") == 1,
       "of a page that changed, new words are counted");
    after(PAGE(PART("One", MONDAY) PART("Two", DETOUR " Ferries. Ferries!")));
    ok(frequency_of("ferries") == first + 2, "and old ones where there are more");
}

/* One indexer that commits now and then, as a long run does. */
static void each_commit_counts(void)
{
    static const char more[] = PAGE(PART("One", MONDAY) PART("New", FARES));
    dateline_indexer *indexer = NULL;
    ok(!system("rm -rf news") &&
           !dateline_indexer_open(&indexer, "news", NULL, NULL),
       "an index is made anew");
    dateline_indexer_add_bytes(indexer, PAGE(PART("One", MONDAY)),
                               strlen(PAGE(PART("One", MONDAY))), "a", NULL,
                               NULL);
    dateline_indexer_commit(indexer, NULL);
    dateline_indexer_add_bytes(indexer, more, strlen(more), "a", NULL, NULL);
    dateline_indexer_commit(indexer, NULL);
    dateline_indexer_close(indexer);
    is_text(runs(), "One 1, New 2", "each commit has a number of its own");
}

/* Compaction sets Xapian's own numbers back, ours stay. */
static void compaction_keeps_all(void)
{
    char before[256];
    snprintf(before, sizeof before, "%s", runs());
    ok(!xapian_compact("small", (const char *[]){"news"}, 1, NULL) &&
           !rename("news", "large") && !rename("small", "news"),
       "an index is compacted");
    is_text(runs(), before, "its passages keep their numbers");
    is_text(after(PAGE(PART("One", MONDAY) PART("Far", DETOUR))),
            "One 1, Far 3", "and what comes is counted on");
}

int main(void)
{
    char command[64];
    if (!mkdtemp(room) || chdir(room))
        return 1;
    text_keeps_its_number();
    words_are_counted_once();
    each_commit_counts();
    compaction_keeps_all();
    snprintf(command, sizeof command, "rm -rf %s", room);
    return chdir("/") || system(command) ? 1 : done();
}
