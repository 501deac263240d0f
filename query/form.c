/* Words of a question, looked up in the vocabulary by what they are without their
 * accents (vocabulary.h). */
#include "query/form.h"

#include "common/text.h"
#include "common/vocabulary.h"

#include <string.h>

enum { FORMS = 8 /* of a word; more are not other accents of a name */ };

struct forms {
    struct arena *arena;
    const struct request_word *word;
    struct request_form *items;
    size_t count, room;
};

static void form_add(struct forms *forms, const char *term, size_t length)
{
    if (length == forms->word->length &&
        !memcmp(term, forms->word->term, length))
        return;
    struct request_form *new = arena_push(forms->arena, &forms->items,
                                          &forms->count, &forms->room);
    *new = (struct request_form){arena_copy(forms->arena, term, length), length};
}

/* "erdogan", the byte between, "erdoğan". */
static bool form_visit(void *context, struct xapian_bytes name,
                       struct xapian_bytes value, uint32_t frequency)
{
    struct forms *forms = context;
    const char *mark = memchr(name.bytes, VOCABULARY_PLAIN, name.length);
    (void)value, (void)frequency;
    if (mark)
        form_add(forms, mark + 1,
                 name.length - (size_t)(mark + 1 - name.bytes));
    return forms->count < FORMS;
}

/* A Latin word without its accents and the byte behind it; empty for others, and
 * for what is an accent alone, as the sign that makes a symbol a picture is. */
static struct xapian_bytes plain_of(struct builder *b,
                                    const struct request_word *word)
{
    const char *plain = text_fold_marks(b->arena, word->term, word->length);
    size_t length = strlen(plain);
    if (!length || word->ideograph || text_ascii(plain, length) < length)
        return (struct xapian_bytes){"", 0};
    return (struct xapian_bytes){
        arena_format(b->arena, "%s%c", plain, VOCABULARY_PLAIN), length + 1};
}

/* It stands in the vocabulary as it is, the first of those that begin so. */
static bool same_visit(void *context, struct xapian_bytes name,
                       struct xapian_bytes value, uint32_t frequency)
{
    size_t *length = context;
    (void)value, (void)frequency;
    if (name.length == *length)
        *length = 0;
    return false;
}

static bool is_known(struct builder *b, const char *word, size_t length)
{
    size_t left = length;
    b->status = xapian_reader_words(b->index->reader,
                                    (struct xapian_bytes){word, length},
                                    same_visit, &left, b->error);
    return !left;
}

static void word_forms(struct builder *b, struct request_word *word)
{
    struct forms forms = {.arena = b->arena, .word = word};
    struct xapian_bytes plain = plain_of(b, word);
    if (!plain.length || b->status)
        return;
    b->status = xapian_reader_words(b->index->reader, plain, form_visit, &forms,
                                    b->error);
    if (!b->status && is_known(b, plain.bytes, plain.length - 1))
        form_add(&forms, plain.bytes, plain.length - 1);
    word->forms = forms.items;
    word->form_count = forms.count;
}

static void node_forms(void *context, struct request_node *node)
{
    if (node->kind != REQUEST_WORDS)
        return;
    for (size_t i = 0; i < node->word_count; i++)
        if (!node->words[i].stop)
            word_forms(context, &node->words[i]);
}

void forms_find(struct builder *b)
{
    request_walk(b->request->root, node_forms, b);
}
