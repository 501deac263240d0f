/* The library shows values to a visitor, the most frequent first; here they are
 * kept until they are written. */
#include "query/main_facet.h"

#include "query/main_options.h"
#include "query/main_report.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_USUAL = 10 };

static int facet_read(struct facet *facet, const char *given)
{
    const char *colon = strrchr(given, ':');
    size_t length = strlen(given);
    facet->most = MOST_USUAL;
    if (colon && colon[1] && !colon[1 + strspn(colon + 1, "0123456789")]) {
        facet->most = strtoul(colon + 1, NULL, 10);
        length = (size_t)(colon - given);
    }
    if (!length || length >= sizeof facet->field)
        return option_fail(&program, "--facet: %.200s is no field", given);
    memcpy(facet->field, given, length);
    facet->field[length] = '\0';
    return -1;
}

static bool facet_take(void *context, const char *value, size_t articles)
{
    struct facet *facet = context;
    if (facet->count >= facet->most)
        return false;
    if (facet->count == facet->room) {
        size_t room = facet->room ? 2 * facet->room : 16;
        dateline_facet_value *more =
            realloc(facet->values, room * sizeof *facet->values);
        if (!more)
            return false;
        facet->values = more;
        facet->room = room;
    }
    char *text = strdup(value);
    if (text)
        facet->values[facet->count++] = (dateline_facet_value){text, articles};
    return text != NULL;
}

void facet_free(struct facet *facet)
{
    for (size_t i = 0; i < facet->count; i++)
        free((char *)facet->values[i].text);
    free(facet->values);
}

int facet_count(dateline_facet *out, struct facet *facet, const char *given,
                dateline_search *search, const dateline_request *request)
{
    dateline_error error = {0};
    int status = facet_read(facet, given);
    if (status >= 0)
        return status;
    if (dateline_search_facets(search, request, facet->field, facet_take, facet,
                               &error))
        return question_report(&error, request->question);
    *out = (dateline_facet){facet->field, facet->values, facet->count};
    return -1;
}
