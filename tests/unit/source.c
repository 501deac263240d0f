/* The walk: what comes out, in which order, and what is refused. */
#include "indexer/source.h"

#include "common/arena.h"
#include "indexer/lines.h"
#include "tests/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static char room[] = "/tmp/source-XXXXXX";

static void file_make(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    if (file) {
        fputs(text, file);
        fclose(file);
    }
}

/* "path", "!path: message" and "?path: message", one a line. */
static char *walk(const struct source_options *options)
{
    static struct buffer out;
    struct source *source;
    struct source_item item;
    dateline_error error = {0};
    enum source_event event;
    out.length = 0;
    buffer_add(&out, "", 0);
    if (source_open(&source, options, &error))
        return buffer_text(&out, error.message), out.bytes;
    while ((event = source_next(&item, source, &error)) != SOURCE_END) {
        const char *sign = event == SOURCE_ITEM ? ""
                           : event == SOURCE_FAULT ? "!" : "?";
        buffer_format(&out, "%s%s%s%s\n", sign, item.path,
                      event == SOURCE_ITEM ? "" : ": ",
                      event == SOURCE_ITEM ? "" : error.message);
    }
    source_close(source);
    return out.bytes;
}

static char *walk_paths(const char *const *paths, size_t count)
{
    return walk(&(struct source_options){.paths = paths, .count = count});
}

static void a_folder_is_walked_in_order(void)
{
    mkdir("a", 0777);
    mkdir("a/m", 0777);
    mkdir("a/empty", 0777);
    file_make("a/z.html", "z");
    file_make("a/b.TXT", "b");
    file_make("a/c.html.gz", "c");
    file_make("a/m/n.htm", "n");
    file_make("a/picture.png", "p");
    file_make("a/lines.jsonl", "{}");
    is_text(walk_paths((const char *[]){"a"}, 1),
            "a/b.TXT\na/c.html.gz\na/m/n.htm\na/z.html\n",
            "pages by their suffixes, folders in place, sorted");
    is_text(walk_paths((const char *[]){"a/picture.png", "a/m/", "a/m"}, 3),
            "a/picture.png\na/m/n.htm\n",
            "a file that is named is read whatever it is called, each once");
    is_text(walk(&(struct source_options){.paths = (const char *[]){"a"},
                                          .count = 1, .input = "jsonl"}),
            "a/lines.jsonl\n", "lines are looked for only when asked for");
    ok(source_count(&(struct source_options){.paths = (const char *[]){"a"},
                                             .count = 1}) == 4,
       "they can be counted beforehand");
}

static void only_files_are_read(void)
{
    mkdir("b", 0777);
    mkdir("outside", 0777);
    file_make("outside/o.html", "o");
    file_make("b/real", "r");
    mkfifo("b/pipe.html", 0666);
    symlink("nowhere", "b/dangling.html");
    symlink("loop.html", "b/loop.html");
    symlink("real", "b/link.html");
    symlink("../outside/o.html", "b/out.html");
    symlink("../outside", "b/folder");
    symlink(".", "b/self");
    symlink("/dev/zero", "b/zero.html");
    is_text(walk_paths((const char *[]){"b"}, 1),
            "!b/dangling.html: a link to nothing\n"
            "b/link.html\n"
            "!b/loop.html: a link to itself\n"
            "?b/out.html: a link to a file outside the given folders; not read\n"
            "!b/pipe.html: is a pipe; only regular files are read\n"
            "!b/zero.html: is a device; only regular files are read\n",
            "links and what is no file are told apart");
    is_text(walk(&(struct source_options){.paths = (const char *[]){"b/self/"},
                                          .count = 1, .follow = true}),
            "!b/self/dangling.html: a link to nothing\n"
            "b/self/folder/o.html\n"
            "b/self/link.html\n"
            "!b/self/loop.html: a link to itself\n"
            "!b/self/pipe.html: is a pipe; only regular files are read\n"
            "!b/self/zero.html: is a device; only regular files are read\n",
            "links to folders are followed when asked, each folder once");
    is_text(walk_paths((const char *[]){"b/pipe.html", "missing", ""}, 3),
            "!b/pipe.html: is a pipe; only regular files are read\n"
            "!missing: No such file or directory\n"
            "!: an empty name\n", "what is named and cannot be read is told");
}

static void a_path_may_be_longer_than_the_system_allows(void)
{
    enum { DEPTH = 30, NAME = 200 };
    char name[NAME + 1];
    memset(name, 'd', NAME);
    name[NAME] = '\0';
    mkdir("deep", 0777);
    int folder = open("deep", O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < DEPTH; i++) {
        mkdirat(folder, name, 0777);
        int next = openat(folder, name, O_RDONLY | O_DIRECTORY);
        close(folder);
        folder = next;
    }
    close(openat(folder, "page.html", O_CREAT | O_WRONLY, 0666));
    close(folder);
    struct source_options options = {.paths = (const char *[]){"deep"},
                                     .count = 1};
    struct source *source;
    struct source_item item;
    struct source_stat stat;
    int fd = -1;
    source_open(&source, &options, NULL);
    ok(source_next(&item, source, NULL) == SOURCE_ITEM &&
           strlen(item.real) > DEPTH * NAME,
       "a page under a path of 6,000 bytes is met");
    ok(!source_file(&fd, &stat, &item, NULL), "and can be opened");
    close(fd);
    source_close(source);
}

static void lists_name_files(void)
{
    file_make("m.jsonl", "{\"path\":\"a/z.html\",\"id\":\"one\"}\n\n"
                         "{\"path\":\"a/z.html\",\"id\":\"two\"}\nnone\n"
                         "{\"id\":\"x\"}");
    is_text(walk(&(struct source_options){.manifest = "m.jsonl"}),
            "a/z.html\na/z.html\n"
            "!m.jsonl: line 4: not JSON: invalid token near 'none' (byte 4)\n"
            "!m.jsonl: line 5: no \"path\"\n",
            "a manifest's lines, the same file under two ids");
    FILE *list = fopen("list", "wb");
    fwrite("a/z.html\0a/b.TXT", 1, sizeof "a/z.html\0a/b.TXT", list);
    fclose(list);
    is_text(walk(&(struct source_options){.files0 = "list"}),
            "a/z.html\na/b.TXT\n", "names ended by NUL");
    is_text(walk(&(struct source_options){.files0 = "nolist"}),
            "nolist: No such file or directory", "a list that is not there");
}

/* "FIRST LINE:BYTES" of each piece, and what was told. */
static char *cut(int fd)
{
    static struct buffer out;
    struct lines *lines;
    struct lines_piece piece;
    out.length = 0;
    buffer_add(&out, "", 0);
    if (lines_open(&lines, fd, NULL))
        return NULL;
    for (;;) {
        dateline_error error = {0};
        dateline_status status = lines_next(&piece, lines, &error);
        if (status)
            buffer_format(&out, "%d: %s ", (int)piece.line, error.message);
        else if (piece.length)
            buffer_format(&out, "%d:%zu ", (int)piece.line, piece.length);
        if ((status && status != DATELINE_LIMIT) || (!status && !piece.length))
            break;
    }
    lines_close(lines);
    return out.bytes;
}

static void lines_are_cut_whole(void)
{
    file_make("l", "one\ntwo\nthree");
    is_text(cut(open("l", O_RDONLY)), "1:8 3:5 ",
            "whole lines first, then the last without its newline");
    FILE *file = fopen("l", "wb");
    for (int i = 0; i < 300000; i++)
        fputs("0123456789\n", file);
    fclose(file);
    is_text(cut(open("l", O_RDONLY)),
            "1:1048575 95326:1048575 190651:1048575 285976:154275 ",
            "a long file in pieces of about a MiB");
    file = fopen("l", "wb");
    fputs("short\n", file);
    for (int i = 0; i < 33 << 20; i++)
        putc_unlocked('x', file);
    fputs("\nafter\n", file);
    fclose(file);
    is_text(cut(open("l", O_RDONLY)), "1:6 2: the line is over 32 MiB 3:6 ",
            "a line that is too long is told and passed over");
    gzFile zipped = gzopen("l", "wb9");
    for (int i = 0; i < 2000; i++)
        gzwrite(zipped, "\n                                                  "
                        "                                                  "
                        "                                                  ",
                151);
    gzclose(zipped);
    is_text(cut(open("l", O_RDONLY)), "1:301850 2001:150 ",
            "gzip is undone");
}

int main(void)
{
    if (!mkdtemp(room) || chdir(room))
        return 1;
    a_folder_is_walked_in_order();
    only_files_are_read();
    a_path_may_be_longer_than_the_system_allows();
    lists_name_files();
    lines_are_cut_whole();
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", room);
    return chdir("/") || system(command) ? 1 : done();
}
