/* An unknown word is taken for a word of the vocabulary that is frequent, few slips
 * away, and stands where the rest of the question is answered. */
#include "query/respell.h"

#include "common/vocabulary.h"
#include "query/build.h"

#include <math.h>
#include <string.h>

enum {
    FEW_HITS = 3,      /* then anything near an unknown word is worth a line; */
    LEAST_LETTERS = 4, /* else one slip in a word that has as many letters */
    SURE_LETTERS = 6,  /* and fits, or has as many as that */
    GUESSES = 8,       /* for a word, looked at in passages */
    WORDS = 16         /* unknown ones of a question, looked up */
};

/* One slip more is as unlikely as a word e^6 times as rare, and one that fits
 * wholly e^6 times as likely (4 to 10 do the same, either of them). */
static const double slip_cost = 6, fit_gain = 6;

/* Enough to be taken; a stop word, which may stand anywhere, has it. */
static const double sure_fit = 0.5;

/* A word of the vocabulary. */
struct guess {
    const char *word;
    size_t length;
    unsigned slips;
    uint32_t frequency;
    double likely; /* whatever the rest of the question */
    double fits;   /* 0..1: it stands where the rest is answered */
};

struct respelling {
    struct walk *walk;
    struct builder build; /* of the queries that tell what fits */
    struct buffer question;
    size_t copied; /* bytes of the question that stand in the new one */
    struct vocabulary_pattern pattern; /* the word at hand */
    struct guess guesses[GUESSES];     /* the likeliest first */
    size_t count, words; /* guesses; words looked up so far */
};

/* No document holds the word in any stem. */
static bool is_unknown(struct walk *walk, const struct request_word *word)
{
    struct stems *stems = &walk->search->stems;
    uint64_t documents = 0;
    if (word->ideograph || word->form_count)
        return false;
    for (size_t row = 0; row < stems->count && !documents; row++)
        if (xapian_reader_frequency(
                &documents, walk->search->reader,
                stems_stem(stems, row, word->term, word->length), NULL))
            return false;
    return !documents;
}

/* ----------------------------------------------------------------- guesses */

static bool guess_visit(void *context, struct xapian_bytes name,
                        struct xapian_bytes value, uint32_t frequency)
{
    struct respelling *to = context;
    (void)value;
    struct guess new = {
        .slips = vocabulary_distance(&to->pattern, name.bytes, name.length),
        .frequency = frequency};
    new.likely = log(1.0 + frequency) - slip_cost * new.slips;
    size_t at = to->count;
    while (at && to->guesses[at - 1].likely < new.likely)
        at--;
    if (!new.slips || at == GUESSES)
        return true;
    new.word = arena_copy(&to->walk->arena, name.bytes, name.length);
    new.length = name.length;
    if (to->count < GUESSES)
        to->count++;
    memmove(&to->guesses[at + 1], &to->guesses[at],
            (to->count - at - 1) * sizeof *to->guesses);
    to->guesses[at] = new;
    return true;
}

static void guesses_find(struct respelling *to, const struct request_word *word)
{
    to->count = 0;
    if (vocabulary_pattern_set(&to->pattern, word->term, word->length))
        xapian_reader_near_words(to->walk->search->reader,
                                 (struct xapian_bytes){word->term, word->length},
                                 guess_visit, to, NULL);
}

/* -------------------------------------------------------------------- fits */

struct rest {
    struct respelling *to;
    const struct request_word *word; /* left out */
    struct queries parts;
};

static void rest_add(void *context, struct request_node *node)
{
    struct rest *rest = context;
    struct builder *b = &rest->to->build;
    if (request_is_field(node) || node->mark == REQUEST_MUST_NOT)
        return;
    for (size_t i = 0; i < node->word_count; i++) {
        if (&node->words[i] == rest->word || node->words[i].stop)
            continue;
        struct terms terms = build_stems(b, "", &node->words[i], false);
        build_add(b, &rest->parts, build_synonym(b, &terms, 1));
    }
}

/* The weight of the best passage. */
static double weight_best(struct respelling *to, const struct xapian_query *query)
{
    struct xapian_request ask =
        walk_ask(to->walk, query);
    struct xapian_hits *hits = NULL;
    ask.no_data = true;
    if (!query || xapian_reader_search(&hits, to->walk->search->reader, &ask, NULL))
        return 0;
    double weight = hits->count ? hits->hits[0].weight : 0;
    xapian_hits_free(hits);
    return weight;
}

/* Of a language of the index. */
static bool is_stop_word(const struct respelling *to, const char *word)
{
    const struct stems *stems = &to->walk->search->stems;
    for (size_t i = 0; i < stems->language_count; i++)
        if (language_is_stop_word(stems->languages[i], word))
            return true;
    return false;
}

/* How much of the rest of the question the best passage with a guess holds, beside
 * the best passage of all. */
static void guesses_fit(struct respelling *to, const struct request_word *word)
{
    struct builder *b = &to->build;
    struct rest rest = {.to = to, .word = word};
    request_walk(to->walk->question.root, rest_add, &rest);
    struct xapian_query *query = build_combine(b, XAPIAN_OR, &rest.parts);
    double best = weight_best(to, query);
    for (size_t i = 0; i < to->count && best > 0; i++) {
        if (is_stop_word(to, to->guesses[i].word)) {
            to->guesses[i].fits = sure_fit;
            continue;
        }
        const struct request_word guess = {.term = to->guesses[i].word,
                                           .length = to->guesses[i].length};
        struct terms terms = build_stems(b, "", &guess, true);
        to->guesses[i].fits =
            weight_best(to, build_both(b, XAPIAN_FILTER, query,
                                       build_synonym(b, &terms, 1))) /
            best;
    }
}

/* ------------------------------------------------------------------ choice */

static double score(const struct guess *guess)
{
    return guess->likely + fit_gain * guess->fits;
}

static bool is_sure(const struct respelling *to, const struct guess *guess)
{
    size_t letters = to->pattern.count;
    return to->walk->found.count < FEW_HITS ||
           (guess->slips == 1 && letters >= LEAST_LETTERS &&
            (letters >= SURE_LETTERS || guess->fits >= sure_fit));
}

/* The word to take instead, or NULL. */
static const struct guess *better_word(struct respelling *to,
                                       const struct request_word *word)
{
    const struct guess *best = NULL;
    if (to->words == WORDS || !is_unknown(to->walk, word))
        return NULL;
    to->words++;
    guesses_find(to, word);
    guesses_fit(to, word);
    for (size_t i = 0; i < to->count; i++)
        if (!best || score(&to->guesses[i]) > score(best))
            best = &to->guesses[i];
    return best && is_sure(to, best) ? best : NULL;
}

static void word_respell(void *context, struct request_node *node)
{
    struct respelling *to = context;
    struct walk *walk = to->walk;
    if (node->kind != REQUEST_WORDS || node->mark == REQUEST_MUST_NOT)
        return;
    for (size_t i = 0; i < node->word_count; i++) {
        const struct request_word *word = &node->words[i];
        const struct guess *better =
            word->start < to->copied ? NULL : better_word(to, word);
        if (!better)
            continue;
        buffer_add(&to->question, walk->question.question + to->copied,
                   word->start - to->copied);
        buffer_add(&to->question, better->word, better->length);
        to->copied = word->end;
    }
}

void respell_question(struct walk *walk)
{
    struct respelling to = {.walk = walk};
    struct expand_options options = {0};
    to.build = (struct builder){.arena = &walk->arena,
                                .request = &walk->question,
                                .index = &walk->index,
                                .options = &options,
                                .plan = &walk->plan};
    request_walk(walk->question.root, word_respell, &to);
    if (to.copied) {
        buffer_add(&to.question, walk->question.question + to.copied,
                   walk->question.length - to.copied);
        walk->hits->summary.suggestion =
            arena_string(&walk->hits->arena, to.question.bytes);
    }
    for (size_t i = 0; i < to.build.made.count; i++)
        xapian_query_free(to.build.made.items[i]);
    buffer_free(&to.question);
}
