/* A timer, a file of /proc that stays open, and numbers that all readers see: what
 * runs in the signal's hand calls nothing else. */
#include "indexer/worker_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

enum { WEIGH_MICROSECONDS = 10000 };

static struct {
    struct progress *self, *all;
    unsigned count;
    size_t memory; /* 0: nobody watches */
    size_t kept;   /* what was left when it was last trimmed */
    int statm;
    size_t page;
} watch;

/* The second and third number of "size resident shared ...". */
static size_t own_bytes(void)
{
    char text[128];
    size_t numbers[3] = {0};
    ssize_t length = pread(watch.statm, text, sizeof text, 0);
    for (ssize_t i = 0, n = 0; i < length && n < 3; i++)
        if (text[i] >= '0' && text[i] <= '9')
            numbers[n] = 10 * numbers[n] + (size_t)(text[i] - '0');
        else
            n++;
    return numbers[1] > numbers[2] ? (numbers[1] - numbers[2]) * watch.page : 0;
}

static struct progress *eldest(void)
{
    struct progress *found = NULL;
    for (unsigned i = 0; i < watch.count; i++) {
        struct progress *one = &watch.all[i];
        if (atomic_load(&one->busy) &&
            (!found || atomic_load(&one->job) < atomic_load(&found->job)))
            found = one;
    }
    return found;
}

static struct progress *largest(const struct progress *but)
{
    struct progress *found = NULL;
    for (unsigned i = 0; i < watch.count; i++) {
        struct progress *one = &watch.all[i];
        uint64_t bytes = atomic_load(&one->bytes);
        if (one != but && bytes > READER_BYTES &&
            (!found || bytes > atomic_load(&found->bytes)))
            found = one;
    }
    return found;
}

static void weigh(int signal_number)
{
    int kept = errno;
    uint64_t sum = 0, own = own_bytes();
    (void)signal_number;
    atomic_store(&watch.self->bytes, own);
    for (unsigned i = 0; i < watch.count; i++)
        sum += atomic_load(&watch.all[i].bytes);
    if (sum > watch.memory) {
        struct progress *first = eldest(), *most = largest(first);
        if (most == watch.self)
            _exit(EXIT_ROOM);
        if (!most && first == watch.self && own > READER_BYTES)
            _exit(EXIT_TOO_MUCH);
    }
    errno = kept;
}

void worker_memory_watch(struct progress *self, struct progress *all,
                         unsigned count, size_t memory)
{
    struct sigaction action = {.sa_handler = weigh, .sa_flags = SA_RESTART};
    watch.self = self;
    watch.all = all;
    watch.count = count;
    watch.page = (size_t)sysconf(_SC_PAGESIZE);
    watch.statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    sigemptyset(&action.sa_mask);
    if (memory && watch.statm >= 0 && !sigaction(SIGALRM, &action, NULL))
        watch.memory = memory;
}

static void timer_set(long microseconds)
{
    struct itimerval timer = {{0, microseconds}, {0, microseconds}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

void worker_memory_begin(struct progress *self, uint64_t job)
{
    atomic_store(&self->mark, 0);
    atomic_store(&self->job, job);
    atomic_store(&self->busy, 1);
    if (watch.memory)
        timer_set(WEIGH_MICROSECONDS);
}

/* One that stays large goes on being weighed while it is idle. What it can give
 * back is asked for once it has grown by half of an idle reader: trimming after
 * each page costs 4 % of a run. */
void worker_memory_end(struct progress *self)
{
    size_t bytes = own_bytes();
    atomic_store(&self->busy, 0);
    if (!watch.memory)
        return;
    if (bytes > READER_BYTES && bytes > watch.kept + READER_BYTES / 2) {
        malloc_trim(0);
        watch.kept = bytes = own_bytes();
    }
    atomic_store(&self->bytes, bytes);
    if (bytes <= READER_BYTES)
        timer_set(0);
}
