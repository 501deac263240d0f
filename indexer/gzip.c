#include "indexer/gzip.h"

#include "common/error.h"
#include "common/limit.h"

#include <zlib.h>

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
