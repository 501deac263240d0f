/* An index goes in; its articles come out as the lines that a dry run over their
 * pages prints. */
#include "common/error.h"
#include "indexer/inspect.h"
#include "indexer/restore.h"

static dateline_status write_line(void *context, dateline_article *article,
                                  dateline_error *error)
{
    dateline_status status = dateline_article_write(article, context, error);
    dateline_article_free(article);
    return status;
}

dateline_status dateline_index_dump(const char *index, FILE *to,
                                    dateline_error *error)
{
    struct xapian_reader *reader;
    error_clear(error);
    dateline_status status = inspect_open(&reader, index, error);
    if (status)
        return status;
    status = restore_all(reader, write_line, to, error);
    xapian_reader_close(reader);
    return status;
}
