/* Units by name; factors are those of the International System, and of the
 * international yard and pound (1959). A ton is taken for a tonne, a gallon for that
 * of the United States, an area or a volume of metres for that of its power. */
#include "query/measure.h"

#include "common/arena.h"
#include "common/text.h"

#include <string.h>

static const struct measure units[] = {
    {MEASURE_NONE, 1, 0, "||"},
    {MEASURE_SHARE, 1, 0, "|%|percent|per cent|pct|prozent|pour cent|procent|por ciento|"},
    {MEASURE_LENGTH, 1e-3, 0, "|mm|millimeter|millimetre|"},
    {MEASURE_LENGTH, 1e-2, 0, "|cm|centimeter|centimetre|"},
    {MEASURE_LENGTH, 1, 0, "|m|meter|metre|metern|metro|metri|متر|"},
    {MEASURE_LENGTH, 1e3, 0,
     "|km|kilometer|kilometre|kilometern|kilometro|chilometri|کیلومتر|كيلومتر|کيلومتر|"},
    {MEASURE_LENGTH, 0.0254, 0, "|in|inch|inche|"},
    {MEASURE_LENGTH, 0.3048, 0, "|ft|foot|feet|"},
    {MEASURE_LENGTH, 0.9144, 0, "|yd|yard|"},
    {MEASURE_LENGTH, 1609.344, 0, "|mi|mile|"},
    {MEASURE_LENGTH, 1852, 0, "|nautical mile|nmi|"},
    {MEASURE_AREA, 1, 0,
     "|m2|sqm|sq m|sq meter|sq metre|square meter|square metre|quadratmeter|"
     "quadratmetern|"},
    {MEASURE_AREA, 1e6, 0,
     "|km2|sq km|square kilometer|square kilometre|quadratkilometer|"
     "quadratkilometern|"},
    {MEASURE_AREA, 0.09290304, 0, "|ft2|sq ft|sq foot|square foot|square feet|"},
    {MEASURE_AREA, 2589988.110336, 0, "|mi2|sq mi|sq mile|square mile|"},
    {MEASURE_AREA, 4046.8564224, 0, "|acre|"},
    {MEASURE_AREA, 1e4, 0, "|ha|hectare|hektar|hectarea|hectaren|ettari|هکتار|هكتار|"},
    {MEASURE_VOLUME, 1, 0, "|m3|cubic meter|cubic metre|"},
    {MEASURE_VOLUME, 0.028316846592, 0, "|ft3|cubic foot|cubic feet|"},
    {MEASURE_VOLUME, 1e-3, 0, "|l|liter|litre|litern|litro|"},
    {MEASURE_VOLUME, 0.003785411784, 0, "|gal|gallon|"},
    {MEASURE_VOLUME, 0.158987294928, 0, "|bbl|barrel|"},
    {MEASURE_MASS, 1e-6, 0, "|mg|milligram|"},
    {MEASURE_MASS, 1e-3, 0, "|g|gram|"},
    {MEASURE_MASS, 1, 0, "|kg|kilo|kilogram|"},
    {MEASURE_MASS, 1e3, 0,
     "|t|ton|tonne|metric ton|tonnen|tonelada|tonnellate|تن|طن|"},
    {MEASURE_MASS, 0.45359237, 0, "|lb|pound|"},
    {MEASURE_MASS, 0.028349523125, 0, "|oz|ounce|"},
    {MEASURE_SPEED, 1, 0, "|km/h|kmh|kph|"},
    {MEASURE_SPEED, 1.609344, 0, "|mph|"},
    {MEASURE_POWER, 1, 0, "|w|watt|"},
    {MEASURE_POWER, 1e3, 0, "|kw|kilowatt|"},
    {MEASURE_POWER, 1e6, 0, "|mw|megawatt|"},
    {MEASURE_POWER, 1e9, 0, "|gw|gigawatt|"},
    {MEASURE_POWER, 1e12, 0, "|tw|terawatt|"},
    {MEASURE_ENERGY, 1e3, 0, "|kwh|kilowatt hour|"},
    {MEASURE_ENERGY, 1e6, 0, "|mwh|megawatt hour|"},
    {MEASURE_ENERGY, 1e9, 0, "|gwh|gigawatt hour|"},
    {MEASURE_ENERGY, 1e12, 0, "|twh|terawatt hour|"},
    {MEASURE_DATA, 1e6, 0, "|mb|"},
    {MEASURE_DATA, 1e9, 0, "|gb|"},
    {MEASURE_DATA, 1e12, 0, "|tb|"},
    {MEASURE_RATE, 1e3, 0, "|kbps|"},
    {MEASURE_RATE, 1e6, 0, "|mbps|"},
    {MEASURE_FREQUENCY, 1, 0, "|hz|"},
    {MEASURE_FREQUENCY, 1e3, 0, "|khz|"},
    {MEASURE_FREQUENCY, 1e6, 0, "|mhz|"},
    {MEASURE_FREQUENCY, 1e9, 0, "|ghz|"},
    {MEASURE_TEMPERATURE, 1, 0, "|c|\u00b0c|\u00b0 c|celsiu|degrees celsiu|"},
    {MEASURE_TEMPERATURE, 5.0 / 9, -32, "|f|\u00b0f|\u00b0 f|fahrenheit|degrees fahrenheit|"},
    {MEASURE_DEGREE, 1, 0, "|\u00b0|degree|grad|"},
    {MEASURE_FLOW, 1, 0, "|bpd|"},
    {MEASURE_MAGNITUDE, 1, 0, "|magnitude|"},
};

/* Words of size, folded, the longest first where one begins another. Letters alone
 * want a unit behind them: "5m" are metres, "5m tonnes" are millions. */
static const struct {
    const char *word;
    double factor;
} scales[] = {
    {"hundred", 1e2},   {"thousand", 1e3}, {"tausend", 1e3},  {"tsd", 1e3},
    {"trillion", 1e12}, {"tn", 1e12},      {"milliarden", 1e9},
    {"milliarde", 1e9}, {"milliards", 1e9}, {"milliard", 1e9}, {"mrd", 1e9},
    {"miliardi", 1e9},  {"miljard", 1e9},  {"bilhoes", 1e9},  {"billion", 1e9},
    {"bln", 1e9},       {"bil", 1e9},      {"bn", 1e9},
    {"mil millones", 1e9}, {"millionen", 1e6}, {"millions", 1e6},
    {"million", 1e6},   {"millones", 1e6}, {"millon", 1e6},   {"milhoes", 1e6},
    {"milhao", 1e6},    {"milioni", 1e6},  {"milione", 1e6},  {"miljoen", 1e6},
    {"mio", 1e6},       {"mln", 1e6},      {"mn", 1e6},       {"mille", 1e3},
    {"mila", 1e3},      {"mill", 1e6},     {"mil", 1e3},      {"duizend", 1e3},
    {"crores", 1e7},    {"crore", 1e7},    {"lakhs", 1e5},    {"lakh", 1e5},
    {"m", 1e6},         {"b", 1e9},        {"k", 1e3},
};

/* Is it between two bars of the row? An "s" at its end may go. */
static bool has_name(const struct measure *unit, const char *name, size_t length)
{
    if (length > 1 && name[length - 1] == 's')
        length--;
    for (const char *at = unit->names; at[1]; at += 1 + strcspn(at + 1, "|"))
        if (strcspn(at + 1, "|") == length && !memcmp(at + 1, name, length))
            return true;
    return false;
}

static const struct measure *unit_find(const char *name, size_t length)
{
    for (size_t i = 1; i < sizeof units / sizeof *units; i++)
        if (has_name(&units[i], name, length))
            return &units[i];
    return NULL;
}

/* A point or a hyphen between words is a space to us: "sq. miles",
 * "million-kilogram". */
static char *name_fold(struct arena *arena, const char *text, size_t length)
{
    char *name = text_fold_marks(arena, text, length);
    for (char *c = name; *c; c++)
        if (*c == '-' || *c == '.')
            *c = ' ';
    return text_squeeze(arena, name, strlen(name), NULL);
}

static bool scale_find(double *scale, const char **rest)
{
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        size_t length = strlen(scales[i].word);
        char after = strncmp(*rest, scales[i].word, length) ? 'x'
                                                            : (*rest)[length];
        if (after && after != ' ')
            continue;
        *scale = scales[i].factor;
        *rest += length + (after == ' ');
        return true;
    }
    return false;
}

bool measure_read(double *scale, const struct measure **unit, const char *text,
               size_t length)
{
    struct arena arena = ARENA_INIT;
    const char *name = name_fold(&arena, text, length);
    *scale = 1;
    *unit = *name ? unit_find(name, strlen(name)) : &units[0];
    if (!*unit && scale_find(scale, &name))
        *unit = *name ? unit_find(name, strlen(name)) : &units[0];
    arena_release(&arena);
    return *unit != NULL;
}

double measure_base(const struct measure *unit, double number)
{
    return (number + unit->offset) * unit->factor;
}
