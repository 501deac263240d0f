/* An index goes in; what it holds comes out, counted, and what could not be
 * read. */
#include "common/arena.h"
#include "common/error.h"
#include "common/field.h"
#include "common/json_write.h"
#include "indexer/inspect.h"
#include "indexer/known.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct counted {
    dateline_stats is; /* first: it is what the caller holds */
    struct arena arena;
};

/* ----------------------------------------------------------------- counting */

static bool path_visit(void *context, struct xapian_bytes name,
                       struct xapian_bytes value, uint32_t frequency)
{
    dateline_stats *stats = context;
    struct arena arena = ARENA_INIT;
    struct known known;
    (void)name, (void)frequency;
    stats->paths++;
    stats->failed += known_read(&known, &arena, value) && known.failure.count;
    arena_release(&arena);
    return true;
}

/* Terms of days are D and YYYYMMDD, in order. */
static bool day_visit(void *context, struct xapian_bytes name,
                      struct xapian_bytes value, uint32_t frequency)
{
    struct counted *counted = context;
    (void)value, (void)frequency;
    if (name.length != strlen(FIELD_DAY) + 8 ||
        strspn(name.bytes + 1, "0123456789") < 8)
        return true;
    const char *d = name.bytes + 1;
    char *day = arena_format(&counted->arena, "%.4s-%.2s-%.2s", d, d + 4, d + 6);
    if (!counted->is.first)
        counted->is.first = day;
    counted->is.last = day;
    return true;
}

/* "en 120\nde 3\n" */
static dateline_status languages_read(struct counted *counted,
                                      struct xapian_reader *reader,
                                      dateline_error *error)
{
    struct buffer text = {0};
    dateline_status status = inspect_text(&text, reader, "languages", error);
    struct dateline_language_count *items = NULL;
    size_t room = 0;
    char code[16];
    uint64_t articles;
    int used;
    for (const char *at = text.bytes;
         !status &&
         sscanf(at, "%15[a-zA-Z-] %" SCNu64 " %n", code, &articles, &used) == 2;
         at += used) {
        struct dateline_language_count *item = arena_push(
            &counted->arena, &items, &counted->is.language_count, &room);
        item->code = arena_string(&counted->arena, code);
        item->articles = articles;
    }
    counted->is.languages = items;
    buffer_free(&text);
    return status;
}

static dateline_status form_read(struct counted *counted,
                                 struct xapian_reader *reader,
                                 dateline_error *error)
{
    struct buffer text = {0};
    dateline_status status = inspect_text(&text, reader, "version", error);
    counted->is.form = arena_string(&counted->arena, text.bytes);
    buffer_free(&text);
    return status;
}

static dateline_status count(struct counted *counted,
                             struct xapian_reader *reader,
                             dateline_error *error)
{
    dateline_stats *stats = &counted->is;
    uint64_t unused, written = 0;
    dateline_status status = inspect_pair(&unused, &stats->articles, reader,
                                          "length:article", error);
    if (!status)
        status = inspect_pair(&unused, &stats->passages, reader,
                              "length:passage", error);
    if (!status)
        status = inspect_pair(&written, &unused, reader, "written", error);
    stats->written = (int64_t)written;
    if (!status)
        status = inspect_run(&stats->run, reader, error);
    if (!status)
        status = form_read(counted, reader, error);
    if (!status)
        status = languages_read(counted, reader, error);
    if (!status)
        status = xapian_reader_terms(reader, (struct xapian_bytes){FIELD_DAY, 1},
                                     day_visit, counted, error);
    if (!status)
        status = xapian_reader_metadata_visit(
            reader, (struct xapian_bytes){KNOWN_PREFIX, 1}, path_visit, stats,
            error);
    return status;
}

dateline_status dateline_stats_read(dateline_stats **out, const char *index,
                                    dateline_error *error)
{
    struct xapian_reader *reader;
    error_clear(error);
    dateline_status status = inspect_open(&reader, index, error);
    if (status)
        return status;
    struct arena arena = ARENA_INIT;
    struct counted *counted = arena_new(&arena, struct counted);
    counted->arena = arena;
    status = count(counted, reader, error);
    counted->is.bytes = inspect_bytes(index);
    xapian_reader_close(reader);
    if (status)
        dateline_stats_free(&counted->is);
    else
        *out = &counted->is;
    return status;
}

void dateline_stats_free(dateline_stats *stats)
{
    if (!stats)
        return;
    struct arena arena = ((struct counted *)(void *)stats)->arena;
    arena_release(&arena);
}

/* ------------------------------------------------------------------ writing */

/* "2021-10-17T08:30:00Z", or for people "2021-10-17 08:30:00 UTC". */
static void time_write(char out[32], int64_t seconds, bool people)
{
    time_t when = (time_t)seconds;
    struct tm parts;
    if (!gmtime_r(&when, &parts) ||
        !(people ? strftime(out, 32, "%Y-%m-%d %H:%M:%S UTC", &parts)
                 : strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &parts)))
        *out = '\0';
}

static void text_write(struct buffer *out, const dateline_stats *stats)
{
    char when[32];
    buffer_format(out, "articles   %" PRIu64 "\npassages   %" PRIu64
                  "\nlanguages ", stats->articles, stats->passages);
    for (size_t i = 0; i < stats->language_count; i++)
        buffer_format(out, "%s %s %" PRIu64, i ? "," : "",
                      stats->languages[i].code, stats->languages[i].articles);
    buffer_format(out, "%s\ndates      ", stats->language_count ? "" : " none");
    if (stats->first)
        buffer_format(out, "%s to %s\n", stats->first, stats->last);
    else
        buffer_text(out, "none\n");
    buffer_format(out, "files      %" PRIu64 ", %" PRIu64 " failed\n",
                  stats->paths, stats->failed);
    buffer_format(out, "size       %.1f MB\n", (double)stats->bytes / 1e6);
    time_write(when, stats->written, true);
    if (stats->written)
        buffer_format(out, "last run   %" PRIu64 ", %s\n", stats->run, when);
    else
        buffer_text(out, "last run   never\n");
    buffer_format(out, "form       %s, dateline %s\n", stats->form,
                  dateline_version());
}

static void dates_json(struct buffer *out, const dateline_stats *stats)
{
    if (!stats->first) {
        json_add_string(out, "dates", NULL);
        return;
    }
    json_open(out, "dates", '{');
    json_add_string(out, "first", stats->first);
    json_add_string(out, "last", stats->last);
    json_close(out, '}');
}

static void json_write(struct buffer *out, const dateline_stats *stats)
{
    char when[32];
    time_write(when, stats->written, false);
    json_line_open(out, "stats");
    json_add_integer(out, "articles", stats->articles);
    json_add_integer(out, "passages", stats->passages);
    json_open(out, "languages", '{');
    for (size_t i = 0; i < stats->language_count; i++)
        json_add_integer(out, stats->languages[i].code,
                         stats->languages[i].articles);
    json_close(out, '}');
    dates_json(out, stats);
    json_add_integer(out, "files", stats->paths);
    json_add_integer(out, "failed", stats->failed);
    json_add_integer(out, "bytes", stats->bytes);
    json_add_integer(out, "run", stats->run);
    json_add_string(out, "written", stats->written ? when : NULL);
    json_add_integer(out, "form", strtoull(stats->form, NULL, 10));
    json_add_string(out, "version", dateline_version());
    json_line_close(out);
}

dateline_status dateline_stats_write(const dateline_stats *stats, FILE *to,
                                     bool json, dateline_error *error)
{
    struct buffer out = {0};
    error_clear(error);
    if (json)
        json_write(&out, stats);
    else
        text_write(&out, stats);
    bool wrote = fwrite(out.bytes, 1, out.length, to) == out.length;
    buffer_free(&out);
    return wrote ? DATELINE_OK
                 : error_set(error, DATELINE_IO, "it cannot be written");
}

/* ------------------------------------------------------------ failed inputs */

struct failures {
    dateline_fault_visit *visit;
    void *context;
};

static bool failed_visit(void *context, struct xapian_bytes name,
                         struct xapian_bytes value, uint32_t frequency)
{
    struct failures *failures = context;
    struct arena arena = ARENA_INIT;
    struct known known;
    bool on = true;
    (void)name, (void)frequency;
    if (known_read(&known, &arena, value) && known.failure.count) {
        const char *why = known.failure.why ? known.failure.why : "not known";
        if (known.failure.count > 1)
            why = arena_format(&arena, "%s (and %" PRIu64 " more)", why,
                               known.failure.count - 1);
        on = failures->visit(failures->context, known.path, why);
    }
    arena_release(&arena);
    return on;
}

dateline_status dateline_index_failed(const char *index,
                                      dateline_fault_visit *visit,
                                      void *context, dateline_error *error)
{
    struct failures failures = {visit, context};
    struct xapian_reader *reader;
    error_clear(error);
    dateline_status status = inspect_open(&reader, index, error);
    if (status)
        return status;
    status = xapian_reader_metadata_visit(
        reader, (struct xapian_bytes){KNOWN_PREFIX, 1}, failed_visit, &failures,
        error);
    xapian_reader_close(reader);
    return status;
}
