/* Dates with the signs for year, month and day: "2021年10月17日", "令和3年10月17日",
 * "2021년 10월 17일". */
#include "common/date_scan.h"

#include <string.h>

/* "2021年10月17日", "2021년 10월 17일", with or without spaces. */
static const uint32_t units[3][3] = {
    {0x5e74, 0xb144}, {0x6708, 0xc6d4}, {0x65e5, 0xc77c, 0x53f7},
};

static bool is_unit(uint32_t c, int which)
{
    return c && (c == units[which][0] || c == units[which][1] || c == units[which][2]);
}

/* The era that stands right before the year, as years to add. */
static int era_before(const struct scan *s, size_t *start)
{
    static const struct { const char *name; int add; } eras[] = {
        {"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"大正", 1911},
        {"明治", 1867}, {"民國", 1911}, {"民国", 1911},
    };
    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++) {
        size_t length = strlen(eras[i].name);
        if (*start - s->floor >= length &&
            !memcmp(s->text + *start - length, eras[i].name, length)) {
            *start -= length;
            return eras[i].add;
        }
    }
    return 0;
}

int scan_han_digit(uint32_t c)
{
    static const uint32_t digits[] = {
        0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d,
    };
    for (int i = 0; i < 10; i++)
        if (c == digits[i])
            return i;
    return c == 0x96f6 ? 0 : c == 0x5341 ? 10 : -1;
}

/* Chinese figures: "二〇二一", "十七", "二十"; at most five characters. */
bool scan_han_number(struct number *n, const struct scan *s, size_t at)
{
    *n = (struct number){.start = at};
    bool ten = false;
    for (size_t size; n->digits < 5; at += size) {
        int value = scan_han_digit(scan_char(s, at, &size));
        if (value < 0)
            break;
        if (value == 10)
            n->value = (n->digits ? n->value : 1) * 10;
        else
            n->value = ten ? n->value + value : n->value * 10 + value;
        ten = value == 10;
        n->digits++;
    }
    n->end = at;
    return n->digits > 0;
}

static bool eastern_number(struct number *n, const struct scan *s, size_t at)
{
    return scan_number(n, s, at) || scan_han_number(n, s, at);
}

bool date_find_eastern(struct finding *f, const struct scan *s,
                         const struct number *year)
{
    struct number parts[3] = {*year};
    size_t at = year->end, end = 0, size;
    int count = 0;
    for (; count < 3; count++) {
        if (count && !eastern_number(&parts[count], s, scan_skip_space(s, at)))
            break;
        at = scan_skip_space(s, count ? parts[count].end : at);
        if (!is_unit(scan_char(s, at, &size), count))
            break;
        end = at += size;
    }
    if (count < 2)
        return false;
    f->start = year->start;
    int add = era_before(s, &f->start);
    if (add ? year->value > 99 : year->digits != 4)
        return false;
    f->year = (int)year->value + add;
    f->month = (int)parts[1].value;
    f->day = count == 3 ? (int)parts[2].value : 1;
    f->precision = count == 3 ? DATELINE_DAY : DATELINE_MONTH;
    f->end = end;
    return date_settle(f, s, CIVIL, false);
}
