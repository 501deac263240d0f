/* An amount is a comparison and one number or two; a sum has a currency before it or
 * them, a quantity a unit behind. */
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

/* "1,000,000", "2.5", "1_000": digits, signs between them that part thousands,
 * a point before the fraction. */
static bool digits_read(double *out, struct rest *rest)
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
    *out = number;
    return digits > 0;
}

/* "2.5m" */
static bool sum_read(struct amount *amount, double *out, struct rest *rest)
{
    bool found = false;
    if (!*amount->currency)
        currency_read(amount, rest);
    if (!digits_read(out, rest))
        return false;
    for (size_t i = 0; i < sizeof factors / sizeof *factors && !found; i++)
        if ((found = take(rest, factors[i].word)))
            *out *= factors[i].factor;
    return true;
}

/* What follows up to the points of a range. */
static size_t unit_length(const struct rest *rest)
{
    size_t length = 0;
    while (rest->at + length < rest->end &&
           !(rest->at[length] == '.' && rest->at + length + 1 < rest->end &&
             rest->at[length + 1] == '.'))
        length++;
    return length;
}

/* Of both ends of a range the unit is the same, and may stand at the last alone. */
static bool unit_take(struct amount *amount, const struct measure *unit)
{
    if (unit->kind == MEASURE_NONE)
        return true;
    if (amount->unit && amount->unit->kind != unit->kind)
        return false;
    amount->unit = unit;
    return true;
}

/* "2.5 million tonnes" */
static bool quantity_read(struct amount *amount, double *out, struct rest *rest)
{
    const struct measure *unit;
    double scale;
    bool minus = take(rest, "-");
    if (!digits_read(out, rest))
        return false;
    size_t length = unit_length(rest);
    if (!measure_read(&scale, &unit, rest->at, length) || !unit_take(amount, unit))
        return false;
    rest->at += length;
    *out = measure_base(unit, *out * (minus ? -scale : scale));
    return true;
}

/* Reads a number and what belongs to it. */
typedef bool number_read(struct amount *amount, double *out, struct rest *rest);

/* The end of a range, which may be missing. */
static bool until_read(struct amount *amount, struct rest *rest,
                       number_read *read)
{
    bool bare = !amount->unit;
    amount->high = INFINITY;
    if (rest->at == rest->end)
        return true;
    if (!read(amount, &amount->high, rest))
        return false;
    if (bare && amount->unit) /* "5..10km" */
        amount->low = measure_base(amount->unit, amount->low);
    return true;
}

/* ">", ">=", "<" or "<=" before one number; or two with points between. */
static bool comparison_read(struct amount *amount, struct rest *rest,
                            number_read *read)
{
    if (take(rest, ".."))
        return rest->at < rest->end && until_read(amount, rest, read) &&
               rest->at == rest->end;
    bool more = take(rest, ">"), less = !more && take(rest, "<");
    bool equal = take(rest, "=");
    double number;
    if (!read(amount, &number, rest))
        return false;
    amount->low = less ? -INFINITY : number;
    amount->high = more ? INFINITY : number;
    amount->above = more && !equal;
    amount->below = less && !equal;
    if (!more && !less && !equal && take(rest, "..") &&
        !until_read(amount, rest, read))
        return false;
    return rest->at == rest->end && amount->low <= amount->high;
}

static bool money_read(struct amount *amount, struct rest *rest)
{
    currency_read(amount, rest);
    return rest->at == rest->end ? *amount->currency
                                 : comparison_read(amount, rest, sum_read);
}

/* "km" alone: any number of them. */
static bool size_read(struct amount *amount, struct rest *rest)
{
    const struct measure *unit;
    double scale;
    size_t length = (size_t)(rest->end - rest->at);
    if (length && measure_read(&scale, &unit, rest->at, length) &&
        unit->kind != MEASURE_NONE && scale == 1) {
        amount->unit = unit;
        return true;
    }
    return comparison_read(amount, rest, quantity_read);
}

static const struct {
    const char *name, *help;
    bool (*read)(struct amount *amount, struct rest *rest);
} rows[] = {
    {"money",
     "money: wants a sum, as in money:>1000000, money:eur>=5m or money:1000..5000",
     money_read},
    {"quantity",
     "quantity: wants a number and a unit, as in quantity:>100km, quantity:5..10% "
     "or quantity:\"2 million tonnes\"",
     size_read},
};

enum { ROWS = sizeof rows / sizeof *rows };

static size_t row_find(const char *name, size_t length)
{
    size_t i = 0;
    while (i < ROWS && (strlen(rows[i].name) != length ||
                        memcmp(rows[i].name, name, length)))
        i++;
    return i;
}

const char *amount_help(const char *name, size_t length)
{
    size_t row = row_find(name, length);
    return row < ROWS ? rows[row].help : NULL;
}

bool amount_read(struct amount *out, const char *name, size_t name_length,
                 const char *text, size_t length)
{
    size_t row = row_find(name, name_length);
    struct rest rest = {text, text + length};
    struct amount amount = {.low = -INFINITY, .high = INFINITY};
    if (row == ROWS || !rows[row].read(&amount, &rest))
        return false;
    amount.name = rows[row].name;
    *out = amount;
    return true;
}

bool amount_takes(const struct amount *amount, dateline_entity_type type)
{
    if (!strcmp(amount->name, "money"))
        return type == DATELINE_MONEY;
    bool share = amount->unit && amount->unit->kind == MEASURE_SHARE;
    return (type == DATELINE_PERCENT && (share || !amount->unit)) ||
           (type == DATELINE_QUANTITY && !share);
}

/* "EUR 5000000" */
static bool sum_value(double *out, const struct amount *amount,
                      const char *value)
{
    struct amount none = {.currency = "..."};
    if (strlen(value) < 5 || value[3] != ' ' ||
        (*amount->currency && memcmp(value, amount->currency, 3)))
        return false;
    struct rest rest = {value + 4, value + strlen(value)};
    return sum_read(&none, out, &rest) && rest.at == rest.end;
}

/* Of "4 to 10 inches" the first number counts; the second is passed over. */
static void range_pass(struct rest *rest)
{
    static const char *const words[] = {"to ", "bis ", "a ", "\u00e0 ", "-",
                                        "\u2013"};
    struct rest second = *rest;
    double number;
    take(&second, " ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (take(&second, words[i]))
            break;
    if (digits_read(&number, &second))
        *rest = second;
}

/* "5.3 million tonnes"; without a unit in the question its number as it is. */
static bool quantity_value(double *out, const struct amount *amount,
                           const char *value)
{
    const struct measure *unit;
    double scale;
    struct rest rest = {value, value + strlen(value)};
    if (!digits_read(out, &rest))
        return false;
    range_pass(&rest);
    if (!measure_read(&scale, &unit, rest.at, (size_t)(rest.end - rest.at)) ||
        (amount->unit && unit->kind != amount->unit->kind))
        return false;
    *out *= scale;
    if (amount->unit)
        *out = measure_base(unit, *out);
    return true;
}

bool amount_holds(const struct amount *amount, const dateline_entity *entity)
{
    double number;
    if (!entity->value || !amount_takes(amount, entity->type) ||
        !(entity->type == DATELINE_MONEY
              ? sum_value(&number, amount, entity->value)
              : quantity_value(&number, amount, entity->value)))
        return false;
    return (amount->above ? number > amount->low : number >= amount->low) &&
           (amount->below ? number < amount->high : number <= amount->high);
}
