/* The reader's end: it keeps nothing of its parent but the socket and stderr, is
 * bounded in memory, and ends with its parent. */
#include "indexer/worker_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Address space of a reader; what it has before it reads anything is measured;
 * and how much of what it no longer needs it keeps for the next page. */
enum { CHILD_BYTES = 1 << 30, BARE_BYTES = 256 << 20, KEPT_BYTES = 32 << 20 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { BOUND_MEMORY = 0 };
#else
enum { BOUND_MEMORY = 1 };
#endif

struct worker_reply {
    int socket;
    struct progress *progress;
};

static void send_piece(int socket, const struct piece *piece,
                       const char *bytes, size_t length)
{
    struct iovec parts[] = {{(void *)piece, sizeof *piece},
                            {(void *)bytes, length}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    while (sendmsg(socket, &message, MSG_NOSIGNAL) < 0)
        if (errno != EINTR && errno != ENOBUFS)
            _exit(0); /* nobody listens any more */
}

void worker_send(struct worker_reply *reply, unsigned kind, const char *bytes,
                 size_t length)
{
    struct piece piece = {.length = length, .kind = kind};
    size_t at = 0;
    do {
        size_t n = length - at < MESSAGE_BYTES ? length - at : MESSAGE_BYTES;
        send_piece(reply->socket, &piece, bytes ? bytes + at : "", n);
        at += n;
    } while (at < length);
}

void worker_mark(struct worker_reply *reply, uint64_t mark)
{
    atomic_store(&reply->progress->mark, mark);
}

/* *fd is -1 when none came along. Returns the length of the message, 0 at the
 * end. */
static ssize_t job_receive(int socket, char *bytes, size_t room, int *fd)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {bytes, room};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    ssize_t length;
    do
        length = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (length < 0 && errno == EINTR);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    *fd = -1;
    if (length > 0 && header && header->cmsg_type == SCM_RIGHTS)
        memcpy(fd, CMSG_DATA(header), sizeof *fd);
    return length;
}

static void close_all_but(int keep)
{
#ifdef SYS_close_range
    if (!syscall(SYS_close_range, 3u, (unsigned)keep - 1, 0u) &&
        !syscall(SYS_close_range, (unsigned)keep + 1, ~0u, 0u))
        return;
#endif
    struct rlimit limit;
    int most = getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur > 65536
                   ? 65536
                   : (int)limit.rlim_cur;
    for (int fd = 3; fd < most; fd++)
        if (fd != keep)
            close(fd);
}

/* A reader ends without flushing what its parent had buffered. */
static void quit(void)
{
    _exit(2);
}

static void limit_set(int what, rlim_t most)
{
    struct rlimit limit;
    if (getrlimit(what, &limit) || limit.rlim_cur <= most)
        return;
    limit.rlim_cur = most;
    setrlimit(what, &limit);
}

/* What one page needed the next will need too: memory is not given back to the
 * system in between, which would fetch it again a fault a page (glibc). */
static void memory_keep(void)
{
#ifdef M_TRIM_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
#endif
}

/* Only the socket and stderr are left of what the parent had. */
static void child_prepare(int socket, pid_t parent, size_t memory)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
    static const int plain[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT,
                                SIGALRM, SIGCHLD};
    sigset_t none;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
#if !defined(__SANITIZE_ADDRESS__)
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        signal(plain[i], SIG_DFL);
#else
    (void)plain;
#endif
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int null = open("/dev/null", O_RDWR);
    if (null >= 0) {
        dup2(null, 0);
        dup2(null, 1);
    }
    close_all_but(socket);
    memory_keep();
    limit_set(RLIMIT_CORE, 0);
    if (BOUND_MEMORY)
        limit_set(RLIMIT_AS, memory && memory < CHILD_BYTES - BARE_BYTES
                                 ? BARE_BYTES + memory : CHILD_BYTES);
    atexit(quit);
}

_Noreturn void worker_child(int socket, struct progress *progress,
                            const struct progress_all *all, pid_t parent,
                            const struct worker_options *options)
{
    static char message[HEAD_BYTES + sizeof(uint64_t)];
    struct worker_reply reply = {socket, progress};
    ssize_t length;
    int fd;
    child_prepare(socket, parent, options->memory);
    worker_memory_watch(progress, all->items, all->count, options->memory);
    while ((length = job_receive(socket, message, sizeof message, &fd)) >=
           (ssize_t)sizeof(uint64_t)) {
        uint64_t number;
        memcpy(&number, message, sizeof number);
        worker_memory_begin(progress, number);
        options->run(options->context, fd, message + sizeof number,
                     (size_t)length - sizeof number, &reply);
        if (fd >= 0)
            close(fd);
        worker_send(&reply, FRAME_END, NULL, 0);
        worker_memory_end(progress);
    }
    _exit(0);
}
