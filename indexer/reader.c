/* bytes -> articles -> records, each told as soon as it stands. */
#include "indexer/reader.h"

#include "common/error.h"
#include "common/limit.h"
#include "common/stored.h"
#include "common/text.h"
#include "indexer/article.h"
#include "indexer/article_json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

/* One reading. */
struct reading {
    const struct reader *reader;
    const struct reader_input *input;
    uint64_t line;    /* in hand; 0: the input is one page */
    XXH128_hash_t hash;
    reader_tell *tell;
    void *context;
};

static void tell_fault(const struct reading *reading,
                       const dateline_error *error)
{
    struct buffer text = {0};
    /* the part may have said the line itself */
    if (reading->line && strncmp(error->message, "line ", strlen("line ")))
        buffer_format(&text, "line %llu: ", (unsigned long long)reading->line);
    buffer_text(&text, *error->message ? error->message
                                       : dateline_status_text(error->status));
    reading->tell(reading->context, READER_FAULT, text.bytes, text.length);
    buffer_free(&text);
}

/* Names come from outside; what is not UTF-8 in them becomes %FF, which keeps
 * two such names apart. */
static const char *name_clean(struct arena *arena, const char *name)
{
    size_t length = name ? strlen(name) : 0, size;
    if (text_is_valid(name, length))
        return name;
    struct buffer clean = {0};
    for (size_t at = 0; at < length; at += size) {
        text_decode(name + at, length - at, &size);
        if (text_is_valid(name + at, size))
            buffer_add(&clean, name + at, size);
        else
            buffer_format(&clean, "%%%02X", (unsigned char)name[at]);
    }
    name = arena_copy(arena, clean.bytes, clean.length);
    buffer_free(&clean);
    return name;
}

/* Articles that nobody named are told apart by line, or by content when they
 * came from standard input. */
static void name_article(const struct reading *reading,
                         dateline_article *article)
{
    dateline_facts *facts = &article->facts;
    bool unnamed = !facts->id || !*facts->id;
    if (unnamed && !reading->line)
        facts->id = arena_format(&article->arena, "stdin:%016llx",
                                 (unsigned long long)reading->hash.low64);
    else if (unnamed || (facts->path && !strcmp(facts->id, facts->path) &&
                         reading->line > 1))
        facts->id = arena_format(&article->arena, "%s#%llu",
                                 facts->path ? facts->path : "stdin",
                                 (unsigned long long)reading->line);
    facts->id = name_clean(&article->arena, facts->id);
    facts->url = name_clean(&article->arena, facts->url);
}

static void tell_line(const struct reading *reading,
                      const dateline_article *article)
{
    struct buffer line = {0}, out = {0};
    article_json(&line, article);
    while (line.length && line.bytes[line.length - 1] == '\n')
        line.length--;
    stored_write_string(&out, article->facts.id, strlen(article->facts.id));
    stored_write_string(&out, line.bytes, line.length);
    reading->tell(reading->context, READER_LINE, out.bytes, out.length);
    buffer_free(&line);
    buffer_free(&out);
}

static void tell_record(const struct reading *reading,
                        const dateline_article *article)
{
    struct buffer record = {0};
    dateline_error error = {.position = -1};
    if (record_build(&record, reading->reader->recorder, article, &error))
        tell_fault(reading, &error);
    else
        reading->tell(reading->context, READER_RECORD, record.bytes,
                      record.length);
    buffer_free(&record);
}

static dateline_status visit(void *context, dateline_article *article,
                             const dateline_error *error)
{
    const struct reading *reading = context;
    if (!article) {
        tell_fault(reading, error);
        return DATELINE_OK;
    }
    name_article(reading, article);
    if (reading->reader->dry_run)
        tell_line(reading, article);
    else
        tell_record(reading, article);
    dateline_article_free(article);
    return DATELINE_OK;
}

static void read_one(struct reading *reading, const char *bytes, size_t length)
{
    const struct reader_input *input = reading->input;
    struct article_input one = {.bytes = bytes,
                                .length = length,
                                .path = input->path,
                                .id = input->id,
                                .url = input->url,
                                .format = input->format,
                                .line = reading->line ? reading->line : 1,
                                .today = (long)(time(NULL) / 86400),
                                .finder = reading->reader->finder};
    dateline_error error = {.position = -1};
    dateline_status status = article_read(&one, visit, reading, &error);
    if (status) {
        error.status = status;
        tell_fault(reading, &error);
    }
}

static void read_lines(struct reading *reading, const char *bytes,
                       size_t length, struct worker_reply *reply)
{
    const char *end = bytes + length;
    for (reading->line = reading->input->line; bytes < end; reading->line++) {
        const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
        size_t size = (size_t)((newline ? newline : end) - bytes);
        if (reading->line > reading->input->skip) {
            if (reply)
                worker_mark(reply, reading->line);
            read_one(reading, bytes, size);
        }
        bytes += size + (newline != NULL);
    }
}

static void read_page(struct reading *reading, const char *bytes,
                      size_t length)
{
    reading->hash = XXH3_128bits(bytes, length);
    XXH128_hash_t known = {reading->input->hash[0], reading->input->hash[1]};
    if (XXH128_isEqual(known, reading->hash)) {
        reading->tell(reading->context, READER_SAME, NULL, 0);
        return;
    }
    uint64_t hash[2] = {reading->hash.low64, reading->hash.high64};
    reading->tell(reading->context, READER_HASH, (const char *)hash,
                  sizeof hash);
    read_one(reading, bytes, length);
}

void reader_read(const struct reader *reader, const struct reader_input *input,
                 const char *bytes, size_t length, reader_tell *tell,
                 void *context)
{
    struct reading reading = {.reader = reader,
                              .input = input,
                              .tell = tell,
                              .context = context};
    if (input->lines)
        read_lines(&reading, bytes, length, NULL);
    else
        read_page(&reading, bytes, length);
}

/* ------------------------------------------------------ in a reader process */

static void write_text(struct buffer *out, const char *text)
{
    stored_write_string(out, text, text ? strlen(text) : 0);
}

void reader_head_write(struct buffer *out, const struct reader_input *input)
{
    write_text(out, input->path);
    write_text(out, input->id);
    write_text(out, input->url);
    write_text(out, input->format);
    stored_write_number(out, input->lines);
    stored_write_number(out, input->line);
    stored_write_number(out, input->skip);
    stored_write_number(out, input->hash[0]);
    stored_write_number(out, input->hash[1]);
}

static bool head_read(struct reader_input *out, const char *at, size_t length)
{
    const char *end = at + length;
    const char **texts[] = {&out->path, &out->id, &out->url, &out->format};
    uint64_t lines, *numbers[] = {&lines, &out->line, &out->skip,
                                  &out->hash[0], &out->hash[1]};
    for (size_t i = 0, n; i < sizeof texts / sizeof *texts; i++)
        if (!stored_read_string(texts[i], &n, &at, end))
            return false;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (!stored_read_number(numbers[i], &at, end))
            return false;
    out->lines = lines != 0;
    return true;
}

/* What the file says of its size is only where we begin: it may shrink or grow
 * while it is read, and what the kernel makes up (/proc) has none. */
static dateline_status file_read(struct buffer *out, int fd,
                                 dateline_error *error)
{
    struct stat found;
    if (fstat(fd, &found))
        return error_set(error, DATELINE_IO, "%s", strerror(errno));
    size_t most = (size_t)found.st_size < LIMIT_FILE_BYTES
                      ? (size_t)found.st_size + 1 : LIMIT_FILE_BYTES + 1;
    if (found.st_size > LIMIT_FILE_BYTES)
        return error_set(error, DATELINE_LIMIT, "is over %u MiB",
                         LIMIT_FILE_BYTES / LIMIT_MIB);
    while (out->length < most) {
        size_t more = most - out->length < 65536 ? 65536 : most - out->length;
        buffer_reserve(out, out->length + more);
        ssize_t n = pread(fd, out->bytes + out->length, more, (off_t)out->length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set(error, DATELINE_IO, "%s", strerror(errno));
        if (n == 0)
            break;
        out->length += (size_t)n;
    }
    buffer_add(out, "", 0);
    return DATELINE_OK;
}

static void send_news(void *context, unsigned news, const char *bytes,
                      size_t length)
{
    worker_send(context, news, bytes, length);
}

void reader_run(void *context, int fd, const char *head, size_t length,
                struct worker_reply *reply)
{
    struct reader_input input = {0};
    struct reading reading = {.reader = context,
                              .input = &input,
                              .tell = send_news,
                              .context = reply};
    dateline_error error = {.position = -1};
    struct buffer bytes = {0};
    if (!head_read(&input, head, length))
        error_set(&error, DATELINE_INTERNAL, "the reader was given no input");
    if (error.status || file_read(&bytes, fd, &error))
        tell_fault(&reading, &error);
    else if (input.lines)
        read_lines(&reading, bytes.bytes, bytes.length, reply);
    else
        read_page(&reading, bytes.bytes, bytes.length);
    buffer_free(&bytes);
}
