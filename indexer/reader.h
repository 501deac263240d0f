/* One input's bytes go in, its records come out: the work of a reader process,
 * and of dateline_indexer_add_bytes in its own. It opens nothing. */
#ifndef INDEXER_READER_H
#define INDEXER_READER_H

#include "indexer/entity.h"
#include "indexer/record.h"
#include "indexer/worker.h"

/* What is told of an input, each any number of times, in its order. */
enum reader_news {
    READER_RECORD = FRAME_FIRST, /* a flat record */
    READER_LINE,                 /* dry run: id and JSON line, stored_strings */
    READER_FAULT,                /* one line: what cannot be read and why */
    READER_HASH,                 /* 16 bytes: xxh128 of the input */
    READER_SAME                  /* the hash is the one that was given */
};

struct reader {
    const struct entity_finder *finder; /* NULL: no entities */
    struct recorder *recorder;
    bool dry_run;
};

struct reader_input {
    const char *path, *id, *url, *format; /* as in article_input */
    bool lines;       /* JSON lines: one article each */
    uint64_t line;    /* number of the first */
    uint64_t skip;    /* the lines up to this number were read before */
    uint64_t hash[2]; /* as it was read last time; 0, 0: not known */
};

typedef void reader_tell(void *context, unsigned news, const char *bytes,
                         size_t length);

void reader_read(const struct reader *reader, const struct reader_input *input,
                 const char *bytes, size_t length, reader_tell *tell,
                 void *context);

/* The same in a reader process: worker_run, whose context is the reader. The
 * mark it sets is the number of the line in its hand. */
void reader_head_write(struct buffer *out, const struct reader_input *input);
worker_run reader_run;

#endif
