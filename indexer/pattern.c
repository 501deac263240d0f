/* Text goes in, labels come out of what form alone decides. One walk over the
 * words: a first character or a known first word opens a gate, and only the rows
 * behind open gates are tried, at that very place. So plain prose costs a look
 * at each word, and the order of the rows decides where several would match. */
#include "indexer/pattern.h"

#include "common/date.h"
#include "common/error.h"
#include "common/hash.h"
#include "common/regex.h"
#include "common/text.h"
#include "indexer/day.h"
#include "indexer/money.h"
#include "indexer/relative.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ patterns */

#define NUMBER                                                              \
    "(?:\\d{1,3}(?:[,.'\\x{2019}\\x{a0}\\x{202f} ]\\d{3})+(?:[.,]\\d{1,2})?(?!\\d)" \
    "|\\d+(?:[.,]\\d+)?)"
#define RANGE "(?:\\s?(?:-|\\x{2013}|to|bis|\\x{e0}|a)\\s?" NUMBER ")?"
#define SCALE                                                               \
    "(?:hundred|thousand|million|billion|trillion|mn|mln|bn|bln|bil|tn|mil|mill"   \
    "|crores?|lakhs?|Mio\\.?|Mrd\\.?|Tsd\\.?|Tausend|Millionen|Milliarden|Million" \
    "|Milliarde|mille|millions?|milliards?|millones|mil millones|mill\\x{f3}n" \
    "|milh\\x{f5}es|bilh\\x{f5}es|milh\\x{e3}o|mila|milioni|miliardi|milione"  \
    "|duizend|miljoen|miljard|هزار|میلیون|میلیارد|ألف|مليون|مليار|[mMbBkK])"
#define UNIT                                                                \
    "(?:km/h|kph|mph|km\\x{b2}|km2|sq\\.? ?(?:km|ft|miles?|met(?:er|re)s)|km|cm"\
    "|mm|m\\x{b2}|m\\x{b3}|(?:square |cubic )?(?:kilo|centi|milli)?met(?:re|er)s?"\
    "|(?:square |nautical )?miles?|(?:square |cubic )?f(?:ee|oo)t|ft|inch(?:es)?" \
    "|yards?|acres?|hectares?|ha|kg|mg|(?:kilo|milli)?grams?|tons?|tonnes?"     \
    "|metric tons?|lbs?|ounces?|barrels?|bpd|lit(?:re|er)s?|gallons?|[kMGT]Wh?" \
    "|(?:kilo|mega|giga|tera)watts?(?:[ -]hours?)?|GB|MB|TB|[kM]bps|Hz|[kMG]Hz" \
    "|\\x{b0} ?[CF]|degrees(?: Celsius| Fahrenheit)?|magnitude|Kilometern?"     \
    "|Metern?|Quadratmetern?|Quadratkilometern?|Hektar|Tonnen?|Grad|Litern?"    \
    "|kilom\\x{e8}tres?|m\\x{e8}tres?|hectares?|tonnes?|litres?|kil\\x{f3}metros?" \
    "|metros?|hect\\x{e1}reas?|toneladas?|litros?|chilometri|metri|ettari"      \
    "|tonnellate|hectaren?|ton|کیلومتر|متر|هکتار|تن|كيلومتر|طن)"

/* What opens a row. */
enum gate {
    GATE_DIGIT = 1 << 0,    /* a figure */
    GATE_SYMBOL = 1 << 1,   /* a sign of a currency before a figure */
    GATE_CURRENCY = 1 << 2, /* "US$", "Rs", "EUR" */
    GATE_PLUS = 1 << 3,     /* "+" or "(" before a figure */
    GATE_AT = 1 << 4,       /* "@" before a word, none before it */
    GATE_HASH = 1 << 5,
    GATE_MAIL = 1 << 6,     /* the beginning of what stands before "@" */
    GATE_LINK = 1 << 7,     /* "http", "www" */
    GATE_DOMAIN = 1 << 8,   /* the beginning of what stands before ".com" */
    GATE_DOCUMENT = 1 << 9, /* "Resolution", "CVE", "NYSE": with a capital */
    GATE_CASE = 1 << 10,    /* "case", "Case" */
    GATE_SLASH = 1 << 11,   /* "A/" */
    GATE_COUNT = 1 << 12,   /* "two", before what counts on */
    GATE_SCALE = 1 << 13,   /* "hundreds" */
    GATE_RELATIVE = 1 << 14
};

/* What a row's text is as a value; NULL: it stands for itself. */
typedef const char *normalise(struct arena *arena, const char *text,
                              size_t length);

/* A telephone number as its digits: "+33 (0)1 23" is "+33123". */
static const char *phone_value(struct arena *arena, const char *text,
                               size_t length)
{
    char *value = arena_alloc(arena, length + 1);
    size_t wrote = 0;
    for (size_t i = 0; i < length; i++) {
        if (length - i > 2 && !memcmp(text + i, "(0)", 3))
            i += 2;
        else if ((text[i] >= '0' && text[i] <= '9') || (text[i] == '+' && !wrote))
            value[wrote++] = text[i];
    }
    return value;
}

static const char *lower_value(struct arena *arena, const char *text,
                               size_t length)
{
    char *value = arena_copy(arena, text, length);
    for (size_t i = 0; i < length; i++)
        if (value[i] >= 'A' && value[i] <= 'Z')
            value[i] = (char)(value[i] + 32);
    return value;
}

/* "6,700 km" is "6700 km": the number as a machine writes it. */
static const char *quantity_value(struct arena *arena, const char *text,
                                  size_t length)
{
    char number[32];
    size_t used = number_read(number, sizeof number, text, length);
    while (used < length && (text[used] == ' ' || text[used] == '-'))
        used++;
    return arena_format(arena, "%s %.*s", number, (int)(length - used), text + used);
}

static const char *percent_value(struct arena *arena, const char *text,
                                 size_t length)
{
    char number[32];
    number_read(number, sizeof number, text, length);
    return arena_format(arena, "%s%%", number);
}

struct row {
    dateline_entity_type type;
    unsigned gates;
    unsigned flags;
    const char *pattern; /* group 1, where there is one, is the entity */
    normalise *value;
};

static const struct row rows[] = {
    {DATELINE_EMAIL, GATE_MAIL, 0,
     "[\\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\\p{L}\\d](?:[\\p{L}\\d-]{0,62}[\\p{L}\\d])?\\.)"
     "{1,8}\\p{L}{2,24}(?![\\w@])", lower_value},
    {DATELINE_URL, GATE_LINK, REGEX_CASELESS,
     "(?:https?|ftp)://[^\\s<>\"\\x{201c}\\x{201d}\\x{ab}\\x{bb}{}|\\\\^`]{2,2000}"
     "(?<![.,;:!?)\\]'\\x{2019}\\x{2026}])"
     "|www\\.[\\w-]+(?:\\.[\\w-]+)+(?:/[^\\s<>\"\\x{201c}\\x{201d}{}|\\\\^`]*"
     "(?<![.,;:!?)\\]'\\x{2019}\\x{2026}]))?", NULL},
    {DATELINE_URL, GATE_DOMAIN, REGEX_CASELESS,
     "(?:[a-z\\d](?:[a-z\\d-]*[a-z\\d])?\\.)+[a-z]{2,6}(?![\\w@])"
     "(?:/[^\\s<>\"\\x{201c}\\x{201d}{}|\\\\^`]*(?<![.,;:!?)\\]'\\x{2019}\\x{2026}]))?",
     NULL},
    {DATELINE_HANDLE, GATE_AT, 0, "@[A-Za-z_]\\w{1,30}(?![\\w@])", lower_value},
    {DATELINE_HANDLE, GATE_HASH, 0, "#(?=[\\w]*[\\p{L}_])\\w{2,80}(?!\\w)", lower_value},

    {DATELINE_DOCREF, GATE_DOCUMENT, 0, "CVE-\\d{4}-\\d{4,7}(?!\\d)", NULL},
    {DATELINE_DOCREF, GATE_DOCUMENT, 0,
     "ISIN(?: code)?:? ?[A-Z]{2}[A-Z\\d]{9}\\d(?!\\w)", NULL},
    {DATELINE_DOCREF, GATE_SLASH, 0,
     "[ASE]/(?:[A-Z\\d][A-Z\\d.]*[/-]){0,5}\\d+(?:/\\d+)?(?: ?\\(\\d{4}\\))?(?![\\w/])", NULL},
    {DATELINE_DOCREF, GATE_DOCUMENT | GATE_CASE, 0,
     "(?:(?:UN|UNSC|UNGA|Security Council|General Assembly|House|Senate) )?"
     "[Rr]esolutions? (?:[Nn]o\\.? ?)?(?:[A-Z]{1,4}[./ -])*\\d{1,5}"
     "(?:/[\\w./-]*\\d)?(?: ?\\(\\d{4}\\))?(?!\\w)", NULL},
    {DATELINE_DOCREF, GATE_DOCUMENT, 0,
     "(?:H\\.? ?R(?:es)?\\.?|H\\.? ?Res\\.?|S\\.? ?Res\\.?|S\\.|H\\.? ?Con\\.? ?Res\\.?)"
     " ?\\d{1,5}(?!\\w|[.,]\\d)", NULL},
    {DATELINE_DOCREF, GATE_DOCUMENT | GATE_CASE, 0,
     "(?:[Cc]ase|CASE|[Dd]ocket|[Aa]pplication|[Ff]ile|[Cc]omplaint|[Dd]ecision"
     "|Aktenzeichen|[Aa]rr\\x{ea}t|[Cc]ausa|[Pp]rocesso)(?: [Nn]umber| [Nn]os?\\.?"
     "|:| n\\x{b0})? ?(?:[A-Z\\d]+[-/:.])*[A-Z]*\\d+(?:[-/:]\\w+)+(?!\\w)", NULL},
    {DATELINE_DOCREF, GATE_DOCUMENT, 0,
     "(?:(?:Council|Commission|Implementing|Delegated|Framework) )*(?:Regulation"
     "|Directive|Decision|Recommendation|R\\x{e8}glement|Richtlinie|Verordnung"
     "|Reglamento|Directiva)(?: \\((?:EU|EC|EEC|CFSP|UE|CE|EG)\\))?(?: [Nn]o\\.?| Nr\\.?"
     "| n\\x{b0})? ?\\d{2,4}/\\d{1,4}(?:/(?:EU|EC|EEC|CFSP|UE|CE|EG))?(?!\\w)", NULL},
    {DATELINE_DOCREF, GATE_DOCUMENT, 0,
     "(?:Executive Order|Presidential Decree|Public Law|Proclamation|Act|Bill|Law"
     "|Decree|Order|Ordinance|Proposition|Article|Section|Ley|Decreto|Gesetz|Loi"
     "|Lei)(?: [Nn]o\\.?| Nr\\.?| n[\\x{b0}\\x{ba}]\\.?| [Nn]umber)? ?(?:[A-Z]{1,3}-)?"
     "\\d{1,5}(?:[.,]\\d{3})?(?:[-/.]\\d+)*(?!\\w|[.,]\\d)", NULL},
    {DATELINE_DOCREF, GATE_DOCUMENT, 0,
     "(?:ISO|IEC|EN|DIN|IEEE|RFC|ASTM|NIST SP|BS)(?:/[A-Z]+)* ?\\d{2,6}"
     "(?:[-.:]\\d+)*(?!\\w)", NULL},
    {DATELINE_DOCREF, GATE_DOCUMENT, 0,
     "(?:NYSE|NASDAQ|Nasdaq|LSE|TSX|TSX-?V|CSE|OTC|OTCQB|OTCQX|OTCMKTS|ASX|HKEX|HKG|SEHK"
     "|AMEX|FRA|ETR|FWB|XETRA|Euronext|EPA|AMS|AIM|JSE|BSE|NSE|SGX|KRX|KOSDAQ|TSE|TYO|SIX"
     "|SWX|BIT|BME|BVMF|B3|STO|HEL|OSE|CPH|TASE|Tadawul|ADX|DFM)"
     "(?: (?:American|Arca|GS|GM|CM|Growth|Paris|Amsterdam|Brussels|Global Select"
     "|Capital Market))?: ?\\x{201c}?[A-Z\\d][A-Z\\d.]{0,9}(?!\\w)", NULL},
    {DATELINE_DOCREF, GATE_DIGIT, 0, "10\\.\\d{4,9}/[^\\s\"<>]{2,100}(?<![.,;:)\\]])", NULL},

    {DATELINE_PHONE, GATE_PLUS, 0,
     "\\+\\d{1,3}[\\s.\\x{a0}-]?(?:\\(0?\\d{1,4}\\)[\\s.\\x{a0}-]?)?\\d{1,4}(?:[\\s./\\x{a0}-]?\\d{2,4}){2,5}"
     "(?:,? ?(?:ext|x|Ext)\\.? ?\\d{1,5})?(?![\\w%])", phone_value},
    {DATELINE_PHONE, GATE_PLUS, 0,
     "\\(\\d{2,5}\\)[\\s-]?\\d{3,4}[\\s.-]?\\d{3,5}(?!\\w)", phone_value},
    {DATELINE_PHONE, GATE_DIGIT, 0,
     "(?<![\\d/.,:-])(?:1[-. ])?\\d{3}[-.]\\d{3}[-.]\\d{4}(?!\\w|[-.,]\\d)", phone_value},
    {DATELINE_PHONE, GATE_DIGIT, 0,
     "(?<![\\d/.,:-])(?!\\d{1,2}[/-]\\d{1,2}[/-]\\d{2,4}(?!\\d))0\\d{1,4}(?:[ /\\x{a0}-]\\d{2,8}){1,5}(?!\\w|[-.,/:]\\d)", phone_value},

    {DATELINE_MONEY, GATE_SYMBOL | GATE_CURRENCY, REGEX_CASELESS,
     MONEY_BEFORE "\\s?" NUMBER "(?:\\s?(?:-|\\x{2013}|to)\\s?(?:" MONEY_BEFORE "\\s?)?"
     NUMBER ")?(?:[\\s\\x{a0}-]?" SCALE "(?!\\w))?(?![\\w]|[.,]\\d)", money_value},
    {DATELINE_MONEY, GATE_DIGIT, REGEX_CASELESS,
     NUMBER RANGE "(?:[\\s\\x{a0}-]?(?:plus )?" SCALE ")?(?:[\\s\\x{a0}-]de)?"
     "[\\s\\x{a0}-]?(?:d['\\x{2019}])?" MONEY_AFTER "(?!\\w)", money_value},
    {DATELINE_MONEY, GATE_COUNT | GATE_SCALE, REGEX_CASELESS,
     "(?:(?:tens|hundreds|thousands|dozens|several|a few|one|two|three|four|five|six"
     "|seven|eight|nine|ten|twenty|fifty|half a) ?(?:of )?)*(?:hundreds?|thousands?"
     "|millions?|billions?|trillions?) (?:of )?" MONEY_AFTER "(?!\\w)", NULL},
    {DATELINE_MONEY, GATE_COUNT | GATE_SCALE, REGEX_CASELESS,
     "(?:(?:ein(?:e[rn]?)?|zwei|drei|vier|f\\x{fc}nf|sechs|sieben|acht|neun|zehn"
     "|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|dos|tres|cuatro|cinco"
     "|seis|siete|ocho|nueve|diez|due|tre|quattro|cinque|sei|dois|quatro|twee|drie"
     "|vijf|zes|tien) )?(?:Millionen|Million|Milliarden|Milliarde|millions?"
     "|milliards?|millones|mill\\x{f3}n|milh\\x{f5}es|milioni|miliardi|miljoen"
     "|miljard) (?:de |d['\\x{2019}]|di )?" MONEY_AFTER "(?!\\w)", NULL},
    {DATELINE_PERCENT, GATE_DIGIT, REGEX_CASELESS,
     NUMBER RANGE "(?:[\\s\\x{a0}\\x{202f}-]?[%\\x{66a}]|[\\s\\x{a0}-](?:per ?cent"
     "(?:age points?)?|percentage points?|pct|Prozent(?:punkten?)?|pour cent"
     "|por ?cien(?:to)?|por ?cento|per cento|procent|درصد|در صد|في المئة|بالمئة|في المائة"
     "|بالمائة)(?!\\w))", percent_value},
    {DATELINE_QUANTITY, GATE_DIGIT, 0,
     NUMBER RANGE "(?:[\\s-]" SCALE ")?[\\s\\x{a0}\\x{202f}-]?" UNIT "(?![\\w/])",
     quantity_value},
};
enum { ROWS = sizeof rows / sizeof *rows };

/* First words of rows, folded as text_word folds. */
static const struct {
    unsigned gate;
    const char *words;
} gate_words[] = {
    {GATE_LINK, "http https ftp www"},
    {GATE_DOMAIN, "com org net gov edu info int eu io co tv"},
    {GATE_SLASH, "a s e"},
    {GATE_CASE,
     "resolution resolutions case docket application file complaint decision "
     "arrêt causa processo"},
    {GATE_DOCUMENT,
     "cve isin s un unsc unga security general house senate h hr aktenzeichen "
     "council commission implementing delegated framework regulation directive "
     "recommendation règlement richtlinie verordnung reglamento directiva "
     "executive presidential public proclamation act bill law decree order "
     "ordinance proposition article section ley decreto gesetz loi lei iso iec "
     "en din ieee rfc astm nist bs nyse nasdaq lse tsx tsxv cse otc otcqb otcqx "
     "otcmkts asx hkex hkg sehk amex fra etr fwb xetra euronext epa ams aim jse "
     "bse nse sgx krx kosdaq tse tyo six swx bit bme bvmf b3 sto hel ose cph tase "
     "tadawul adx dfm"},
    {GATE_SCALE,
     "hundred hundreds thousand thousands million millions billion billions "
     "trillion trillions millionen milliarden milliarde milliard milliards "
     "millones millón milioni miliardi milhões miljoen miljard"},
    {GATE_COUNT,
     "tens dozens several few a one two three four five six seven eight nine ten "
     "twenty fifty half ein eine einer einen zwei drei vier fünf sechs sieben "
     "acht neun zehn un une deux trois quatre cinq sept huit neuf dix dos tres "
     "cuatro cinco seis siete ocho nueve diez due tre quattro cinque sei dois "
     "quatro twee drie vijf zes tien"},
};

enum { GATE_SLOTS = 1024 };

struct patterns {
    struct regex *regexes[ROWS];
    struct relatives *relatives;
    struct arena arena;
    struct {
        const char *word;
        unsigned gates;
    } gates[GATE_SLOTS]; /* open addressing */
};

/* --------------------------------------------------------------------- gates */

static size_t gate_slot(const struct patterns *patterns, const char *word)
{
    size_t at = hash_32(HASH_32, word, strlen(word)) % GATE_SLOTS;
    while (patterns->gates[at].word && strcmp(patterns->gates[at].word, word))
        at = (at + 1) % GATE_SLOTS;
    return at;
}

static void gate_add(struct patterns *patterns, unsigned gate, const char *words)
{
    for (const char *at = words; *at;) {
        size_t length = strcspn(at, " ");
        const char *word = arena_copy(&patterns->arena, at, length);
        size_t slot = gate_slot(patterns, word);
        patterns->gates[slot].word = word;
        patterns->gates[slot].gates |= gate;
        at += length + (at[length] == ' ');
    }
}

dateline_status pattern_compile(struct patterns **out, dateline_error *error)
{
    struct patterns *patterns = calloc(1, sizeof *patterns);
    if (!patterns)
        return error_set(error, DATELINE_NO_MEMORY, "no memory for patterns");
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < ROWS && !status; i++)
        status = regex_compile(&patterns->regexes[i], rows[i].pattern,
                               rows[i].flags | REGEX_ANCHORED, error);
    if (!status)
        status = relative_compile(&patterns->relatives, error);
    if (status) {
        pattern_free(patterns);
        return status;
    }
    for (size_t i = 0; i < sizeof gate_words / sizeof *gate_words; i++)
        gate_add(patterns, gate_words[i].gate, gate_words[i].words);
    gate_add(patterns, GATE_CURRENCY, MONEY_WORDS_BEFORE);
    gate_add(patterns, GATE_RELATIVE, relative_words);
    *out = patterns;
    return DATELINE_OK;
}

void pattern_free(struct patterns *patterns)
{
    if (!patterns)
        return;
    for (size_t i = 0; i < ROWS; i++)
        regex_free(patterns->regexes[i]);
    relative_free(patterns->relatives);
    arena_release(&patterns->arena);
    free(patterns);
}

/* -------------------------------------------------------------------- walking */

struct walk {
    struct labels *labels;
    const struct patterns *patterns;
    const char *text;
    size_t length;
    size_t done; /* what lies before is taken */
    const dateline_date *today;
    const char *language;
};

static bool is_mail_byte(unsigned char c)
{
    return (c | 0x20) >= 'a' ? (c | 0x20) <= 'z' || c >= 0x80
                             : (c >= '0' && c <= '9') || strchr(".!#$%&'*+/=?^`{|}~-_", c);
}

/* The byte where the run of such bytes that ends at `at` begins. */
static size_t run_back(const struct walk *walk, size_t at, bool domain)
{
    size_t start = at;
    while (start > walk->done && at - start < 64) {
        unsigned char c = (unsigned char)walk->text[start - 1];
        bool inside = domain ? ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                                   (c >= '0' && c <= '9') || c == '-' || c == '.'
                             : c && is_mail_byte(c);
        if (!inside)
            break;
        start--;
    }
    while (start < at && (strchr(".'`-/", walk->text[start]) ||
                          (walk->text[start] & 0xc0) == 0x80))
        start++;
    return start;
}

/* "a few hundred": what counts on behind a small number. */
static bool counts_on(const struct walk *walk, const struct text_word *word)
{
    struct text_word next;
    size_t at = word->end;
    return text_word(&next, walk->text, walk->length, &at) &&
           next.start - word->end <= 1 &&
           (!strcmp(next.term, "of") ||
            walk->patterns->gates[gate_slot(walk->patterns, next.term)].gates &
                (GATE_COUNT | GATE_SCALE));
}

/* The gates of a word by its neighbours and its capital. */
static unsigned gates_narrow(const struct walk *walk, unsigned gates,
                             const struct text_word *word)
{
    if (!word->capital)
        gates &= ~(unsigned)(GATE_DOCUMENT | GATE_CURRENCY);
    if (gates & GATE_SLASH &&
        (word->end == walk->length || walk->text[word->end] != '/'))
        gates &= ~(unsigned)GATE_SLASH;
    if (gates & GATE_COUNT && !counts_on(walk, word))
        gates &= ~(unsigned)GATE_COUNT;
    return gates;
}

/* The gates of a word; of "Dh2,000" those of "dh". */
static unsigned word_gates(const struct patterns *patterns,
                           const struct text_word *word)
{
    char head[8];
    size_t letters = 0;
    while (letters < sizeof head && (unsigned char)word->term[letters] >= 'a')
        letters++;
    if (!word->digit || !letters || letters == sizeof head)
        return patterns->gates[gate_slot(patterns, word->term)].gates;
    memcpy(head, word->term, letters);
    head[letters] = '\0';
    return patterns->gates[gate_slot(patterns, head)].gates & GATE_CURRENCY;
}

/* The gates that open at a word, and where the rows behind them begin. */
static unsigned gates_open(const struct walk *walk, const struct text_word *word,
                           size_t *start)
{
    const char *text = walk->text;
    size_t at = word->start;
    unsigned gates = word_gates(walk->patterns, word);
    if (gates)
        gates = gates_narrow(walk, gates, word);
    bool digit = text[at] >= '0' && text[at] <= '9';
    char before = at > walk->done ? text[at - 1] : '\0';
    *start = at;
    if (before == '@') {
        size_t mail = run_back(walk, at - 1, false);
        *start = mail < at - 1 ? mail : at - 1;
        return mail < at - 1 ? GATE_MAIL : GATE_AT;
    }
    if (before == '#') {
        *start = at - 1;
        return GATE_HASH;
    }
    if (gates & GATE_DOMAIN) {
        size_t domain = before == '.' ? run_back(walk, at - 1, true) : at - 1;
        if (domain + 1 >= at) {
            gates &= ~(unsigned)GATE_DOMAIN;
        } else {
            *start = domain;
            return GATE_DOMAIN;
        }
    }
    if (digit && (before == '+' || before == '(')) {
        *start = at - 1;
        return GATE_PLUS | (before == '(' ? GATE_DIGIT : 0u);
    }
    if (digit && before) {
        size_t symbol = money_symbol(text, walk->done, at);
        if (symbol < at) {
            *start = symbol;
            return GATE_SYMBOL;
        }
    }
    return gates | (digit || text_is_digit(text_decode(text + at, walk->length - at,
                                                      &(size_t){0})) ? GATE_DIGIT : 0u);
}

/* Tries the rows behind the gates at `start`; true when one matched. */
static bool rows_try(struct walk *walk, unsigned gates, size_t start)
{
    for (size_t i = 0; i < ROWS; i++) {
        struct regex_match match;
        if (!(rows[i].gates & gates) ||
            !regex_at(&match, walk->patterns->regexes[i], walk->text, walk->length,
                      start) ||
            match.end <= start)
            continue;
        struct label *label = label_add(walk->labels, match.start, match.end,
                                        rows[i].type, DATELINE_BY_PATTERN);
        if (rows[i].value)
            label->value = rows[i].value(walk->labels->arena,
                                         walk->text + match.start,
                                         match.end - match.start);
        walk->done = match.end;
        return true;
    }
    return false;
}

void pattern_find(struct labels *labels, const struct patterns *patterns,
                  const char *text, size_t length, const dateline_date *today,
                  const char *language)
{
    struct walk walk = {.labels = labels, .patterns = patterns, .text = text,
                        .length = length, .today = today, .language = language};
    struct text_word word;
    size_t tries = 0;
    for (size_t at = 0; !labels_full(labels) && tries < LABELS_TRIES &&
                        text_word(&word, text, length, &at);) {
        size_t start;
        unsigned gates = gates_open(&walk, &word, &start);
        if (!gates)
            continue;
        tries++;
        bool found = rows_try(&walk, gates, start);
        if (!found && start < word.start && gates == (GATE_PLUS | GATE_DIGIT))
            found = rows_try(&walk, GATE_DIGIT, word.start);
        if (!found && gates & GATE_RELATIVE && today &&
            today->precision == DATELINE_DAY) {
            size_t end = relative_find(labels, patterns->relatives, text, length,
                                       word.start, today, language);
            found = end > 0;
            walk.done = found ? end : walk.done;
        }
        if (found && at < walk.done)
            at = walk.done;
    }
    day_find(labels, text, length, today, language);
}
