/* A path goes in, a reader that may be trusted to be of our form comes out. */
#include "indexer/inspect.h"

#include "common/error.h"
#include "common/field.h"
#include "common/stored.h"
#include "indexer/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

dateline_status inspect_text(struct buffer *out, struct xapian_reader *reader,
                             const char *key, dateline_error *error)
{
    char *bytes = NULL;
    size_t length = 0;
    dateline_status status = xapian_reader_metadata(
        &bytes, &length, reader, (struct xapian_bytes){key, strlen(key)},
        error);
    out->length = 0;
    buffer_add(out, bytes ? bytes : "", length);
    free(bytes);
    return status;
}

dateline_status inspect_pair(uint64_t *sum, uint64_t *count,
                             struct xapian_reader *reader, const char *key,
                             dateline_error *error)
{
    struct buffer text = {0};
    dateline_status status = inspect_text(&text, reader, key, error);
    *sum = *count = 0;
    if (!status)
        status = store_pair_read(sum, count, &text, key, error);
    buffer_free(&text);
    return status;
}

uint64_t inspect_bytes(const char *index)
{
    uint64_t bytes = 0;
    struct stat found;
    DIR *folder = opendir(index);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (!fstatat(dirfd(folder), entry->d_name, &found,
                     AT_SYMLINK_NOFOLLOW) &&
            S_ISREG(found.st_mode))
            bytes += (uint64_t)found.st_size;
    if (folder)
        closedir(folder);
    return bytes;
}

dateline_status inspect_run(uint64_t *run, struct xapian_reader *reader,
                            dateline_error *error)
{
    char key[64];
    uint64_t none;
    struct buffer identity = {0};
    *run = 0;
    dateline_status status =
        inspect_text(&identity, reader, FIELD_META_IDENTITY, error);
    if (!status && field_is_identity(identity.bytes, identity.length)) {
        snprintf(key, sizeof key, FIELD_META_RUN "%s", identity.bytes);
        status = inspect_pair(run, &none, reader, key, error);
    }
    buffer_free(&identity);
    return status;
}

static dateline_status form_check(struct xapian_reader *reader,
                                  const char *index, dateline_error *error)
{
    struct buffer form = {0};
    uint64_t documents = 0;
    dateline_status status = inspect_text(&form, reader, "version", error);
    if (!status && form.length)
        status = stored_form_check(form.bytes, false, index, error);
    else if (!status)
        status = xapian_reader_count(&documents, reader, error);
    if (!status && documents)
        status = error_set(error, DATELINE_BAD_ARGUMENT,
                           "%s is another program's index", index);
    buffer_free(&form);
    return status;
}

dateline_status inspect_open(struct xapian_reader **out, const char *index,
                             dateline_error *error)
{
    struct xapian_reader *reader;
    dateline_status status = xapian_reader_open(&reader, &index, 1, error);
    if (status)
        return status;
    status = form_check(reader, index, error);
    if (status)
        xapian_reader_close(reader);
    else
        *out = reader;
    return status;
}
