/* Standard input: waited for without going deaf, or taken whole as a file. */
#include "indexer/run_part.h"

#include "common/error.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

ssize_t run_stdin_read(void *context, char *bytes, size_t room)
{
    struct dateline_indexer *indexer = context;
    struct pollfd wait = {0, POLLIN, 0};
    while (!indexer->stopped) {
        if (poll(&wait, 1, WAIT_MILLISECONDS) > 0) {
            ssize_t n = read(0, bytes, room);
            if (n >= 0 || errno != EINTR)
                return n;
        }
        indexer_tell(indexer, DATELINE_EVENT_PROGRESS, NULL, NULL, NULL, 0);
    }
    errno = EINTR;
    return -1;
}

dateline_status run_stdin_file(int *out, struct dateline_indexer *indexer,
                               dateline_error *error)
{
    int fd = memfd_create("dateline", MFD_CLOEXEC);
    char bytes[65536];
    size_t total = 0;
    ssize_t n = -1;
    while (fd >= 0 && (n = run_stdin_read(indexer, bytes, sizeof bytes)) > 0) {
        total += (size_t)n;
        if (total > LIMIT_FILE_BYTES || write(fd, bytes, (size_t)n) != n)
            break;
    }
    if (fd >= 0 && n == 0) {
        *out = fd;
        return DATELINE_OK;
    }
    int why = errno;
    if (fd >= 0)
        close(fd);
    return total > LIMIT_FILE_BYTES
               ? error_set(error, DATELINE_LIMIT, "is over %u MiB",
                           LIMIT_FILE_BYTES / LIMIT_MIB)
               : error_set(error, DATELINE_IO, "%s", strerror(why));
}
