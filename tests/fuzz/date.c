/* Any text, repaired to UTF-8 as every text is: each date found is a real day,
 * stands inside the text at the bounds of characters, and the search ends. */
#include "common/date.h"
#include "common/text.h"

#include <stdlib.h>

static void check(int condition)
{
    if (!condition)
        abort();
}

static void search(struct arena *arena, const char *text, size_t length,
                   enum date_order order, const char *language)
{
    dateline_date date = {0};
    size_t start, end, before = 0;
    for (size_t at = 0; date_find(&date, arena, text, length, &at, &start, &end,
                                  order, language);) {
        check(date_is_valid(date.year, date.month, date.day));
        check(date.precision >= DATELINE_MONTH);
        check(before <= start && start < end && end <= at && at <= length);
        check(text_boundary(text, length, start) == start);
        check(text_boundary(text, length, end) == end);
        dateline_date again;
        date_from_days(&again, date_days(&date));
        check(again.year == date.year && again.month == date.month &&
              again.day == date.day);
        before = at;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena = ARENA_INIT;
    size_t repaired;
    char *text = text_repair(&arena, (const char *)bytes, length, &repaired);
    search(&arena, text, repaired, DATE_DAY_FIRST, NULL);
    search(&arena, text, repaired, DATE_MONTH_FIRST, "fa");
    dateline_date date = {0};
    if (date_parse(&date, &arena, text, DATE_MONTH_FIRST))
        check(date_is_valid(date.year, date.month, date.day));
    arena_release(&arena);
    return 0;
}
