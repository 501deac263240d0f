/* Any bytes as a question: a tree whose nodes lie in the question, or an error
 * whose byte does. */
#include "query/request_write.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void node_check(void *context, struct request_node *node)
{
    const struct request *request = context;
    if (node->start > node->end || node->end > request->length ||
        node->id >= request->node_count)
        abort();
    for (size_t i = 0; i < node->word_count; i++)
        if (node->words[i].start >= node->words[i].end ||
            node->words[i].end > request->length)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct buffer line = {0};
    struct request request;
    dateline_error error = {.position = -1};
    /* its own block, so that a step past its end is seen */
    char *question = malloc(size + 1);
    if (size)
        memcpy(question, data, size);
    if (!request_read(&request, &arena, question, size, &error)) {
        request_walk(request.root, node_check, &request);
        request_write(&line, &request);
    } else if (error.position < 0 || (size_t)error.position > size) {
        abort();
    }
    buffer_free(&line);
    arena_release(&arena);
    free(question);
    return 0;
}
