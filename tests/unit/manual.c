/* What the manual pages list is what the tables hold. */
#include "common/field.h"

#include "tests/tap.h"

#include <stdlib.h>

static char *file_read(const char *path)
{
    static char bytes[1 << 17];
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    fclose(file);
    return bytes;
}

/* The name stands as a word of its own on a line that begins so. */
static bool lists(const char *page, const char *begin, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = page; (at = strstr(at, begin));) {
        const char *end = at + strcspn(at, "\n");
        for (const char *word = at; word < end; word++)
            if (!strncmp(word, name, length) && word[-1] == ' ' &&
                strchr(" \n", word[length]))
                return true;
        at = end;
    }
    return false;
}

static void fields_case(const char *page)
{
    size_t count;
    const struct field *fields = field_all(&count);
    for (size_t i = 0; i < count; i++)
        if (fields[i].use & FIELD_FILTER)
            ok(lists(page, ".It Cm ", fields[i].name),
               "a field of the table stands in dateline-query-syntax(7)") ||
                printf("#   %s\n", fields[i].name);
}

static void types_case(const char *page)
{
    static const char *const types[] = {
#define X(name, letter, colour, text) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    for (size_t i = 0; i < DATELINE_ENTITY_TYPE_COUNT; i++)
        ok(strstr(page, types[i]) != NULL,
           "a type of entity stands in dateline-query-syntax(7)") ||
            printf("#   %s\n", types[i]);
}

/* Every function that the header declares is told of in dateline(3). */
static void functions_case(char *header)
{
    char *copy = strdup(header), *page = file_read("include/dateline.3");
    ok(page != NULL, "dateline(3) can be read");
    for (char *at = copy; page && (at = strstr(at, "dateline_"));) {
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz_");
        if (at[length] == '(' && (at[-1] == ' ' || at[-1] == '*' ||
                                  at[-1] == '\n')) {
            at[length] = '\0';
            char call[128];
            snprintf(call, sizeof call, ".Fn %s", at);
            ok(strstr(page, call) != NULL, "a function stands in dateline(3)") ||
                printf("#   %s\n", at);
        }
        at += length + 1;
    }
    free(copy);
}

int main(void)
{
    char *page = file_read("query/dateline-query-syntax.7");
    if (ok(page != NULL, "dateline-query-syntax(7) can be read")) {
        fields_case(page);
        types_case(page);
    }
    char *header = file_read("include/dateline.h");
    if (ok(header != NULL, "dateline.h can be read"))
        functions_case(header);
    return done();
}
