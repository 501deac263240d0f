/* Stop words of a question, counted by language. */
#include "query/stop.h"

/* Stop words that each language of the index has in the question. */
struct stop_count {
    struct builder *b;
    size_t counts[STEM_LANGUAGES], most;
    bool kept; /* a word is left that is none */
};

static void stop_count(void *context, struct request_node *node)
{
    struct stop_count *stop = context;
    const struct stems *stems = stop->b->index->stems;
    if (request_is_field(node))
        return;
    for (size_t i = 0; i < node->word_count; i++)
        for (size_t l = 0; l < stems->language_count; l++)
            if (language_is_stop_word(stems->languages[l],
                                      node->words[i].term) &&
                ++stop->counts[l] > stop->most)
                stop->most = stop->counts[l];
}

static void stop_mark(void *context, struct request_node *node)
{
    struct stop_count *stop = context;
    const struct stems *stems = stop->b->index->stems;
    for (size_t i = 0; i < node->word_count && !request_is_field(node); i++) {
        struct request_word *word = &node->words[i];
        for (size_t l = 0; l < stems->language_count && !word->stop; l++)
            word->stop = stop->counts[l] == stop->most &&
                         language_is_stop_word(stems->languages[l], word->term);
        stop->kept |= !word->stop && node->mark != REQUEST_MUST_NOT;
    }
}

static void stop_clear(void *context, struct request_node *node)
{
    (void)context;
    for (size_t i = 0; i < node->word_count; i++)
        node->words[i].stop = false;
}

void stop_choose(struct builder *b)
{
    enum { SURE = 2 };
    const struct stems *stems = b->index->stems;
    struct stop_count stop = {.b = b};
    for (size_t row = 0; row < stems->count; row++)
        b->plan->rows[row] = stems->rows[row].common;
    request_walk(b->request->root, stop_count, &stop);
    if (!stop.most)
        return;
    request_walk(b->request->root, stop_mark, &stop);
    if (!stop.kept)
        request_walk(b->request->root, stop_clear, NULL);
    for (size_t l = 0; l < stems->language_count && stop.most >= SURE; l++)
        if (stop.counts[l] == stop.most) {
            size_t row = stems_row(stems, stems->languages[l]->code);
            if (row < stems->count)
                b->plan->rows[row] = true;
        }
}
