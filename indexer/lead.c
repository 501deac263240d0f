/* A body goes in, what its opening says before the first sentence comes out:
 *
 *   PARIS, FRANCE, October 17, 2021 /EINPresswire.com/ -- The council
 *   place          date             wire               dash sentence
 *
 * The parts come in any order and any of them may lack, so a line is read part
 * by part for as long as there is one; what stood before the last dash is the
 * opening, if it says enough to be one. An ordinary sentence with a dash, a
 * bracket or a day in it says too little. */
#include "indexer/lead.h"

#include "common/date.h"
#include "common/language.h"
#include "common/text.h"

#include <string.h>

enum {
    LINES = 14,         /* looked at, empty ones not counted */
    NEAR_LINES = 6,     /* where a place alone is enough */
    HEAD_BYTES = 320,   /* an opening is not longer */
    PLACE_WORDS = 7,    /* between two marks */
    PLACE_BYTES = 100,
    BRACKET_BYTES = 90,
    PARTS = 16
};

/* A line being read. */
struct line {
    const char *text; /* the whole body */
    size_t start, end; /* of the line */
    size_t at;
    const char *language;
};

enum dash { NO_DASH, HYPHEN, LONG_DASH };

/* What a line says so far. */
struct opening {
    dateline_span place, wire;
    dateline_date date;
    bool dated;        /* a day is there, maybe without its year */
    bool upper;        /* the place is in capitals */
    bool bracketed;    /* the place is in brackets */
    bool city;         /* the place is known to stand alone */
    bool known;        /* the wire is */
    bool marked;       /* the wire is between marks */
    bool parts;        /* the place has a second part behind a comma, */
    bool state;        /* and that is a state or province */
    enum dash dash;
    size_t end;        /* where the sentence begins */
};

/* -------------------------------------------------------------- characters */

static uint32_t line_char(const struct line *line, size_t at, size_t *size)
{
    *size = 0;
    return at < line->end ? text_decode(line->text + at, line->end - at, size) : 0;
}

static uint32_t line_only(const struct line *line, size_t at)
{
    size_t size;
    return line_char(line, at, &size);
}

static size_t line_skip_space(const struct line *line, size_t at)
{
    for (size_t size; at < line->end; at += size) {
        uint32_t c = line_char(line, at, &size);
        if (!text_is_space(c) && !text_is_invisible(c))
            break;
    }
    return at;
}

static bool is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static bool is_comma(uint32_t c)
{
    return c == ',' || c == 0x60c || c == 0x3001 || c == 0xff0c;
}

static bool has_case(uint32_t c)
{
    return text_is_letter(c) && c < 0x590; /* Latin, Greek, Cyrillic, Armenian */
}

/* ------------------------------------------------------------------- words */

/* Lower-case letters and digits of the span; false when it does not fit. */
static bool fold_span(char out[TEXT_TERM_BYTES], const struct line *line,
                      size_t start, size_t end)
{
    struct text_word word;
    size_t wrote = 0;
    for (size_t at = start; text_word(&word, line->text, end, &at);) {
        bool space = wrote && !word.joined;
        if (wrote + space + word.length >= TEXT_TERM_BYTES)
            return false;
        if (space)
            out[wrote++] = ' ';
        memcpy(out + wrote, word.term, word.length);
        wrote += word.length;
    }
    out[wrote] = '\0';
    return wrote > 0;
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (!strcmp(word, *words))
            return true;
    return false;
}

/* Agencies and wires, folded; one may go on ("prnewswire usnewswire"). */
static const char *const wires[] = {
    "ap", "associated press", "the associated press", "reuters", "thomson reuters",
    "afp", "upi", "bloomberg", "cnn", "cnn business", "dpa", "ots", "apa", "sda",
    "keystone sda", "ats", "ansa", "adnkronos", "agi", "askanews", "efe",
    "europa press", "europapress", "lusa", "agencia brasil", "xinhua", "tass",
    "itar tass", "interfax", "ria novosti", "ria", "regnum", "unian", "ukrinform",
    "irna", "isna", "mna", "mehr", "fars", "tasnim", "kyodo", "jiji", "yonhap",
    "bernama", "antara", "pti", "ani", "ians", "belga", "anp", "novum", "tt", "ntb",
    "ritzau", "stt", "lehtikuva", "pap", "ctk", "čtk", "tasr", "sita", "mti",
    "agerpres", "mediafax", "hina", "tanjug", "beta", "fena", "bta", "ana", "ana mpa",
    "aa", "anadolu", "dha", "iha", "wam", "spa", "mena", "sana", "petra", "kuna",
    "qna", "bna", "una", "map", "aps", "tap", "nna", "business wire", "businesswire",
    "pr newswire", "prnewswire", "globe newswire", "globenewswire", "marketwired",
    "marketwire", "market wired", "accesswire", "access newswire", "einpresswire",
    "einpresswire com", "ein presswire", "newsfile", "newsfile corp", "cnw",
    "cnw group", "cnw telbec", "newswire", "cision", "news aktuell", "prweb",
    "pr com", "openpr", "presseportal", "actusnews", "actus news", "dow jones",
    "ips", "rfe rl", "voa", "the canadian press", "canadian press", "aap",
    "notimex", "telam", "télam", "prensa latina", "asianet", "medianet", "nepa",
    "business wire india", "send2press", "send2press newswire", "realwire", "gnw",
    "zawya", "aetoswire", "acn newswire", "jcn newswire", "media outreach",
    "sputnik", "thx news", "states newsroom", "pressenza", "inter press service",
    "ايرنا", "ايسنا", "مهر", "فارس", "تسنيم", "رويترز", "ا ف ب", "د ب ا", "وام",
    "واس", "سانا", "ا ش ا", "وكالات", "الاناضول", "тасс", "интерфакс", "риа новости",
    "риа", "унiан", "уніан", "укрінформ", NULL,
};

static bool wire_is_known(const struct line *line, dateline_span span)
{
    char word[TEXT_TERM_BYTES];
    if (!fold_span(word, line, span.start, span.end))
        return false;
    if (is_one_of(word, wires))
        return true;
    for (const char *const *wire = wires; *wire; wire++) {
        size_t length = strlen(*wire);
        if (length > 4 && !strncmp(word, *wire, length) && word[length] == ' ')
            return true;
    }
    return false;
}

/* Cities that press offices write without a country, and so are believed
 * without capitals and without a day (after the Associated Press's list). */
static const char *const cities[] = {
    "amsterdam", "ankara", "athen", "athens", "atlanta", "baghdad", "bangkok",
    "barcelona", "basel", "beijing", "beirut", "belgrad", "belgrade", "berlin", "bern",
    "bogota", "bogotá", "bonn", "boston", "bratislava", "bruxelles", "brussels",
    "brüssel", "bucharest", "budapest", "buenos aires", "bukarest", "cairo", "caracas",
    "baltimore", "charlotte", "chicago", "cincinnati", "cleveland", "cologne", "copenhagen", "dakar", "dallas", "damascus", "delhi",
    "denver", "detroit", "honolulu", "indianapolis", "las vegas", "milwaukee",
    "new orleans", "oklahoma city", "pittsburgh", "st louis", "salt lake city",
    "san antonio", "san diego", "tampa", "vancouver", "calgary", "winnipeg",
    "birmingham", "manchester", "glasgow", "belfast", "cardiff", "liverpool",
    "bremen", "dresden", "hannover", "nürnberg", "dortmund", "essen", "kiel", "mainz",
    "wiesbaden", "potsdam", "magdeburg", "erfurt", "schwerin", "saarbrücken", "graz",
    "linz", "salzburg", "innsbruck", "bordeaux", "lille", "nantes", "nice", "toulouse",
    "napoli", "torino", "firenze", "bologna", "venezia", "genova", "palermo",
    "valencia", "sevilla", "bilbao", "zaragoza", "málaga", "porto", "brasília",
    "kraków", "gdańsk", "wrocław", "brno", "ljubljana", "reykjavik", "tirana", "dhaka", "doha", "dubai", "dublin", "düsseldorf", "edinburgh",
    "frankfurt", "frankfurt am main", "geneva", "genf", "genève", "göteborg", "hamburg",
    "hanoi", "havana", "helsinki", "hong kong", "houston", "islamabad", "istanbul",
    "jakarta", "jerusalem", "johannesburg", "kabul", "karachi", "kairo", "kyiv", "kiew",
    "kopenhagen", "köln", "københavn", "lagos", "lausanne", "leipzig", "lima", "lisboa",
    "lisbon", "lissabon", "london", "londres", "los angeles", "luxembourg", "luxemburg",
    "lyon", "madrid", "mailand", "manila", "marseille", "melbourne", "mexico city",
    "miami", "milan", "milano", "minneapolis", "minsk", "montreal", "montréal",
    "moscow", "moskau", "moscou", "mumbai", "munich", "münchen", "nairobi", "new delhi",
    "new york", "nicosia", "oslo", "ottawa", "paris", "philadelphia", "phoenix",
    "prag", "prague", "praha", "quebec", "québec", "rabat", "riga", "rio de janeiro",
    "riyadh", "rom", "roma", "rome", "rotterdam", "san francisco", "santiago",
    "sao paulo", "são paulo", "sarajevo", "seattle", "seoul", "shanghai", "singapore",
    "skopje", "sofia", "stockholm", "strasbourg", "straßburg", "strassburg", "stuttgart",
    "sydney", "taipei", "tallinn", "tbilisi", "tehran", "teheran", "tel aviv",
    "the hague", "den haag", "tirana", "tokyo", "toronto", "tripoli", "tunis", "turin",
    "vaduz", "valletta", "vienna", "vilnius", "warsaw", "warschau", "warszawa",
    "washington", "wien", "yerevan", "zagreb", "zurich", "zürich", "москва", "киев",
    "київ", "минск", "санкт петербург", "تهران", "القاهره", "بيروت", "دمشق", "بغداد",
    "الرياض", "دبي", "باريس", "لندن", "واشنطن", "پاريس", NULL,
};

/* States and provinces behind a town, in full, as the post and as the Associated
 * Press shorten them. */
static const char *const states[] = {
    "al", "ala", "alabama", "alaska", "ak", "ariz", "arizona", "az", "ark", "arkansas",
    "ar", "calif", "california", "ca", "colo", "colorado", "co", "conn", "connecticut",
    "ct", "del", "delaware", "de", "fla", "florida", "fl", "ga", "georgia", "hawaii",
    "hi", "idaho", "id", "ill", "illinois", "il", "ind", "indiana", "in", "iowa", "ia",
    "kan", "kansas", "ks", "ky", "kentucky", "la", "louisiana", "maine", "me", "md",
    "maryland", "mass", "massachusetts", "ma", "mich", "michigan", "mi", "minn",
    "minnesota", "mn", "miss", "mississippi", "ms", "mo", "missouri", "mont",
    "montana", "mt", "neb", "nebraska", "ne", "nev", "nevada", "nv", "nh",
    "new hampshire", "nj", "new jersey", "nm", "new mexico", "ny", "new york", "nc",
    "north carolina", "nd", "north dakota", "ohio", "oh", "okla", "oklahoma", "ok",
    "ore", "oregon", "or", "pa", "pennsylvania", "ri", "rhode island", "sc",
    "south carolina", "sd", "south dakota", "tenn", "tennessee", "tn", "texas", "tx",
    "utah", "ut", "vt", "vermont", "va", "virginia", "wash", "washington", "wa", "wva",
    "west virginia", "wv", "wis", "wisconsin", "wi", "wyo", "wyoming", "wy", "dc",
    "ontario", "ont", "on", "quebec", "que", "qc", "british columbia", "bc", "alberta",
    "alta", "ab", "manitoba", "man", "mb", "saskatchewan", "sask", "sk",
    "nova scotia", "ns", "nb", "new brunswick", "uk", "usa", "england", "scotland",
    "wales", "ireland", "france", "germany", "italy", "spain", "netherlands",
    "belgium", "switzerland", "austria", "australia", "canada", "india", "china",
    "japan", "israel", "deutschland", "schweiz", "österreich", NULL,
};

/* What stands in capitals before a dash and is no place. */
static const char *const labels[] = {
    "update", "updated", "news", "breaking", "breaking news", "exclusive", "analysis",
    "opinion", "video", "watch", "photo", "photos", "press release", "news release",
    "media release", "statement", "note", "correction", "live", "interview",
    "editorial", "comment", "review", "summary", "background", "read more", "related",
    "tags", "share", "published", "posted", "last updated", "date", "contact", "source",
    "editor s note", "editors note", "important", "warning", "attention", "notice",
    "faq", "q a", "recap", "preview", "report", "feature", "profile", "fact check",
    "pressemitteilung", "communiqué", "communiqué de presse", "comunicado",
    "comunicato stampa", "eilmeldung", "kommentar", "meldung", "advertisement",
    "highlights", "key points", "tl dr", "today", "yesterday", "tomorrow", "new",
    "deadline", "reminder", "recall", "corrected", "alert", "media advisory", NULL,
};

/* What may stand before the opening, on its line or on lines of its own. */
static const char *const headings[] = {
    "for immediate release", "immediate release", "embargoed until", "embargo",
    "press release", "news release", "media release", "press statement", "statement",
    "media advisory", "pressemitteilung", "presseinformation", "medienmitteilung",
    "pressemeldung", "zur sofortigen veröffentlichung", "sperrfrist",
    "communiqué de presse", "communiqué", "pour diffusion immédiate",
    "pour publication immédiate", "nota de prensa", "comunicado de prensa",
    "para publicación inmediata", "comunicado", "comunicado de imprensa",
    "nota à imprensa", "nota de imprensa", "para divulgação imediata",
    "comunicato stampa", "persbericht", "pressmeddelande", "pressemelding",
    "pressemeddelelse", "lehdistötiedote", "tiedote", "komunikat prasowy",
    "informacja prasowa", "tisková zpráva", "basın bülteni", "basın açıklaması",
    "пресс релиз", "пресреліз", "بيان صحفي", "بيان صحافي", "اطلاعيه مطبوعاتي", NULL,
};

/* ------------------------------------------------------------------- parts */

/* "--", "—", " - ": moves past it; a hyphen within a word is none. */
static enum dash read_dash(struct line *line)
{
    size_t size, at = line->at;
    uint32_t c = line_char(line, at, &size);
    if (!is_dash(c))
        return NO_DASH;
    bool hyphen = c == '-' || c == 0x2010 || c == 0x2011;
    size_t next = at + size, count = 1;
    while (is_dash(line_char(line, next, &size))) {
        next += size;
        count++;
    }
    uint32_t before = at > line->start ? (unsigned char)line->text[at - 1] : ' ';
    bool apart = text_is_space(before) || before == ')' || before == '/' || before == ']';
    bool spaced = apart || text_is_space(line_only(line, next)) || before == '.';
    if (hyphen && count == 1 && !spaced)
        return NO_DASH;
    line->at = line_skip_space(line, next);
    return hyphen && count == 1 ? HYPHEN : LONG_DASH;
}

/* What may stand between a comma and a day. */
static const char *const day_words[] = {
    "le", "am", "den", "on", "this", "el", "a", "il", "dne", "lundi", "em", "dia",
    "ce", "der", "d", "the", "i", "op", NULL,
};

static bool is_weekday(const char *word)
{
    size_t count;
    const struct language *rows = language_all(&count);
    size_t length = strlen(word);
    for (size_t i = 0; i < count; i++)
        for (const char *at = rows[i].weekdays; length > 2 && *at;) {
            size_t n = strcspn(at, " ");
            if (n == length && !memcmp(at, word, n))
                return true;
            at += n + (at[n] == ' ');
        }
    return false;
}

static size_t skip_day_words(const struct line *line, size_t at)
{
    struct text_word word;
    for (int n = 0; n < 3; n++) {
        size_t next = at;
        if (!text_word(&word, line->text, line->end, &next) || word.start != at ||
            !(is_weekday(word.term) || is_one_of(word.term, day_words)))
            break;
        size_t size;
        uint32_t c = line_char(line, next, &size);
        at = line_skip_space(line, is_comma(c) || c == '.' || c == '\'' ? next + size : next);
    }
    return at;
}

static bool is_day_figure(const struct text_word *word)
{
    if (!word->digit || word->length > 4)
        return false;
    int value = 0, digits = 0;
    for (const char *c = word->term; *c >= '0' && *c <= '9'; c++, digits++)
        value = 10 * value + *c - '0';
    return digits && digits < 3 && value >= 1 && value <= 31;
}

/* "Oct. 17", "17 OTT", "10月17日" without a year: where it ends, or 0. */
static size_t day_without_year(const struct line *line, size_t at)
{
    struct text_word first, second;
    size_t next = at;
    if (!text_word(&first, line->text, line->end, &next) || first.start != at)
        return 0;
    if (!text_word(&second, line->text, line->end, &next))
        return 0;
    if (!strcmp(second.term, "de") &&
        !text_word(&second, line->text, line->end, &next))
        return 0;
    const struct language *row = language_find(line->language);
    const struct text_word *name = is_day_figure(&first) ? &second : &first;
    const struct text_word *day = name == &first ? &second : &first;
    bool month = language_month(row, name->term) || language_month(NULL, name->term);
    if (!is_day_figure(day) || !month || second.start - first.end > 6)
        return 0;
    return line_only(line, next) == '.' ? next + 1 : next;
}

/* "2021 r.", "2021 г.", "2021 року": the word for a year behind it. */
static size_t skip_year_word(const struct line *line, size_t at)
{
    static const char *const years[] = {"r", "roku", "г", "года", "р", "року", "m", "г в", NULL};
    struct text_word word;
    size_t next = at;
    if (!text_word(&word, line->text, line->end, &next) ||
        word.start != line_skip_space(line, at) || !is_one_of(word.term, years))
        return at;
    return line_only(line, next) == '.' ? next + 1 : next;
}

/* A day, weekday and small words before it. With a year it goes to the opening;
 * without one only `dated` tells. */
static bool read_date(struct opening *opening, struct arena *arena, struct line *line)
{
    if (opening->dated)
        return false;
    size_t at = skip_day_words(line, line->at), start, end, look = at;
    size_t window = at + 64 < line->end ? text_boundary(line->text, line->end, at + 64)
                                        : line->end;
    const struct language *row = language_find(line->language);
    dateline_date date = {0};
    bool found = date_find(&date, arena, line->text, window, &look, &start, &end,
                           row && !row->day_first ? DATE_MONTH_FIRST : DATE_DAY_FIRST,
                           NULL) &&
                 start == at && date.precision == DATELINE_DAY;
    size_t short_end = found ? 0 : day_without_year(line, at);
    if (!found && !short_end)
        return false;
    opening->dated = true;
    if (found)
        opening->date = date;
    line->at = skip_year_word(line, found ? look : short_end);
    return true;
}

/* --------------------------------------------------------------- the place */

/* Small words within a name of a place. */
static const char *const particles[] = {
    "de", "la", "le", "les", "du", "des", "del", "da", "do", "dos", "of", "the", "am",
    "an", "der", "den", "bei", "im", "in", "ob", "sur", "sous", "en", "upon", "al",
    "el", "y", "und", "et", "and", "e", "i", "og", "och", "na", "nad", "near", "près",
    "di", "dell", "lez", "les", "an", NULL,
};

/* The end of the word at `at`, hyphens, apostrophes and points of short forms
 * inside; 0 when no word begins there. */
static size_t place_word_end(const struct line *line, size_t at)
{
    size_t size, begin = at;
    for (; at < line->end; at += size) {
        uint32_t c = line_char(line, at, &size), next = line_only(line, at + size);
        if (text_is_letter(c))
            continue;
        bool inside = at > begin && text_is_letter(next) &&
                      (c == '-' || c == '\'' || c == 0x2019 || c == '.' || c == 0x200c);
        if (!inside)
            break;
    }
    return at > begin ? at : 0;
}

/* "Oct. 17" is a day, "March, Cambridgeshire" a town. */
static bool figure_follows(const struct line *line, size_t at)
{
    if (line_only(line, at) == '.')
        at++;
    return text_is_digit(line_only(line, line_skip_space(line, at)));
}

static bool is_place_word(const struct line *line, size_t start, size_t end)
{
    uint32_t c = line_only(line, start);
    char word[TEXT_TERM_BYTES];
    if (!fold_span(word, line, start, end) || is_weekday(word))
        return false;
    if (has_case(c) && !text_is_upper(c))
        return is_one_of(word, particles);
    return !language_month(NULL, word) || !figure_follows(line, end);
}

/* "BRUSSELS/PARIS" is two places, "PARIS/PRNewswire/" a place and a wire. */
static bool stroke_joins(const struct line *line, size_t at)
{
    if (line_only(line, at) != '/' || !text_is_upper(line_only(line, at + 1)))
        return false;
    size_t length = line->end - at - 1 < 40 ? line->end - at - 1 : 40;
    return !memchr(line->text + at + 1, '/', length);
}

/* One part of a place, up to a comma or another mark: "SAN FRANCISCO". Points
 * of short forms belong to it. Scripts without capitals have three words. */
static size_t place_part(const struct line *line, size_t at)
{
    size_t last = 0;
    for (int words = 0; words < PLACE_WORDS; words++) {
        size_t end = place_word_end(line, at);
        if (!end || !is_place_word(line, at, end))
            return last;
        uint32_t first = line_only(line, at);
        bool cased = has_case(first), particle = cased && !text_is_upper(first);
        if (!cased && words == 3)
            return 0;
        if (line_only(line, end) == '.' && end - at <= 8)
            end++;
        if (particle && !last)
            return 0;
        last = particle ? last : end;
        at = stroke_joins(line, end) ? end + 1 : line_skip_space(line, end);
        if (at == end)
            return last;
    }
    return 0;
}

static bool all_upper(const struct line *line, size_t start, size_t end)
{
    size_t size, letters = 0;
    for (size_t at = start; at < end; at += size) {
        uint32_t c = line_char(line, at, &size);
        letters += text_is_upper(c);
        if (text_is_letter(c) && !text_is_upper(c))
            return false;
    }
    return letters > 2;
}

static void take_place(struct opening *opening, const struct line *line, size_t start,
                       size_t part, size_t end)
{
    char word[TEXT_TERM_BYTES];
    opening->place = (dateline_span){start, end};
    opening->upper = all_upper(line, start, part);
    opening->parts = end > part;
    opening->state = end > part && fold_span(word, line, part, end) && is_one_of(word, states);
    const char *stroke = memchr(line->text + start, '/', part - start);
    size_t first = stroke ? (size_t)(stroke - line->text) : part;
    opening->city = fold_span(word, line, start, first) && is_one_of(word, cities);
}

/* An everyday word or a label at its beginning is no place. */
static bool is_refused(const struct line *line, size_t start, size_t end)
{
    struct text_word first;
    char word[TEXT_TERM_BYTES];
    size_t at = start;
    if (!fold_span(word, line, start, end) || is_one_of(word, labels) ||
        is_one_of(word, headings) || !text_word(&first, line->text, end, &at))
        return true;
    if (!strcmp(first.term, "the"))
        return strcmp(word, "the hague");
    if (first.end < end && text_is_letter(line_only(line, first.end)))
        return false;
    /* "LA PAZ", "Den Haag", "SÃO PAULO" */
    bool name = is_one_of(first.term, particles) || is_one_of(word, cities) ||
                all_upper(line, start, end);
    return !name && (language_is_stop_word(language_find(line->language), first.term) ||
                        language_is_stop_word(language_find("en"), first.term));
}

/* A place with all its parts, if a mark or a figure stands behind it. */
static bool read_place(struct opening *opening, struct line *line)
{
    size_t start = line->at, part, end, size;
    if (opening->place.end || !(part = place_part(line, start)) ||
        is_refused(line, start, part))
        return false;
    end = part;
    for (int parts = 1; parts < 4 && is_comma(line_char(line, end, &size)); parts++) {
        size_t next = place_part(line, line_skip_space(line, end + size));
        if (!next)
            break;
        end = next;
    }
    if (end - start > PLACE_BYTES)
        return false;
    take_place(opening, line, start, part, end);
    line->at = end;
    return true;
}

/* ------------------------------------------------------ brackets and strokes */

/* A mark that only parts: a comma, the point behind a day, a stroke upright. */
static bool read_mark(struct opening *opening, struct line *line)
{
    size_t size;
    uint32_t c = line_char(line, line->at, &size);
    bool after = opening->dated || opening->wire.end;
    if (!is_comma(c) && c != '|' && !(after && (c == '.' || c == ':' || c == ';')))
        return false;
    line->at = line_skip_space(line, line->at + size);
    if (c == ':' || (c == '.' && opening->known))
        opening->dash = opening->dash ? opening->dash : HYPHEN;
    return true;
}

/* What is between a bracket at line->at and its partner; moves past them. */
static bool read_bracket(dateline_span *inside, struct line *line)
{
    static const uint32_t pairs[][2] = {
        {'(', ')'}, {'[', ']'}, {'/', '/'}, {0xff08, 0xff09}, {0x3010, 0x3011},
        {0xff3b, 0xff3d},
    };
    size_t size, at = line->at;
    uint32_t open = line_char(line, at, &size), close = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (size && open == pairs[i][0])
            close = pairs[i][1];
    inside->start = at += size;
    for (; close && at < line->end && at - inside->start < BRACKET_BYTES; at += size) {
        if (line_char(line, at, &size) != close)
            continue;
        inside->end = at;
        line->at = at + size;
        return at > inside->start;
    }
    return false;
}

/* The inside of a bracket as a line of its own. */
static struct line line_inside(const struct line *line, dateline_span inside)
{
    struct line sub = *line;
    sub.start = inside.start;
    sub.end = inside.end;
    sub.at = line_skip_space(&sub, inside.start);
    return sub;
}

/* "Newsfile Corp. - October 17, 2021": a wire and its day. */
static void take_wire(struct opening *opening, struct arena *arena,
                      const struct line *line, dateline_span inside)
{
    struct line sub = line_inside(line, inside);
    for (; sub.at < sub.end; sub.at++)
        if (is_dash((unsigned char)sub.text[sub.at])) {
            size_t dash = sub.at;
            if (read_dash(&sub) && read_date(opening, arena, &sub)) {
                inside.end = dash;
                break;
            }
            sub.at = dash;
        }
    opening->wire = inside;
    opening->marked = true;
    opening->known = wire_is_known(line, inside);
}

/* A day, a place, or a wire in brackets or between strokes. */
static bool read_marked(struct opening *opening, struct arena *arena, struct line *line)
{
    dateline_span inside;
    bool stroke = line_only(line, line->at) == '/';
    if (!read_bracket(&inside, line))
        return false;
    struct line sub = line_inside(line, inside);
    if (!stroke && read_date(opening, arena, &sub))
        return line_skip_space(&sub, sub.at) == sub.end;
    if (!stroke && !opening->place.end && !opening->wire.end &&
        !wire_is_known(line, inside)) {
        if (!read_place(opening, &sub))
            return false;
        opening->bracketed = true;
        return sub.at == sub.end ||
               (read_mark(opening, &sub) && read_date(opening, arena, &sub));
    }
    if (opening->wire.end || memchr(line->text + inside.start, ':', inside.end - inside.start))
        return false;
    take_wire(opening, arena, line, inside);
    return true;
}

/* A wire's name without marks: "TEHRAN - IRNA - ". */
static bool read_wire(struct opening *opening, struct line *line)
{
    size_t end = line->at;
    if (opening->wire.end)
        return false;
    for (int words = 0; words < 3; words++) {
        size_t word = place_word_end(line, end);
        if (!word)
            break;
        dateline_span span = {line->at, word};
        struct line after = *line;
        after.at = line_skip_space(line, word);
        if (wire_is_known(line, span) && read_dash(&after)) {
            opening->wire = span;
            opening->known = true;
            line->at = line_skip_space(line, word);
            return true;
        }
        end = line_skip_space(line, word);
    }
    return false;
}

/* ----------------------------------------------------------- the whole line */

/* Does a sentence stand at `at`: something with a small letter in it, or of a
 * script without capitals? */
static bool sentence_follows(const struct line *line, size_t at)
{
    size_t size, letters = 0;
    for (; at < line->end && letters < 200; at += size) {
        uint32_t c = line_char(line, at, &size);
        letters += text_is_letter(c);
        if (letters && (!has_case(c) ? text_is_letter(c) : !text_is_upper(c)) && letters > 1)
            return true;
    }
    return false;
}

/* A capital, a figure, a quote, or a letter of a script that has none. */
static bool begins_sentence(const struct line *line, size_t at)
{
    uint32_t c = line_only(line, at);
    return !has_case(c) || text_is_upper(c);
}

/* A second dash nearby makes the first one a bracket: "NATO - the alliance -". */
static bool dash_returns(const struct line *line, size_t at)
{
    struct line rest = *line;
    for (size_t stop = at + 150; at < rest.end && at < stop; at++) {
        rest.at = at;
        if ((unsigned char)rest.text[at] == '.')
            return false;
        if (is_dash(line_only(&rest, at)) && (at + 1 < rest.end) && read_dash(&rest))
            return true;
    }
    return false;
}

static size_t words_in(const struct line *line, dateline_span span)
{
    return text_count(line->text + span.start, span.end - span.start);
}

/* Is it enough? A day or a known wire beside the place always is; a place alone
 * must be in brackets, in capitals or known, and a sentence must follow. */
static bool is_enough(const struct opening *o, const struct line *line)
{
    bool begins = begins_sentence(line, o->end), place = o->place.end;
    if (!sentence_follows(line, o->end))
        return false;
    if (o->known)
        return o->dash || o->dated || (place && begins);
    if (!o->dash && !(o->marked && o->dated && place))
        return false;
    if (o->dated)
        return o->upper || o->marked || o->bracketed || begins;
    if (o->marked && place)
        return o->upper && begins;
    if (!place || !begins || dash_returns(line, o->end))
        return false;
    if (o->bracketed || o->city || o->state)
        return true;
    /* a short word in capitals before a hyphen may be an acronym, a long run of
     * them a headline */
    return o->upper && words_in(line, o->place) <= 3 &&
           (o->dash == LONG_DASH || o->parts || o->place.end - o->place.start > 4);
}

/* Reads parts as long as there are; what stood before the last dash counts. */
static bool read_opening(struct opening *out, struct arena *arena, struct line *line)
{
    struct opening now = {0};
    bool found = false;
    for (int parts = 0; parts < PARTS && line->at < line->end; parts++) {
        if (line->at - line->start > HEAD_BYTES)
            break;
        enum dash dash = parts ? read_dash(line) : NO_DASH;
        if (dash > now.dash)
            now.dash = dash;
        if (!dash && !read_mark(&now, line) && !read_wire(&now, line) &&
            !read_date(&now, arena, line) && !read_marked(&now, arena, line) &&
            !read_place(&now, line))
            break;
        line->at = line_skip_space(line, line->at);
        now.end = line->at;
        if (line->at < line->end && is_enough(&now, line)) {
            *out = now;
            found = true;
        }
    }
    /* a line of its own: "Berlin, 17. Oktober 2021"; not "Jane Roe, 17 October" */
    bool town = now.city || now.upper || now.parts ||
                (now.place.end && !memchr(line->text + now.place.start, ' ',
                                          now.place.end - now.place.start));
    if (!found && line->at == line->end && town && now.date.precision && !now.marked) {
        *out = now;
        out->end = line->end;
        return true;
    }
    return found;
}

/* ------------------------------------------------------------- East Asia */

/* Agencies that sign before the place, and the word "wired" behind the day. */
static const char *const eastern_wires[] = {
    "新华社", "新華社", "中新社", "中新网", "中新網", "中央社", "人民网", "央视网", "本报",
    "法新社", "路透社", "美联社", "塔斯社", "共同社", "韩联社", "国际在线", "新华网",
    "中国新闻网", "中国日报网", "央广网", "光明网", "环球网", NULL,
};

static bool skip_text(const struct line *line, size_t *at, const char *text)
{
    size_t length = strlen(text);
    if (line->end - *at < length || memcmp(line->text + *at, text, length))
        return false;
    *at += length;
    return true;
}

static size_t skip_digits(const struct line *line, size_t at)
{
    size_t size;
    while (text_is_digit(line_char(line, at, &size)))
        at += size;
    return at;
}

/* "10月17日" or "17日", maybe without the year. */
static size_t eastern_day(const struct line *line, size_t at)
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
static bool read_chinese(struct opening *out, struct arena *arena, struct line *line)
{
    size_t at = line->at, size, place, day;
    struct opening now = {0};
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
    struct line rest = *line;
    rest.at = line_skip_space(line, day);
    if (read_bracket(&note, &rest))
        day = rest.at;
    now.end = line_skip_space(line, day);
    *out = now;
    return now.end < line->end;
}

/* "【東京17日共同】", "(서울=연합뉴스) 홍길동 기자 = " */
static bool read_eastern_bracket(struct opening *out, struct line *line)
{
    dateline_span inside;
    struct opening now = {0};
    if (!read_bracket(&inside, line) || !text_is_ideograph(line_only(line, inside.start)))
        return false;
    size_t size, at = inside.start;
    while (at < inside.end && text_is_ideograph(line_char(line, at, &size)))
        at += size;
    now.place = (dateline_span){inside.start, at};
    size_t day = eastern_day(line, line_skip_space(line, at));
    struct line sub = line_inside(line, inside);
    sub.at = day ? day : at;
    uint32_t mark = line_char(&sub, sub.at, &size);
    bool equals = mark == '=' || mark == 0xff1d;
    if (!day && !equals)
        return false;
    size_t wire = line_skip_space(&sub, equals ? sub.at + size : sub.at);
    if (wire < inside.end)
        now.wire = (dateline_span){wire, inside.end};
    now.end = line_skip_space(line, line->at);
    /* the reporter's name may follow, up to another sign of equality */
    size_t most = line->end - now.end < 60 ? line->end - now.end : 60;
    const char *sign = equals ? memchr(line->text + now.end, '=', most) : NULL;
    if (sign)
        now.end = line_skip_space(line, (size_t)(sign - line->text) + 1);
    *out = now;
    return now.end < line->end;
}

/* --------------------------------------------------------------- headings */

/* Moves past "FOR IMMEDIATE RELEASE:" and the like at the line's beginning. */
static bool skip_heading(struct line *line)
{
    struct text_word word;
    char words[TEXT_TERM_BYTES];
    size_t at = line->at, past = 0;
    for (int n = 0; n < 5 && text_word(&word, line->text, line->end, &at); n++)
        if (fold_span(words, line, line->at, word.end) && is_one_of(words, headings))
            past = word.end;
    if (!past)
        return false;
    size_t size;
    for (line->at = past; line->at < line->end; line->at += size) {
        uint32_t c = line_char(line, line->at, &size);
        if (!text_is_space(c) && c != ':' && c != '.' && c != ',' && !is_dash(c) && c != '|')
            break;
    }
    return true;
}

/* What lines above the opening said. */
struct above {
    dateline_date date; /* of a line that is only a day, or a heading and a day */
    bool heading;       /* "FOR IMMEDIATE RELEASE" */
    bool first;         /* the day was on the first line */
};

/* A line that is only a heading, a day, or both: the day holds for what follows. */
static bool read_heading(struct above *above, struct arena *arena, struct line *line,
                         int number)
{
    struct opening now = {0};
    bool heading = skip_heading(line);
    above->heading |= heading;
    struct line rest = *line;
    if (read_date(&now, arena, &rest) && line_skip_space(&rest, rest.at) == rest.end) {
        if (now.date.precision == DATELINE_DAY && !above->date.precision) {
            above->date = now.date;
            above->first = !number;
        }
        return true;
    }
    return heading && line->at >= line->end;
}

/* ------------------------------------------------------------------- public */

static const char *span_text(struct arena *arena, const char *body, dateline_span span)
{
    if (!span.end)
        return NULL;
    char *text = text_squeeze(arena, body + span.start, span.end - span.start, NULL);
    return *text ? text : NULL;
}

static void lead_fill(struct lead *out, struct arena *arena, const char *body,
                      const struct opening *opening, const dateline_date *given)
{
    out->place = span_text(arena, body, opening->place);
    out->wire = span_text(arena, body, opening->wire);
    out->date = opening->date.precision ? opening->date : *given;
    out->end = opening->end;
}

/* Far down only what says more than a place is believed. */
static bool read_line(struct opening *out, struct arena *arena, struct line *line,
                      int number)
{
    struct line again = *line, bracket = *line;
    if (read_chinese(out, arena, line) || read_eastern_bracket(out, &bracket))
        return true;
    return read_opening(out, arena, &again) &&
           (number < NEAR_LINES || (out->place.end && (out->known || out->date.precision)));
}

bool lead_read(struct lead *out, struct arena *arena, const char *body,
               size_t length, const char *language)
{
    struct opening opening = {0};
    struct above above = {0};
    *out = (struct lead){0};
    bool found = false;
    size_t at = 0;
    for (int lines = 0; !found && lines < LINES && at < length;) {
        const char *newline = memchr(body + at, '\n', length - at);
        size_t end = newline ? (size_t)(newline - body) : length;
        struct line line = {body, at, end, at, language};
        line.at = line_skip_space(&line, at);
        at = end + 1;
        if (line.at >= end || read_heading(&above, arena, &line, lines++))
            continue;
        line.start = line.at;
        found = read_line(&opening, arena, &line, lines - 1);
        if (found && opening.end == end) /* the sentence is on the line below */
            opening.end = end < length ? end + 1 : length;
    }
    if (!found && !(above.date.precision && (above.heading || above.first)))
        return false;
    lead_fill(out, arena, body, found ? &opening : &(struct opening){0}, &above.date);
    return true;
}
