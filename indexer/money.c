/* "US$1.5 million", "5 Millionen Euro" -> "USD 1500000", "EUR 5000000". */
#include "indexer/money.h"

#include "common/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What names a currency, folded; the longest that the sum holds tells it. "$"
 * alone is taken for the dollar of the United States, as newspapers do. */
static const struct {
    const char *word, *code;
} currencies[] = {
    {"us$", "USD"}, {"us $", "USD"}, {"u.s.", "USD"}, {"u.s. $", "USD"},
    {"hk$", "HKD"}, {"nt$", "TWD"}, {"nz$", "NZD"}, {"cop$", "COP"},
    {"cop $", "COP"}, {"ca$", "CAD"}, {"c$", "CAD"}, {"au$", "AUD"},
    {"a$", "AUD"}, {"mx$", "MXN"}, {"rd$", "DOP"}, {"sg$", "SGD"},
    {"s$", "SGD"}, {"n$", "NAD"}, {"r$", "BRL"}, {"j$", "JMD"}, {"tt$", "TTD"},
    {"bz$", "BZD"}, {"cu$", "CUP"}, {"clp$", "CLP"}, {"ars$", "ARS"},
    {"z$", "ZWL"}, {"$", "USD"}, {"\u00a3", "GBP"}, {"\u00a5", "JPY"},
    {"\u20ac", "EUR"}, {"\u20b9", "INR"}, {"\u20a6", "NGN"}, {"\u20a9", "KRW"},
    {"\u20aa", "ILS"}, {"\u20ab", "VND"}, {"\u20b1", "PHP"}, {"\u20bd", "RUB"},
    {"\u20ba", "TRY"}, {"\u20b4", "UAH"}, {"\u20b5", "GHS"}, {"\u20b8", "KZT"},
    {"\u20a1", "CRC"}, {"\u20b2", "PYG"}, {"\u0e3f", "THB"}, {"\ufdfc", "IRR"},
    {"rs", "INR"}, {"dh", "AED"}, {"dhs", "AED"}, {"sr", "SAR"}, {"qr", "QAR"},
    {"rm", "MYR"}, {"tk", "BDT"}, {"kd", "KWD"}, {"bd", "BHD"}, {"ksh", "KES"},
    {"kshs", "KES"}, {"ush", "UGX"}, {"tsh", "TZS"}, {"rmb", "CNY"},
    {"fcfa", "XAF"}, {"jd", "JOD"}, {"nis", "ILS"}, {"n", "NGN"},
    {"r", "ZAR"}, {"d", "GMD"},
    {"dollar", "USD"}, {"hong kong dollar", "HKD"}, {"australian dollar", "AUD"},
    {"canadian dollar", "CAD"}, {"new zealand dollar", "NZD"},
    {"singapore dollar", "SGD"}, {"taiwan dollar", "TWD"},
    {"namibian dollar", "NAD"}, {"namibia dollar", "NAD"}, {"dolar", "USD"},
    {"euro", "EUR"}, {"pound", "GBP"}, {"egyptian pound", "EGP"},
    {"lebanese pound", "LBP"}, {"syrian pound", "SYP"}, {"sudanese pound", "SDG"},
    {"pfund", "GBP"}, {"sterline", "GBP"}, {"yen", "JPY"}, {"yuan", "CNY"},
    {"renminbi", "CNY"}, {"rupee", "INR"}, {"pakistani rupee", "PKR"},
    {"sri lankan rupee", "LKR"}, {"rupiah", "IDR"}, {"won", "KRW"},
    {"baht", "THB"}, {"mexican peso", "MXN"}, {"chilean peso", "CLP"},
    {"colombian peso", "COP"}, {"argentine peso", "ARS"}, {"cuban peso", "CUP"},
    {"dominican peso", "DOP"}, {"philippine peso", "PHP"}, {"reais", "BRL"},
    {"swiss franc", "CHF"}, {"franken", "CHF"}, {"cfa franc", "XAF"},
    {"rouble", "RUB"}, {"ruble", "RUB"}, {"rubel", "RUB"},
    {"kuwaiti dinar", "KWD"}, {"iraqi dinar", "IQD"}, {"jordanian dinar", "JOD"},
    {"tunisian dinar", "TND"}, {"algerian dinar", "DZD"}, {"dirham", "AED"},
    {"moroccan dirham", "MAD"}, {"saudi riyal", "SAR"}, {"qatari riyal", "QAR"},
    {"iranian rial", "IRR"}, {"rial", "IRR"}, {"toman", "IRT"},
    {"omani rial", "OMR"}, {"yemeni rial", "YER"}, {"shekel", "ILS"},
    {"lira", "TRY"}, {"naira", "NGN"}, {"cedi", "GHS"},
    {"kenyan shilling", "KES"}, {"ugandan shilling", "UGX"},
    {"tanzanian shilling", "TZS"}, {"somali shilling", "SOS"}, {"rand", "ZAR"},
    {"ringgit", "MYR"}, {"dong", "VND"}, {"kyat", "MMK"}, {"kina", "PGK"},
    {"swedish kron", "SEK"}, {"norwegian kron", "NOK"}, {"danish kron", "DKK"},
    {"zloty", "PLN"}, {"forint", "HUF"}, {"taka", "BDT"}, {"tenge", "KZT"},
    {"colones", "CRC"}, {"colon", "CRC"}, {"bolivar", "VES"}, {"soles", "PEN"},
    {"quetzal", "GTQ"}, {"lempira", "HNL"}, {"cordoba", "NIO"},
    {"guarani", "PYG"}, {"boliviano", "BOB"}, {"kwacha", "ZMW"}, {"pula", "BWP"},
    {"birr", "ETB"}, {"hryvnia", "UAH"}, {"leva", "BGN"}, {"lei", "RON"},
    {"metical", "MZN"}, {"pataca", "MOP"}, {"tugrik", "MNT"}, {"afghani", "AFN"},
    {"bitcoin", "BTC"}, {"usdt", "USDT"}, {"دلار", "USD"}, {"دولار", "USD"},
    {"يورو", "EUR"}, {"تومان", "IRT"}, {"ريال", "IRR"}, {"درهم", "AED"},
};

/* Words of size, folded, the longest first where one begins another. */
static const struct {
    const char *word;
    double factor;
} scales[] = {
    {"hundred", 1e2},   {"thousand", 1e3},    {"tausend", 1e3},  {"tsd", 1e3},
    {"trillion", 1e12}, {"tn", 1e12},         {"milliard", 1e9}, {"mrd", 1e9},
    {"miliard", 1e9},   {"miljard", 1e9},     {"bilh", 1e9},     {"billion", 1e9},
    {"bln", 1e9},       {"bn", 1e9},          {"mil millones", 1e9},
    {"million", 1e6},   {"millone", 1e6},     {"millon", 1e6},   {"milh", 1e6},
    {"milion", 1e6},    {"miljoen", 1e6},     {"mio", 1e6},      {"mln", 1e6},
    {"bil", 1e9},       {"mn", 1e6},        {"mill", 1e6},        {"mille", 1e3},    {"mila", 1e3},
    {"duizend", 1e3},   {"mil", 1e3},         {"crore", 1e7},    {"lakh", 1e5},
    {"هزار", 1e3},      {"الف", 1e3},         {"ميليارد", 1e9},  {"ميليون", 1e6},
    {"مليار", 1e9},     {"مليون", 1e6},       {"m", 1e6},        {"b", 1e9},
    {"k", 1e3},
};

size_t money_symbol(const char *text, size_t least, size_t at)
{
    static const char *const prefixes[] = {
        "US", "U.S.", "HK", "NT", "NZ", "COP", "CA", "AU", "MX", "RD", "SG", "A",
        "C", "S", "N", "R", "J", "Z", "TT", "BZ", "CU", "CLP", "ARS"};
    size_t before = at, size;
    if (before > least && text[before - 1] == ' ')
        before--;
    if (before <= least)
        return at;
    before = text_boundary(text, before, before - 1);
    if (before < least)
        return at;
    uint32_t c = text_decode(text + before, at - before, &size);
    if (c != '$' && c != 0xa3 && c != 0xa5 && c != 0xe3f && c != 0xfdfc &&
        !(c >= 0x20a0 && c <= 0x20cf))
        return at;
    size_t gap = before > least && text[before - 1] == ' ' ? 1 : 0;
    for (size_t i = 0; c == '$' && i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t length = strlen(prefixes[i]);
        if (before < least + gap + length)
            continue;
        size_t start = before - gap - length;
        bool alone = start == least ||
                     !text_is_letter((unsigned char)text[start - 1]);
        if (alone && !memcmp(text + start, prefixes[i], length) &&
            (!gap || length > 1))
            return start;
    }
    return before;
}

/* Is the mark at i one between thousands? Three digits follow it, and either it
 * comes again, or its language has it so. */
static bool parts_thousands(const char *text, size_t length, size_t i)
{
    char mark = text[i];
    size_t digits = 0, j = i + 1;
    while (j < length && text[j] >= '0' && text[j] <= '9') {
        digits++;
        j++;
    }
    if (digits != 3)
        return false;
    if (mark == '.')
        return (j < length && text[j] == '.') || (i > 3 && memchr(text, '.', i)) ||
               !memchr(text, ',', i);
    return true;
}

size_t number_read(char *out, size_t room, const char *text, size_t length)
{
    size_t wrote = 0, i = 0;
    bool point = false;
    for (; i < length && wrote + 1 < room; i++) {
        size_t size;
        uint32_t c = text_decode(text + i, length - i, &size);
        bool more = i + size < length && text_is_digit(text_decode(
                        text + i + size, length - i - size, &(size_t){0}));
        if (c >= '0' && c <= '9') {
            out[wrote++] = (char)c;
        } else if (text_is_digit(c)) {
            /* digits of another script run from 0 to 9 */
            uint32_t zero = c >= 0x6f0 ? 0x6f0 : 0x660;
            out[wrote++] = (char)('0' + (c - zero) % 10);
            i += size - 1;
        } else if ((c == '.' || c == ',') && more && wrote &&
                   !parts_thousands(text, length, i) && !point) {
            out[wrote++] = '.';
            point = true;
        } else if (wrote && more && !point &&
                   (c == '.' || c == ',' || c == ' ' || c == '\'' || c == 0x2019 ||
                    c == 0xa0 || c == 0x202f) && parts_thousands(text, length, i + size - 1)) {
            i += size - 1;
        } else {
            break;
        }
    }
    out[wrote] = '\0';
    return i;
}

/* The currency whose name is the longest in the folded sum. */
static const char *currency_of(const char *sum)
{
    const char *code = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++) {
        size_t length = strlen(currencies[i].word);
        if (length <= longest || !strchr(sum, currencies[i].word[0]))
            continue;
        const char *found = strstr(sum, currencies[i].word);
        bool letter = found && text_is_letter((unsigned char)currencies[i].word[0]);
        bool whole = found && !(letter && found > sum &&
                                text_is_letter((unsigned char)found[-1])) &&
                     !(length < 4 && letter && text_is_letter((unsigned char)found[length]));
        if (whole) {
            longest = length;
            code = currencies[i].code;
        }
    }
    return code;
}

/* An ISO 4217 code written as such. */
static const char *code_of(char out[4], const char *text, size_t length)
{
    for (size_t i = 0; i + 3 <= length; i++) {
        bool code = true;
        for (size_t k = 0; k < 3; k++)
            code &= text[i + k] >= 'A' && text[i + k] <= 'Z';
        code &= !(i && text_is_letter((unsigned char)text[i - 1])) &&
                !(i + 3 < length && text_is_letter((unsigned char)text[i + 3]));
        if (code && memcmp(text + i, "RMB", 3) && memcmp(text + i, "CFA", 3) &&
            memcmp(text + i, "NIS", 3)) {
            memcpy(out, text + i, 3);
            out[3] = '\0';
            return out;
        }
    }
    return NULL;
}

static double scale_of(const char *rest)
{
    rest += strspn(rest, " -");
    if (!strncmp(rest, "plus ", 5))
        rest += 5;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        size_t length = strlen(scales[i].word);
        bool whole = length > 2 || !text_is_letter((unsigned char)rest[length]);
        if (!strncmp(rest, scales[i].word, length) && whole)
            return scales[i].factor;
    }
    return 1;
}

const char *money_value(struct arena *arena, const char *text, size_t length)
{
    char number[32], last[32], code[4];
    size_t at = 0, size;
    while (at < length && !text_is_digit(text_decode(text + at, length - at, &size)))
        at += size;
    const char *folded = text_fold_marks(arena, text, length);
    const char *currency = code_of(code, text, length);
    if (!currency)
        currency = currency_of(folded);
    at += number_read(number, sizeof number, text + at, length - at);
    if (!currency || !*number)
        return NULL;
    /* the size of a range stands behind its second figure */
    const char *rest = text_fold_marks(arena, text + at, length - at);
    const char *second = rest + strcspn(rest, "0123456789");
    if (*second)
        rest = second + number_read(last, sizeof last, second, strlen(second));
    double amount = strtod(number, NULL) * scale_of(rest);
    if (amount >= 1e15 || amount != floor(amount))
        return arena_format(arena, "%s %.10g", currency, amount);
    return arena_format(arena, "%s %.0f", currency, amount);
}
