/* A folded word goes in, whether it is one of a kind comes out. */
#include "indexer/lead_word.h"

#include "common/language.h"

#include <stddef.h>
#include <string.h>

bool lead_is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (**words == *word && !strcmp(word, *words))
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
    "aktualisiert", "quelle", "stand", "veröffentlicht", "erstellt", "datum", "foto",
    "comunicato stampa", "eilmeldung", "kommentar", "meldung", "advertisement",
    "highlights", "key points", "tl dr", "today", "yesterday", "tomorrow", "new",
    "deadline", "reminder", "recall", "corrected", "alert", "media advisory",
    "publié", "publiée", "mis à jour", "mise à jour", "veröffentlicht", "aktualisiert",
    "stand", "erschienen", "publicado", "publicada", "actualizado", "atualizado",
    "pubblicato", "aggiornato", "gepubliceerd", "geplaatst", "bijgewerkt", "publicerad",
    "uppdaterad", "publisert", "oppdatert", "publiceret", "opdateret", "opublikowano",
    "aktualizacja", "julkaistu", "päivitetty", "опубликовано", "обновлено", NULL,
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

/* Small words within a name of a place. */
static const char *const particles[] = {
    "de", "la", "le", "les", "du", "des", "del", "da", "do", "dos", "of", "the", "am",
    "an", "der", "den", "bei", "im", "in", "ob", "sur", "sous", "en", "upon", "al",
    "el", "y", "und", "et", "and", "e", "i", "og", "och", "na", "nad", "near", "près",
    "di", "dell", "lez", "les", "an", NULL,
};

bool lead_is_wire(const char *word)
{
    if (lead_is_one_of(word, wires))
        return true;
    for (const char *const *wire = wires; *wire; wire++) {
        size_t length = **wire == *word ? strlen(*wire) : 0;
        if (length > 4 && !strncmp(word, *wire, length) && word[length] == ' ')
            return true;
    }
    return false;
}

bool lead_is_city(const char *word)
{
    return lead_is_one_of(word, cities);
}

bool lead_is_state(const char *word)
{
    return lead_is_one_of(word, states);
}

bool lead_is_label(const char *word)
{
    return lead_is_one_of(word, labels);
}

bool lead_is_heading(const char *word)
{
    return lead_is_one_of(word, headings);
}

bool lead_is_particle(const char *word)
{
    return lead_is_one_of(word, particles);
}

/* Two letters are too short to be sure of: "so", "do", "mi". */
bool lead_is_weekday(const char *word)
{
    return strlen(word) > 2 && language_is_weekday(word);
}
