/* A format and its arguments go in, one clean line comes out. */
#include "common/error.h"

#include "common/arena.h"
#include "common/text.h"

#include <stdarg.h>
#include <string.h>

static dateline_status fill(dateline_error *error, dateline_status status,
                            ptrdiff_t position, const char *format, va_list args)
{
    if (!error || error->status)
        return status;
    error->status = status;
    error->position = position;
    char raw[4 * sizeof error->message];
    int wrote = vsnprintf(raw, sizeof raw, format, args);
    size_t length = wrote < 0 ? 0 : (size_t)wrote;
    if (length >= sizeof raw)
        length = sizeof raw - 1;
    struct buffer clean = {0};
    text_escape(&clean, raw, length);
    size_t fits = clean.length;
    if (fits >= sizeof error->message)
        fits = text_boundary(clean.bytes, clean.length,
                             sizeof error->message - 1);
    if (fits)
        memcpy(error->message, clean.bytes, fits);
    error->message[fits] = '\0';
    buffer_free(&clean);
    return status;
}

dateline_status error_set(dateline_error *error, dateline_status status,
                          const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(error, status, -1, format, args);
    va_end(args);
    return status;
}

dateline_status error_at(dateline_error *error, dateline_status status,
                         size_t position, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(error, status, (ptrdiff_t)position, format, args);
    va_end(args);
    return status;
}

void error_clear(dateline_error *error)
{
    if (error)
        *error = (dateline_error){.position = -1};
}

const char *dateline_status_text(dateline_status status)
{
    static const char *const texts[] = {
        [DATELINE_OK] = "ok",
        [DATELINE_BAD_ARGUMENT] = "bad argument",
        [DATELINE_BAD_QUERY] = "bad question",
        [DATELINE_BAD_INPUT] = "bad input",
        [DATELINE_LIMIT] = "over a limit",
        [DATELINE_NOT_FOUND] = "not found",
        [DATELINE_LOCKED] = "locked",
        [DATELINE_CHANGED] = "changed",
        [DATELINE_CORRUPT] = "damaged",
        [DATELINE_VERSION] = "another version",
        [DATELINE_IO] = "input or output failed",
        [DATELINE_NO_MEMORY] = "out of memory",
        [DATELINE_STOPPED] = "stopped",
        [DATELINE_INTERNAL] = "internal error",
    };
    size_t count = sizeof texts / sizeof *texts;
    return (size_t)status < count ? texts[status] : "unknown status";
}

#define STRING(x) #x
#define VERSION(major, minor, patch) \
    STRING(major) "." STRING(minor) "." STRING(patch)

const char *dateline_version(void)
{
    return VERSION(DATELINE_VERSION_MAJOR, DATELINE_VERSION_MINOR,
                   DATELINE_VERSION_PATCH);
}
