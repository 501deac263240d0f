/* Escaping, links, and the style sheet. */
#include "query/html_write.h"

#include "common/ascii.h"
#include "common/text.h"

#include <stdlib.h>
#include <string.h>

void html_text(struct buffer *out, const char *text, size_t length)
{
    struct buffer visible = {0};
    text_escape(&visible, text, length);
    for (size_t i = 0; i < visible.length; i++)
        switch (visible.bytes[i]) {
        case '&': buffer_text(out, "&amp;"); break;
        case '<': buffer_text(out, "&lt;"); break;
        case '>': buffer_text(out, "&gt;"); break;
        case '"': buffer_text(out, "&quot;"); break;
        case '\'': buffer_text(out, "&#39;"); break;
        default: buffer_byte(out, visible.bytes[i]);
        }
    buffer_free(&visible);
}

void html_string(struct buffer *out, const char *text)
{
    html_text(out, text, strlen(text));
}

void html_lines(struct buffer *out, const char *text, size_t length)
{
    while (length) {
        const char *newline = memchr(text, '\n', length);
        size_t line = newline ? (size_t)(newline - text) : length;
        html_text(out, text, line);
        if (newline)
            buffer_text(out, "<br>");
        line += newline != NULL;
        text += line;
        length -= line;
    }
}

bool html_is_link(const char *url)
{
    if (ascii_find(url, strlen(url) < 7 ? strlen(url) : 7, "http://") != url &&
        ascii_find(url, strlen(url) < 8 ? strlen(url) : 8, "https://") != url)
        return false;
    for (size_t at = 0, size, length = strlen(url); at < length; at += size) {
        uint32_t c = text_decode(url + at, length - at, &size);
        if (c <= ' ' || text_is_space(c) || text_is_invisible(c))
            return false;
    }
    return true;
}

/* Colours of the terminal, as hues of a page. */
static unsigned hue_of(const char *colour)
{
    static const struct {
        unsigned sgr, hue;
    } rows[] = {{31, 5},   {32, 135}, {33, 40},  {34, 215}, {35, 300},
                {36, 180}, {92, 100}, {93, 58},  {94, 245}, {95, 330},
                {96, 195}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].sgr == strtoul(colour, NULL, 10))
            return rows[i].hue;
    return 0;
}

static void types_style(struct buffer *out)
{
    static const struct {
        const char *name, *colour;
        char letter;
    } types[] = {
#define X(name, letter, colour, text) {#name, colour, letter},
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        buffer_format(out,
                      ".%s{--h:%u;--t:\"%c\"}\n"
                      "body:has(#show-%s:not(:checked)) article .%s"
                      "{background:none;border-color:transparent}\n"
                      "body:has(#show-%s:not(:checked)) article .%s::after"
                      "{content:none!important}\n",
                      types[i].name, hue_of(types[i].colour), types[i].letter,
                      types[i].name, types[i].name, types[i].name,
                      types[i].name);
}

void html_style(struct buffer *out)
{
    buffer_text(out,
        "<style>\n"
        ":root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#57606a;\n"
        "--line:#d0d7de;--link:#0550ae;--bar:#7aa7d9;--tint:.16;--edge:42%}\n"
        "@media screen and (prefers-color-scheme:dark){:root{--ink:#e6edf3;\n"
        "--paper:#0d1117;--soft:#9aa4af;--line:#30363d;--link:#79c0ff;--bar:#3b6ea5;\n"
        "--tint:.3;--edge:62%}}\n"
        "body{background:var(--paper);color:var(--ink);\n"
        "font:1rem/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;\n"
        "padding:0 1rem;overflow-wrap:anywhere}\n"
        "h1{font-size:1.5rem;line-height:1.3;margin:0 0 .25rem}\n"
        "h2{font-size:1.125rem;line-height:1.4;margin:0}\n"
        "a{color:var(--link)}\n"
        "h2 a{text-decoration:none}\n"
        "a:hover,a:focus{text-decoration:underline}\n"
        "article,section{margin:1.75rem 0}\n"
        "article p{margin:.35rem 0}\n"
        ".facts,.near,details{color:var(--soft)}\n"
        ".facts,details,fieldset,table{font-size:.875rem}\n"
        ".near{margin-inline-start:2rem}\n"
        "details ul{margin:.25rem 0;padding-inline-start:1.25rem}\n"
        "fieldset{color:var(--ink);border:0;border-block:1px solid var(--line);margin:1rem 0;padding:.5rem 0}\n"
        "legend{position:absolute;clip-path:inset(50%)}\n"
        "label{margin-inline-end:1rem;white-space:nowrap;display:inline-block}\n"
        "mark{background:none;color:inherit;font-weight:700;\n"
        "text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:.2em}\n"
        ".e{background:hsl(var(--h) 85% 50% / var(--tint));\n"
        "border-bottom:2px solid hsl(var(--h) 65% var(--edge));padding:0 .1em}\n"
        ".e::after{content:var(--t);font:700 .65em/1 system-ui,sans-serif;\n"
        "vertical-align:.4em;margin-inline-start:.15em}\n"
        "body:not(:has(#letters:checked)) article .e::after{content:none}\n"
        "table{border-collapse:collapse;width:100%}\n"
        "th{font-weight:400;text-align:start;padding:.1rem .75rem .1rem 0;max-width:20rem}\n"
        "td{text-align:end;padding-inline-end:.75rem;font-variant-numeric:tabular-nums}\n"
        "td.bar{width:60%;padding:0}\n"
        ".bar span{display:block;height:.8em;background:var(--bar);\n"
        "print-color-adjust:exact;-webkit-print-color-adjust:exact}\n"
        "@media print{body{max-width:none;margin:0;font-size:10pt}\n"
        "article{break-inside:avoid}input,.switch{display:none}\n"
        "body article .e::after{content:var(--t)!important}\n"
        ".e{background:none}h2 a::after{content:\" <\" attr(href) \">\";font-weight:400;\n"
        "font-size:.8em}}\n");
    types_style(out);
    buffer_text(out, "</style>\n");
}
