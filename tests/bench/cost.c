/* What a command costs:
 *
 *   cost COMMAND...        -> cpu=S wall=S peak=KIB status=N
 *   cost -l LINES COMMAND  -> runs=N p50=MS p95=MS mean=MS cpu=MS failed=N
 *
 * cpu is user and system time with all children that were waited for. peak is
 * the largest sum of memory (Pss: what is shared counts once) of the command
 * and all its descendants, looked at twenty times a second, and never less than
 * the largest single process that getrusage tells of. With -l the command is
 * run once a line of LINES, which takes the place of "{}" at the end of an
 * argument; its output is dropped. A status over 1 counts as failed, since a
 * search without a hit may end with 1. The figures go to standard output, the command's own output to
 * standard error. */
#include <errno.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PROCESSES = 4096, PAUSE_MS = 50 };
enum { ARGUMENTS = 64, RUNS = 100000, LINE = 4096 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double children_cpu(struct rusage *usage)
{
    getrusage(RUSAGE_CHILDREN, usage);
    return seconds(usage->ru_utime) + seconds(usage->ru_stime);
}

/* ------------------------------------------------------------------ memory */

struct process {
    pid_t id, parent;
};

static pid_t parent_of(pid_t id)
{
    char path[64], line[512];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)id);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    char *at = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
    fclose(file);
    int parent = 0;
    char state;
    return at && sscanf(at + 1, " %c %d", &state, &parent) == 2 ? parent : 0;
}

static size_t processes_list(struct process *list)
{
    DIR *folder = opendir("/proc");
    size_t count = 0;
    for (struct dirent *item; folder && (item = readdir(folder));) {
        pid_t id = (pid_t)atol(item->d_name);
        if (id > 0 && count < PROCESSES)
            list[count++] = (struct process){id, parent_of(id)};
    }
    if (folder)
        closedir(folder);
    return count;
}

static long pss_of(pid_t id)
{
    char path[64], line[256];
    long pss = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)id);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "Pss: %ld", &pss) == 1)
            break;
    if (file)
        fclose(file);
    return pss;
}

/* A process belongs to root when some ancestor is root. */
static bool descends(pid_t id, pid_t root, const struct process *list,
                     size_t count)
{
    for (size_t steps = 0; steps < 64 && id > 1; steps++) {
        if (id == root)
            return true;
        size_t i = 0;
        while (i < count && list[i].id != id)
            i++;
        id = i < count ? list[i].parent : 0;
    }
    return false;
}

static long tree_pss(pid_t root)
{
    static struct process list[PROCESSES];
    size_t count = processes_list(list);
    long sum = 0;
    for (size_t i = 0; i < count; i++)
        if (descends(list[i].id, root, list, count))
            sum += pss_of(list[i].id);
    return sum;
}

/* ----------------------------------------------------------------- running */

static pid_t start(char **command, bool quiet)
{
    pid_t child = fork();
    if (child)
        return child;
    int to = quiet ? open("/dev/null", O_WRONLY) : STDERR_FILENO;
    dup2(to, STDOUT_FILENO);
    if (quiet)
        dup2(to, STDERR_FILENO);
    execvp(command[0], command);
    fprintf(stderr, "%s: %s\n", command[0], strerror(errno));
    _exit(127);
}

static int status_number(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int cost_once(char **command)
{
    double begin = now();
    long peak = 0;
    int status = 0;
    pid_t child = start(command, false);
    struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};
    while (waitpid(child, &status, WNOHANG) == 0) {
        long sum = tree_pss(child);
        if (sum > peak)
            peak = sum;
        nanosleep(&pause, NULL);
    }
    double wall = now() - begin;
    struct rusage usage;
    double cpu = children_cpu(&usage);
    if (usage.ru_maxrss > peak)
        peak = usage.ru_maxrss;
    printf("cpu=%.2f wall=%.2f peak=%ld status=%d\n", cpu, wall, peak,
           status_number(status));
    return 0;
}

/* "{}" at the end of an argument becomes the line; `room` holds the result. */
static char *fill_one(char *argument, const char *line, char *room, size_t size)
{
    size_t length = strlen(argument);
    if (length < 2 || strcmp(argument + length - 2, "{}"))
        return argument;
    snprintf(room, size, "%.*s%s", (int)length - 2, argument, line);
    return room;
}

static void fill_in(char **to, char **command, const char *line)
{
    static char room[2 * LINE];
    size_t i = 0;
    for (; command[i] && i < ARGUMENTS - 1; i++)
        to[i] = fill_one(command[i], line, room, sizeof room);
    to[i] = NULL;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int cost_lines(const char *path, char **command)
{
    static double walls[RUNS];
    FILE *file = fopen(path, "r");
    if (!file)
        return perror(path), 2;
    char line[LINE], *filled[ARGUMENTS];
    size_t count = 0, failed = 0;
    double sum = 0;
    while (count < RUNS && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        fill_in(filled, command, line);
        double begin = now();
        int status = 0;
        waitpid(start(filled, true), &status, 0);
        sum += walls[count++] = (now() - begin) * 1000;
        failed += status_number(status) > 1;
    }
    fclose(file);
    if (!count)
        return fprintf(stderr, "%s: no lines\n", path), 2;
    qsort(walls, count, sizeof *walls, compare);
    struct rusage usage;
    printf("runs=%zu p50=%.1f p95=%.1f mean=%.1f cpu=%.1f failed=%zu\n", count,
           walls[count / 2], walls[count * 95 / 100], sum / (double)count,
           children_cpu(&usage) * 1000 / (double)count, failed);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 3 && !strcmp(argv[1], "-l"))
        return cost_lines(argv[2], argv + 3);
    if (argc > 1 && argv[1][0] != '-')
        return cost_once(argv + 1);
    return fprintf(stderr, "usage: cost [-l LINES] COMMAND...\n"), 2;
}
