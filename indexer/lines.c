/* A buffer that grows to the longest line allowed is cut behind its last newline.
 * Lines that are there are given when no more come for a while, so what is fed
 * slowly goes in as it comes. */
#include "indexer/lines.h"

#include "common/error.h"
#include "common/limit.h"
#include "indexer/gzip.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 1 << 20, READ_BYTES = 1 << 16 };

struct lines {
    struct gzip_stream *file;
    struct buffer held; /* bytes read and not yet done with */
    size_t given;       /* of them, at the front: the piece last given */
    uint64_t line;      /* of the first byte after `given` */
    bool ended;
    bool skipping;      /* inside a line that is too long */
};

dateline_status lines_open(struct lines **out, int fd, dateline_error *error)
{
    struct gzip_stream *file;
    dateline_status status = gzip_open(&file, fd, error);
    if (status)
        return status;
    struct lines *lines = calloc(1, sizeof *lines);
    if (!lines) {
        gzip_close(file);
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    }
    lines->file = file;
    lines->line = 1;
    *out = lines;
    return DATELINE_OK;
}

void lines_close(struct lines *lines)
{
    if (!lines)
        return;
    gzip_close(lines->file);
    buffer_free(&lines->held);
    free(lines);
}

static uint64_t count_newlines(const char *bytes, size_t length)
{
    uint64_t count = 0;
    const char *end = bytes + length;
    while (bytes < end && (bytes = memchr(bytes, '\n', (size_t)(end - bytes)))) {
        count++;
        bytes++;
    }
    return count;
}

static void drop_given(struct lines *lines)
{
    if (!lines->given)
        return;
    lines->line += count_newlines(lines->held.bytes, lines->given);
    lines->held.length -= lines->given;
    memmove(lines->held.bytes, lines->held.bytes + lines->given,
            lines->held.length);
    lines->given = 0;
}

static dateline_status fill(struct lines *lines, dateline_error *error)
{
    char bytes[READ_BYTES];
    size_t length;
    dateline_status status =
        gzip_next(&length, lines->file, bytes, sizeof bytes, error);
    if (status)
        return status;
    lines->ended = !length;
    buffer_add(&lines->held, bytes, length);
    return DATELINE_OK;
}

/* Throws away up to the end of the line that is too long. */
static bool skip(struct lines *lines)
{
    const char *end = memchr(lines->held.bytes, '\n', lines->held.length);
    size_t length = end ? (size_t)(end - lines->held.bytes) + 1
                        : lines->held.length;
    lines->given = length;
    drop_given(lines);
    lines->skipping = !end && !lines->ended;
    return end || lines->ended;
}

static void give(struct lines_piece *piece, struct lines *lines, size_t length)
{
    piece->bytes = lines->held.bytes;
    piece->length = lines->given = length;
    piece->line = lines->line;
}

dateline_status lines_next(struct lines_piece *piece, struct lines *lines,
                           dateline_error *error)
{
    drop_given(lines);
    size_t looked = 0;
    for (;;) {
        if (lines->skipping && lines->held.length)
            skip(lines);
        const char *end = NULL;
        if (lines->held.length > looked)
            end = memrchr(lines->held.bytes + looked, '\n',
                          lines->held.length - looked);
        size_t whole = end ? (size_t)(end - lines->held.bytes) + 1 : 0;
        if (whole && (lines->held.length >= PIECE_BYTES || lines->ended)) {
            give(piece, lines, whole);
            return DATELINE_OK;
        }
        if (lines->ended) {
            give(piece, lines, lines->held.length);
            return DATELINE_OK;
        }
        if (!whole && lines->held.length > LIMIT_JSON_LINE_BYTES) {
            *piece = (struct lines_piece){.line = lines->line};
            lines->skipping = true;
            skip(lines);
            return error_set(error, DATELINE_LIMIT, "the line is over %u MiB",
                             LIMIT_JSON_LINE_BYTES / LIMIT_MIB);
        }
        looked = whole ? 0 : lines->held.length;
        dateline_status status = fill(lines, error);
        if (status && whole) { /* it is told when there are no more */
            error_clear(error);
            give(piece, lines, whole);
            return DATELINE_OK;
        }
        if (status) {
            *piece = (struct lines_piece){.line = lines->line};
            return status == DATELINE_LIMIT ? DATELINE_BAD_INPUT : status;
        }
    }
}
