/* Texts are compared byte by byte, patterns are PCRE2's (common/regex.h). */
#include "query/needle.h"

#include "common/error.h"
#include "common/regex.h"
#include "common/text.h"

#include <stdlib.h>
#include <string.h>

/* Either a text or a pattern. */
struct needle {
    const char *literal;
    size_t length;
    struct regex *regex;
};

struct needles {
    struct needle items[NEEDLES];
    size_t count;
};

static dateline_status regexp_open(struct regex **out, const char *pattern,
                                   dateline_error *error)
{
    dateline_error inner = {0};
    if (!text_is_valid(pattern, strlen(pattern)))
        return error_set(error, DATELINE_BAD_QUERY,
                         "this pattern is not UTF-8: %s", pattern);
    if (!regex_compile(out, pattern, REGEX_FOREIGN, &inner))
        return DATELINE_OK;
    return error_set(error, DATELINE_BAD_QUERY, "%s: %s", inner.message,
                     pattern);
}

dateline_status needles_open(struct needles **out,
                             const dateline_request *request,
                             dateline_error *error)
{
    size_t literals = request->literal_count, regexps = request->regexp_count;
    dateline_status status = DATELINE_OK;
    if (!literals && !regexps)
        return DATELINE_OK;
    if (literals > NEEDLES || regexps > NEEDLES - literals)
        return error_set(error, DATELINE_BAD_QUERY,
                         "more than %d texts and patterns", NEEDLES);
    struct needles *needles = calloc(1, sizeof *needles);
    if (!needles)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < literals && !status; i++) {
        const char *text = request->literals[i];
        needles->items[needles->count++] =
            (struct needle){text, strlen(text), NULL};
        if (!*text)
            status = error_set(error, DATELINE_BAD_QUERY,
                               "an empty text stands everywhere");
    }
    for (size_t i = 0; i < regexps && !status; i++)
        status = regexp_open(&needles->items[needles->count++].regex,
                             request->regexps[i], error);
    if (status)
        needles_close(needles);
    else
        *out = needles;
    return status;
}

size_t needles_count(const struct needles *needles)
{
    return needles ? needles->count : 0;
}

/* The first place at or after from, which a pattern may find empty. */
static bool place_find(dateline_span *out, const struct needle *needle,
                       const char *text, size_t length, size_t from)
{
    struct regex_match match;
    if (needle->literal) {
        const char *at = memmem(text + from, length - from, needle->literal,
                                needle->length);
        if (at)
            *out = (dateline_span){(size_t)(at - text),
                                   (size_t)(at - text) + needle->length};
        return at != NULL;
    }
    if (!regex_next(&match, needle->regex, text, length, from))
        return false;
    *out = (dateline_span){match.start, match.end};
    return true;
}

bool needle_next(dateline_span *out, const struct needles *needles, size_t i,
                 const char *text, size_t length, size_t from)
{
    while (from <= length &&
           place_find(out, &needles->items[i], text, length, from)) {
        if (out->end > out->start)
            return true;
        size_t size = 1;
        if (out->end < length)
            text_decode(text + out->end, length - out->end, &size);
        from = out->end + size;
    }
    return false;
}

bool needles_hold(const struct needles *needles, const char *text,
                  size_t length)
{
    dateline_span place;
    for (size_t i = 0; i < needles_count(needles); i++)
        if (!place_find(&place, &needles->items[i], text, length, 0))
            return false;
    return true;
}

void needles_close(struct needles *needles)
{
    for (size_t i = 0; i < needles_count(needles); i++)
        regex_free(needles->items[i].regex);
    free(needles);
}
