/* A phrase and a day go in, the day or span of days it means comes out. Each row
 * is a language's way to say one thing. */
#include "indexer/relative.h"

#include "common/date.h"
#include "common/error.h"
#include "common/regex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum unit { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR };

/* Group 1, where a row has one, is a number in figures or words; what it counts
 * is taken `sign` times, else `amount` is. */
struct row {
    const char *language;
    enum unit unit;
    int amount, sign;
    const char *pattern;
};

#define COUNT_EN "(\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
#define COUNT_DE "(\\d{1,3}|einem|einer|zwei|drei|vier|f\\x{fc}nf|sechs|sieben|acht|neun|zehn)"
#define COUNT_FR "(\\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)"
#define COUNT_ES "(\\d{1,3}|una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)"
#define COUNT_PT "(\\d{1,3}|uma?|dois|duas|tr\\x{ea}s|quatro|cinco|seis|sete|oito|nove|dez)"
#define COUNT_IT "(\\d{1,3}|una?|due|tre|quattro|cinque|sei|sette|otto|nove|dieci)"
#define COUNT_NL "(\\d{1,3}|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien)"
#define COUNT_FA "(\\d{1,3}|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده)"
#define COUNT_AR "(\\d{1,3}|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع|عشر)"

static const struct row rows[] = {
    {"en", UNIT_DAY, 0, 0, "today|this (?:morning|afternoon|evening)|tonight"},
    {"en", UNIT_DAY, -1, 0, "yesterday|last night"},
    {"en", UNIT_DAY, 1, 0, "tomorrow"},
    {"en", UNIT_WEEK, 0, 0, "this week"},
    {"en", UNIT_WEEK, -1, 0, "last week"},
    {"en", UNIT_WEEK, 1, 0, "next week"},
    {"en", UNIT_MONTH, 0, 0, "this month"},
    {"en", UNIT_MONTH, -1, 0, "last month"},
    {"en", UNIT_MONTH, 1, 0, "next month"},
    {"en", UNIT_YEAR, 0, 0, "this year"},
    {"en", UNIT_YEAR, -1, 0, "last year"},
    {"en", UNIT_YEAR, 1, 0, "next year"},
    {"en", UNIT_DAY, 0, -1, COUNT_EN " days? (?:ago|earlier)"},
    {"en", UNIT_WEEK, 0, -1, COUNT_EN " weeks? (?:ago|earlier)"},
    {"en", UNIT_MONTH, 0, -1, COUNT_EN " months? (?:ago|earlier)"},
    {"en", UNIT_YEAR, 0, -1, COUNT_EN " years? ago"},
    {"de", UNIT_DAY, 0, 0, "heute"},
    {"de", UNIT_DAY, -1, 0, "gestern"},
    {"de", UNIT_DAY, -2, 0, "vorgestern"},
    {"de", UNIT_WEEK, 0, 0, "(?:in )?diese[rn]? Woche"},
    {"de", UNIT_WEEK, -1, 0, "(?:in der )?(?:letzten?|vergangenen?|vorigen?) Woche"},
    {"de", UNIT_WEEK, 1, 0, "(?:in der )?(?:n\\x{e4}chsten?|kommenden?) Woche"},
    {"de", UNIT_MONTH, -1, 0, "(?:im )?(?:letzten|vergangenen|vorigen) Monat"},
    {"de", UNIT_MONTH, 1, 0, "(?:im )?(?:n\\x{e4}chsten|kommenden) Monat"},
    {"de", UNIT_YEAR, 0, 0, "(?:in )?diese[sm] Jahr"},
    {"de", UNIT_YEAR, -1, 0, "(?:im )?(?:letzte[sn]|vergangene[sn]|vorige[sn]) Jahr"},
    {"de", UNIT_YEAR, 1, 0, "(?:im )?(?:n\\x{e4}chste[sn]|kommende[sn]) Jahr"},
    {"de", UNIT_DAY, 0, -1, "vor " COUNT_DE " Tag(?:en)?"},
    {"de", UNIT_WEEK, 0, -1, "vor " COUNT_DE " Wochen?"},
    {"de", UNIT_MONTH, 0, -1, "vor " COUNT_DE " Monat(?:en)?"},
    {"de", UNIT_YEAR, 0, -1, "vor " COUNT_DE " Jahr(?:en)?"},
    {"fr", UNIT_DAY, 0, 0, "aujourd['\\x{2019}]hui|ce (?:matin|soir)"},
    {"fr", UNIT_DAY, -1, 0, "hier"},
    {"fr", UNIT_DAY, 1, 0, "demain"},
    {"fr", UNIT_WEEK, 0, 0, "cette semaine"},
    {"fr", UNIT_WEEK, -1, 0, "la semaine (?:derni\\x{e8}re|pass\\x{e9}e)"},
    {"fr", UNIT_WEEK, 1, 0, "la semaine prochaine"},
    {"fr", UNIT_MONTH, -1, 0, "le mois (?:dernier|pass\\x{e9})"},
    {"fr", UNIT_MONTH, 1, 0, "le mois prochain"},
    {"fr", UNIT_YEAR, 0, 0, "cette ann\\x{e9}e"},
    {"fr", UNIT_YEAR, -1, 0, "l['\\x{2019}](?:an dernier|ann\\x{e9}e derni\\x{e8}re|an pass\\x{e9})"},
    {"fr", UNIT_YEAR, 1, 0, "l['\\x{2019}](?:an prochain|ann\\x{e9}e prochaine)"},
    {"fr", UNIT_DAY, 0, -1, "il y a " COUNT_FR " jours?"},
    {"fr", UNIT_WEEK, 0, -1, "il y a " COUNT_FR " semaines?"},
    {"fr", UNIT_MONTH, 0, -1, "il y a " COUNT_FR " mois"},
    {"fr", UNIT_YEAR, 0, -1, "il y a " COUNT_FR " an(?:s|n\\x{e9}es?)?"},
    {"es", UNIT_DAY, 0, 0, "hoy"},
    {"es", UNIT_DAY, -1, 0, "ayer|anoche"},
    {"es", UNIT_DAY, -2, 0, "anteayer"},
    {"es", UNIT_WEEK, 0, 0, "esta semana"},
    {"es", UNIT_WEEK, -1, 0, "la semana pasada"},
    {"es", UNIT_WEEK, 1, 0, "la (?:pr\\x{f3}xima semana|semana pr\\x{f3}xima)"},
    {"es", UNIT_MONTH, -1, 0, "el mes pasado"},
    {"es", UNIT_MONTH, 1, 0, "el pr\\x{f3}ximo mes"},
    {"es", UNIT_YEAR, 0, 0, "este a\\x{f1}o"},
    {"es", UNIT_YEAR, -1, 0, "el a\\x{f1}o pasado"},
    {"es", UNIT_YEAR, 1, 0, "el (?:pr\\x{f3}ximo a\\x{f1}o|a\\x{f1}o que viene)"},
    {"es", UNIT_DAY, 0, -1, "hace " COUNT_ES " d\\x{ed}as?"},
    {"es", UNIT_WEEK, 0, -1, "hace " COUNT_ES " semanas?"},
    {"es", UNIT_MONTH, 0, -1, "hace " COUNT_ES " mes(?:es)?"},
    {"es", UNIT_YEAR, 0, -1, "hace " COUNT_ES " a\\x{f1}os?"},
    {"pt", UNIT_DAY, 0, 0, "hoje"},
    {"pt", UNIT_DAY, -1, 0, "ontem"},
    {"pt", UNIT_DAY, 1, 0, "amanh\\x{e3}"},
    {"pt", UNIT_WEEK, 0, 0, "esta semana"},
    {"pt", UNIT_WEEK, -1, 0, "(?:n?a )?semana passada"},
    {"pt", UNIT_WEEK, 1, 0, "(?:n?a )?(?:pr\\x{f3}xima semana|semana que vem)"},
    {"pt", UNIT_MONTH, -1, 0, "(?:n?o )?m\\x{ea}s passado"},
    {"pt", UNIT_MONTH, 1, 0, "(?:n?o )?pr\\x{f3}ximo m\\x{ea}s"},
    {"pt", UNIT_YEAR, 0, 0, "este ano"},
    {"pt", UNIT_YEAR, -1, 0, "(?:n?o )?ano passado"},
    {"pt", UNIT_YEAR, 1, 0, "(?:n?o )?(?:pr\\x{f3}ximo ano|ano que vem)"},
    {"pt", UNIT_DAY, 0, -1, "h\\x{e1} " COUNT_PT " dias?"},
    {"pt", UNIT_WEEK, 0, -1, "h\\x{e1} " COUNT_PT " semanas?"},
    {"pt", UNIT_MONTH, 0, -1, "h\\x{e1} " COUNT_PT " m(?:\\x{ea}s|eses)"},
    {"pt", UNIT_YEAR, 0, -1, "h\\x{e1} " COUNT_PT " anos?"},
    {"it", UNIT_DAY, 0, 0, "oggi"},
    {"it", UNIT_DAY, -1, 0, "ieri"},
    {"it", UNIT_DAY, 1, 0, "domani"},
    {"it", UNIT_WEEK, 0, 0, "questa settimana"},
    {"it", UNIT_WEEK, -1, 0, "la (?:scorsa settimana|settimana scorsa)"},
    {"it", UNIT_WEEK, 1, 0, "la (?:prossima settimana|settimana prossima)"},
    {"it", UNIT_MONTH, -1, 0, "(?:il|lo) (?:scorso mese|mese scorso)"},
    {"it", UNIT_MONTH, 1, 0, "il (?:prossimo mese|mese prossimo)"},
    {"it", UNIT_YEAR, 0, 0, "quest['\\x{2019}]anno"},
    {"it", UNIT_YEAR, -1, 0, "(?:l['\\x{2019}]anno scorso|lo scorso anno)"},
    {"it", UNIT_YEAR, 1, 0, "(?:l['\\x{2019}]anno prossimo|il prossimo anno)"},
    {"it", UNIT_DAY, 0, -1, COUNT_IT " giorn[oi] fa"},
    {"it", UNIT_WEEK, 0, -1, COUNT_IT " settiman[ae] fa"},
    {"it", UNIT_MONTH, 0, -1, COUNT_IT " mes[ei] fa"},
    {"it", UNIT_YEAR, 0, -1, COUNT_IT " ann[oi] fa"},
    {"nl", UNIT_DAY, 0, 0, "vandaag"},
    {"nl", UNIT_DAY, -1, 0, "gisteren"},
    {"nl", UNIT_DAY, 1, 0, "morgen"},
    {"nl", UNIT_WEEK, 0, 0, "deze week"},
    {"nl", UNIT_WEEK, -1, 0, "(?:vorige|afgelopen) week"},
    {"nl", UNIT_WEEK, 1, 0, "volgende week"},
    {"nl", UNIT_MONTH, -1, 0, "(?:vorige|afgelopen) maand"},
    {"nl", UNIT_MONTH, 1, 0, "volgende maand"},
    {"nl", UNIT_YEAR, 0, 0, "dit jaar"},
    {"nl", UNIT_YEAR, -1, 0, "(?:vorig|afgelopen) jaar"},
    {"nl", UNIT_YEAR, 1, 0, "volgend jaar"},
    {"nl", UNIT_DAY, 0, -1, COUNT_NL " dag(?:en)? geleden"},
    {"nl", UNIT_WEEK, 0, -1, COUNT_NL " we(?:ek|ken) geleden"},
    {"nl", UNIT_MONTH, 0, -1, COUNT_NL " maand(?:en)? geleden"},
    {"nl", UNIT_YEAR, 0, -1, COUNT_NL " ja(?:ar|ren) geleden"},
    {"fa", UNIT_DAY, 0, 0, "امروز"},
    {"fa", UNIT_DAY, -1, 0, "دیروز|ديروز"},
    {"fa", UNIT_DAY, 1, 0, "فردا"},
    {"fa", UNIT_WEEK, -1, 0, "هفته (?:گذشته|پیش)"},
    {"fa", UNIT_WEEK, 1, 0, "هفته آینده"},
    {"fa", UNIT_MONTH, -1, 0, "ماه (?:گذشته|پیش)"},
    {"fa", UNIT_YEAR, 0, 0, "امسال"},
    {"fa", UNIT_YEAR, -1, 0, "سال (?:گذشته|پیش)"},
    {"fa", UNIT_YEAR, 1, 0, "سال آینده"},
    {"fa", UNIT_DAY, 0, -1, COUNT_FA " روز پیش"},
    {"fa", UNIT_WEEK, 0, -1, COUNT_FA " هفته پیش"},
    {"fa", UNIT_MONTH, 0, -1, COUNT_FA " ماه پیش"},
    {"fa", UNIT_YEAR, 0, -1, COUNT_FA " سال پیش"},
    {"ar", UNIT_DAY, 0, 0, "اليوم"},
    {"ar", UNIT_DAY, -1, 0, "أمس|امس"},
    {"ar", UNIT_DAY, 1, 0, "غد[اًا]*"},
    {"ar", UNIT_WEEK, -1, 0, "الأسبوع الماضي"},
    {"ar", UNIT_WEEK, 1, 0, "الأسبوع (?:المقبل|القادم)"},
    {"ar", UNIT_MONTH, -1, 0, "الشهر الماضي"},
    {"ar", UNIT_YEAR, -1, 0, "العام الماضي|السنة الماضية"},
    {"ar", UNIT_YEAR, 1, 0, "العام (?:المقبل|القادم)"},
    {"ar", UNIT_DAY, 0, -1, "(?:قبل|منذ) " COUNT_AR " أيام"},
    {"ar", UNIT_MONTH, 0, -1, "(?:قبل|منذ) " COUNT_AR " أشهر"},
    {"ar", UNIT_YEAR, 0, -1, "(?:قبل|منذ) " COUNT_AR " سنوات"},
};
enum { ROWS = sizeof rows / sizeof *rows };

const char *const relative_words =
    "today this tonight yesterday last tomorrow next a an one two three four five "
    "six seven eight nine ten 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 "
    "25 30 40 50 60 70 80 90 100 heute gestern vorgestern in diese dieser diesen "
    "letzte letzten vergangene vergangenen vorige vorigen nächste nächsten kommende "
    "kommenden im dieses letztes vergangenes voriges nächstes vor aujourd'hui "
    "aujourd ce hier demain cette la le l il hoy ayer anoche anteayer esta el este "
    "hace hoje ontem amanhã semana na no o mês próximo ano há oggi ieri domani "
    "questa lo quest un una due tre quattro cinque sei sette otto nove dieci vandaag "
    "gisteren morgen deze vorige afgelopen volgende dit vorig volgend een twee drie "
    "vier vijf zes zeven acht negen tien امروز ديروز فردا هفته ماه امسال سال يك دو سه "
    "چهار پنج شش هفت هشت نه ده اليوم امس غدا الاسبوع الشهر العام السنه قبل منذ";

struct relatives {
    struct regex *regexes[ROWS];
};

dateline_status relative_compile(struct relatives **out, dateline_error *error)
{
    struct relatives *relatives = calloc(1, sizeof *relatives);
    if (!relatives)
        return error_set(error, DATELINE_NO_MEMORY, "no memory for patterns");
    for (size_t i = 0; i < ROWS; i++) {
        char pattern[1024];
        int length = snprintf(pattern, sizeof pattern, "(?:%s)(?!\\w)", rows[i].pattern);
        dateline_status status =
            length < 0 || (size_t)length >= sizeof pattern
                ? error_set(error, DATELINE_INTERNAL, "pattern too long: %s",
                            rows[i].pattern)
                : regex_compile(&relatives->regexes[i], pattern,
                                REGEX_CASELESS | REGEX_ANCHORED, error);
        if (status) {
            relative_free(relatives);
            return status;
        }
    }
    *out = relatives;
    return DATELINE_OK;
}

void relative_free(struct relatives *relatives)
{
    for (size_t i = 0; relatives && i < ROWS; i++)
        regex_free(relatives->regexes[i]);
    free(relatives);
}

/* A number in figures or one of the words of the COUNT_ lists. */
static int count_read(const char *text, dateline_span span)
{
    static const char *const words[][10] = {
        {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"},
        {"ein", "zwei", "drei", "vier", "f\u00fcnf", "sechs", "sieben", "acht", "neun", "zehn"},
        {"un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"},
        {"un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"},
        {"um", "dois", "tr\u00eas", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez"},
        {"un", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci"},
        {"een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"},
        {"یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده"},
        {"a", "duas", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر"},
    };
    size_t length = span.end - span.start, longest = 0;
    int count = atoi(text + span.start);
    for (size_t i = 0; !count && i < sizeof words / sizeof *words; i++)
        for (size_t k = 0; k < 10; k++) {
            size_t size = strlen(words[i][k]);
            if (size <= length && size > longest &&
                !strncasecmp(words[i][k], text + span.start, size)) {
                longest = size;
                count = (int)k + 1;
            }
        }
    return count;
}

/* The day, week, month or year that lies `amount` units from today. A week is
 * written as its days, Monday to Sunday. */
static const char *value_of(struct arena *arena, const dateline_date *today,
                            enum unit unit, int amount)
{
    char first[16], last[16];
    dateline_date date = *today, end;
    long days = date_days(today);
    int months = today->year * 12 + today->month - 1 + amount;
    switch (unit) {
    case UNIT_DAY:
        date_from_days(&date, days + amount);
        date_format(first, &date);
        return arena_string(arena, first);
    case UNIT_WEEK:
        /* 1970-01-01 was a Thursday */
        days += 7L * amount - ((days + 3) % 7 + 7) % 7;
        date_from_days(&date, days);
        end = date;
        date_from_days(&end, days + 6);
        date_format(first, &date);
        date_format(last, &end);
        return arena_format(arena, "%s/%s", first, last);
    case UNIT_MONTH:
        return arena_format(arena, "%04d-%02d", months / 12, months % 12 + 1);
    default:
        return arena_format(arena, "%04d", today->year + amount);
    }
}

size_t relative_find(struct labels *labels, const struct relatives *relatives,
                     const char *text, size_t length, size_t at,
                     const dateline_date *today, const char *language)
{
    const char *code = language ? language : "en";
    for (size_t i = 0; i < ROWS; i++) {
        struct regex_match match;
        if (strncmp(rows[i].language, code, 2) ||
            !regex_at(&match, relatives->regexes[i], text, length, at))
            continue;
        int amount = rows[i].amount;
        if (rows[i].sign)
            amount = rows[i].sign * count_read(text, match.groups[1]);
        /* "a few days ago" is no day */
        if (rows[i].sign && !amount)
            continue;
        struct label *label = label_add(labels, match.start, match.end,
                                        DATELINE_DATE, DATELINE_BY_PATTERN);
        label->value = value_of(labels->arena, today, rows[i].unit, amount);
        return match.end;
    }
    return 0;
}
