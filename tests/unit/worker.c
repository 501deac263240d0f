/* Reader processes: answers come in order, and one that dies, runs out of memory
 * or never ends costs only the job in its hand. */
#include "indexer/worker.h"

#include "tests/tap.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NEWS = FRAME_FIRST, LARGE = 3 << 20, MANY = 40 };

/* The head says what to do: "echo TEXT", "large", "die", "leave", "forever". */
static void obey(void *context, int fd, const char *head, size_t length,
                 struct worker_reply *reply)
{
    (void)context, (void)fd;
    if (length > 5 && !memcmp(head, "echo ", 5)) {
        worker_send(reply, NEWS, head + 5, length - 5);
    } else if (!memcmp(head, "large", 5)) {
        char *bytes = malloc(LARGE);
        for (size_t i = 0; i < LARGE; i++)
            bytes[i] = (char)(i % 251);
        for (int i = 0; i < 10; i++)
            worker_send(reply, NEWS, bytes, LARGE);
        free(bytes);
    } else if (!memcmp(head, "die", 3)) {
        worker_send(reply, NEWS, "before", 6);
        worker_mark(reply, 7);
        raise(SIGKILL);
    } else if (!memcmp(head, "leave", 5)) {
        exit(2);
    } else if (!memcmp(head, "take ", 5)) {
        size_t bytes = (size_t)atoi(head + 5) << 20;
        volatile char *room = malloc(bytes);
        for (size_t i = 0; i < bytes; i += 4096)
            room[i] = 1;
        for (clock_t until = clock() + CLOCKS_PER_SEC / 5; clock() < until;)
            room[0]++;
        free((void *)room);
        worker_send(reply, NEWS, "took", 4);
    } else if (!memcmp(head, "forever", 7)) {
        for (;;)
            ;
    }
}

static struct workers *start(unsigned count)
{
    struct workers *workers = NULL;
    struct worker_options options = {
        .count = count, .page_seconds = 1, .run = obey};
    worker_start(&workers, &options, NULL);
    return workers;
}

static uint64_t give(struct workers *workers, const char *head)
{
    uint64_t job = 0;
    worker_give(&job, workers, open("/dev/null", O_RDONLY), head, strlen(head),
                NULL);
    return job;
}

static unsigned take(struct worker_frame *frame, struct workers *workers,
                     uint64_t job)
{
    while (!worker_take(frame, workers, job, 1000))
        ;
    return frame->kind;
}

static void memory_is_shared(void)
{
    struct workers *workers = NULL;
    struct worker_frame frame;
    struct worker_options options = {.count = 4, .page_seconds = 5, .run = obey,
                                     .memory = 96 << 20};
    uint64_t jobs[6], more, last;
    bool right = true;
    worker_start(&workers, &options, NULL);
    for (int i = 0; i < 6; i++)
        jobs[i] = give(workers, "take 60");
    for (int i = 0; i < 6; i++)
        right &= take(&frame, workers, jobs[i]) == NEWS &&
                 take(&frame, workers, jobs[i]) == FRAME_END;
    ok(right, "what would be too much together is done one after the other");
    more = give(workers, "take 150");
    last = give(workers, "take 60");
    ok(take(&frame, workers, more) == FRAME_DIED &&
           strstr(frame.bytes, "memory"),
       "what is too much by itself is given up");
    ok(take(&frame, workers, more) == FRAME_END &&
           take(&frame, workers, last) == NEWS, "and the next is done");
    worker_finish(workers);
}

static void answers_come_in_order(void)
{
    struct workers *workers = start(3);
    struct worker_frame frame;
    uint64_t jobs[MANY];
    char text[32];
    bool right = true;
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "echo %d", i);
        jobs[i] = give(workers, text);
    }
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "%d", i);
        right &= take(&frame, workers, jobs[i]) == NEWS &&
                 !strcmp(frame.bytes, text);
        right &= take(&frame, workers, jobs[i]) == FRAME_END;
    }
    ok(right, "each job's answer comes back under its number");
    ok(!worker_take(&frame, workers, jobs[0], 0),
       "a job that ended has no more frames");
    worker_finish(workers);
}

static bool is_whole(const struct worker_frame *frame)
{
    for (size_t i = 0; i < frame->length; i++)
        if (frame->bytes[i] != (char)(i % 251))
            return false;
    return frame->length == LARGE;
}

static void large_answers_come_whole(void)
{
    struct workers *workers = start(2);
    struct worker_frame frame;
    uint64_t jobs[4];
    unsigned whole = 0;
    for (int i = 0; i < 4; i++)
        jobs[i] = give(workers, "large");
    for (int i = 0; i < 4; i++)
        while (take(&frame, workers, jobs[i]) == NEWS)
            whole += is_whole(&frame);
    ok(whole == 40, "answers larger than any pipe come whole, held back or not");
    worker_finish(workers);
}

static void a_death_costs_one_job(void)
{
    struct workers *workers = start(1);
    struct worker_frame frame;
    uint64_t dies = give(workers, "die"), waits = give(workers, "echo on");
    ok(take(&frame, workers, dies) == NEWS, "what was sent before a death comes");
    ok(take(&frame, workers, dies) == FRAME_DIED, "then the death is told");
    is_text(frame.bytes, "the reader died (signal 9)", "with its signal");
    ok(frame.mark == 7, "and how far the job had come");
    ok(take(&frame, workers, dies) == FRAME_END, "and the job ends");
    ok(take(&frame, workers, waits) == NEWS && !strcmp(frame.bytes, "on"),
       "the job that waited is done by the next process");
    take(&frame, workers, waits);
    uint64_t leaves = give(workers, "leave");
    take(&frame, workers, leaves);
    is_text(frame.bytes, "the reader ran out of memory",
            "an end with status 2 is want of memory");
    worker_finish(workers);
}

static void what_never_ends_is_ended(void)
{
    struct workers *workers = start(1);
    struct worker_frame frame;
    uint64_t slow = give(workers, "forever"), waits = give(workers, "echo on");
    ok(take(&frame, workers, slow) == FRAME_DIED, "an endless job is ended");
    is_text(frame.bytes, "took over 1 s", "and the message says so");
    take(&frame, workers, slow);
    ok(take(&frame, workers, waits) == NEWS, "and the next one is done");
    worker_finish(workers);
    ok(waitpid(-1, NULL, 0) < 0, "no process is left behind");
}

int main(void)
{
    answers_come_in_order();
    memory_is_shared();
    large_answers_come_whole();
    a_death_costs_one_job();
    what_never_ends_is_ended();
    return done();
}
