/* What the manual pages list is what the tables hold. */
#include "common/field.h"

#include "tests/tap.h"

#include <stdlib.h>

/* A text file of moderate size; yours to free. */
static char *file_read(const char *path)
{
    enum { MOST = 1 << 17 };
    char *bytes = malloc(MOST);
    FILE *file = fopen(path, "rb");
    if (!file)
        return free(bytes), NULL;
    bytes[fread(bytes, 1, MOST - 1, file)] = '\0';
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

/* Counts what is missing, and names it. */
static size_t missing(bool there, const char *name)
{
    if (!there)
        printf("#   missing: %s\n", name);
    return there ? 0 : 1;
}

static void fields_case(const char *page)
{
    size_t count, gone = 0;
    const struct field *fields = field_all(&count);
    for (size_t i = 0; i < count; i++)
        if (fields[i].use & FIELD_FILTER)
            gone += missing(lists(page, ".It Cm ", fields[i].name),
                            fields[i].name);
    ok(count && !gone, "dateline-query-syntax(7) tells of every field");
}

static void types_case(const char *page)
{
    static const char *const types[] = {
#define X(name, letter, colour, text) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    size_t gone = 0;
    for (size_t i = 0; i < DATELINE_ENTITY_TYPE_COUNT; i++)
        gone += missing(strstr(page, types[i]) != NULL, types[i]);
    ok(!gone, "dateline-query-syntax(7) tells of every type of entity");
}

/* Every function that the header declares is told of in dateline(3). */
static void functions_case(const char *header, const char *page)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
    size_t count = 0, gone = 0;
    for (const char *at = header; (at = strstr(at, "dateline_"));) {
        size_t length = strspn(at, letters);
        if (at[length] == '(' && at[-1] != '(') {
            char call[128];
            snprintf(call, sizeof call, ".Fn %.*s", (int)length, at);
            gone += missing(strstr(page, call) != NULL, call + 4);
            count++;
        }
        at += length;
    }
    ok(count > 20 && !gone, "dateline(3) tells of every function");
}

int main(void)
{
    char *syntax = file_read("query/dateline-query-syntax.7");
    char *library = file_read("include/dateline.3");
    char *header = file_read("include/dateline.h");
    if (ok(syntax && library && header, "the pages and the header are there")) {
        fields_case(syntax);
        types_case(syntax);
        functions_case(header, library);
    }
    free(syntax);
    free(library);
    free(header);
    return done();
}
