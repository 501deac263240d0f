/* Unknown words of a question, and the nearest ones of the vocabulary. */
#include "query/respell.h"

#include "common/vocabulary.h"

#include <stdlib.h>
#include <string.h>

enum {
    FEW_HITS = 3,    /* then anything near an unknown word is worth a line */
    SURE_LETTERS = 5 /* else one slip in a word that is no shorter */
};

struct respelling {
    struct walk *walk;
    struct buffer question;
    size_t copied; /* bytes of the question that stand in the new one */
    dateline_status status;
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

static bool is_one_slip(const struct request_word *word, const char *better)
{
    struct vocabulary_pattern pattern;
    return vocabulary_pattern_set(&pattern, word->term, word->length) &&
           pattern.count >= SURE_LETTERS &&
           vocabulary_distance(&pattern, better, strlen(better)) == 1;
}

/* The word to take instead, for the caller to free, or NULL. */
static char *better_word(struct walk *walk, const struct request_word *word)
{
    char *better = NULL;
    if (!is_unknown(walk, word) ||
        xapian_reader_suggest(
            &better, walk->search->reader,
            (struct xapian_bytes){word->term, word->length}, NULL) ||
        !better)
        return NULL;
    if (walk->found.count < FEW_HITS || is_one_slip(word, better))
        return better;
    free(better);
    return NULL;
}

static void word_respell(void *context, struct request_node *node)
{
    struct respelling *to = context;
    struct walk *walk = to->walk;
    if (node->kind != REQUEST_WORDS || node->mark == REQUEST_MUST_NOT)
        return;
    for (size_t i = 0; i < node->word_count; i++) {
        const struct request_word *word = &node->words[i];
        char *better =
            word->start < to->copied ? NULL : better_word(walk, word);
        if (!better)
            continue;
        buffer_add(&to->question, walk->question.question + to->copied,
                   word->start - to->copied);
        buffer_text(&to->question, better);
        to->copied = word->end;
        free(better);
    }
}

void respell_question(struct walk *walk)
{
    struct respelling to = {.walk = walk};
    request_walk(walk->question.root, word_respell, &to);
    if (to.copied) {
        buffer_add(&to.question, walk->question.question + to.copied,
                   walk->question.length - to.copied);
        walk->hits->summary.suggestion =
            arena_string(&walk->hits->arena, to.question.bytes);
    }
    buffer_free(&to.question);
}
