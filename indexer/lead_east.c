/* Openings of East Asia, which are written as one: "新华社北京10月17日电",
 * "【東京17日共同】", "(서울=연합뉴스) 홍길동 기자 =". */
#include "indexer/lead_line.h"

#include "common/date.h"

#include <string.h>

/* Agencies that sign before the place, and the word "wired" behind the day. */
static const char *const eastern_wires[] = {
    "新华社", "新華社", "中新社", "中新网", "中新網", "中央社", "人民网", "央视网", "本报",
    "法新社", "路透社", "美联社", "塔斯社", "共同社", "韩联社", "国际在线", "新华网",
    "中国新闻网", "中国日报网", "央广网", "光明网", "环球网", NULL,
};

static bool skip_text(const struct lead_line *line, size_t *at, const char *text)
{
    size_t length = strlen(text);
    if (line->end - *at < length || memcmp(line->text + *at, text, length))
        return false;
    *at += length;
    return true;
}

static size_t skip_digits(const struct lead_line *line, size_t at)
{
    size_t size;
    while (text_is_digit(line_char(line, at, &size)))
        at += size;
    return at;
}

/* "10月17日" or "17日", maybe without the year. */
static size_t eastern_day(const struct lead_line *line, size_t at)
{
    size_t end = skip_digits(line, at);
    if (end == at)
        return 0;
    if (skip_text(line, &end, "年")) {
        at = end;
        end = skip_digits(line, at);
    }
    if (skip_text(line, &end, "月")) {
        at = end;
        end = skip_digits(line, at);
    }
    return end > at && skip_text(line, &end, "日") ? end : 0;
}

/* "新华社北京10月17日电（记者王伟）" */
bool lead_read_chinese(struct lead_opening *out, struct arena *arena, struct lead_line *line)
{
    size_t at = line->at, size, place, day;
    struct lead_opening now = {0};
    skip_text(line, &at, "（");
    for (const char *const *wire = eastern_wires; *wire; wire++) {
        size_t begin = at;
        if (skip_text(line, &at, *wire)) {
            now.wire = (dateline_span){begin, at};
            break;
        }
    }
    if (!now.wire.end)
        return false;
    for (place = at; place < line->end && place - at < 40; place += size) {
        uint32_t c = line_char(line, place, &size);
        if (!text_is_ideograph(c) || text_is_digit(c))
            break;
    }
    if (!(day = eastern_day(line, place)))
        return false;
    if (place > at)
        now.place = (dateline_span){at, place};
    size_t start, end, look = place;
    dateline_date date;
    if (date_find(&date, arena, line->text, day, &look, &start, &end, DATE_DAY_FIRST, "zh"))
        now.date = date;
    if (!skip_text(line, &day, "电") && !skip_text(line, &day, "電") &&
        !skip_text(line, &day, "讯") && !skip_text(line, &day, "訊"))
        return false;
    dateline_span note;
    struct lead_line rest = *line;
    rest.at = line_skip_space(line, day);
    if (line_bracket(&note, &rest))
        day = rest.at;
    now.end = line_skip_space(line, day);
    *out = now;
    return now.end < line->end;
}

/* What stands behind place and day; else it is the reporter. */
static const char *const bracket_wires[] = {
    "共同", "時事", "ロイター", "AFP", "AP", "CNN", "ANN", "新華社", "中央社",
    "연합뉴스", "뉴시스", "뉴스1", "AP/뉴시스", "로이터", "신화", NULL,
};

static bool is_bracket_wire(const struct lead_line *line, dateline_span span)
{
    for (const char *const *wire = bracket_wires; *wire; wire++)
        if (strlen(*wire) == span.end - span.start &&
            !memcmp(line->text + span.start, *wire, span.end - span.start))
            return true;
    return false;
}

/* "【東京17日共同】", "(서울=연합뉴스) 홍길동 기자 = " */
bool lead_read_eastern_bracket(struct lead_opening *out, struct lead_line *line)
{
    dateline_span inside;
    struct lead_opening now = {0};
    if (!line_bracket(&inside, line) || !text_is_ideograph(line_only(line, inside.start)))
        return false;
    size_t size, at = inside.start;
    while (at < inside.end && text_is_ideograph(line_char(line, at, &size)))
        at += size;
    now.place = (dateline_span){inside.start, at};
    size_t day = eastern_day(line, line_skip_space(line, at));
    struct lead_line sub = line_inside(line, inside);
    sub.at = day ? day : at;
    uint32_t mark = line_char(&sub, sub.at, &size);
    bool equals = mark == '=' || mark == 0xff1d;
    if (!day && !equals)
        return false;
    size_t wire = line_skip_space(&sub, equals ? sub.at + size : sub.at);
    dateline_span signer = {wire, inside.end};
    if (is_bracket_wire(line, signer))
        now.wire = signer;
    now.end = line_skip_space(line, line->at);
    /* the reporter's name may follow, up to another sign of equality */
    size_t most = line->end - now.end < 60 ? line->end - now.end : 60;
    const char *sign = equals ? memchr(line->text + now.end, '=', most) : NULL;
    if (sign)
        now.end = line_skip_space(line, (size_t)(sign - line->text) + 1);
    *out = now;
    return now.end < line->end;
}
