/* Years, months and days of several calendars go in, days of ours come out. */
#include "common/date_scan.h"

#include <string.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool date_is_valid(int year, int month, int day)
{
    return year >= 1000 && year <= 9999 && month >= 1 && month <= 12 &&
           day >= 1 && day <= month_days(year, month);
}

/* Days from and to the civil calendar: Howard Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms"; years begin in March, eras have 400. */
long date_days(const dateline_date *date)
{
    long year = date->year - (date->month <= 2);
    long era = (year >= 0 ? year : year - 399) / 400;
    long of_era = year - era * 400;
    long of_year = (153 * (date->month + (date->month > 2 ? -3 : 9)) + 2) / 5 +
                   date->day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

void date_from_days(dateline_date *date, long days)
{
    days += 719468;
    long era = (days >= 0 ? days : days - 146096) / 146097;
    long of_era = days - era * 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100);
    long month = (5 * of_year + 2) / 153;
    date->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    date->month = (int)(month + (month < 10 ? 3 : -9));
    date->year = (int)(year + era * 400 + (date->month <= 2));
}

/* Days before the Solar Hijri year, by the cycle of 33 years with 8 leap years,
 * which agrees with the observed calendar from 1178 to 1633; counted so that
 * 1 Farvardin 1400 is 21 March 2021. */
static long solar_days(long year)
{
    long of = year + 1595;
    return 365 * of + of / 33 * 8 + (of % 33 + 3) / 4 - 1075195;
}

static bool solar_to_civil(int *year, int *month, int *day)
{
    if (*year < 1178 || *year > 1633 || *month < 1 || *month > 12 || *day < 1)
        return false;
    long before = *month <= 7 ? (*month - 1) * 31 : 186 + (*month - 7) * 30;
    long start = solar_days(*year), next = solar_days(*year + 1);
    long most = *month <= 6 ? 31 : *month < 12 ? 30 : next - start - before;
    if (*day > most)
        return false;
    dateline_date civil;
    date_from_days(&civil, start + before + *day - 1);
    *year = civil.year;
    *month = civil.month;
    *day = civil.day;
    return true;
}

/* Two figures are of 1969 to 2068, as POSIX strptime reads them. */
int date_year_of_two(long value)
{
    return (int)(value < 69 ? 2000 + value : 1900 + value);
}

/* Turns a finding of another calendar into ours. */
bool date_settle(struct finding *f, const struct scan *s,
                           enum calendar calendar, bool thai)
{
    bool th = thai || (s->language && !strcmp(s->language->code, "th"));
    if (th && f->year >= 2400 && f->year < 2700)
        f->year -= 543; /* of the Buddhist era */
    /* a month alone lies in two of ours, so it is none */
    if (calendar == SOLAR && (f->precision < DATELINE_DAY ||
                              !solar_to_civil(&f->year, &f->month, &f->day)))
        return false;
    if (f->precision < DATELINE_DAY)
        f->day = 1;
    if (f->precision < DATELINE_MONTH)
        f->month = 1;
    return date_is_valid(f->year, f->month, f->day);
}

/* Figures in Persian digits, or of a Persian text, are of its calendar. */
enum calendar date_calendar(const struct scan *s, const struct number *year)
{
    bool persian = year->persian ||
                   (s->language && !strcmp(s->language->code, "fa"));
    return persian && year->value >= 1200 && year->value < 1500 ? SOLAR : CIVIL;
}
