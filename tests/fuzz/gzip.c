/* Bytes as gzip, with its two first bytes put before what has none: never more
 * comes out than is allowed. */
#include "indexer/gzip.h"

#include "common/limit.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct buffer in = {0}, out = {0};
    dateline_error error = {.position = -1};
    if (!gzip_is((const char *)bytes, length))
        buffer_add(&in, "\x1f\x8b", 2);
    buffer_add(&in, (const char *)bytes, length);
    dateline_status status = gzip_read(&out, in.bytes, in.length, &error);
    if (out.length > LIMIT_MEMBER_BYTES + 65536 || (status && !*error.message))
        abort();
    buffer_free(&in);
    buffer_free(&out);
    return 0;
}
