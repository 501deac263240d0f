/* A folder goes in, a line of each fault comes out. */
#include "common/xapian_c_part.hh"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <ostream>
#include <streambuf>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
/* Xapian 1.4.22's check deletes a database by its base class. */
extern "C" const char *__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}
#endif

namespace {

/* What Xapian's check prints when a table is well. */
bool is_good_news(const string &line)
{
    static const char *const good[] = {
        "table structure checked OK", "Lazily created, and not yet used.",
        "Full structure check not implemented", "Continuing check anyway",
    };
    if (line.empty() || line.back() == ':')
        return true;
    for (const char *part : good)
        if (line.find(part) != string::npos)
            return true;
    return false;
}

/* Takes what Xapian's check prints and shows its lines of bad news. */
class fault_lines {
    xapian_visit *visit;
    void *context;
    string line;
    bool wanted = true;
    static constexpr size_t longest = 1000;

    void end_line()
    {
        if (wanted && visit && !is_good_news(line))
            wanted = visit(context, bytes_of(line), {"", 0}, 0);
        line.clear();
    }

public:
    fault_lines(xapian_visit *to, void *with) : visit(to), context(with) {}
    void take(const char *bytes, size_t length)
    {
        for (size_t i = 0; i < length; i++)
            if (bytes[i] == '\n')
                end_line();
            else if (line.size() < longest)
                line += bytes[i];
    }
};

/* A stream into a pipe. */
class pipe_writer : public std::streambuf {
    int to;

protected:
    int overflow(int c) override
    {
        char byte = static_cast<char>(c);
        return c == EOF || write(to, &byte, 1) == 1 ? 0 : EOF;
    }
    std::streamsize xsputn(const char *bytes, std::streamsize length) override
    {
        return write(to, bytes, static_cast<size_t>(length));
    }

public:
    explicit pipe_writer(int end) : to(end) {}
};

/* What a checking process leaves in memory that it shares with us. */
struct check_result {
    bool over;
    dateline_status status;
    size_t faults;
    dateline_error error;
};

/* Xapian's check may be killed by the very damage that it looks for, so it runs
 * in a process of its own. */
class checker {
    int ends[2] = {-1, -1};
    pid_t child = -1;
    check_result *shared;

    [[noreturn]] void run(const char *path)
    {
        for (int fault : {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE})
            signal(fault, SIG_DFL); /* its death is told by us */
        pipe_writer writer(ends[1]);
        std::ostream stream(&writer);
        shared->status = guard(&shared->error, "the check", [&] {
            shared->faults = Xapian::Database::check(path, 0, &stream);
        });
        shared->over = true;
        _exit(0);
    }

public:
    checker()
    {
        void *memory = mmap(nullptr, sizeof *shared, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            throw std::bad_alloc();
        shared = static_cast<check_result *>(memory);
    }
    void start(const char *path)
    {
        if (pipe2(ends, O_CLOEXEC) || (child = fork()) < 0)
            throw failure{DATELINE_IO, strerror(errno)};
        if (child == 0)
            run(path);
        close(ends[1]);
        ends[1] = -1;
    }
    void listen(fault_lines *lines)
    {
        char bytes[4096];
        for (ssize_t got; (got = read(ends[0], bytes, sizeof bytes)) > 0;)
            lines->take(bytes, static_cast<size_t>(got));
    }
    const check_result &finish()
    {
        while (waitpid(child, nullptr, 0) < 0 && errno == EINTR)
            ;
        child = -1;
        return *shared;
    }
    ~checker()
    {
        for (int end : ends)
            if (end >= 0)
                close(end);
        if (child > 0)
            finish();
        munmap(shared, sizeof *shared);
    }
    checker(const checker &) = delete;
    checker &operator=(const checker &) = delete;
};

} // namespace

dateline_status xapian_check(size_t *faults, const char *path,
                             xapian_visit *visit, void *context,
                             dateline_error *error)
{
    return guard(error, path, [&] {
        fault_lines lines(visit, context);
        checker check;
        folder_open(path);
        check.start(path);
        check.listen(&lines);
        const check_result &result = check.finish();
        if (!result.over)
            throw failure{DATELINE_CORRUPT, damaged};
        if (result.status)
            throw failure{result.status, result.error.message};
        *faults = result.faults;
    });
}
