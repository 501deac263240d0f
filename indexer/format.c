/* Rows of formats, and what tells them apart. */
#include "indexer/format.h"

#include "common/ascii.h"
#include "common/error.h"
#include "common/limit.h"
#include "indexer/jsonl.h"

#include <string.h>
#include <strings.h>

/* ----------------------------------------------------------------- splitting */

static dateline_status split_html(const char *bytes, size_t length, size_t line,
                                  part_visit *visit, void *context,
                                  dateline_error *error)
{
    (void)line, (void)error;
    struct part part = {.kind = PART_HTML, .bytes = bytes, .length = length};
    return visit(context, &part, NULL);
}

static dateline_status split_text(const char *bytes, size_t length, size_t line,
                                  part_visit *visit, void *context,
                                  dateline_error *error)
{
    (void)line, (void)error;
    struct part part = {.kind = PART_TEXT, .bytes = bytes, .length = length};
    return visit(context, &part, NULL);
}

static dateline_status visit_line(const char *line, size_t length, size_t number,
                                  part_visit *visit, void *context)
{
    struct arena arena = ARENA_INIT;
    struct jsonl_line read;
    dateline_error why = {.position = -1}, numbered = {.position = -1};
    dateline_status status = length > LIMIT_JSON_LINE_BYTES
                                 ? error_set(&why, DATELINE_LIMIT, "the line is too long")
                                 : jsonl_read(&read, &arena, line, length, &why);
    if (status) {
        error_set(&numbered, status, "line %zu: %s", number, why.message);
        status = visit(context, NULL, &numbered);
    } else {
        const char *bytes = read.text ? read.text : read.html;
        struct part part = {.kind = read.text ? PART_LINES : PART_HTML,
                            .bytes = bytes, .length = strlen(bytes), .charset = "utf-8",
                            .id = read.id, .url = read.url, .title = read.title,
                            .published = read.published, .site = read.site,
                            .language = read.language, .authors = read.authors,
                            .author_count = read.author_count};
        status = visit(context, &part, NULL);
    }
    arena_release(&arena);
    return status;
}

static dateline_status split_jsonl(const char *bytes, size_t length, size_t line,
                                   part_visit *visit, void *context,
                                   dateline_error *error)
{
    (void)error;
    const char *at = bytes, *end = bytes + length;
    if (length >= 3 && !memcmp(at, "\xef\xbb\xbf", 3))
        at += 3;
    dateline_status status = DATELINE_OK;
    for (size_t number = line ? line : 1; at < end && !status; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t n = (size_t)((stop ? stop : end) - at);
        if (!ascii_is_blank(at, n))
            status = visit_line(at, n, number, visit, context);
        at = stop ? stop + 1 : end;
    }
    return status;
}

/* ------------------------------------------------------------------ sniffing */

/* A tag that pages have, within the first 4 KiB. */
static bool sniff_html(const char *bytes, size_t length)
{
    static const char *const tags[] = {"<html", "<!doctype html", "<head", "<body",
                                       "<title", "<meta", "<p>", "<div", "<article"};
    size_t head = length < 4096 ? length : 4096;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (ascii_find(bytes, head, tags[i]))
            return true;
    return false;
}

static bool sniff_text(const char *bytes, size_t length)
{
    (void)bytes, (void)length;
    return true;
}

static const struct format formats[] = {
    {"html", ".html .htm .xhtml", false, sniff_html, split_html},
    {"jsonl", ".jsonl .ndjson", true, NULL, split_jsonl},
    {"text", ".txt .text", false, sniff_text, split_text},
};

/* First bytes of what people save under a wrong name. */
static const char *kind_of_binary(const char *bytes, size_t length)
{
    static const struct {
        const char *magic;
        size_t length;
        const char *kind;
    } rows[] = {
        {"\x89PNG", 4, "a PNG picture"}, {"GIF8", 4, "a GIF picture"},
        {"\xff\xd8\xff", 3, "a JPEG picture"}, {"%PDF-", 5, "a PDF file"},
        {"\x7f" "ELF", 4, "a program"}, {"PK\x03\x04", 4, "a ZIP archive"},
        {"\xd0\xcf\x11\xe0", 4, "an old Office file"}, {"RIFF", 4, "a media file"},
        {"BZh", 3, "bzip2 data"}, {"\xfd" "7zXZ", 5, "xz data"},
        {"7z\xbc\xaf", 4, "a 7z archive"}, {"wOF", 3, "a font"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (length >= rows[i].length && !memcmp(bytes, rows[i].magic, rows[i].length))
            return rows[i].kind;
    return NULL;
}

/* More than one control character in ten, where no wide encoding explains it. */
static bool is_binary(const char *bytes, size_t length)
{
    size_t head = length < 8192 ? length : 8192, controls = 0, zeros = 0;
    for (size_t i = 0; i < head; i++) {
        unsigned char c = (unsigned char)bytes[i];
        zeros += !c;
        controls += c < 0x20 && c && !strchr("\t\n\f\r\x1b\x08\a\v", c);
    }
    bool wide = length > 3 && (!memcmp(bytes, "\xff\xfe", 2) || !memcmp(bytes, "\xfe\xff", 2) ||
                               zeros * 3 >= head);
    return controls * 20 > head || (zeros == head && head) || (zeros * 10 > head && !wide);
}

static bool has_suffix(const char *path, const char *suffixes)
{
    size_t length = strlen(path);
    if (length > 3 && ascii_equal(path + length - 3, ".gz"))
        length -= 3;
    for (const char *at = suffixes; *at;) {
        size_t n = strcspn(at, " ");
        if (length > n && !strncasecmp(path + length - n, at, n))
            return true;
        at += n + (at[n] == ' ');
    }
    return false;
}

const struct format *format_named(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (!strcmp(formats[i].name, name))
            return &formats[i];
    return NULL;
}

const struct format *format_of_path(const char *path)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (has_suffix(path, formats[i].suffixes))
            return &formats[i];
    return NULL;
}

static const struct format *find_by_input(const char *path, const char *bytes, size_t length)
{
    const struct format *named = path ? format_of_path(path) : NULL;
    if (named)
        return named;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i].sniff && formats[i].sniff(bytes, length))
            return &formats[i];
    return NULL;
}

dateline_status format_find(const struct format **out, const char *name,
                            const char *path, const char *bytes, size_t length,
                            dateline_error *error)
{
    const struct format *found = name ? format_named(name)
                                      : find_by_input(path, bytes, length);
    if (!found)
        return error_set(error, DATELINE_BAD_ARGUMENT, "no input format is called \"%s\"",
                         name ? name : "");
    const char *binary = kind_of_binary(bytes, length);
    if (binary)
        return error_set(error, DATELINE_BAD_INPUT, "%s, no text", binary);
    if (found->split != split_jsonl && is_binary(bytes, length))
        return error_set(error, DATELINE_BAD_INPUT, "binary data, no text");
    *out = found;
    return DATELINE_OK;
}
