/* Every question of dateline-query-syntax(7) can be asked, and every beginning of
 * one is read, or refused with a message and a place in it. */
#include "query/request.h"
#include "tests/tap.h"

#include <stdlib.h>

/* A line of mdoc without its escapes and the words of its own. */
static void plain(char *out, const char *line)
{
    static const char *const rows[][2] = {
        {"\\(dq", "\""}, {"\\-", "-"}, {"\\&", ""}, {"\\(:u", "\xc3\xbc"},
        {" Ns ", ""},    {"Ar ", ""},  {"Cm ", ""}, {" ,", ""},
        {"\n", ""},
    };
    size_t length = 0;
    while (*line) {
        size_t i = 0, count = sizeof rows / sizeof *rows;
        while (i < count && strncmp(line, rows[i][0], strlen(rows[i][0])))
            i++;
        if (i < count) {
            memcpy(out + length, rows[i][1], strlen(rows[i][1]));
            length += strlen(rows[i][1]);
            line += strlen(rows[i][0]);
        } else
            out[length++] = *line++;
    }
    while (length && strchr(" .;", out[length - 1]))
        length--;
    out[length] = '\0';
    char *number = strstr(out, "/n");
    if (number)
        number[1] = '5';
}

/* An operator by itself asks nothing. */
static bool is_operator(const char *text)
{
    return !text[strspn(text, "ANDORTE")];
}

static dateline_status ask(const char *question, size_t length,
                           dateline_error *error)
{
    struct arena arena = ARENA_INIT;
    struct request request;
    *error = (dateline_error){.position = -1};
    dateline_status status =
        request_read(&request, &arena, question, length, error);
    arena_release(&arena);
    return status;
}

/* Cut anywhere, also inside a character. The copy has nothing behind its end, so
 * that reading past it is seen. */
static bool beginnings_are_read(const char *question)
{
    bool good = true;
    for (size_t length = 0; length <= strlen(question); length++) {
        dateline_error error;
        char *copy = malloc(length + !length);
        memcpy(copy, question, length);
        dateline_status status = ask(copy, length, &error);
        good &= !status || (status == DATELINE_BAD_QUERY && *error.message &&
                            error.position >= 0 &&
                            (size_t)error.position <= length);
        free(copy);
    }
    return good;
}

static void question_test(const char *question)
{
    char name[600];
    dateline_error error;
    snprintf(name, sizeof name, "asked: %s", question);
    if (!ok(!ask(question, strlen(question), &error), name))
        printf("#   %s\n", error.message);
    snprintf(name, sizeof name, "its beginnings: %s", question);
    ok(beginnings_are_read(question), name);
}

/* Several in one line stand with commas between. */
static void line_test(char *text)
{
    for (char *at = text, *next; at && *at; at = next) {
        next = strstr(at, ", ");
        if (next)
            *next = '\0', next += 2;
        if (!is_operator(at))
            question_test(at);
    }
}

int main(void)
{
    static const char *const marks[] = {".It Cm ", ".Cm ", ".Dl ", ".It Ar "};
    static const char *const others[] = {
        "\"open \xe2\x80\x9c" "arms\xe2\x80\x9d", /* typographic, mixed */
        "(((a OR b) AND \"c d\") NEAR", "site:\"a b\"* -x* +(y z)",
        "\xef\xbc\x8b\xe5\x8c\x97\xe4\xba\xac \xef\xbc\x88" "a\xef\xbc\x89",
        "money:eur>=5m money:1000..5000 date:..2021-10 title:\"a b\"",
    };
    FILE *page = fopen("query/dateline-query-syntax.7", "r");
    char line[512], text[512];
    size_t found = 0;
    bool fields = false;
    while (page && fgets(line, sizeof line, page)) {
        fields = !strncmp(line, ".Ss Fields", 10) ||
                 (fields && strncmp(line, ".Ss ", 4) && strncmp(line, ".Sh ", 4));
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            if (strncmp(line, marks[i], strlen(marks[i])) ||
                (fields && !strncmp(line, ".It", 3)))
                continue;
            plain(text, line + strlen(marks[i]));
            line_test(text);
            found++;
        }
    }
    if (page)
        fclose(page);
    ok(found > 20, "the page has questions");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ok(beginnings_are_read(others[i]), "beginnings of others");
    return done();
}
