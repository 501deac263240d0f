/* Twenty lines of TAP for unit tests: ok(...), then return done(). */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static unsigned tap_number, tap_failed;

#define ok(condition, ...) tap_ok((condition), #condition, __LINE__, __VA_ARGS__)
#define is_text(got, want, ...) \
    tap_text((got), (want), __LINE__, __VA_ARGS__)

static inline bool tap_ok(bool good, const char *what, int line, const char *name)
{
    printf("%sok %u - %s\n", good ? "" : "not ", ++tap_number, name);
    if (!good) {
        tap_failed++;
        printf("#   line %d: %s\n", line, what);
    }
    return good;
}

static inline bool tap_text(const char *got, const char *want, int line,
                            const char *name)
{
    bool same = got && want ? !strcmp(got, want) : got == want;
    tap_ok(same, "the texts differ", line, name);
    if (!same)
        printf("#   got:    %s\n#   wanted: %s\n", got ? got : "NULL",
               want ? want : "NULL");
    return same;
}

static inline int done(void)
{
    printf("1..%u\n", tap_number);
    return tap_failed ? 1 : 0;
}

#endif
