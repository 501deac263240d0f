/* Patterns: text -> where a pattern matches. Compiled with JIT where the
 * machine has it. A subject is never longer than LIMIT_REGEX_SUBJECT_BYTES: the
 * match limit counts anew at every starting position, so only a bounded subject
 * bounds a search. Working memory lies in the pattern: one thread at a time. */
#include "common/regex.h"

#include "common/error.h"
#include "common/limit.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdlib.h>
#include <string.h>

enum {
    LOOK_BEHIND = 64, /* bytes before `from` that an assertion may see */
    OVERLAP = 1024,   /* a match may be this long and is surely found */
    JIT_STACK_START = 32 * 1024
};

struct regex {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

static dateline_status regex_failed(int code, size_t at, dateline_error *error)
{
    PCRE2_UCHAR message[200];
    pcre2_get_error_message(code, message, sizeof message);
    return error_set(error, DATELINE_INTERNAL, "pattern, byte %zu: %s", at,
                     (const char *)message);
}

dateline_status regex_compile(struct regex **out, const char *pattern,
                              unsigned flags, dateline_error *error)
{
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK |
                       (flags & REGEX_CASELESS ? PCRE2_CASELESS : 0) |
                       (flags & REGEX_EXTENDED ? PCRE2_EXTENDED : 0) |
                       (flags & REGEX_ANCHORED ? PCRE2_ANCHORED : 0) |
                       (flags & REGEX_FOREIGN ? PCRE2_NEVER_BACKSLASH_C : 0);
    int code;
    size_t at;
    struct regex *regex = calloc(1, sizeof *regex);
    if (!regex)
        return error_set(error, DATELINE_NO_MEMORY, "no memory for a pattern");
    regex->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                                options, &code, &at, NULL);
    if (!regex->code) {
        regex_free(regex);
        return regex_failed(code, at, error);
    }
    regex->data = pcre2_match_data_create_from_pattern(regex->code, NULL);
    regex->context = pcre2_match_context_create(NULL);
    /* without JIT (a hardened kernel forbids it) the interpreter serves */
    if (pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE) == 0)
        regex->stack = pcre2_jit_stack_create(JIT_STACK_START,
                                              LIMIT_REGEX_STACK_BYTES, NULL);
    if (!regex->data || !regex->context) {
        regex_free(regex);
        return error_set(error, DATELINE_NO_MEMORY, "no memory for a pattern");
    }
    pcre2_set_match_limit(regex->context, flags & REGEX_FOREIGN
                                              ? LIMIT_REGEX_MATCHES / 10
                                              : LIMIT_REGEX_MATCHES);
    pcre2_set_heap_limit(regex->context, LIMIT_REGEX_STACK_BYTES / 1024);
    if (regex->stack)
        pcre2_jit_stack_assign(regex->context, NULL, regex->stack);
    *out = regex;
    return DATELINE_OK;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* The nearest place at or before `at` where a character begins and, if there is
 * one close by, a word is over. */
static size_t word_bound(const char *text, size_t least, size_t at)
{
    for (size_t i = at; i > least && at - i < OVERLAP / 2; i--)
        if (text[i - 1] == ' ' || text[i - 1] == '\n')
            return i;
    while (at > least && is_continuation(text[at]))
        at--;
    return at;
}

static void match_copy(struct regex_match *match, const struct regex *regex,
                       size_t offset, int count)
{
    const PCRE2_SIZE *vector = pcre2_get_ovector_pointer(regex->data);
    for (int i = 0; i < REGEX_GROUPS; i++) {
        bool set = i < count && vector[2 * i] != PCRE2_UNSET &&
                   vector[2 * i] <= vector[2 * i + 1];
        match->groups[i].start = set ? offset + vector[2 * i] : 1;
        match->groups[i].end = set ? offset + vector[2 * i + 1] : 0;
    }
    match->start = match->groups[0].start;
    match->end = match->groups[0].end;
}

/* Matches in text[from, end), with a little of what stands before in sight. */
static bool match_piece(struct regex_match *match, const struct regex *regex,
                        const char *text, size_t from, size_t end,
                        uint32_t options)
{
    size_t before = from > LOOK_BEHIND ? from - LOOK_BEHIND : 0;
    while (before && is_continuation(text[before]))
        before--;
    if (before)
        options |= PCRE2_NOTBOL;
    int count = pcre2_match(regex->code, (PCRE2_SPTR)text + before,
                            end - before, from - before,
                            options | PCRE2_NO_UTF_CHECK, regex->data,
                            regex->context);
    if (count <= 0)
        return false;
    match_copy(match, regex, before, count);
    return match->start <= match->end && match->start >= from;
}

static size_t piece_end(const char *text, size_t length, size_t from)
{
    if (length - from <= LIMIT_REGEX_SUBJECT_BYTES)
        return length;
    return word_bound(text, from, from + LIMIT_REGEX_SUBJECT_BYTES);
}

bool regex_next(struct regex_match *match, const struct regex *regex,
                const char *text, size_t length, size_t from)
{
    while (from <= length) {
        size_t end = piece_end(text, length, from);
        bool last = end == length;
        size_t next = last ? end : word_bound(text, from, end - OVERLAP);
        if (match_piece(match, regex, text, from, end, last ? 0 : PCRE2_NOTEOL)
            && (last || match->start < next))
            return true;
        /* what begins near the end may be cut short: the next piece has it */
        if (last)
            return false;
        from = next;
    }
    return false;
}

bool regex_at(struct regex_match *match, const struct regex *regex,
              const char *text, size_t length, size_t at)
{
    if (at > length)
        return false;
    size_t end = length - at > OVERLAP ? word_bound(text, at, at + OVERLAP)
                                       : length;
    /* anchored when compiled: as an option here it would bar JIT */
    return match_piece(match, regex, text, at, end,
                       end < length ? PCRE2_NOTEOL : 0) &&
           match->start == at;
}

int regex_group(const struct regex *regex, const char *name)
{
    int group = pcre2_substring_number_from_name(regex->code, (PCRE2_SPTR)name);
    return group > 0 && group < REGEX_GROUPS ? group : -1;
}

void regex_free(struct regex *regex)
{
    if (!regex)
        return;
    pcre2_jit_stack_free(regex->stack);
    pcre2_match_context_free(regex->context);
    pcre2_match_data_free(regex->data);
    pcre2_code_free(regex->code);
    free(regex);
}
