#include "indexer/gzip.h"

#include "common/error.h"
#include "common/limit.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { READ_BYTES = 1 << 16, PATIENCE_MILLISECONDS = 50 };

bool gzip_is(const char *bytes, size_t length)
{
    return length > 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

static bool is_bomb(size_t out, size_t in)
{
    return out > LIMIT_MEMBER_BYTES || (out > LIMIT_MIB && out / LIMIT_RATIO > in);
}

dateline_status gzip_read(struct buffer *out, const char *bytes, size_t length,
                          dateline_error *error)
{
    z_stream stream = {.next_in = (unsigned char *)bytes, .avail_in = (unsigned)length};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    dateline_status status = DATELINE_OK;
    int code = Z_OK;
    while (!status && stream.avail_in) {
        char piece[65536];
        stream.next_out = (unsigned char *)piece;
        stream.avail_out = sizeof piece;
        code = inflate(&stream, Z_NO_FLUSH);
        buffer_add(out, piece, sizeof piece - stream.avail_out);
        if (is_bomb(out->length, length - stream.avail_in))
            status = error_set(error, DATELINE_LIMIT,
                               "decompresses to more than is allowed");
        else if (code == Z_STREAM_END && stream.avail_in)
            code = inflateReset(&stream);
        else if (code != Z_OK && code != Z_STREAM_END)
            status = error_set(error, DATELINE_BAD_INPUT, "damaged gzip data");
    }
    if (!status && code != Z_STREAM_END)
        status = error_set(error, DATELINE_BAD_INPUT, "cut off gzip data");
    inflateEnd(&stream);
    return status;
}

/* ------------------------------------------------------------------ streams */

enum stream_kind { KIND_UNKNOWN, KIND_PLAIN, KIND_GZIP, KIND_ENDED };

struct gzip_stream {
    int fd;
    enum stream_kind kind;
    z_stream zlib;      /* next_in, avail_in: what was read and not given */
    uint64_t read;      /* bytes out of the file */
    uint64_t given;
    bool file_ended;
    char bytes[READ_BYTES];
};

dateline_status gzip_open(struct gzip_stream **out, int fd,
                          dateline_error *error)
{
    struct gzip_stream *stream = calloc(1, sizeof *stream);
    if (!stream || inflateInit2(&stream->zlib, 15 + 16) != Z_OK) {
        free(stream);
        close(fd);
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    }
    stream->fd = fd;
    *out = stream;
    return DATELINE_OK;
}

void gzip_close(struct gzip_stream *stream)
{
    if (!stream)
        return;
    inflateEnd(&stream->zlib);
    close(stream->fd);
    free(stream);
}

/* Reads more behind what is held. */
static dateline_status more(struct gzip_stream *stream, dateline_error *error)
{
    struct pollfd wait = {stream->fd, POLLIN, 0};
    size_t held = stream->zlib.avail_in;
    if (held)
        memmove(stream->bytes, stream->zlib.next_in, held);
    stream->zlib.next_in = (unsigned char *)stream->bytes;
    ssize_t n = -1;
    int ready = poll(&wait, 1, PATIENCE_MILLISECONDS);
    if (ready > 0)
        n = read(stream->fd, stream->bytes + held, READ_BYTES - held);
    if (ready == 0 || (n < 0 && (errno == EINTR || errno == EAGAIN)))
        return DATELINE_STOPPED;
    if (n < 0)
        return error_set(error, DATELINE_IO, "%s", strerror(errno));
    stream->file_ended = n == 0;
    stream->zlib.avail_in = (unsigned)(held + (size_t)n);
    stream->read += (uint64_t)n;
    return DATELINE_OK;
}

/* A file that is too short to tell is plain. */
static void kind_find(struct gzip_stream *stream)
{
    if (gzip_is((const char *)stream->zlib.next_in, stream->zlib.avail_in))
        stream->kind = KIND_GZIP;
    else if (stream->zlib.avail_in > 2 || stream->file_ended)
        stream->kind = KIND_PLAIN;
}

static bool wants_more(const struct gzip_stream *stream)
{
    unsigned least = stream->kind == KIND_UNKNOWN ? 3 : 1;
    return stream->zlib.avail_in < least && !stream->file_ended;
}

static size_t plain_give(struct gzip_stream *stream, char *out, size_t room)
{
    size_t length = stream->zlib.avail_in < room ? stream->zlib.avail_in : room;
    if (length)
        memcpy(out, stream->zlib.next_in, length);
    stream->zlib.next_in += length;
    stream->zlib.avail_in -= (unsigned)length;
    return length;
}

/* Another member begins, or what follows is none of ours. */
static void member_end(struct gzip_stream *stream)
{
    if (stream->zlib.avail_in && *stream->zlib.next_in == 0x1f)
        inflateReset(&stream->zlib);
    else
        stream->kind = KIND_ENDED;
}

static dateline_status gzip_give(size_t *length, struct gzip_stream *stream,
                                 char *out, size_t room, dateline_error *error)
{
    stream->zlib.next_out = (unsigned char *)out;
    stream->zlib.avail_out = (unsigned)room;
    int code = inflate(&stream->zlib, Z_NO_FLUSH);
    *length = room - stream->zlib.avail_out;
    stream->given += *length;
    if (code == Z_STREAM_END && (stream->zlib.avail_in || stream->file_ended))
        member_end(stream);
    else if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
        return error_set(error, DATELINE_BAD_INPUT, "damaged gzip data");
    else if (code == Z_BUF_ERROR && stream->file_ended)
        return error_set(error, DATELINE_BAD_INPUT, "cut off gzip data");
    if (stream->given > LIMIT_MIB && stream->given / LIMIT_RATIO > stream->read)
        return error_set(error, DATELINE_LIMIT,
                         "compressed over %d to 1; the rest is not read",
                         (int)LIMIT_RATIO);
    return DATELINE_OK;
}

dateline_status gzip_next(size_t *length, struct gzip_stream *stream, char *out,
                          size_t room, dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    *length = 0;
    while (!status && !*length && stream->kind != KIND_ENDED) {
        if (wants_more(stream))
            status = more(stream, error);
        if (!status && stream->kind == KIND_UNKNOWN)
            kind_find(stream);
        if (status || stream->kind == KIND_UNKNOWN)
            continue;
        if (stream->kind == KIND_GZIP) {
            status = gzip_give(length, stream, out, room, error);
            continue;
        }
        *length = plain_give(stream, out, room);
        if (!*length && stream->file_ended)
            break;
    }
    return status;
}
