/* Runs tables of cases: build/tests/cases tests/cases/NAME.cases
 *
 *   # a city and a country before two hyphens     the case's name
 *   PARIS, FRANCE, Oct. 17 -- The council said    input, one line or many
 *   =>
 *   place: PARIS, FRANCE                          what must come out
 *
 * One function a subject turns input into output; the file's name up to the
 * first point or hyphen chooses it. Speaks TAP. With BLESS=1 in the environment
 * the file is rewritten with what came out. */
#include "common/alias.h"
#include "common/arena.h"
#include "common/date.h"
#include "common/field.h"
#include "common/language.h"
#include "common/text.h"
#include "indexer/acronym.h"
#include "indexer/author.h"
#include "indexer/contact.h"
#include "indexer/content.h"
#include "indexer/detect.h"
#include "indexer/encoding.h"
#include "indexer/format.h"
#include "indexer/furniture.h"
#include "indexer/html.h"
#include "indexer/jsonl.h"
#include "indexer/lead.h"
#include "indexer/metadata.h"
#include "indexer/passage.h"
#include "indexer/published.h"
#include "indexer/tagger_feature.h"
#include "indexer/text_input.h"
#include "indexer/title.h"
#include "indexer/article.h"
#include "indexer/record.h"
#include "indexer/entity.h"
#include "indexer/gazetteer.h"
#include "indexer/pattern.h"
#include "query/match.h"
#include "query/window.h"
#include "query/request_write.h"
#include "query/span.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef void subject_run(struct buffer *out, const char *input, size_t length);

struct subject {
    const char *name;
    subject_run *run;
};

/* Words as the index sees them; "+": joined to the one before. */
static void text_case(struct buffer *out, const char *input, size_t length)
{
    struct text_word word;
    for (size_t at = 0; text_word(&word, input, length, &at);)
        buffer_format(out, "%s%s%s", out->length ? " " : "", word.term,
                      word.joined ? "+" : "");
}

/* A sentence a line. */
static void sentence_case(struct buffer *out, const char *input, size_t length)
{
    size_t start, end;
    for (size_t at = 0; text_sentence(&start, &end, input, length, &at, "en");) {
        buffer_add(out, input + start, end - start);
        buffer_byte(out, '\n');
    }
}

/* Stop words that the tokeniser would never give, so could never be met. */
static void unmet_words(struct buffer *out)
{
    size_t count;
    const struct language *rows = language_all(&count);
    struct text_word word;
    for (size_t i = 0; i < count; i++)
        for (const char *at = rows[i].stop_words; *at;) {
            size_t length = strcspn(at, " "), from = 0;
            if (!text_word(&word, at, length, &from) || word.length != length ||
                memcmp(word.term, at, length))
                buffer_format(out, "%s: %.*s\n", rows[i].code, (int)length, at);
            at += length + (at[length] == ' ');
        }
}

/* "code CODE", "stop CODE WORD", "month CODE WORD" (- is any), "unmet". */
static void language_case(struct buffer *out, const char *input, size_t length)
{
    char verb[16] = "", code[16] = "", word[64] = "";
    (void)length;
    sscanf(input, "%15s %15s %63s", verb, code, word);
    const struct language *row = language_find(code);
    if (!strcmp(verb, "code"))
        buffer_format(out, "%s %s", row ? row->code : "none", row ? row->stemmer : "");
    else if (!strcmp(verb, "stop"))
        buffer_text(out, language_is_stop_word(row, word) ? "yes" : "no");
    else if (!strcmp(verb, "month"))
        buffer_format(out, "%d", language_month(row, word));
    else
        unmet_words(out);
}

static void alias_warned(void *context, size_t line, const char *message)
{
    buffer_format(context, "line %zu: %s\n", line, message);
}

/* An alias file, then "---" and a text: warnings, then what was found in the
 * text. Without a text: the file as it is written again. */
static void alias_case(struct buffer *out, const char *input, size_t length)
{
    struct alias_list *list = NULL;
    const char *rule = strstr(input, "\n---\n");
    size_t names = rule && rule < input + length ? (size_t)(rule - input) : length;
    alias_read(&list, input, names, alias_warned, out, NULL);
    if (names == length)
        alias_write(out, list);
    struct text_word word;
    for (size_t at = names + 5; names < length && text_word(&word, input, length, &at);) {
        const struct alias_name *name;
        size_t found = alias_find(&name, list, input, length, word.start);
        if (!found)
            continue;
        buffer_format(out, "%.*s -> %s%s%s\n", (int)found, input + word.start,
                      name->name, name->id ? " " : "", name->id ? name->id : "");
        if (at < word.start + found)
            at = word.start + found;
    }
    alias_free(list);
}

static void date_print(struct buffer *out, const dateline_date *date)
{
    static const char *const precisions[] = {"none", " year", " month", ""};
    char day[16];
    date_format(day, date);
    buffer_format(out, "%s%s%s%s", day, precisions[date->precision],
                  date->time ? " " : "", date->time ? date->time : "");
}

/* "[us] text", "[fa] text", "[parse] text": American order, a language, the
 * whole text as a machine wrote it. Every date and where it stands. */
static void date_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    char option[8] = "";
    if (sscanf(input, "[%7[a-z]]", option) == 1) {
        size_t skip = strlen(option) + 2;
        skip += input[skip] == ' ';
        input += skip;
        length -= skip;
    }
    bool us = !strcmp(option, "us");
    enum date_order order = us ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
    dateline_date date = {0};
    if (!strcmp(option, "parse")) {
        char *text = arena_copy(&arena, input, length);
        if (date_parse(&date, &arena, text, order))
            date_print(out, &date);
    } else {
        size_t start, end;
        for (size_t at = 0; date_find(&date, &arena, input, length, &at, &start,
                                      &end, order, us ? "en" : option);) {
            date_print(out, &date);
            buffer_format(out, " (%.*s)\n", (int)(end - start), input + start);
        }
    }
    arena_release(&arena);
}

/* "SHORT = LONG", a definition a line. */
static void acronym_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct acronym *found;
    size_t count = acronym_find(&found, &arena, input, length);
    for (size_t i = 0; i < count; i++) {
        dateline_span s = found[i].short_form, l = found[i].long_form;
        buffer_format(out, "%.*s = %.*s\n", (int)(s.end - s.start),
                      input + s.start, (int)(l.end - l.start), input + l.start);
    }
    arena_release(&arena);
}

/* "\\xe9" is a byte, "\\n" a newline; all else stands for itself. */
static void bytes_read(struct buffer *out, const char *input, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned byte;
        if (input[i] != '\\' || i + 1 == length) {
            buffer_byte(out, input[i]);
        } else if (input[i + 1] == 'x' && sscanf(input + i + 2, "%2x", &byte) == 1) {
            buffer_byte(out, (char)byte);
            i += 3;
        } else {
            buffer_byte(out, input[++i] == 'n' ? '\n' : input[i]);
        }
    }
    buffer_add(out, "", 0); /* never NULL */
}

/* "[label] bytes": the name of the encoding and the text. */
static void encoding_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct buffer bytes = {0};
    dateline_error error = {0};
    char label[32] = "", *text;
    const char *used;
    size_t skip = 0, text_length;
    if (sscanf(input, "[%31[^]]]", label) == 1)
        skip = strlen(label) + 3;
    bytes_read(&bytes, input + skip, length - skip);
    if (encoding_convert(&text, &text_length, &used, &arena, bytes.bytes, bytes.length,
                         *label ? label : NULL, &error)) {
        buffer_text(out, error.message);
    } else {
        buffer_format(out, "%s: ", used);
        text_escape(out, text, text_length);
    }
    buffer_free(&bytes);
    arena_release(&arena);
}

/* "[declared] text": the language. */
static void detect_case(struct buffer *out, const char *input, size_t length)
{
    char declared[16] = "";
    size_t skip = sscanf(input, "[%15[^]]]", declared) == 1 ? strlen(declared) + 2 : 0;
    const char *code = detect_language(input + skip, length - skip, declared);
    buffer_text(out, code ? code : "none");
}

/* "[fr] body": what the opening says, and where the sentence begins. */
static void lead_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    char language[8] = "";
    size_t skip = sscanf(input, "[%2[a-z]]", language) == 1 ? strlen(language) + 3 : 0;
    struct lead lead;
    if (!lead_read(&lead, &arena, input + skip, length - skip, *language ? language : "en"))
        buffer_text(out, "none");
    if (lead.place)
        buffer_format(out, "place: %s\n", lead.place);
    if (lead.date.precision) {
        buffer_text(out, "date: ");
        date_print(out, &lead.date);
        buffer_byte(out, '\n');
    }
    if (lead.wire)
        buffer_format(out, "wire: %s\n", lead.wire);
    if (lead.end) {
        size_t end = text_boundary(input + skip, length - skip, lead.end + 24);
        buffer_format(out, "body: %.*s\n", (int)(end - lead.end),
                      input + skip + lead.end);
    }
    arena_release(&arena);
}

/* "\\*500{<div>}" five hundred times over; else as bytes_read has it. */
static void page_bytes(struct buffer *out, const char *input, size_t length)
{
    for (size_t i = 0; i < length;) {
        const char *at = memmem(input + i, length - i, "\\*", 2);
        size_t plain = at ? (size_t)(at - input) - i : length - i;
        unsigned times;
        int head = 0;
        bytes_read(out, input + i, plain);
        i += plain;
        if (!at)
            break;
        const char *close = strchr(at, '}');
        if (sscanf(at, "\\*%u{%n", &times, &head) != 1 || !head || !close)
            break;
        while (times--)
            bytes_read(out, at + head, (size_t)(close - at - head));
        i = (size_t)(close + 1 - input);
    }
    buffer_add(out, "", 0);
}

/* A page as far as its metadata. Where the first line says "url: ...", that is
 * where the page was found. */
struct page {
    struct arena arena;
    struct buffer bytes;
    struct tree tree;
    struct metadata metadata;
    struct segments segments;
    const char *url, *title;
};

/* The value of a first line "KEY: ...", which is cut from the input. */
static const char *first_line(struct arena *arena, const char *key,
                              const char **input, size_t *length)
{
    size_t n = strlen(key), line = strcspn(*input, "\n");
    if (strncmp(*input, key, n) || strncmp(*input + n, ": ", 2) || line > *length)
        return NULL;
    const char *value = arena_copy(arena, *input + n + 2, line - n - 2);
    line += line < *length;
    *input += line;
    *length -= line;
    return value;
}

static void page_open(struct page *page, const char *input, size_t length)
{
    *page = (struct page){0};
    page->url = first_line(&page->arena, "url", &input, &length);
    page_bytes(&page->bytes, input, length);
    size_t repaired;
    char *text = text_repair(&page->arena, page->bytes.bytes, page->bytes.length,
                             &repaired);
    html_read(&page->tree, &page->arena, text, repaired, NULL);
    metadata_collect(&page->metadata, &page->arena, &page->tree, page->url);
    segment_read(&page->segments, &page->arena, &page->tree);
    page->title = title_read(&page->metadata);
}

static void page_close(struct page *page)
{
    buffer_free(&page->bytes);
    arena_release(&page->arena);
}

/* A node a line, two spaces a level: its name and attributes, or its text in
 * quotes. White space alone is left out; "div x 1000": so many, one in another. */
static void tree_print(struct buffer *out, const struct node *node)
{
    static const char *const names[] = {"", "(other)",
#define X(name, text, flags) #text,
        TREE_TAGS(X)
#undef X
    };
    static const char *const attributes[] = {
#define X(name, text) text,
        TREE_ATTRIBUTES(X)
#undef X
    };
    for (const struct node *n = node; n; n = tree_next(n, node)) {
        size_t depth = 0, same = 1;
        for (const struct node *up = n; up != node; up = up->parent)
            depth += !(up->parent->tag == up->tag && up->parent->first == up->parent->last);
        if (n->tag == TAG_TEXT && strspn(n->text, " \t\r\n\f") == n->length)
            continue;
        buffer_format(out, "%*s%s", (int)(2 * depth), "", names[n->tag]);
        for (const struct attribute *a = n->attributes; a; a = a->next)
            buffer_format(out, " %s=%s", attributes[a->name], a->value);
        if (n->tag == TAG_TEXT) {
            buffer_byte(out, '"');
            text_escape(out, n->text, n->length);
            buffer_byte(out, '"');
        }
        for (; n->first && n->first == n->last && n->first->tag == n->tag; same++)
            n = n->first;
        if (same > 1)
            buffer_format(out, " x %zu", same);
        buffer_byte(out, '\n');
    }
}

/* The tree of a page, then the scripts that hold data. */
static void html_case(struct buffer *out, const char *input, size_t length)
{
    struct page page;
    page_open(&page, input, length);
    tree_print(out, page.tree.root);
    for (const struct script *s = page.tree.scripts; s; s = s->next)
        buffer_format(out, "%s: %s\n", s->linked_data ? "linked data" : "data", s->text);
    page_close(&page);
}

static const char *role_name(dateline_role role)
{
    static const char *const names[] = {
#define X(name, text) text,
        DATELINE_ROLES(X)
#undef X
    };
    return names[role];
}

/* A block a line, its role in brackets unless it is the body's. */
static void blocks_print(struct buffer *out, const char *body,
                         const dateline_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].role != DATELINE_ROLE_BODY)
            buffer_format(out, "[%s] ", role_name(blocks[i].role));
        buffer_add(out, body + blocks[i].start, blocks[i].end - blocks[i].start);
        buffer_byte(out, '\n');
    }
}

/* The blocks of a page that are its article. */
static void content_case(struct buffer *out, const char *input, size_t length)
{
    struct page page;
    struct content content;
    page_open(&page, input, length);
    content_find(&content, &page.arena, &page.metadata, &page.segments, page.title);
    blocks_print(out, content.body, content.blocks, content.block_count);
    page_close(&page);
}

static void title_case(struct buffer *out, const char *input, size_t length)
{
    struct page page;
    page_open(&page, input, length);
    buffer_text(out, page.title ? page.title : "none");
    page_close(&page);
}

/* A name a line. */
static void author_case(struct buffer *out, const char *input, size_t length)
{
    struct page page;
    struct content content;
    page_open(&page, input, length);
    content_find(&content, &page.arena, &page.metadata, &page.segments, page.title);
    const char *const *names;
    size_t count = author_read(&names, &page.metadata, &page.segments);
    for (size_t i = 0; i < count; i++)
        buffer_format(out, "%s\n", names[i]);
    if (!count)
        buffer_text(out, "none");
    page_close(&page);
}

static void origin_print(struct buffer *out, const dateline_date *date)
{
    static const char *const names[] = {
#define X(name, text) text,
        DATELINE_ORIGINS(X)
#undef X
    };
    date_print(out, date);
    buffer_format(out, " (%s)", names[date->from]);
}

/* The day and where it came from. */
static void published_case(struct buffer *out, const char *input, size_t length)
{
    struct page page;
    page_open(&page, input, length);
    const dateline_date *dates;
    if (published_read(&dates, &page.metadata, &page.segments, page.title))
        origin_print(out, &dates[0]);
    else
        buffer_text(out, "none");
    page_close(&page);
}

static void text_input_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct content content;
    struct buffer bytes = {0};
    const char *title;
    page_bytes(&bytes, input, length);
    text_input_read(&content, &title, &arena, bytes.bytes, bytes.length);
    if (title)
        buffer_format(out, "title: %s\n", title);
    blocks_print(out, content.body, content.blocks, content.block_count);
    buffer_free(&bytes);
    arena_release(&arena);
}

/* "[heading] text" -> its role; *line is moved to the text. */
static dateline_role role_read(const char **line)
{
    for (dateline_role r = DATELINE_ROLE_BODY; **line == '[' && r <= DATELINE_ROLE_END; r++) {
        size_t n = strlen(role_name(r));
        if (!strncmp(*line + 1, role_name(r), n) && !strncmp(*line + 1 + n, "] ", 2))
            return *line += n + 3, r;
    }
    return DATELINE_ROLE_BODY;
}

/* How many words, the role, and how it begins and ends. */
static void passage_print(struct buffer *out, const char *body,
                          const dateline_passage *passage)
{
    const char *text = body + passage->start;
    size_t length = passage->end - passage->start, short_enough = 48;
    bool whole = length < short_enough;
    size_t head = whole ? length : text_boundary(text, length, 20);
    size_t tail = whole ? length : text_boundary(text, length, length - 20);
    buffer_format(out, "%zu %s: ", text_count(text, length), role_name(passage->role));
    text_escape(out, text, head);
    buffer_text(out, whole ? "" : " ... ");
    text_escape(out, text + tail, length - tail);
    buffer_byte(out, '\n');
}

/* Blocks a line, "[heading] " and the like before them; "lang: zh" above. */
static void passage_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct buffer bytes = {0}, body = {0};
    dateline_block blocks[64];
    size_t count = 0;
    const char *language = first_line(&arena, "lang", &input, &length);
    page_bytes(&bytes, input, length);
    for (const char *at = bytes.bytes; *at && count < 64; at += *at == '\n') {
        dateline_role role = role_read(&at);
        size_t n = strcspn(at, "\n");
        blocks[count++] = (dateline_block){body.length, body.length + n, role};
        buffer_add(&body, at, n);
        buffer_byte(&body, '\n');
        at += n;
    }
    dateline_passage *passages;
    size_t found = passage_split(&passages, &arena, body.bytes, blocks, count, language);
    for (size_t i = 0; i < found; i++)
        passage_print(out, body.bytes, &passages[i]);
    buffer_free(&body);
    buffer_free(&bytes);
    arena_release(&arena);
}

static void value_print(struct buffer *out, const char *key, const char *value)
{
    if (value)
        buffer_format(out, "%s: %s\n", key, value);
}

/* What a line says, or why it is none. */
static void jsonl_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct buffer bytes = {0};
    struct jsonl_line line;
    dateline_error error = {.position = -1};
    page_bytes(&bytes, input, length);
    if (jsonl_read(&line, &arena, bytes.bytes, bytes.length, &error)) {
        buffer_format(out, "no: %s", error.message);
    } else {
        value_print(out, "id", line.id);
        value_print(out, "url", line.url);
        value_print(out, "title", line.title);
        value_print(out, "published", line.published);
        value_print(out, "site", line.site);
        value_print(out, "language", line.language);
        for (size_t i = 0; i < line.author_count; i++)
            value_print(out, "author", line.authors[i]);
        value_print(out, "text", line.text);
        value_print(out, "html", line.html);
    }
    buffer_free(&bytes);
    arena_release(&arena);
}

static dateline_status part_print(void *context, const struct part *part,
                                  const dateline_error *why)
{
    static const char *const kinds[] = {"html", "text", "lines"};
    struct buffer *out = context;
    if (part)
        buffer_format(out, "%s%s%s: %zu bytes\n", kinds[part->kind], part->id ? " " : "",
                      part->id ? part->id : "", part->length);
    else
        buffer_format(out, "no: %s\n", why->message);
    return DATELINE_OK;
}

/* "input: FORMAT", "path: NAME", bytes: the parts they hold. */
static void format_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct buffer bytes = {0};
    const struct format *format;
    dateline_error error = {.position = -1};
    const char *name = first_line(&arena, "input", &input, &length);
    const char *path = first_line(&arena, "path", &input, &length);
    page_bytes(&bytes, input, length);
    if (format_find(&format, name, path, bytes.bytes, bytes.length, &error)) {
        buffer_format(out, "no: %s", error.message);
    } else {
        buffer_format(out, "%s\n", format->name);
        format->split(bytes.bytes, bytes.length, 1, part_print, out, &error);
    }
    buffer_free(&bytes);
    arena_release(&arena);
}

static void contact_print(struct buffer *out, const dateline_facts *facts)
{
    value_print(out, "name", facts->contact.name);
    value_print(out, "organisation", facts->contact.organisation);
    value_print(out, "phone", facts->contact.phone);
    value_print(out, "mail", facts->contact.mail);
}

/* The lines of a contact block. */
static void contact_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    dateline_facts facts = {0};
    dateline_block blocks[64];
    size_t count = 0;
    for (size_t at = 0; at < length && count < 64; count++) {
        size_t end = at + strcspn(input + at, "\n");
        end = end < length ? end : length;
        blocks[count] = (dateline_block){at, end, DATELINE_ROLE_CONTACT};
        at = end + 1;
    }
    contact_read(&facts, &arena, input, blocks, count);
    contact_print(out, &facts);
    if (!out->length)
        buffer_text(out, "none");
    arena_release(&arena);
}

static void dateline_print(struct buffer *out, const dateline_facts *facts)
{
    if (!facts->dateline.place && !facts->dateline.date.precision && !facts->dateline.wire)
        return;
    buffer_format(out, "dateline: %s", facts->dateline.place ? facts->dateline.place : "-");
    if (facts->dateline.date.precision) {
        buffer_text(out, ", ");
        date_print(out, &facts->dateline.date);
    }
    if (facts->dateline.wire)
        buffer_format(out, " /%s/", facts->dateline.wire);
    buffer_byte(out, '\n');
}

static dateline_status article_print(void *context, dateline_article *article,
                                     const dateline_error *error)
{
    struct buffer *out = context;
    if (!article)
        return buffer_format(out, "no: %s\n", error->message), DATELINE_OK;
    const dateline_facts *facts = &article->facts;
    value_print(out, "id", facts->id);
    value_print(out, "title", facts->title);
    for (size_t i = 0; i < facts->author_count; i++)
        value_print(out, "author", facts->authors[i]);
    if (facts->published.precision) {
        buffer_text(out, "published: ");
        origin_print(out, &facts->published);
        buffer_text(out, facts->published.future ? ", in the future\n" : "\n");
    }
    value_print(out, "site", facts->site);
    value_print(out, "language", facts->language);
    value_print(out, "section", facts->section);
    for (size_t i = 0; i < facts->keyword_count; i++)
        value_print(out, "keyword", facts->keywords[i]);
    dateline_print(out, facts);
    contact_print(out, facts);
    buffer_text(out, "--\n");
    blocks_print(out, article->body, article->blocks, article->block_count);
    dateline_article_free(article);
    return DATELINE_OK;
}

/* "today: ...", "url: ...", "path: ...", an input of any format: each article's facts, and its
 * blocks under two hyphens. */
static void page_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct buffer bytes = {0};
    dateline_error error = {.position = -1};
    struct article_input in = {.line = 1};
    dateline_date today;
    const char *given = first_line(&arena, "today", &input, &length);
    if (given && date_parse(&today, &arena, given, DATE_DAY_FIRST))
        in.today = date_days(&today);
    in.url = first_line(&arena, "url", &input, &length);
    in.path = first_line(&arena, "path", &input, &length);
    page_bytes(&bytes, input, length);
    in.bytes = bytes.bytes;
    in.length = bytes.length;
    if (article_read(&in, article_print, out, &error))
        buffer_format(out, "no: %s\n", error.message);
    if (!out->length)
        buffer_text(out, "nothing");
    buffer_free(&bytes);
    arena_release(&arena);
}

/* "class NAMES" or a text a line: what it is called, each a line. */
static void furniture_case(struct buffer *out, const char *input, size_t length)
{
    static const char *const kinds[] = {"text", "junk", "tail", "lead-in", "notice"};
    struct arena arena = ARENA_INIT;
    for (size_t at = 0; at < length;) {
        size_t n = strcspn(input + at, "\n");
        n = n < length - at ? n : length - at;
        const char *line = arena_copy(&arena, input + at, n);
        at += n + 1;
        if (strncmp(line, "class ", 6)) {
            buffer_format(out, "%s\n", kinds[furniture_text(line, n)]);
            continue;
        }
        unsigned name = furniture_name(line + 6);
        buffer_format(out, "%s\n", furniture_is_body_name(line + 6) ? "body"
                                   : name == FURNITURE_SURE         ? "furniture"
                                   : name                           ? "maybe"
                                                                    : "text");
    }
    arena_release(&arena);
}

static void error_print(struct buffer *out, const dateline_error *error)
{
    buffer_format(out, "%td: %s\n", error->position, error->message);
}

/* The tree of a question on one line, or "BYTE: why not". */
static void request_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct request request;
    dateline_error error = {.position = -1};
    if (request_read(&request, &arena, input, length, &error)) {
        error_print(out, &error);
    } else {
        request_write(out, &request);
        buffer_text(out, request.prose ? " prose" : "");
    }
    arena_release(&arena);
}

/* How many characters, a question, an empty line, a passage: the window, with
 * where it stands. English; of a weight are all words. */
static double one(void *context, struct xapian_bytes stem)
{
    (void)context, (void)stem;
    return 1;
}

static void window_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct request request;
    struct stems stems;
    struct expand_plan plan = {0};
    struct expand_index index = {.stems = &stems};
    char *question;
    size_t most = strtoul(input, &question, 10);
    const char *text = strstr(question, "\n\n");
    size_t asked = (size_t)(text - question);
    text += 2;
    length -= (size_t)(text - input);
    stems_open(&stems, "en 1", 4, 1, NULL);
    if (!request_read(&request, &arena, question, asked, NULL)) {
        struct match *match = match_new(&arena, &request, &plan, &index);
        dateline_span *spans;
        match_weigh(match, one, NULL);
        match_find(&spans, &arena, match, text, length, "en");
        dateline_span window = window_choose(match, text, length, "en", most);
        buffer_format(out, "%zu %zu %.*s", window.start, window.end,
                      (int)(window.end - window.start), text + window.start);
    }
    stems_close(&stems);
    arena_release(&arena);
}

/* A question, an empty line, a passage: the passage with [what matched], and
 * "not to the letter" when it is refused. English. */
static void match_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct request request;
    struct stems stems;
    struct expand_plan plan = {.rows = {true}};
    struct expand_index index = {.stems = &stems};
    const char *text = strstr(input, "\n\n");
    size_t question = (size_t)(text - input);
    text += 2;
    length -= question + 2;
    stems_open(&stems, "en 1", 4, 1, NULL);
    if (!request_read(&request, &arena, input, question, NULL)) {
        struct match *match = match_new(&arena, &request, &plan, &index);
        struct stored_article article = {.facts.language = "en"};
        struct stored_passage stored = {.article = &article, .text = text,
                                        .length = length};
        dateline_span *spans;
        size_t at = 0, count = match_find(&spans, &arena, match, text, length,
                                          "en");
        for (size_t i = 0; i < count; i++) {
            buffer_add(out, text + at, spans[i].start - at);
            buffer_format(out, "[%.*s]", (int)(spans[i].end - spans[i].start),
                          text + spans[i].start);
            at = spans[i].end;
        }
        buffer_add(out, text + at, length - at);
        if (!match_verify(match, &stored, true))
            buffer_text(out, "\nnot to the letter");
    }
    stems_close(&stems);
    arena_release(&arena);
}

/* A text, then a line a span: "match START END", "window START END" or "TYPE
 * START END". Out comes
 * the text in segments, "*" before what matched, the type after a point. */
static void span_case(struct buffer *out, const char *input, size_t length)
{
    static const char *const names[] = {
#define X(name, letter, colour, text) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    struct arena arena = ARENA_INIT;
    dateline_span matches[16];
    dateline_entity entities[16];
    dateline_hit hit = {.text = input, .length = strcspn(input, "\n"),
                        .matches = matches, .entities = entities};
    hit.window.end = hit.length;
    const char *line = input + hit.length, *end = input + length;
    while (line < end && hit.match_count < 16 && hit.entity_count < 16) {
        char kind[16];
        size_t start, stop, used = strcspn(++line, "\n");
        if (sscanf(line, "%15s %zu %zu", kind, &start, &stop) != 3)
            break;
        line += used;
        if (!strcmp(kind, "match")) {
            matches[hit.match_count++] = (dateline_span){start, stop};
            continue;
        }
        if (!strcmp(kind, "window")) {
            hit.window = (dateline_span){start, stop};
            continue;
        }
        unsigned type = 0;
        while (type + 1 < DATELINE_ENTITY_TYPE_COUNT && strcmp(names[type], kind))
            type++;
        entities[hit.entity_count++] = (dateline_entity){
            .start = start, .end = stop, .type = (dateline_entity_type)type};
    }
    struct span_segment *segments;
    size_t count = span_flatten(&segments, &arena, &hit, 0);
    for (size_t i = 0; i < count; i++)
        buffer_format(out, "%s%.*s%s%s\n", segments[i].match ? "*" : "",
                      (int)(segments[i].end - segments[i].start),
                      input + segments[i].start,
                      segments[i].entity ? "." : "",
                      segments[i].entity ? names[segments[i].entity->type] : "");
    arena_release(&arena);
}

static const char *const type_names[] = {
#define X(name, letter, colour, text) #name,
    DATELINE_ENTITY_TYPES(X)
#undef X
};

/* "[de 2021-10-20] text": a language, and what day it is. */
static const char *labels_head(char language[8], dateline_date *today,
                               const char *input, size_t *length)
{
    int year = 0, month = 0, day = 0, used = 0;
    strcpy(language, "en");
    sscanf(input, "[%7[a-z]%d-%d-%d]%n", language, &year, &month, &day, &used);
    if (!used)
        sscanf(input, "[%7[a-z]]%n", language, &used);
    if (year)
        *today = (dateline_date){.year = year, .month = month, .day = day,
                                 .precision = DATELINE_DAY};
    if (used && input[used] == ' ')
        used++;
    *length -= (size_t)used;
    return input + used;
}

static void labels_print(struct buffer *out, struct labels *labels,
                         const char *text)
{
    label_sort(labels);
    for (size_t i = 0; i < labels->count; i++) {
        const struct label *label = &labels->items[i];
        buffer_format(out, "%s%s %.*s%s%s\n", type_names[label->type],
                      label->weak ? "?" : "", (int)(label->end - label->start),
                      text + label->start, label->value ? " = " : "",
                      label->value ? label->value : "");
    }
}

/* What form alone decides: "TYPE text = value". */
static void pattern_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct labels labels = {.arena = &arena};
    struct patterns *patterns;
    char language[8];
    dateline_date today = {0};
    input = labels_head(language, &today, input, &length);
    if (!pattern_compile(&patterns, NULL)) {
        pattern_find(&labels, patterns, input, length, &today, language);
        labels_print(out, &labels, input);
        pattern_free(patterns);
    }
    arena_release(&arena);
}

/* What lists and capitals tell; "?": weak. */
static void gazetteer_case(struct buffer *out, const char *input, size_t length)
{
    struct arena arena = ARENA_INIT;
    struct labels labels = {.arena = &arena};
    struct gazetteer *gazetteer;
    if (!gazetteer_load(&gazetteer, NULL)) {
        gazetteer_find(&labels, gazetteer, input, length, "en");
        labels_print(out, &labels, input);
    }
    arena_release(&arena);
}

/* A sentence a line; each token with its form (lower, Capital, UPPER, Mixed,
 * 1 number, Alnum, - mark, Initial, @ address); "+" before one that is scored,
 * "!" after the first word. */
static void tagger_case(struct buffer *out, const char *input, size_t length)
{
    static const char forms[] = "lCUM1A-I@";
    struct arena arena = ARENA_INIT;
    struct tagger_window window = {.count = 0};
    tagger_window_open(&window, &arena);
    tagger_window_read(&window, input, length, 0);
    for (size_t i = 0; i < window.count; i++) {
        const struct tagger_token *t = &window.tokens[i];
        bool begins = !i || t->sentence != t[-1].sentence;
        buffer_format(out, "%s%s%.*s/%c%s", begins ? i ? "\n" : "" : " ",
                      t->flags & TAGGER_NEAR ? "+" : "",
                      (int)(t->end - t->start), input + t->start,
                      forms[t->form], t->flags & TAGGER_FIRST ? "!" : "");
    }
    arena_release(&arena);
}

/* A text, its entities by all stages: "TYPE text -> name". A line "language: de"
 * may open it, then lines of an alias file, parted by "---". */
static void entity_case(struct buffer *out, const char *input, size_t length)
{
    struct entity_finder *finder;
    struct entity_options options = {0};
    char path[] = "/tmp/dateline-aliases-XXXXXX", language[8] = "";
    int used = 0;
    if (sscanf(input, "language: %7[a-z]\n%n", language, &used) == 1) {
        input += used;
        length -= (size_t)used;
    }
    const char *rule = strstr(input, "\n---\n");
    if (rule && rule < input + length) {
        size_t names = (size_t)(rule - input) + 1;
        int file = mkstemp(path);
        if (file < 0 || write(file, input, names) != (ssize_t)names || close(file))
            return;
        options.aliases = path;
        input += names + 4;
        length -= names + 4;
    }
    dateline_article article = {.body = input, .length = length};
    article.facts.language = *language ? language : NULL;
    dateline_status status = entity_open(&finder, &options, NULL);
    if (options.aliases)
        unlink(path);
    if (status)
        return;
    entity_find(&article, finder);
    for (size_t i = 0; i < article.entity_count; i++) {
        const dateline_entity *e = &article.entities[i];
        buffer_format(out, "%s %.*s%s%s\n", type_names[e->type],
                      (int)(e->end - e->start), input + e->start,
                      e->name ? " -> " : "", e->name ? e->name : "");
    }
    for (size_t i = 0; i < article.facts.alias_count; i++)
        buffer_format(out, "%s is %s\n", article.facts.aliases[i].short_form,
                      article.facts.aliases[i].long_form);
    entity_close(finder);
    arena_release(&article.arena);
}

/* One row a subject, in the order of the walk. */
/* "entity: ORG Harbour Authority = North Harbour Authority" */
static void record_entity(dateline_article *article, const char *line)
{
    static const char *const types[] = {
#define X(name, letter, colour, text) #name,
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    const char *space = strchr(line, ' '), *equals = strstr(line, " = ");
    dateline_entity *entity = &article->entities[article->entity_count];
    size_t surface = equals ? (size_t)(equals - space) - 1 : strlen(space + 1);
    const char *at = memmem(article->body, article->length, space + 1, surface);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (!strncmp(types[i], line, (size_t)(space - line)))
            entity->type = (dateline_entity_type)i;
    if (!at)
        return;
    entity->start = (size_t)(at - article->body);
    entity->end = entity->start + surface;
    entity->name = equals ? equals + 3 : NULL;
    article->entity_count++;
}

static void record_fact(dateline_article *article, const char *name,
                        const char *value)
{
    const struct field *field = field_find(name, strlen(name));
    char *to = (char *)&article->facts + (field ? field->offset : 0);
    if (!strcmp(name, "entity"))
        record_entity(article, value);
    else if (field && field->shape == FIELD_TEXT)
        *(const char **)(void *)to = value;
    else if (field && field->shape == FIELD_DATE)
        date_parse((dateline_date *)(void *)to, &article->arena, value,
                   DATE_DAY_FIRST);
}

static void record_document(struct buffer *out,
                            const struct xapian_document *document)
{
    for (size_t i = 0; i < document->term_count; i++) {
        const struct xapian_term *term = &document->terms[i];
        buffer_format(out, "%s%.*s", i ? " " : "", (int)term->length,
                      term->bytes);
        if (term->frequency)
            buffer_format(out, "=%u", term->frequency);
    }
    for (size_t i = 0; i < document->value_count; i++)
        buffer_format(out, " | %u %.*s", document->values[i].slot,
                      (int)document->values[i].length,
                      document->values[i].bytes);
    buffer_byte(out, '\n');
}

/* The words of each passage as they are stored, and their sum. */
static void record_passages(struct buffer *out, struct arena *arena,
                            const struct record *record)
{
    struct stored_article stored;
    struct xapian_bytes data = record->document.data;
    if (stored_read(&stored, arena, data.bytes, data.length, NULL) ||
        stored.terms != record->terms ||
        stored.passage_count != record->passage_count) {
        buffer_text(out, "what is stored is something else");
        return;
    }
    for (size_t i = 0; i < stored.passage_count; i++)
        buffer_format(out, "%s%u", i ? " + " : "", stored.words[i]);
    buffer_format(out, " = %ju", (uintmax_t)record->passage_words);
}

static void record_show(struct buffer *out, const dateline_article *article)
{
    struct recorder *recorder;
    struct record record;
    struct arena arena = ARENA_INIT;
    struct buffer flat = {0};
    if (record_open(&recorder, NULL))
        return;
    record_build(&flat, recorder, article, NULL);
    if (!record_read(&record, &arena, flat.bytes, flat.length))
        buffer_text(out, "no record\n");
    else {
        record_document(out, &record.document);
        buffer_format(out, "%.*s: terms %ju, passages ", (int)record.key.length,
                      record.key.bytes, (uintmax_t)record.terms);
        record_passages(out, &arena, &record);
        buffer_format(out, ", words %zu\n", record.word_count);
    }
    buffer_free(&flat);
    arena_release(&arena);
    record_close(recorder);
}

/* Facts a line each, an empty line, then passages a line each -> the article's
 * document: terms with =frequency, then the values of slots; and its figures. */
static void record_case(struct buffer *out, const char *input, size_t length)
{
    dateline_article article = {.length = 0};
    char *copy = arena_copy(&article.arena, input, length);
    char *body = strstr(copy, "\n\n");
    article.body = body ? body + 2 : "";
    article.length = strlen(article.body);
    if (body)
        *body = '\0';
    article.entities = arena_array(&article.arena, dateline_entity, length);
    article.passages = arena_array(&article.arena, dateline_passage, length);
    for (const char *at = article.body, *end; *at; at = *end ? end + 1 : end) {
        end = at + strcspn(at, "\n");
        dateline_passage *passage = &article.passages[article.passage_count++];
        passage->start = (size_t)(at - article.body);
        passage->end = (size_t)(end - article.body);
    }
    for (char *line = strtok(copy, "\n"); line; line = strtok(NULL, "\n")) {
        char *colon = strstr(line, ": ");
        if (!colon)
            continue;
        *colon = '\0';
        record_fact(&article, line, colon + 2);
    }
    record_show(out, &article);
    arena_release(&article.arena);
}

static const struct subject subjects[] = {
    {"text", text_case},
    {"sentence", sentence_case},
    {"language", language_case},
    {"alias", alias_case},
    {"date", date_case},
    {"acronym", acronym_case},
    {"pattern", pattern_case},
    {"gazetteer", gazetteer_case},
    {"tagger", tagger_case},
    {"entity", entity_case},
    {"encoding", encoding_case},
    {"detect", detect_case},
    {"lead", lead_case},
    {"record", record_case},
    {"html", html_case},
    {"jsonl", jsonl_case},
    {"format", format_case},
    {"furniture", furniture_case},
    {"content", content_case},
    {"title", title_case},
    {"author", author_case},
    {"published", published_case},
    {"text_input", text_input_case},
    {"passage", passage_case},
    {"contact", contact_case},
    {"page", page_case},
    {"request", request_case},
    {"match", match_case},
    {"window", window_case},
    {"span", span_case},
    {NULL, NULL},
};

static subject_run *subject_find(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t length = strcspn(name, ".-");
    for (const struct subject *s = subjects; s->name; s++)
        if (strlen(s->name) == length && !memcmp(s->name, name, length))
            return s->run;
    return NULL;
}

static bool file_read(struct buffer *out, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    char piece[65536];
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        buffer_add(out, piece, n);
    fclose(file);
    buffer_add(out, "", 0);
    return true;
}

/* The line at `at`, without its newline; moves at past it. */
static size_t line_length(const char *at)
{
    return strcspn(at, "\n");
}

static const char *line_next(const char *at)
{
    at += line_length(at);
    return *at ? at + 1 : at;
}

static void comment_print(const char *label, const char *text, size_t length)
{
    printf("#   %s:\n", label);
    for (size_t i = 0; i < length;) {
        size_t n = 0;
        while (i + n < length && text[i + n] != '\n')
            n++;
        printf("#     %.*s\n", (int)n, text + i);
        i += n + 1;
    }
}

/* Drops newlines at the end: they part cases and mean nothing. */
static size_t trim(const char *text, size_t length)
{
    while (length && text[length - 1] == '\n')
        length--;
    return length;
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return fprintf(stderr, "usage: cases FILE.cases\n"), 2;
    subject_run *run = subject_find(argv[1]);
    if (!run)
        return fprintf(stderr, "%s: no subject of that name\n", argv[1]), 2;
    struct buffer file = {0}, blessed = {0};
    if (!file_read(&file, argv[1]))
        return fprintf(stderr, "%s: %s\n", argv[1], strerror(errno)), 2;
    const char *bless = getenv("BLESS");
    unsigned number = 0, failed = 0;
    const char *at = file.bytes;
    /* what stands before the first case is a remark */
    while (*at && strncmp(at, "# ", 2))
        at = line_next(at);
    buffer_add(&blessed, file.bytes, (size_t)(at - file.bytes));
    while (*at) {
        const char *name = at + 2, *input = line_next(at), *arrow = input;
        size_t name_length = line_length(name);
        while (*arrow && strncmp(arrow, "=>\n", 3))
            arrow = line_next(arrow);
        const char *want = *arrow ? line_next(arrow) : arrow, *end = want;
        while (*end && strncmp(end, "# ", 2))
            end = line_next(end);
        size_t input_length = trim(input, (size_t)(arrow - input));
        size_t want_length = trim(want, (size_t)(end - want));
        struct buffer got = {0};
        buffer_add(&got, "", 0);
        run(&got, input, input_length);
        got.length = trim(got.bytes, got.length);
        bool same = got.length == want_length &&
                    !memcmp(got.bytes, want, want_length);
        printf("%sok %u - %.*s\n", same ? "" : "not ", ++number,
               (int)name_length, name);
        if (!same) {
            failed++;
            comment_print("input", input, input_length);
            comment_print("wanted", want, want_length);
            comment_print("got", got.bytes, got.length);
        }
        buffer_format(&blessed, "# %.*s\n%.*s\n=>\n%.*s\n\n", (int)name_length,
                      name, (int)input_length, input, (int)got.length,
                      got.bytes);
        buffer_free(&got);
        at = end;
    }
    printf("1..%u\n", number);
    if (bless && *bless == '1' && failed) {
        FILE *to = fopen(argv[1], "wb");
        if (!to || fwrite(blessed.bytes, 1, trim(blessed.bytes, blessed.length) + 1,
                          to) == 0 || fclose(to))
            return perror(argv[1]), 2;
    }
    buffer_free(&blessed);
    buffer_free(&file);
    return failed ? 1 : 0;
}
