/* A row an option, and what the library is told of them. */
#include "indexer/main_options.h"

#include <stdlib.h>
#include <string.h>

static bool limits_show(void)
{
    return dateline_limits_write(stdout, NULL) == DATELINE_OK &&
           !fflush(stdout);
}

static struct options given = {
    .index = DATELINE_INDEX_OPTIONS_INIT,
    .entities = "on",
    .delete_gone = "auto",
    .log_format = "text",
    .page_seconds = 10,
    .commit_seconds = 30,
};

static const struct option rows[] = {
    {OPTION_SECTION, .name = "Index"},
    {OPTION_TEXT, 'd', "index", "DIR",
     "folder of the index (default: $DATELINE_INDEX, else "
     "$XDG_DATA_HOME/dateline, else ~/.local/share/dateline)",
     .to = &given.folder},
    {OPTION_FLAG, 0, "dry-run", NULL,
     "write no index; print each article as a line of JSON",
     .to = &given.index.dry_run},
    {OPTION_CHOICE, 0, "delete", NULL,
     "drop articles whose file is gone; auto does not when more than a fifth "
     "of a folder vanished (default: auto)",
     .to = &given.delete_gone, .choices = "auto|always|never"},
    {OPTION_NUMBER, 0, "commit", "SECONDS",
     "lose at most this much work when stopped hard (default: 30)",
     .to = &given.commit_seconds, .minimum = 1, .maximum = 86400},
    {OPTION_NUMBER, 0, "commit-size", "MB",
     "commit as well whenever so much was put in (default: only by time)",
     .to = &given.commit_size, .minimum = 1, .maximum = 1 << 20},
    {OPTION_NUMBER, 0, "lock-wait", "SECONDS",
     "wait this long for another indexer to end (default: 0)",
     .to = &given.lock_wait, .maximum = 604800},

    {OPTION_SECTION, .name = "What is read"},
    {OPTION_CHOICE, 0, "input", NULL,
     "read every input as this format (default: by name and content)",
     .to = &given.index.input, .choices = "html|text|jsonl"},
    {OPTION_TEXT, 0, "manifest", "FILE",
     "also read the files named by lines of JSON: "
     "{\"path\":..., \"id\":..., \"url\":...}",
     .to = &given.index.manifest},
    {OPTION_TEXT, 0, "files0-from", "FILE",
     "also read the files whose names stand in FILE, each ended by a NUL byte "
     "(as find -print0 writes them); - is standard input",
     .to = &given.index.files0},
    {OPTION_FLAG, 0, "follow", NULL, "follow links to folders",
     .to = &given.index.follow},
    {OPTION_FLAG, 0, "checksum", NULL,
     "tell changed files by content, never by size and time",
     .to = &given.index.checksum},

    {OPTION_SECTION, .name = "How it is read"},
    {OPTION_CHOICE, 0, "entities", NULL,
     "find names, dates and figures (default: on)",
     .to = &given.entities, .choices = "on|off"},
    {OPTION_TEXT, 0, "aliases", "FILE",
     "names that belong together, as dateline-aliases(5) says",
     .to = &given.index.aliases},
    {OPTION_TEXT, 0, "model", "FILE",
     "find names with these weights of the tagger (default: those built in)",
     .to = &given.index.model},
    {OPTION_NUMBER, 'j', "jobs", "N",
     "processes that read pages (default: one a core)",
     .to = &given.workers, .minimum = 1, .maximum = 1024},
    {OPTION_NUMBER, 0, "memory", "MB",
     "what readers, their queue and words that are not yet written may take "
     "together (default: 512)",
     .to = &given.memory, .minimum = 64, .maximum = 1 << 20},
    {OPTION_NUMBER, 0, "page-seconds", "SECONDS",
     "give up on a page after this long (default: 10)",
     .to = &given.page_seconds, .minimum = 1, .maximum = 3600},
    {OPTION_ACTION, 0, "limits",
     .help = "say what is too large or too deep, and end", .run = limits_show},

    {OPTION_SECTION, .name = "What is said"},
    {OPTION_FLAG, 'q', "quiet", NULL,
     "say nothing but which inputs failed", .to = &given.quiet},
    {OPTION_FLAG, 'v', "verbose", NULL, "name every article that goes in",
     .to = &given.verbose},
    {OPTION_CHOICE, 0, "log-format", NULL,
     "what is said on standard error, as lines of this form (default: text)",
     .to = &given.log_format, .choices = "text|json"},
    {OPTION_TEXT, 0, "report", "FILE",
     "also write what happened to each input to FILE, as lines of JSON",
     .to = &given.report},

    {OPTION_SECTION, .name = "Looking after an index"},
    {OPTION_FLAG, 0, "stats", NULL,
     "say what the index holds: articles, passages, languages, dates, size",
     .to = &given.stats},
    {OPTION_FLAG, 0, "failed", NULL,
     "list the files that could not be read, and why", .to = &given.failed},
    {OPTION_FLAG, 0, "retry-failed", NULL,
     "read those again, whether or not they changed, and nothing else",
     .to = &given.retry_failed},
    {OPTION_FLAG, 0, "check", NULL,
     "look for damage and say each fault; exit 1 when there is one",
     .to = &given.check},
    {OPTION_FLAG, 0, "compact", NULL, "make the index as small as it goes",
     .to = &given.compact},
    {OPTION_FLAG, 0, "reindex", NULL,
     "put every article in anew, with new --aliases, without its page",
     .to = &given.reindex},
    {OPTION_FLAG, 0, "suggest-aliases", NULL,
     "print lines for an alias file: abbreviations that articles explain",
     .to = &given.suggest},
    {OPTION_TEXT, 0, "reject", "FILE",
     "leave out suggestions that stand in FILE", .to = &given.reject},
    {OPTION_FLAG, 0, "dump", NULL,
     "print the articles of the index as --dry-run prints them",
     .to = &given.dump},
    {OPTION_FLAG, 0, "json", NULL, "say these as lines of JSON",
     .to = &given.json},
};

const struct option_program program = {
    .name = "dateline-index",
    .usage = "[OPTIONS] PATH...",
    .purpose = "Reads press releases and saved news pages (files, folders, or - "
               "for standard input) and keeps them in an index that "
               "dateline-query searches. Run again, it reads only what changed.",
    .epilog = "Examples:\n"
              "  dateline-index -d news ~/pages\n"
              "  dateline-index -d news --input jsonl - < articles.jsonl\n"
              "  dateline-index --dry-run page.html\n",
    .operand = "FILE",
    .options = rows,
    .count = sizeof rows / sizeof *rows,
};

static void settle(struct options *options)
{
    dateline_index_options *index = &options->index;
    index->entities = !strcmp(options->entities, "on");
    index->workers = (unsigned)options->workers;
    index->page_seconds = (unsigned)options->page_seconds;
    index->commit_seconds = (unsigned)options->commit_seconds;
    index->commit_mb = (unsigned)options->commit_size;
    index->memory_mb = (unsigned)options->memory;
    index->lock_seconds = (unsigned)options->lock_wait;
    index->kept = options->retry_failed || options->reindex || options->compact;
    index->delete_gone =
        !strcmp(options->delete_gone, "always")  ? DATELINE_DELETE_ALWAYS
        : !strcmp(options->delete_gone, "never") ? DATELINE_DELETE_NEVER
                                                 : DATELINE_DELETE_AUTO;
    options->log_json = !strcmp(options->log_format, "json");
    options->json |= options->log_json;
}

int options_read(struct options **out, int *first, int argc, char **argv)
{
    int code = option_parse(first, argc, argv, &program);
    if (code >= 0)
        return code;
    settle(&given);
    *out = &given;
    return -1;
}

char *options_folder(const struct options *options)
{
    char *folder = options->folder ? strdup(options->folder) : option_index();
    if (!folder)
        option_fail(&program, "no index named and no home: say -d DIR");
    return folder;
}
