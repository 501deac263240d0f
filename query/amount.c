/* A sum is a currency, a comparison and one number or two. */
#include "query/amount.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *sign, *code;
} signs[] = {
    {"$", "USD"}, {"\u20ac", "EUR"}, {"\u00a3", "GBP"}, {"\u00a5", "JPY"},
};

static const struct {
    const char *word;
    double factor;
} factors[] = {
    {"bn", 1e9}, {"mn", 1e6}, {"k", 1e3}, {"m", 1e6}, {"b", 1e9},
};

/* What is left of the text. */
struct rest {
    const char *at, *end;
};

static bool take(struct rest *rest, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(rest->end - rest->at) < length ||
        memcmp(rest->at, word, length))
        return false;
    rest->at += length;
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "eur", "EUR" or a sign; nothing where none stands. */
static void currency_read(struct amount *amount, struct rest *rest)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (take(rest, signs[i].sign)) {
            memcpy(amount->currency, signs[i].code, 4);
            return;
        }
    size_t letters = 0;
    while (rest->at + letters < rest->end && is_letter(rest->at[letters]))
        letters++;
    if (letters != 3)
        return;
    for (size_t i = 0; i < 3; i++)
        amount->currency[i] = (char)(rest->at[i] & ~0x20);
    rest->at += 3;
}

/* "1,000,000", "2.5m", "1_000": digits, signs between them that part thousands,
 * a point before the fraction. */
static bool number_read(double *out, struct rest *rest)
{
    double number = 0, unit = 0;
    size_t digits = 0;
    for (; rest->at < rest->end; rest->at++) {
        char c = *rest->at;
        bool more = rest->at + 1 < rest->end && is_digit(rest->at[1]);
        if (is_digit(c) && unit > 0)
            number += (c - '0') * unit, unit /= 10;
        else if (is_digit(c))
            number = number * 10 + (c - '0');
        else if (c == '.' && more && digits && unit == 0)
            unit = 0.1;
        else if (!strchr(",_'", c) || !more || !digits)
            break;
        digits += is_digit(c);
    }
    bool found = false;
    for (size_t i = 0; i < sizeof factors / sizeof *factors && !found; i++)
        if ((found = take(rest, factors[i].word)))
            number *= factors[i].factor;
    *out = number;
    return digits > 0;
}

/* The end of a range, which may be missing. */
static bool until_read(struct amount *amount, struct rest *rest)
{
    amount->high = INFINITY;
    return rest->at == rest->end || number_read(&amount->high, rest);
}

/* ">", ">=", "<" or "<=" before one number; or two with points between. */
static bool comparison_read(struct amount *amount, struct rest *rest)
{
    if (take(rest, ".."))
        return rest->at < rest->end && until_read(amount, rest) &&
               rest->at == rest->end;
    bool more = take(rest, ">"), less = !more && take(rest, "<");
    bool equal = take(rest, "=");
    double number;
    if (!*amount->currency)
        currency_read(amount, rest);
    if (!number_read(&number, rest))
        return false;
    amount->low = less ? -INFINITY : number;
    amount->high = more ? INFINITY : number;
    amount->above = more && !equal;
    amount->below = less && !equal;
    if (!more && !less && !equal && take(rest, "..") &&
        !until_read(amount, rest))
        return false;
    return rest->at == rest->end && amount->low <= amount->high;
}

bool amount_read(struct amount *out, const char *text, size_t length)
{
    struct rest rest = {text, text + length};
    struct amount amount = {.low = -INFINITY, .high = INFINITY};
    currency_read(&amount, &rest);
    if (rest.at == rest.end ? !*amount.currency
                            : !comparison_read(&amount, &rest))
        return false;
    *out = amount;
    return true;
}

bool amount_holds(const struct amount *amount, const char *value)
{
    double number;
    if (!value || strlen(value) < 5 || value[3] != ' ' ||
        (*amount->currency && memcmp(value, amount->currency, 3)))
        return false;
    struct rest rest = {value + 4, value + strlen(value)};
    if (!number_read(&number, &rest) || rest.at < rest.end)
        return false;
    return (amount->above ? number > amount->low : number >= amount->low) &&
           (amount->below ? number < amount->high : number <= amount->high);
}
