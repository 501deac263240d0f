/* Unknown words of a question, and the nearest ones of the vocabulary. */
#include "query/respell.h"

#include <stdlib.h>

enum { FEW_HITS = 3 /* then words that are unknown are looked at */ };

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

static void word_respell(void *context, struct request_node *node)
{
    struct respelling *to = context;
    struct walk *walk = to->walk;
    if ((node->kind != REQUEST_WORDS && node->kind != REQUEST_NEAR) ||
        node->mark == REQUEST_MUST_NOT)
        return;
    for (size_t i = 0; i < node->word_count; i++) {
        const struct request_word *word = &node->words[i];
        char *better = NULL;
        if (word->start < to->copied || !is_unknown(walk, word) ||
            xapian_reader_suggest(
                &better, walk->search->reader,
                (struct xapian_bytes){word->term, word->length}, NULL) ||
            !better)
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
    if (walk->found.count >= FEW_HITS)
        return;
    request_walk(walk->question.root, word_respell, &to);
    if (to.copied) {
        buffer_add(&to.question, walk->question.question + to.copied,
                   walk->question.length - to.copied);
        walk->hits->summary.suggestion =
            arena_string(&walk->hits->arena, to.question.bytes);
    }
    buffer_free(&to.question);
}
