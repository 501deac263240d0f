/* Quotes mean what is written: phrases drawn from the stored text are all found,
 * and none with a word changed is.
 *
 *   phrase                  200 phrases of corpus/
 *   phrase INDEX [COUNT]    1,000 of an index
 *
 * The changed word is another of the same text, or the same with a letter more
 * or less, which often has the same stem. A changed phrase that stands somewhere
 * after all is drawn anew. */
#include "common/arena.h"
#include "common/text.h"
#include "tests/tap.h"

#include <dateline.h>
#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

enum { LEAST_WORDS = 2, MORE_WORDS = 7, TRIES = 50, SHOWN = 10 };

/* All passages, and all their words: " word word word \n word ...". */
struct text {
    dateline_hits *hits;
    struct buffer words;
};

struct phrase {
    const dateline_hit *hit;
    size_t start, end; /* bytes of its text */
    size_t word_start, word_end; /* of the word that may be changed */
};

struct tally {
    size_t asked, wrong;
};

/* Knuth's MMIX constants, the high half. */
static size_t draw(size_t below)
{
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return below ? (size_t)(state >> 33) % below : 0;
}

static void words_add(struct buffer *out, const char *text, size_t length)
{
    struct text_word word;
    buffer_byte(out, ' ');
    for (size_t at = 0; text_word(&word, text, length, &at);)
        buffer_format(out, "%s ", word.term);
}

static bool stands(const struct text *text, const char *phrase)
{
    struct buffer words = {0};
    words_add(&words, phrase, strlen(phrase));
    bool found = strstr(text->words.bytes, words.bytes);
    buffer_free(&words);
    return found;
}

/* A character that ends a quote, or that a terminal would not type. */
static bool is_plain(const char *text, size_t length)
{
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t c = text_decode(text + at, length - at, &size);
        if (c == '"' || c == '\\' || (c >= 0x201c && c <= 0x201f) ||
            c == 0xab || c == 0xbb || c < ' ')
            return false;
    }
    return true;
}

/* Words of one passage, side by side. */
static bool phrase_draw(struct phrase *out, const struct text *text)
{
    const dateline_hit *hit =
        dateline_hits_get(text->hits, draw(dateline_hits_count(text->hits)));
    size_t words = text_count(hit->text, hit->length), number = 0;
    size_t count = LEAST_WORDS + draw(MORE_WORDS);
    if (words < count)
        return false;
    size_t first = draw(words - count + 1), changed = first + draw(count);
    struct text_word word;
    *out = (struct phrase){.hit = hit};
    for (size_t at = 0; text_word(&word, hit->text, hit->length, &at);
         number++) {
        if (number == first)
            out->start = word.start;
        if (number == changed) {
            out->word_start = word.start;
            out->word_end = word.end;
        }
        if (number == first + count - 1)
            out->end = word.end;
    }
    return is_plain(hit->text + out->start, out->end - out->start);
}

static char *quoted(struct arena *arena, const struct phrase *phrase)
{
    return arena_format(arena, "\"%.*s\"", (int)(phrase->end - phrase->start),
                        phrase->hit->text + phrase->start);
}

/* The phrase with another word in it; NULL where that stands somewhere too. */
static char *changed(struct arena *arena, const struct phrase *phrase,
                     const struct text *text)
{
    static const char *const endings[] = {"s", "e", "en", "ing"};
    const char *bytes = phrase->hit->text;
    size_t length = phrase->word_end - phrase->word_start;
    struct phrase other;
    const char *word = arena_format(arena, "%.*s%s", (int)length,
                                    bytes + phrase->word_start,
                                    endings[draw(4)]);
    if (draw(2) && phrase_draw(&other, text))
        word = arena_format(arena, "%.*s",
                            (int)(other.word_end - other.word_start),
                            other.hit->text + other.word_start);
    char *made = arena_format(
        arena, "\"%.*s%s%.*s\"", (int)(phrase->word_start - phrase->start),
        bytes + phrase->start, word, (int)(phrase->end - phrase->word_end),
        bytes + phrase->word_end);
    return stands(text, made) ? NULL : made;
}

static dateline_hits *ask(dateline_search *search, const char *question)
{
    dateline_request request = DATELINE_REQUEST_INIT;
    dateline_error error = {0};
    dateline_hits *hits = NULL;
    request.question = question;
    request.passages = true;
    request.most = 1000000;
    request.copies = DATELINE_COPIES_SHOW;
    if (dateline_search_run(&hits, search, &request, &error))
        printf("# %s: %s\n", question, error.message);
    return hits;
}

static bool holds(const dateline_hits *hits, const dateline_hit *wanted)
{
    for (size_t i = 0; hits && i < dateline_hits_count(hits); i++) {
        const dateline_hit *hit = dateline_hits_get(hits, i);
        if (hit->passage == wanted->passage &&
            !strcmp(hit->article->id, wanted->article->id))
            return true;
    }
    return false;
}

static void count(struct tally *tally, bool good, const char *question,
                  const dateline_hit *hit)
{
    tally->asked++;
    if (!good && ++tally->wrong <= SHOWN)
        printf("# wrong: %s in %s#%zu\n", question, hit->article->id,
               hit->passage);
}

static void phrase_ask(struct tally *same, struct tally *other,
                       dateline_search *search, const struct text *text)
{
    struct arena arena = ARENA_INIT;
    struct phrase phrase;
    for (unsigned i = 0; i < TRIES; i++) {
        if (!phrase_draw(&phrase, text))
            continue;
        char *question = quoted(&arena, &phrase);
        char *wrong = changed(&arena, &phrase, text);
        if (!wrong)
            continue;
        dateline_hits *hits = ask(search, question);
        count(same, holds(hits, phrase.hit), question, phrase.hit);
        dateline_hits_free(hits);
        hits = ask(search, wrong);
        count(other, hits && !dateline_hits_count(hits), wrong, phrase.hit);
        dateline_hits_free(hits);
        break;
    }
    arena_release(&arena);
}

static int remove_one(const char *path, const struct stat *status, int kind,
                      struct FTW *at)
{
    (void)status, (void)kind, (void)at;
    return remove(path);
}

static int remove_all(const char *folder)
{
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static bool index_corpus(const char *index)
{
    dateline_index_options options = DATELINE_INDEX_OPTIONS_INIT;
    dateline_indexer *indexer = NULL;
    options.entities = false;
    bool good = !dateline_indexer_open(&indexer, index, &options, NULL) &&
                !dateline_indexer_run(
                    indexer, (const char *[]){"corpus/pages"}, 1, NULL);
    dateline_indexer_close(indexer);
    return good;
}

static void phrases(dateline_search *search, size_t wanted)
{
    struct text text = {.hits = ask(search, "*")};
    struct tally same = {0}, other = {0};
    for (size_t i = 0; text.hits && i < dateline_hits_count(text.hits); i++) {
        const dateline_hit *hit = dateline_hits_get(text.hits, i);
        words_add(&text.words, hit->text, hit->length);
        buffer_byte(&text.words, '\n');
    }
    for (size_t i = 0; text.words.length && i < wanted; i++)
        phrase_ask(&same, &other, search, &text);
    printf("# %zu phrases, %zu not found; %zu changed, %zu found\n",
           same.asked, same.wrong, other.asked, other.wrong);
    ok(same.asked >= wanted * 9 / 10, "phrases are drawn");
    ok(!same.wrong, "every phrase is found where it stands");
    ok(!other.wrong, "no phrase with a word changed is found");
    dateline_hits_free(text.hits);
    buffer_free(&text.words);
}

int main(int argc, char **argv)
{
    enum { OF_CORPUS = 200, OF_INDEX = 1000 };
    char room[] = "/tmp/phrase-XXXXXX", own[64];
    const char *index = argc > 1 ? argv[1] : own;
    dateline_search *search = NULL;
    if (argc < 2) {
        if (!mkdtemp(room))
            return 1;
        snprintf(own, sizeof own, "%s/index", room);
        ok(index_corpus(own), "the corpus is indexed");
    }
    if (ok(!dateline_search_open(&search, &index, 1, NULL), "it opens"))
        phrases(search, argc > 2   ? strtoul(argv[2], NULL, 10)
                        : argc > 1 ? OF_INDEX
                                   : OF_CORPUS);
    dateline_search_close(search);
    if (argc < 2)
        ok(!remove_all(room), "the index is removed");
    return done();
}
