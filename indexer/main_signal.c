/* Signals set a number that is looked at between two inputs; faults say a line
 * and end. */
#include "indexer/main_signal.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t stopped_by;

int signal_stopped(void)
{
    return (int)stopped_by;
}

static void stop(int signal_number)
{
    stopped_by = signal_number;
}

void signals_catch(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};
    struct sigaction before;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        /* who runs us with nohup or in the background wants it ignored */
        if (!sigaction(numbers[i], NULL, &before) &&
            before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    /* then a write fails and says why, where a death would say nothing */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

/* Xapian's code is not proof against every damage of its files, and this says
 * more than a death would; what was committed is kept in any case. */
static void fault(int signal_number)
{
    static const char text[] =
        "dateline-index: stopped by a fault inside (a damaged index, or an error "
        "of this program); what was committed is kept; --check looks for "
        "damage\n";
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        signal_number = 0;
    (void)signal_number;
    _exit(2);
}

/* On a stack of its own: one that ran over has no room to say so. A sanitizer
 * says it better. */
void faults_catch(void)
{
    static const int numbers[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE};
    static char room[1 << 16];
    const stack_t stack = {.ss_sp = room, .ss_size = sizeof room};
    struct sigaction action = {.sa_handler = fault,
                               .sa_flags = SA_ONSTACK | (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaltstack(&stack, NULL);
#if defined(__SANITIZE_ADDRESS__)
    enum { CAUGHT = 1 };
#else
    enum { CAUGHT = sizeof numbers / sizeof *numbers };
#endif
    for (size_t i = 0; i < CAUGHT; i++)
        sigaction(numbers[i], &action, NULL);
}
