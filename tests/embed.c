/* Search inside another program: one index, one question, one line a hit. */
#include <dateline.h>

int main(int argc, char **argv)
{
    if (argc != 3)
        return fprintf(stderr, "usage: embed INDEX QUESTION\n"), 2;
    const char *index = argv[1];
    dateline_error error = {0};
    dateline_search *search = NULL;
    dateline_hits *hits = NULL;
    dateline_request request = DATELINE_REQUEST_INIT;
    request.question = argv[2];
    if (dateline_search_open(&search, &index, 1, &error) ||
        dateline_search_run(&hits, search, &request, &error)) {
        fprintf(stderr, "embed: %s\n", error.message);
        dateline_search_close(search);
        return 2;
    }
    for (size_t i = 0; i < dateline_hits_count(hits); i++) {
        const dateline_hit *hit = dateline_hits_get(hits, i);
        const dateline_facts *article = hit->article;
        printf("%zu. %s\n   %.*s\n", hit->rank,
               article->title ? article->title : article->id,
               (int)hit->length, hit->text);
    }
    int code = dateline_hits_count(hits) ? 0 : 1;
    dateline_hits_free(hits);
    dateline_search_close(search);
    return code;
}
